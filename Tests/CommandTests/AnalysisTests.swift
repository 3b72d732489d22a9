import Foundation
import TestSupport
import Testing

/// `analyse` and `simulate`, called as a program calls them.
struct AnalysisTests {
  private func oracle(_ name: String) -> String { "Tests/PsychometricsTests/Oracles/\(name)" }

  private func reference() throws -> [String: Any] {
    let file = Project.root.appending(path: oracle("dif_ctt.json"))
    let document = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    return try #require(document as? [String: Any])
  }

  /// Writes a file for as long as the body runs.
  private func withFile<Value>(_ content: Data, _ body: (String) throws -> Value) throws -> Value {
    let folder = try Project.temporaryFolder()
    let file = folder.appending(path: "responses.csv")
    try content.write(to: file)
    let value = try body(file.path)
    try FileManager.default.removeItem(at: folder)
    return value
  }

  private func items(_ command: Command) throws -> [[String: Any]] {
    let answer = try #require(try command.json() as? [String: Any])
    return try #require(answer["items"] as? [[String: Any]])
  }

  private func isClose(_ mine: [Any?], _ theirs: Any?, within: Double = 1e-9) -> Bool {
    guard let theirs = theirs as? [Double], theirs.count == mine.count else { return false }
    return zip(mine, theirs).allSatisfy { pair in
      (pair.0 as? Double).map { abs($0 - pair.1) < within } ?? false
    }
  }

