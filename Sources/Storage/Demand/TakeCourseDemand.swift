public import Competency
public import Courses
public import Foundation
public import ItemBank
import People
import Reporting

extension Store {
  /// Counts which courses the plans of each region's teachers hold, and keeps what may be published.
  ///
  /// Only plans that were left alone for a while are counted, so that a teacher is not counted with
  /// a plan half made; a teacher who is counted stays as counted until the next term.
  ///
  /// - Parameters:
  ///   - framework: the framework whose programmes the plans are for.
  ///   - tests: its tests.
  ///   - courses: the courses on offer.
  ///   - term: the term.
  ///   - settled: plans changed after then are not counted yet.
  ///   - day: the day, counted from 1970-01-01; a region's figures move once a day at most.
  ///   - time: the time.
  /// - Returns: how many regions' figures moved.
  /// - Throws: the database's error if it cannot be read or kept.
  public func takeCourseDemand(
    of framework: Framework.ID, tests: [AssessmentTest.ID], courses: [Course.ID], term: Term,
    settled: Date, day: Int, at time: Date
  ) async throws -> Int {
    let names = tests.map(\.rawValue)
    let moved = try await engine.read { connection -> [(unit: String, body: String)] in
      let former = try connection.newestDemand(of: framework, in: term)
      let plans = try connection.settledPlans(
        of: names, from: term.start, until: settled,
        without: Set(former.values.flatMap { $0.demand.people }))
      return try plans.sorted { $0.key < $1.key }.compactMap { unit, plans in
        let known = former[unit]
        guard known?.day ?? .min < day,
          let next = (known?.demand ?? .nothing).joined(by: plans, courses: courses.map(\.rawValue))
        else { return nil }
        return (unit: unit, body: try CourseDemandRecord(next).storedJSON())
      }
    }
    return try await commits.commit { connection in
      for region in moved {
        try connection.execute(
          """
          INSERT INTO course_demand (framework, unit, term, day, taken_at, body)
          VALUES (\(framework.rawValue), \(region.unit), \(term.name), \(day), \(time.storedTime),
            \(region.body))
          ON CONFLICT (framework, unit, term, day) DO NOTHING
          """)
      }
      return moved.count
    }
  }
}

/// What is kept of a region.
struct KeptDemand {
  var day: Int
  var takenAt: Date
  var demand: CourseDemand
}

extension SQLiteConnection {
  /// The newest figures of each region in a term.
  func newestDemand(
    of framework: Framework.ID, in term: Term
  ) throws -> [String: KeptDemand] {
    let decoder = JSONDecoder()
    return try rows(
      """
      SELECT unit, day, taken_at, body FROM course_demand
      WHERE framework = \(framework.rawValue) AND term = \(term.name) AND day = (
        SELECT max(day) FROM course_demand AS newer
        WHERE newer.framework = course_demand.framework AND newer.unit = course_demand.unit
          AND newer.term = course_demand.term)
      """
    ).reduce(into: [:]) { kept, row in
      kept[try row.text("unit")] = KeptDemand(
        day: Int(try row.integer("day")), takenAt: try Date(storedTime: try row.text("taken_at")),
        demand: try decoder.decode(
          CourseDemandRecord.self, from: Data(try row.text("body").utf8)
        ).demand())
    }
  }

  /// Of each region the newest plan of each of its teachers, those counted already left out.
  fileprivate func settledPlans(
    of tests: [String], from start: Date, until settled: Date, without counted: Set<Int64>
  ) throws -> [String: [CourseDemand.Plan]] {
    let regions = try regionOfUnits()
    let newest = try rows(
      """
      SELECT number, person.unit AS unit, plan, version
      FROM study_plan_version
      JOIN study_plan ON study_plan.id = plan
      JOIN test_session ON test_session.id = session
      JOIN person ON person.id = test_session.person
      JOIN report_person ON report_person.person = person.id
      WHERE has_left = 0 AND erased_at IS NULL AND test IN \(list: tests)
        AND study_plan_version.created_at >= \(start.storedTime)
        AND version = (SELECT max(version) FROM study_plan_version AS newer
          WHERE newer.plan = study_plan_version.plan)
      ORDER BY number, study_plan_version.created_at DESC, plan
      """)
    var seen = counted
    var plans: [String: [CourseDemand.Plan]] = [:]
    for row in newest {
      let person = try row.integer("number")
      // The first row of a person is the newest plan; an older one is no longer meant.
      guard seen.insert(person).inserted, let region = regions[try row.text("unit")],
        let plan = try self.row(
          """
          SELECT body FROM study_plan_version
          WHERE plan = \(try row.text("plan")) AND version = \(Int(try row.integer("version")))
            AND created_at <= \(settled.storedTime)
          """)
      else { continue }
      let body = try JSONDecoder().decode(
        PlannedCoursesRecord.self, from: Data(try plan.text("body").utf8))
      plans[region, default: []].append(
        CourseDemand.Plan(person: person, courses: Set(body.courses)))
    }
    return plans
  }

  /// Of each unit the smallest region it lies in, itself if it is one.
  private func regionOfUnits() throws -> [String: String] {
    let units = try units(below: nil)
    let byID = Dictionary(uniqueKeysWithValues: units.map { ($0.id, $0) })
    var regions: [String: String] = [:]
    for unit in units {
      var here: AdministrativeUnit? = unit
      while let place = here, place.kind.hasTeachers { here = place.parent.flatMap { byID[$0] } }
      regions[unit.id.rawValue] = here?.id.rawValue
    }
    return regions
  }
}

/// What demand counts of a plan: a small part of ``PlanRecord``.
private struct PlannedCoursesRecord: Decodable {
  var courses: [String]
}
