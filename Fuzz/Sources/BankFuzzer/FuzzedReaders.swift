import Foundation
import ItemBank

/// Starts libFuzzer, whose runtime comes with the compiler, under the name that SwiftPM gives the
/// entry of this executable.
@_cdecl("BankFuzzer_main")
public func main(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = count
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
  return runDriver(&count, &arguments, testOneInput)
}

/// `LLVMFuzzerRunDriver` of libFuzzer.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// What the fuzzer calls with every input it makes up.
///
/// The first byte says which reader gets the rest: an item, a package, a sheet or a manifest. What
/// can be read is used as the program uses it: checked, scored, imported and written in QTI 2.1.
private func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = [UInt8](UnsafeBufferPointer(start: start + 1, count: count - 1))
  switch start[0] {
  case UInt8(ascii: "i"): FuzzedReaders.item(bytes)
  case UInt8(ascii: "p"): FuzzedReaders.package(bytes)
  case UInt8(ascii: "s"): FuzzedReaders.sheet(bytes)
  case UInt8(ascii: "m"): FuzzedReaders.manifest(bytes)
  default: return -1
  }
  return 0
}

enum FuzzedReaders {
  static func item(_ bytes: [UInt8]) {
    _ = AssessmentStimulus.read(bytes: bytes, file: "s.xml")
    _ = AssessmentTest.read(bytes: bytes, file: "t.xml")
    guard let item = AssessmentItem.read(bytes: bytes, file: "i.xml").item else { return }
    use(item)
    let manifest = """
      <manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m">\
      <resources><resource identifier="r" type="imsqti_item_xmlv3p0" href="i.xml"/></resources>\
      </manifest>
      """
    use(PackageFiles(["i.xml": bytes, "imsmanifest.xml": Array(manifest.utf8)], name: "f"))
  }

  static func package(_ bytes: [UInt8]) {
    guard let files = PackageFiles.read(archive: bytes, name: "f.zip").files else { return }
    use(files)
  }

  static func manifest(_ bytes: [UInt8]) {
    use(PackageFiles(["imsmanifest.xml": bytes, "i.xml": [], "u.xml": []], name: "f"))
  }

  static func sheet(_ bytes: [UInt8]) {
    guard
      let files = ItemSheet.package(bytes, file: "s.csv", frameworks: frameworks).files
    else { return }
    let (bank, diagnostics) = BankReader.read(files)
    // What a sheet without a fault writes is a package without an error.
    precondition(
      bank != nil && !diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
  }

  private static func use(_ files: PackageFiles) {
    let bank = BankReader.read(files).bank
    var report = BankCheckReport()
    if let bank { report.check(bank) }
    let outcome = BankImporter.merge(
      files, into: nil, settings: BankImportSettings(isPartial: true))
    if let taken = outcome.files {
      // What is taken over is fine afterwards, and a second time there is nothing to take.
      let again = BankImporter.merge(
        files, into: taken, settings: BankImportSettings(isPartial: true))
      precondition(again.report.added.isEmpty, "added twice: \(again.report.added)")
    }
    _ = files.written(in: .v2p1)
    _ = files.selecting()
  }

  private static func use(_ item: AssessmentItem) {
    _ = item.candidateContent()
    for choice in item.choiceInteractions.first?.choices.prefix(5) ?? [] {
      do {
        _ = try item.score(["RESPONSE": .choice(choice.id)])
      } catch {
        // A response that the item refuses is fine.
        continue
      }
    }
  }

  /// The frameworks of the shipped bank, for sheets; read once.
  private static let frameworks =
    BankReader.read(folder: URL(filePath: "ItemBank", directoryHint: .isDirectory)).bank?.frameworks
    ?? []
}
