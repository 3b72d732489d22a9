import Competency
import Courses
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

  var name: String
  /// Whether it is a school: only a school has topics of its own.
  var isSchool: Bool
  /// The programme whose framework, quota and price it is about.
  var programme: Programme
  var framework: Framework
  /// The year of the reader: quotas of later years are not due yet.
  var year: Int
  var map: GapMap
  var rules: DisclosureRules
  /// The parts by unit, as they stand in ``map``.
  var parts: [ReportingUnit.ID: Part]
  var participation: Participation
  /// How far each school of a region is; empty for a school.
  var schools: [Participation]
  /// The last moment that the figures take in; nil before the first snapshot.
  var takenAt: Date?

  /// What to train first.
  var summary: GapSummary {
    GapSummary(cells: map.total.cells, orderingProbability: GapVerdict.orderingProbability)
  }

  /// What the programme's hours cost for some people; nil where its document names no price.
  func cost(of people: Int) -> TrainingCost? {
    programme.terms.cost.map {
      TrainingCost(people: people, hours: programme.rules.hours.minimum, rate: $0.perHour)
    }
  }

  /// How far the schools or teachers of a region are, beside what is due by the end of a year.
  func progress(_ counting: Quota.Counting, by year: Int) -> Quota.Progress {
    let years = programme.terms.quota?.years ?? []
    return Quota(
      counting: counting, years: years.map { .init(year: $0.year, share: $0.share) }
    ).progress(of: schools, by: year)
  }
}
