import Foundation
import ItemBank
import TestSupport
import Testing

/// `bank import`, `bank export` and `bank template` as a person calls them.
struct BankImportCommandTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = try Project.temporaryFolder()
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    try body(folder)
  }

  private func answer(_ arguments: [String]) throws -> (status: Int32, answer: [String: Any]) {
    let command = try Command(arguments)
    return (
      command.status,
      try #require(try command.json() as? [String: Any], "\(command.errors)")
    )
  }

  /// The names of the files of the bank in service: those of an import say its content.
  private func version(in data: String) throws -> [String] {
    let archive = data + "-\(UUID()).zip"
    #expect(
      try Command(["bank", "export", "--data", data, "--usage", "--to", archive]).status == 0)
    let files = PackageFiles.read(
      archive: [UInt8](try Data(contentsOf: URL(filePath: archive))), name: "bank.zip"
    ).files
    return try #require(files).paths
  }

  private func counts(_ answer: [String: Any]) -> [Int] {
    ["added", "newVersion", "unchanged", "refused"].map { (answer[$0] as? [Any])?.count ?? -1 }
  }

  @Test func `a package is added once, and a dry run leaves no trace`() throws {
    try withFolder { folder in
      let data = folder.appending(path: "data").path
      let arguments = ["bank", "import", "ItemBank", "--data", data, "--json"]
      let total = try #require(
        BankReader.read(folder: Project.root.appending(path: "ItemBank")).bank
      )
      .items.count
      let dry = try answer(arguments + ["--dry-run"])
      #expect(dry.status == 0 && counts(dry.answer) == [total, 0, 0, 0])
      #expect(!FileManager.default.fileExists(atPath: data))
      let first = try answer(arguments)
      #expect(first.status == 0 && counts(first.answer) == [total, 0, 0, 0])
      let second = try answer(arguments)
      #expect(second.status == 0 && counts(second.answer) == [0, 0, total, 0])
      #expect(second.answer["changes"] as? Bool == false)
    }
  }

  @Test func `what was exported imports again unchanged`() throws {
    try withFolder { folder in
      let data = folder.appending(path: "data").path
      let archive = folder.appending(path: "bank.zip").path
      #expect(try Command(["bank", "import", "ItemBank", "--data", data]).status == 0)
      #expect(
        try Command(["bank", "export", "--data", data, "--to", archive, "--usage"]).status == 0)
      let again = try answer(["bank", "import", archive, "--data", data, "--json"])
      #expect(again.status == 0)
      let numbers = counts(again.answer)
      #expect(numbers[0] == 0 && numbers[1] == 0 && numbers[2] > 40 && numbers[3] == 0)
      let old = folder.appending(path: "old.zip").path
      #expect(try Command(["bank", "export", "--to", old, "--qti", "2.1"]).status == 0)
      #expect(try Command(["bank", "check", old]).status == 0)
      #expect(try Command(["bank", "export", "--to", old, "--qti", "1.2"]).status == 64)
    }
  }

  @Test func `a sheet is refused with row and column, mended, and imported`() throws {
    try withFolder { folder in
      let data = folder.appending(path: "data").path
      let sheet = folder.appending(path: "items.csv")
      #expect(try Command(["bank", "template", "--to", sheet.path]).status == 0)
      // A template that is there is kept.
      #expect(try Command(["bank", "template", "--to", sheet.path]).status == 1)
      let text = try String(contentsOf: sheet, encoding: .utf8)
      try text.replacing("example-01", with: "example 01")
        .write(to: sheet, atomically: true, encoding: .utf8)
      let refused = try Command(["bank", "import", sheet.path, "--data", data])
      #expect(refused.status == 1)
      #expect(refused.errors.contains("items.csv:3:1: 错误 [identifier]"))
      #expect(refused.output.contains("题库没有改变"))
      try text.write(to: sheet, atomically: true, encoding: .utf8)
      let taken = try answer(["bank", "import", sheet.path, "--data", data, "--json"])
      #expect(taken.status == 0 && taken.answer["added"] as? [String] == ["example-01"])
    }
  }

  @Test func `a public item is refused in an institution's own bank`() throws {
    try withFolder { folder in
      let data = folder.appending(path: "data").path
      let part = folder.appending(path: "part.zip").path
      let items = ["--items", "a1-01,a1-02", "--usage"]
      #expect(try Command(["bank", "export", "--to", part] + items).status == 0)
      let own = ["bank", "import", part, "--private", "实验学校", "--data", data]
      // By itself the package is fine as an own bank; not once its items were public.
      #expect(try Command(own + ["--dry-run"]).status == 0)
      #expect(try Command(["bank", "import", "ItemBank", "--data", data]).status == 0)
      let refused = try Command(own)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("a1-01"))
    }
  }

  @Test func `hostile and missing files are refused with what to do`() throws {
    try withFolder { folder in
      let data = folder.appending(path: "data").path
      let bad = folder.appending(path: "bad.zip")
      try Data("PK\u{3}\u{4}junk".utf8).write(to: bad)
      for path in [bad.path, folder.appending(path: "none").path, folder.path] {
        let command = try Command(["bank", "import", path, "--data", data])
        #expect(command.status == 1, "\(path)")
        #expect(command.errors.contains("错误 ["), "\(command.errors)")
      }
    }
  }

  @Test func `what is refused leaves the bank in service as it was, and partial takes the rest`()
    throws
  {
    try withFolder { folder in
      let data = folder.appending(path: "data").path
      #expect(try Command(["bank", "import", "ItemBank", "--data", data]).status == 0)
      let before = try version(in: data)
      // One good item, and one of a kind that cannot be scored.
      let package = folder.appending(path: "package").path
      try Self.writePackage(
        of: [("q1", "qti-choice-interaction"), ("q2", "qti-drawing-interaction")], to: package)
      let arguments = ["bank", "import", package, "--data", data, "--json"]
      let refused = try answer(arguments)
      #expect(refused.status == 1 && counts(refused.answer) == [1, 0, 0, 1])
      #expect(refused.answer["changes"] as? Bool == false)
      #expect(try version(in: data) == before)
      let partial = try answer(arguments + ["--partial"])
      #expect(partial.status == 0 && counts(partial.answer) == [1, 0, 0, 1])
      #expect(try version(in: data) != before)
      let again = try answer(arguments + ["--partial"])
      #expect(again.status == 0 && counts(again.answer) == [0, 0, 1, 1])
    }
  }

  @Test func `a broken encoding is told once, in the person's language`() throws {
    try withFolder { folder in
      let item = folder.appending(path: "item.xml")
      let start = "<?xml version=\"1.0\" encoding=\"GB18030\"?><a>"
      try Data(Array(start.utf8) + [0xFF, 0xFF, 0xFF] + Array("</a>".utf8)).write(to: item)
      let command = try Command(["bank", "check", item.path])
      #expect(command.status == 1)
      #expect(command.errors.contains("[encoding]") || command.errors.contains("[not-xml]"))
      #expect(!command.errors.contains("encoding error"), "\(command.errors)")
    }
  }

  @Test func `a workbook is told to be saved as a sheet`() throws {
    try withFolder { folder in
      let book = folder.appending(path: "items.xlsx")
      try Data("PK\u{3}\u{4}workbook".utf8).write(to: book)
      let command = try Command(["bank", "import", book.path, "--data", folder.path])
      #expect(command.status == 1)
      #expect(command.errors.contains("CSV"), "\(command.errors)")
    }
  }

  @Test func `bank score agrees with every checking case`() throws {
    struct Cases: Decodable {
      struct Item: Decodable {
        struct Case: Decodable { var expected: [String: Double] }
        var file: String
        var cases: [Case]
      }
      var items: [Item]
    }
    let cases = Project.root.appending(path: "Tests/ItemBankTests/Fixtures/qti/cases")
    let manifest = try Data(contentsOf: cases.appending(path: "manifest.json"))
    let expected = try JSONDecoder().decode(Cases.self, from: manifest).items
    let raw = try #require(
      try JSONSerialization.jsonObject(with: manifest) as? [String: Any])["items"]
    let items = try #require(raw as? [[String: Any]])
    try withFolder { folder in
      for (item, entry) in zip(items, expected) {
        let responses = (item["cases"] as? [[String: Any]] ?? []).compactMap { $0["response"] }
        let file = folder.appending(path: "responses.json")
        try JSONSerialization.data(withJSONObject: responses).write(to: file)
        let command = try Command([
          "bank", "score", cases.appending(path: entry.file).path, "--responses", file.path,
        ])
        let answers = try #require(try command.json() as? [[String: Any]], "\(command.errors)")
        #expect(answers.count == entry.cases.count)
        for (answer, one) in zip(answers, entry.cases) {
          let outcomes = answer["outcomes"] as? [String: Any]
          for (name, value) in one.expected {
            let found = (outcomes?[name] as? NSNumber)?.doubleValue ?? .nan
            #expect(abs(found - value) < 1e-9, "\(entry.file) \(name)")
          }
        }
      }
    }
  }

  /// Writes a package of items with one question each, by identifier and kind of question.
  private static func writePackage(of items: [(String, String)], to folder: String) throws {
    let folder = URL(filePath: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var resources = ""
    for (id, kind) in items {
      resources +=
        "<resource identifier=\"R-\(id)\" type=\"imsqti_item_xmlv3p0\" href=\"\(id).xml\"/>"
      let text = """
        <qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" \
        identifier="\(id)" title="\(id)" adaptive="false" time-dependent="false">\
        <qti-response-declaration identifier="RESPONSE" cardinality="single" \
        base-type="identifier"><qti-correct-response><qti-value>A</qti-value>\
        </qti-correct-response></qti-response-declaration>\
        <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>\
        <qti-item-body><\(kind) response-identifier="RESPONSE" max-choices="1">\
        <qti-simple-choice identifier="A">甲</qti-simple-choice>\
        <qti-simple-choice identifier="B">乙</qti-simple-choice></\(kind)></qti-item-body>\
        <qti-response-processing template="match_correct"/></qti-assessment-item>
        """
      try Data(text.utf8).write(to: folder.appending(path: "\(id).xml"))
    }
    let manifest = """
      <manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m">\
      <resources>\(resources)</resources></manifest>
      """
    try Data(manifest.utf8).write(to: folder.appending(path: "imsmanifest.xml"))
  }
}
