import Competency
import Diagnostics
import Foundation
import ItemBank
import Storage
import Web

/// Tries a few items of the seeded world out, so that there is something ready to be calibrated.
///
/// They get there as an institution would bring them: the bank is changed, published with who and
/// why, and taken over. Every form then has one of them mixed in, which counts for nobody.
struct DemoPilots {
  let service: RunningService
  let terminal: Terminal
  let now: Date

  /// With one in each form every one of them gets about twice the answers that a calibration needs.
  private static let count = 4

  /// Publishes the bank with some items of a test tried out.
  ///
  /// - Parameter blueprint: the test's.
  /// - Returns: the bank in service from now on, and the items; none where the bank has none to spare.
  /// - Throws: the store's error if it cannot be published.
  func publish(in blueprint: Blueprint) async throws -> (bank: Bank, items: [AssessmentItem.ID]) {
    let bank = service.content.bank
    let items = spare(in: blueprint, of: bank)
    let files = PackageFiles(
      try await service.store.publishedFiles(.bank, version: bank.version.rawValue), name: "bank")
    let tried = BankImporter.change(
      items.map { ItemChange(item: $0, state: .pilot) }, in: files)
    guard !items.isEmpty, let changed = tried.files else { return (bank, []) }
    var blueprint = blueprint
    blueprint.pilotItems = 1
    let change = try BankImporter.change(blueprint, in: changed)
    guard let then = change.bank, let contents = change.files?.contents else { return (bank, []) }
    try await service.store.publish(
      then, as: .public, files: contents, publishedAt: now, replacing: .version(bank.version),
      note: BankRelease.Note(
        kind: .change, actor: "service",
        reason: terminal(
          Text("试测 \(items.count) 道题，不计分", "Tries \(items.count) items out, unscored")),
        differences: then.differences(from: bank)))
    _ = try await service.site.takeOverBank()
    return (then, items)
  }

  /// Items for everybody, that stand alone, of the points with the most others.
  private func spare(in blueprint: Blueprint, of bank: Bank) -> [AssessmentItem.ID] {
    guard let framework = bank.framework(blueprint.framework) else { return [] }
    let everywhere = framework.environments.map { Set($0.includes) }
      .reduce(Set(framework.environments.map(\.id))) { $0.intersection($1) }
    let items = bank.items(of: blueprint.test).filter { $0.state == .live }
    let counts = items.compactMap(\.points.first).reduce(into: [CompetencyPoint.ID: Int]()) {
      $0[$1, default: 0] += 1
    }
    var seen: Set<CompetencyPoint.ID> = []
    return items.filter { item in
      item.scenario == nil && item.item.asksForOneChoice
        && item.environment.map(everywhere.contains) ?? false
    }
    .sorted {
      let (first, second) = ($0.points.first, $1.points.first)
      return (second.flatMap { counts[$0] } ?? 0, $0.id.rawValue)
        < (first.flatMap { counts[$0] } ?? 0, $1.id.rawValue)
    }
    // One of a point: what is left must still fill every form.
    .filter { $0.points.first.map { seen.insert($0).inserted } ?? false }
    .prefix(Self.count).map(\.id)
  }
}
