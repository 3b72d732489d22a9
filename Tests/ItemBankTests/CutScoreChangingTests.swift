import Competency
import Foundation
import ItemBank
import TestSupport
import Testing

/// Borders of a panel put into a bank, and kept when its folder is read again.
struct CutScoreChangingTests {
  private let base = PackageFiles(folder: Project.root.appending(path: "ItemBank"))
  private let bank: Bank
  private let framework: Framework

  init() throws {
    bank = try ShippedContent().bank
    framework = bank.frameworks[0]
  }

  /// Borders so far above the present ones; a third of a logit is no round number.
  private func borders(_ rise: Double, panel: Int = 3) -> PanelCutScores {
    PanelCutScores(
      framework: framework.id,
      cuts: framework.measurement.levels.reduce(into: [:]) { cuts, level in
        guard let cut = level.cutScore else { return }
        cuts[level.id] = CutScore(
          location: cut.location + rise, standardError: 0.11, isSetByPanel: true)
      }, panel: panel)
  }

  @Test func `new borders are a new version of the constants, and nothing else changes`() throws {
    let change = try BankImporter.change(borders(1.0 / 3), in: base)
    let then = try #require(change.bank)
    let measurement = try #require(then.framework(framework.id)).measurement
    for (before, after) in zip(framework.measurement.levels, measurement.levels) {
      #expect(before.name == after.name && before.description == after.description)
      #expect((before.cutScore == nil) == (after.cutScore == nil))
      guard let old = before.cutScore, let new = after.cutScore else { continue }
      #expect(abs(new.location - old.location - 1.0 / 3) < 1e-6)
      #expect(new.standardError == 0.11 && new.isSetByPanel)
    }
    #expect(measurement.version == framework.measurement.version + "+panel-3")
    var rest = measurement
    rest.version = framework.measurement.version
    rest.levels = framework.measurement.levels
    #expect(rest == framework.measurement)
    #expect(then.version != bank.version && then.items == bank.items)
    #expect(then.differences(from: bank).isEmpty)
    let others = then.frameworks.filter { $0.id != framework.id }
    #expect(others == bank.frameworks.filter { $0.id != framework.id })
    let changed = try #require(change.files)
    #expect(changed.contents.filter { base.bytes(of: $0.key) != $0.value }.count == 1)
  }

  @Test func `a second panel takes the first one's place, and the same again changes nothing`()
    throws
  {
    let first = try #require(try BankImporter.change(borders(1.0 / 3), in: base).files)
    let second = try #require(try BankImporter.change(borders(-0.1, panel: 8), in: first).files)
    let direct = try #require(try BankImporter.change(borders(-0.1, panel: 8), in: base).files)
    #expect(second.contents == direct.contents)
    #expect(try BankImporter.change(borders(-0.1, panel: 8), in: second).bank == nil)
  }

  @Test func `borders that cross, and levels the framework does not have, are not taken`() throws {
    var crossing = borders(0)
    let levels = framework.measurement.levels.compactMap { $0.cutScore == nil ? nil : $0.id }
    crossing.cuts[levels[0]]?.location = 3
    let refused = try BankImporter.change(crossing, in: base)
    #expect(
      refused.bank == nil && refused.report.refused.map(\.identifier) == [framework.id.rawValue])
    var fewer = borders(0.2)
    fewer.cuts[levels[0]] = nil
    #expect(try BankImporter.change(fewer, in: base).bank == nil)
    var elsewhere = borders(0.2)
    elsewhere.framework = Framework.ID(rawValue: "nowhere")
    let none = try BankImporter.change(elsewhere, in: base)
    #expect(none.bank == nil && none.report.refused.isEmpty)
  }

  @Test func `when the folder is read again its constants are new and the panel's borders stay`()
    throws
  {
    let published = try #require(try BankImporter.change(borders(1.0 / 3), in: base).files)
    #expect(BankImporter.refreshed(base, keeping: published).contents == published.contents)
    let path = try #require(
      base.paths.first { $0.hasSuffix("\(framework.id.rawValue).measurement.json") })
    let text = try #require(base.bytes(of: path).map { String(decoding: $0, as: UTF8.self) })
    var contents = base.contents
    contents[path] = [UInt8](
      text.replacing("\"testletVariance\": 0.16", with: "\"testletVariance\": 0.2")
        .replacing(framework.measurement.version, with: "newer").utf8)
    let later = BankImporter.refreshed(PackageFiles(contents, name: "bank"), keeping: published)
    let read = try #require(BankReader.read(files: later.contents, name: "bank").bank)
    let measurement = try #require(read.framework(framework.id)).measurement
    #expect(measurement.testletVariance == 0.2 && measurement.version == "newer+panel-3")
    let cuts = measurement.levels.compactMap(\.cutScore)
    #expect(cuts.allSatisfy { $0.isSetByPanel })
  }
}
