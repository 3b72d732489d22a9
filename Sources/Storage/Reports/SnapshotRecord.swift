import Foundation
import Reporting

/// A snapshot without its blocks, as it is kept.
struct SnapshotRecord: Codable, Hashable {
  struct Unit: Codable, Hashable {
    var id: String
    var parent: String?
    var enrolled: Int
    var finished: Int
    var inScope: [Int]
  }

  struct Rules: Codable, Hashable {
    var minimumPeople: Int
    var hiddenWidth: Double
    var extremeShare: Double
    var minimumRest: Int
    var evidenceShare: Double
  }

  var rules: Rules
  var pointEnvironments: [Int]
  var units: [Unit]

  init(_ snapshot: Snapshot) {
    rules = Rules(snapshot.rules)
    pointEnvironments = snapshot.pointEnvironments
    units = snapshot.tree.units.enumerated().map { place, unit in
      Unit(
        id: unit.id.rawValue, parent: unit.parent?.rawValue, enrolled: unit.enrolled,
        finished: snapshot.finished[place], inScope: snapshot.inScope[place])
    }
  }

  /// The snapshot with its blocks.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if the units are no hierarchy.
  func snapshot(day: Int, blocks: [Block.ID: Block]) throws -> Snapshot {
    let tree: UnitTree
    do {
      tree = try UnitTree(
        units.map { unit in
          ReportingUnit(
            id: .init(rawValue: unit.id), parent: unit.parent.map { .init(rawValue: $0) },
            enrolled: unit.enrolled)
        })
    } catch {
      throw StoreError.unreadable(table: "report_snapshot")
    }
    return Snapshot(
      day: day, rules: rules.disclosureRules, tree: tree, pointEnvironments: pointEnvironments,
      blocks: blocks, finished: units.map(\.finished), inScope: units.map(\.inScope))
  }
}

extension SnapshotRecord.Rules {
  init(_ rules: DisclosureRules) {
    minimumPeople = rules.minimumPeople
    hiddenWidth = rules.hiddenWidth
    extremeShare = rules.extremeShare
    minimumRest = rules.minimumRest
    evidenceShare = rules.evidenceShare
  }

  var disclosureRules: DisclosureRules {
    DisclosureRules(
      minimumPeople: minimumPeople, hiddenWidth: hiddenWidth, extremeShare: extremeShare,
      minimumRest: minimumRest, evidenceShare: evidenceShare)
  }
}
