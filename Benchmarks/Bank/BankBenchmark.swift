import Foundation
import ItemBank

/// Makes a bank of 5,000 copies of shipped items for others to read, and times scoring.
///
/// `bank-benchmark write FOLDER` writes the bank, `bank-benchmark score` scores in a loop on one
/// core. The numbers are read, not tested.
@main
struct BankBenchmark {
  /// How many items the made bank has.
  private static let items = 5_000

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let folder = URL(filePath: "ItemBank", directoryHint: .isDirectory)
    switch arguments.first {
    case "write":
      let target = URL(filePath: arguments.dropFirst().first ?? "bank")
      try PackageWriter.write(madeBank(of: folder), to: target)
    case "score": score(folder)
    default: print("bank-benchmark score | write FOLDER")
    }
  }

  /// Scores answers to every shipped item: each choice alone, or the right answer.
  private static func score(_ folder: URL) {
    guard let bank = BankReader.read(folder: folder).bank else { return }
    let work = bank.items.map { ($0.item, responses(to: $0.item)) }
    var sum = 0.0
    var count = 0
    let time = ContinuousClock().measure {
      for _ in 0..<500 {
        for (item, responses) in work {
          for response in responses {
            do { sum += try item.score(response)["SCORE"]?.number ?? 0 } catch { continue }
            count += 1
          }
        }
      }
    }
    print(
      "score: \(count) answers in \(time.seconds.rounded2) s on one core, "
        + "\(Int(Double(count) / time.seconds)) item scorings/s (sum \(sum))")
  }

  private static func responses(to item: AssessmentItem) -> [[String: ResponseValue]] {
    if item.asksForOneChoice, let interaction = item.choiceInteractions.first {
      return interaction.choices.map { [interaction.responseIdentifier: .choice($0.id)] }
    }
    let right = item.responseDeclarations.compactMap { declaration in
      declaration.correctResponse.first.map { first in
        let value: ResponseValue =
          declaration.cardinality == .single
          ? .single(first) : .list(declaration.baseType, declaration.correctResponse)
        return (declaration.identifier, value)
      }
    }
    return [[String: ResponseValue](right, uniquingKeysWith: { first, _ in first })]
  }

  /// The shipped items over and over, each time under other identifiers.
  private static func madeBank(of folder: URL) -> PackageFiles {
    let shipped = PackageFiles(folder: folder)
    let bank = BankReader.read(shipped).bank
    let count = max(1, bank?.items.count ?? 1)
    var contents: [String: [UInt8]] = [:]
    var resources = ""
    var statistics = ""
    for copy in 0..<((items + count - 1) / count) {
      let part = copies(of: shipped, number: copy, limit: items - copy * count)
      contents.merge(part.contents) { first, _ in first }
      resources += part.resources
      statistics += part.statistics
    }
    let frameworks = shipped.paths.filter { $0.hasPrefix("frameworks/") }
      .map { "<file href=\"\($0)\"/>" }.joined()
    contents["imsmanifest.xml"] = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" \
      xmlns:lom="http://ltsc.ieee.org/xsd/LOM" \
      xmlns:qmd="http://www.imsglobal.org/xsd/imsqti_metadata_v3p0" \
      xmlns:csm="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscsmd_v1p1" identifier="made">
      <metadata><schema>QTI Item Bank</schema><schemaversion>3.0.0</schemaversion></metadata>
      <resources>\(resources)
      <resource identifier="R-usage" type="qtiusagedata/xml" href="usage.xml">\
      <file href="usage.xml"/></resource>
      <resource identifier="R-framework" type="webcontent">\(frameworks)</resource>
      </resources></manifest>
      """.utf8)
    contents["usage.xml"] = Array(
      """
      <usageData xmlns="http://www.imsglobal.org/xsd/imsqti_usagedata_v3p0" \
      glossary="https://bianque.example/psychometrics/glossary">\(statistics)</usageData>
      """.utf8)
    for path in shipped.paths where path.hasPrefix("frameworks/") {
      contents[path] = shipped.bytes(of: path)
    }
    return PackageFiles(contents, name: "made")
  }

  private static func copies(
    of shipped: PackageFiles, number: Int, limit: Int
  ) -> (contents: [String: [UInt8]], resources: String, statistics: String) {
    let text = { (path: String) in String(decoding: shipped.bytes(of: path) ?? [], as: UTF8.self) }
    var contents: [String: [UInt8]] = [:]
    let items = shipped.paths.filter { $0.hasPrefix("items/") }.prefix(limit)
    for path in items + shipped.paths.filter({ $0.hasPrefix("stimuli/") }) {
      let renamed = text(path)
        .replacing(" identifier=\"s-", with: " identifier=\"c\(number)-s-")
        .replacing(
          " identifier=\"\(name(of: path))\"", with: " identifier=\"c\(number)-\(name(of: path))\"")
      contents["c\(number)/" + path] = Array(renamed.utf8)
    }
    let manifest = text("imsmanifest.xml")
    let names = Set(items.map(name))
    var resources = ""
    for piece in manifest.split(separator: "<resource ").dropFirst() {
      let isItem = names.contains { piece.hasPrefix("identifier=\"R-\($0)\" type=\"imsqti_item") }
      guard isItem || piece.contains("type=\"imsqti_stimulus") else { continue }
      let end = piece.firstRange(of: "</resource>")?.upperBound ?? piece.endIndex
      resources +=
        "<resource "
        + piece[..<end].replacing("href=\"", with: "href=\"c\(number)/")
        .replacing("\"R-", with: "\"R\(number)-")
        .replacing("R\(number)-usage-2014", with: "R-usage")
        .replacing("R\(number)-usage", with: "R-usage")
    }
    var statistics = ""
    let usage = text("usage/provisional-2026.xml") + text("usage/provisional-2014.xml")
    for piece in usage.split(separator: "<ordinaryStatistic ").dropFirst() {
      let target = piece.split(separator: "identifier=\"").dropFirst().first?.prefix { $0 != "\"" }
      guard names.contains(String(target ?? "")) else { continue }
      let end = piece.firstRange(of: "</ordinaryStatistic>")?.upperBound ?? piece.endIndex
      statistics +=
        "<ordinaryStatistic "
        + piece[..<end].replacing("identifier=\"", with: "identifier=\"c\(number)-")
    }
    return (contents, resources, statistics)
  }

  private static func name(of path: String) -> String {
    String((path.split(separator: "/").last ?? "").dropLast(4))
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

extension Double {
  fileprivate var rounded2: Double { (self * 100).rounded() / 100 }
}