  @Test func `analyse prints what R's psych and difR print, to 1e-9`() throws {
    let command = try Command(
      ["analyse", oracle("verbal316x24_gender.csv"), "--group", "Gender"])
    #expect(command.status == 0)
    let items = try items(command)
    let reference = try reference()
    let classical = try #require(reference["verbal_CTT"] as? [String: Any])
    #expect(isClose(items.map { $0["p"] }, classical["p"]))
    #expect(
      isClose(items.map { $0["itemRestCorrelation"] }, classical["corrected_item_rest_r"]))
    #expect(isClose(items.map { $0["alphaIfDropped"] }, classical["alpha_if_deleted"]))
    let difR = try #require(reference["verbal_MH"] as? [String: Any])
    let compared = items.map { $0["mantelHaenszel"] as? [String: Any] }
    #expect(isClose(compared.map { $0?["alpha"] }, difR["alphaMH"]))
    #expect(isClose(compared.map { $0?["deltaMH"] }, difR["delta_ETS"]))
    #expect(isClose(compared.map { $0?["chiSquare"] }, difR["stat"]))
  }

  @Test func `analyse scores options by a key, in either form of it`() throws {
    let reference = try reference()
    let key = try #require(reference["SAT12_key"] as? [Int])
    let raw = try String(
      contentsOf: Project.root.appending(path: oracle("SAT12_raw.csv")), encoding: .utf8)
    let header = String(raw.prefix { $0 != "\n" })
    let wide = "\(header)\n\(key.map { "\($0)" }.joined(separator: ","))\n"
    var long = "item,key\n"
    for (place, option) in key.enumerated() { long += "Item.\(place + 1),\(option)\n" }
    for text in [wide, long] {
      let command = try withFile(Data(text.utf8)) {
        try Command(["analyse", oracle("SAT12_raw.csv"), "--key", $0])
      }
      let scored = try items(command)
      let classical = try #require(reference["SAT12_CTT"] as? [String: Any])
      #expect(isClose(scored.map { $0["p"] }, classical["p"]))
      let first = try #require(scored.first)
      let options = try #require(first["options"] as? [[String: Any]])
      #expect(options.map { $0["option"] as? String } == ["1", "2", "3", "4", "5", "8"])
      #expect(options.map { $0["n"] as? Int } == [170, 122, 160, 139, 8, 1])
    }
  }

  @Test func `planted differences are flagged with a reason`() throws {
    let flagged = try items(
      Command(["analyse", oracle("dif.csv"), "--group", "i21"], environment: ["LC_ALL": "en"])
    ).filter { item in
      (item["flags"] as? [[String: Any]])?.contains {
        ($0["code"] as? String)?.hasPrefix("dif-") ?? false
      } ?? false
    }
    #expect(flagged.map { $0["id"] as? String } == ["i12", "i17"])
  }

  @Test func `bad cells are named with row and column, and the rest is analysed`() throws {
    let text = "a,b,c,d\n1,0,1,1\n0,x,1,0\n1,1.5,1,1\n-3,1,1,\n,,,\n1,0,1\n0,1,1,0\n"
    let command = try withFile(Data(text.utf8)) { try Command(["analyse", $0]) }
    #expect(command.status == 0)
    let answer = try #require(try command.json() as? [String: Any])
    let findings = try #require(answer["diagnostics"] as? [[String: Any]])
    func place(_ code: String) -> [Int]? {
      findings.first { $0["code"] as? String == code }.map {
        [$0["row"] as? Int ?? -1, $0["column"] as? Int ?? -1]
      }
    }
    #expect(place("not-a-whole-number") == [3, 2])
    #expect(place("score-out-of-range") == [5, 1])
    #expect(place("empty-row") == [6, 0])
    #expect(place("wrong-number-of-cells") == [7, 4])
    #expect(place("no-variance") == [0, 3])
    #expect(place("few-persons") != nil)
    #expect(!command.output.lowercased().contains("nan"))
    #expect((answer["items"] as? [[String: Any]])?.count == 4)
  }

  @Test func `other separators are read and told, other encodings refused`() throws {
    let semicolons = try withFile(Data("a;b\n1;0\n0;1\n1;1\n".utf8)) {
      try Command(["analyse", $0])
    }
    #expect(semicolons.status == 0)
    #expect(semicolons.output.contains("other-separator"))
    for bytes in [Data([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00]), Data(), Data("a,b\n".utf8)] {
      let command = try withFile(bytes) { try Command(["analyse", $0]) }
      #expect(command.status == 1)
      #expect(command.output.isEmpty)
    }
    #expect(try Command(["analyse", "nowhere.csv"]).status == 1)
    #expect(try Command(["analyse", oracle("dif.csv"), "--group", "zz"]).status == 1)
  }

  /// R mirt 1.45.1 for LSAT7.
  @Test func `analyse compares answers with given parameters`() throws {
    let parameters: [(Double, Double)] = [
      (0.9875459032159023, 1.8558556446909018), (1.0808371438371749, 0.8079695914927797),
      (1.7074776621675958, 1.8052062022890767),
      (0.7649898792743886, 0.4859998021570721), (0.7356727254842558, 1.854457591290143),
    ]
    let document: [String: Any] = [
      "model": "2pl",
      "items": parameters.enumerated().map {
        ["id": "Item.\($0.offset + 1)", "slope": $0.element.0, "intercepts": [$0.element.1]]
      },
    ]
    let command = try withFile(JSONSerialization.data(withJSONObject: document)) {
      try Command(["analyse", oracle("LSAT7.csv"), "--items", $0])
    }
    #expect(command.status == 0)
    let answer = try #require(try command.json() as? [String: Any])
    let model = try #require(answer["model"] as? [String: Any])
    let m2 = try #require(model["m2"] as? [String: Any])
    #expect(m2["df"] as? Int == 5)
    #expect(abs((m2["statistic"] as? Double ?? 0) - 11.938) < 0.01)
    let items = try #require(model["items"] as? [[String: Any]])
    #expect(items.map { $0["df"] as? Int } == [2, 2, 2, 2, 2])
    let persons = try #require(model["persons"] as? [String: Any])
    #expect(persons["n"] as? Int == 1000)
    let missing = try withFile(
      Data(#"{"model":"2pl","items":[{"id":"x","slope":1,"intercepts":[0]}]}"#.utf8)
    ) {
      try Command(["analyse", oracle("LSAT7.csv"), "--items", $0])
    }
    #expect(missing.status == 1 && missing.output.isEmpty)
  }

  /// catR 3.17.
  @Test func `simulate adaptive replays the oracle's tests`() throws {
    let command = try Command([
      "simulate", "adaptive", "--bank", oracle("cat_bank500.csv"), "--responses",
      oracle("cat_resp4.csv"),
    ])
    #expect(command.status == 0)
    let answer = try #require(try command.json() as? [String: Any])
    let examinees = try #require(answer["examinees"] as? [[String: Any]])
    let file = Project.root.appending(path: oracle("cat_sequences.json"))
    let document = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    let sequences = try #require(
      (document as? [String: Any])?["twoPL_bank500"] as? [[String: Any]])
    #expect(examinees.count == sequences.count)
    for (mine, theirs) in zip(examinees, sequences) {
      #expect(mine["items"] as? [Int] == theirs["items_1based"] as? [Int])
      #expect(isClose(mine["ability"] as? [Any?] ?? [], theirs["theta_EAP"]))
      #expect(isClose(mine["standardError"] as? [Any?] ?? [], theirs["SE"]))
    }
  }

  @Test func `simulate adaptive refuses files that do not fit, in one sentence`() throws {
    for text in ["a,c\n1,0\n", "a,b\n1,x\n", "a,b,c\n1,0,1.5\n", "a,b\n1,0\n"] {
      let command = try withFile(Data(text.utf8)) {
        try Command([
          "simulate", "adaptive", "--bank", $0, "--responses", oracle("cat_resp4.csv"),
        ])
      }
      #expect(command.status == 1)
      #expect(command.errors.split(separator: "\n").count == 1)
    }
  }

  @Test func `a further stage clears up as many points as was expected, within chance`() throws {
    let command = try Command(
      [
        "simulate", "diagnosis", "--teachers", "45", "--seed", "11", "--further", "--plans", "0",
        "--parameter-error", "none",
      ])
    #expect(command.status == 0)
    let answer = try #require(try command.json() as? [String: Any])
    let further = try #require(answer["further"] as? [String: Double])
    let figure = { (name: String) throws -> Double in try #require(further[name]) }
    #expect(try figure("teachers") == 45)
    #expect(try figure("expected") < figure("before"))
    // Four standard errors, or what rounding a whole number of points would hide.
    let tolerance = try max(4 * figure("standardError"), 0.5)
    #expect(abs(try figure("difference")) < tolerance)
  }

  @Test func `simulate diagnosis gives the figures that it gave before`() throws {
    // A bank that does not change, so that the figures may not either: what the command printed when
    // the simulation was still a part of it.
    let folder = try Project.temporaryFolder()
    let bank = folder.appending(path: "bank")
    let files = FileManager.default
    try files.copyItem(at: InteractionBank.folder.appending(path: "bank"), to: bank)
    try files.copyItem(
      at: Project.root.appending(path: "ItemBank/frameworks"),
      to: bank.appending(path: "frameworks"))
    let command = try Command(
      [
        "simulate", "diagnosis", "--teachers", "40", "--seed", "4", "--plans", "0", "--bank",
        bank.path,
      ])
    #expect(command.status == 0)
    let answer = try #require(try command.json() as? [String: Any])
    let points = try #require(answer["points"] as? [String: Any])
    let figures = [
      "ece": 0.16271102002085303, "brier": 0.18957142962182064, "auc": 0.8486364271247993,
      "coverage90": 0.7979166666666667, "rmse": 0.9166064645118129, "statements": 480,
    ]
    for (name, figure) in figures {
      #expect(abs(try #require(points[name] as? Double) - figure) < 1e-9, "\(name)")
    }
    let verdicts = try #require(answer["verdicts"] as? [[String: Any]])
    #expect(verdicts.map { $0["count"] as? Int } == [21, 97, 203, 159])
    try files.removeItem(at: folder)
  }

  @Test func `simulate diagnosis gives the same figures for the same seed, and a page`() throws {
    let folder = try Project.temporaryFolder()
    let page = folder.appending(path: "report.html")
    let arguments = [
      "simulate", "diagnosis", "--teachers", "3", "--seed", "3", "--retest", "--plans", "1",
    ]
    let first = try Command(arguments + ["--report", page.path, "--language", "en"])
    #expect(first.status == 0)
    let again = try Command(arguments)
    func figures(_ command: Command) throws -> [String: Any] {
      var answer = try #require(try command.json() as? [String: Any])
      answer["milliseconds"] = nil
      return answer
    }
    let answer = try figures(first)
    #expect(NSDictionary(dictionary: answer) == NSDictionary(dictionary: try figures(again)))
    let forms = try #require(answer["blueprint"] as? [String: Int])
    #expect(forms["drawn"] == 6 && forms["fulfillingBlueprint"] == 6)
    let points = try #require(answer["points"] as? [String: Any])
    for key in ["ece", "auc", "coverage90", "brier", "rmse"] { #expect(points[key] is Double) }
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("<svg") && !html.contains("<script") && !html.contains("http"))
    try FileManager.default.removeItem(at: folder)
    let wrong = try Command(
      ["simulate", "diagnosis", "--teachers", "1", "--seed", "1", "--length", "15"])
    #expect(wrong.status == 1)
  }
}
