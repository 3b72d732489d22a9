import Competency
import Foundation
import Reporting

/// All that a page about a school or a region is made of: published figures, and who has finished.
///
/// No field of it is about a single person.
struct UnitReport {
  /// A part of the unit, as the page names and links it.
  struct Part {
    var name: String
    /// The address of the part's own page; nil where the reader may not open it.
    var path: String?
    var participation: Participation
  }

  /// How far a region is with its quota.
  struct QuotaState {
    var counting: Quota.Counting
    /// The year of the quota; nil where none is set, and nothing is due.
    var year: Int?
    var progress: Quota.Progress
  }

  /// What the hours of the plans cost.
  struct Cost {
    var ledger: HoursLedger
    /// Yuan for an hour of a person.
    var rate: Double
  }

  var name: String
  /// Whether it is a school: only a school has topics of its own.
  var isSchool: Bool
  var framework: Framework
  var map: GapMap
  var rules: DisclosureRules
  /// The parts by unit, as they stand in ``map``.
  var parts: [ReportingUnit.ID: Part]
  var participation: Participation
  var quotas: [QuotaState]
  var cost: Cost?
  /// The last moment that the figures take in; nil before the first snapshot.
  var takenAt: Date?

  /// What to train first.
  var summary: GapSummary {
    GapSummary(cells: map.total.cells, orderingProbability: GapVerdict.orderingProbability)
  }
}
