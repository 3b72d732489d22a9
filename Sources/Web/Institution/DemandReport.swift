import Competency
import Courses
import Foundation
import People
import Reporting
import Storage

/// What a region's teachers need, and which courses their plans hold: published figures only.
///
/// No field of it is about a single person, a school or a group.
struct DemandReport: Sendable {
  /// A course with what is asked of it.
  struct CourseLine: Sendable {
    var course: Course
    /// How many plans hold it; nil while nothing is published.
    var plans: CountRange?

    /// The hours that takes, at least and at most; nil while nothing is published.
    var hours: ClosedRange<Double>? {
      plans.map { Double($0.lowest) * course.hours...Double($0.highest) * course.hours }
    }
  }

  /// A point with how many need it and what serves it.
  struct PointLine: Sendable {
    var point: CompetencyPoint
    var cell: GapCell
    /// How many courses raise it.
    var courses: Int
    /// The hours planned of courses chiefly about it; nil while nothing is published.
    var hours: ClosedRange<Double>?

    /// Whether people need it, or may, and no course serves it.
    var isUnserved: Bool { courses == 0 }
  }

  /// A topic of the course standard with the point it serves that most need.
  struct TopicLine: Sendable {
    var topic: CourseTopic
    /// The place of the point in ``DemandReport/points``; nil where nothing of it is shown.
    var point: Int?
    /// How many courses of the catalogue are on it.
    var courses: Int
  }

  let framework: Framework
  let catalogue: Catalogue
  let demand: PublishedDemand?
  let courses: [CourseLine]
  let points: [PointLine]
  let topics: [TopicLine]
  /// The last moment that the figures about points take in; nil before the first snapshot.
  let needsTakenAt: Date?

  init(
    framework: Framework, catalogue: Catalogue, demand: PublishedDemand?, needs: PublishedMap?
  ) {
    let needs = needs.flatMap { $0.isAbout(framework) ? $0 : nil }
    self.framework = framework
    self.catalogue = catalogue
    self.demand = demand
    needsTakenAt = needs?.takenAt
    let offered = catalogue.courses(of: framework.id)
    let lines = offered.map { CourseLine(course: $0, plans: demand?.ranges[$0.id]) }
    courses = lines.enumerated().sorted {
      ($1.element.plans?.middle ?? -1, $0.offset) < ($0.element.plans?.middle ?? -1, $1.offset)
    }.map(\.element)
    let points = framework.points.enumerated().map { place, point in
      PointLine(
        point: point, cell: needs?.map.total.cells[place] ?? .absent(.notMeasured),
        courses: offered.count { $0.gains[point.id] != nil },
        hours: Self.hours(of: lines.filter { $0.course.primary == point.id }))
    }
    self.points = points
    topics = (catalogue.standards.first { $0.framework == framework.id }?.topics ?? []).map {
      topic in
      let served = points.indices.filter { topic.points.contains(points[$0].point.id) }
      return TopicLine(
        topic: topic,
        point: served.filter { points[$0].expected != nil }.max {
          (points[$0].expected ?? 0, $1) < (points[$1].expected ?? 0, $0)
        }, courses: offered.count { $0.topic == topic.id })
    }
  }

  /// The points that no course serves, those that most need first.
  var unserved: [PointLine] {
    points.filter(\.isUnserved).enumerated().sorted {
      ($1.element.expected ?? -1, $0.offset) < ($0.element.expected ?? -1, $1.offset)
    }.map(\.element)
  }

  private static func hours(of lines: [CourseLine]) -> ClosedRange<Double>? {
    let known = lines.compactMap(\.hours)
    guard !known.isEmpty else { return nil }
    return known.reduce(0) { $0 + $1.lowerBound }...known.reduce(0) { $0 + $1.upperBound }
  }
}

extension DemandReport.PointLine {
  /// The expected number in need; nil where none is shown.
  var expected: Double? {
    if case .shown(let shown) = cell { shown.need.expected } else { nil }
  }
}

/// The regions that an institution may ask about, and the one that is asked about.
struct DemandRegions: Sendable {
  /// The regions, each before those in it.
  let offered: [AdministrativeUnit]
  let chosen: AdministrativeUnit

  /// - Parameters:
  ///   - permission: who asks.
  ///   - wanted: the region asked for; nil for the institution's own.
  ///   - site: the site.
  /// - Throws: ``Refusal/forbidden`` if the institution may not ask about it.
  init(_ permission: Permission, wanted: String?, site: Site) async throws {
    let own = permission.signedIn.actor.grants.compactMap { grant -> AdministrativeUnit.ID? in
      guard grant.role == .institution, case .unit(let unit) = grant.scope else { return nil }
      return unit
    }
    var offered: [AdministrativeUnit] = []
    for unit in own {
      offered += try await site.store.units(below: unit).filter { !$0.kind.hasTeachers }
    }
    guard
      let chosen = wanted.map({ id in offered.first { $0.id.rawValue == id } }) ?? offered.first,
      can(
        permission.signedIn.actor, .viewSummary,
        .unit(path: try await site.store.path(of: chosen.id)))
    else {
      try await site.store.record(
        AuditEvent(
          actor: permission.signedIn.auditName, action: Action.viewSummary.auditName,
          object: "demand", outcome: .refused), at: site.now())
      throw Refusal.forbidden
    }
    self.offered = offered
    self.chosen = chosen
  }

  /// The chosen region and those in it: theirs are the figures that are summed.
  func summed(site: Site) async throws -> [AdministrativeUnit.ID] {
    try await site.store.units(below: chosen.id).filter { !$0.kind.hasTeachers }.map(\.id)
  }
}
