import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import People
import Recommendation
import Sheets
import Storage

/// All that is kept of a teacher, to take away.
struct RecordExport: Encodable {
  struct Answer: Encodable {
    var item: String
    var isUnsure: Bool
    /// The response in the form of the 1EdTech PCI, as it was given.
    var response: [String: ResponseValue]?
  }

  struct Session: Encodable {
    var id: String
    var test: String
    var environment: String
    var schoolStage: String?
    var subject: String?
    var programme: String
    /// The session it goes on from; absent where it began anew.
    var continues: String?
    /// Of how many points nothing clear was expected to be said after its stage; absent where it began
    /// anew.
    var expectedUnclearPoints: Double?
    /// The code of the form on paper that it was keyed in from; absent where there was none.
    var paperForm: String?
    /// The level, from 0, that the teacher guessed for each dimension; absent where none was.
    var selfRating: [String: Int]?
    /// `phone`, `tablet` or `computer`; absent where that was not known.
    var device: String?
    var startedAt: Date
    var finishedAt: Date?
    var answers: [Answer]
    var points: [Point]
    /// The courses of the newest plan; absent where none was made.
    var courses: [String]?
  }

  struct Point: Encodable {
    var id: String
    /// `needed`, `likely`, `uncertain`, `notNeeded`; absent where nothing was asked.
    var verdict: String?
    var probabilityBelowTarget: Double
    var evidenceCount: Int
  }

  var name: String
  var staffNumber: String
  var school: String
  var schoolStage: String?
  var subject: String?
  var teachingGroup: String?
  var isNearRetirement: Bool
  var sessions: [Session]

  /// Collects everything.
  ///
  /// - Throws: the store's error if it cannot be read.
  init(of person: Person, site: Site) async throws {
    name = person.entry.name
    staffNumber = person.staffNumber
    school = try await site.store.path(of: person.unit).first?.name ?? ""
    schoolStage = person.entry.schoolStage
    subject = person.entry.subject
    teachingGroup = person.entry.group
    isNearRetirement = person.entry.isNearRetirement
    sessions = []
    for stored in try await site.store.sessions(of: person.id) {
      let key = SessionKey(id: stored.id, owner: SessionOwner(tokenHash: nil, person: person.id))
      let result = try await site.store.result(key)
      var session = Session(stored, result: result)
      if let id = try await site.store.newestPlan(of: key),
        let plan = try await site.store.plan(id, of: key.owner)
      {
        session.courses = plan.plan.courses.map(\.rawValue)
      }
      sessions.append(session)
    }
  }

  /// The same as a sheet: one line a point of each result, one line an unfinished session.
  func csv(_ phrases: Phrases) -> [UInt8] {
    let header = ["school", "name", "staffNumber", "session", "finished", "point", "verdict"]
    var rows: [[String]] = []
    for session in sessions {
      let finished = session.finishedAt.map { $0.formatted(.iso8601) } ?? ""
      let start = [school, name, staffNumber, session.id, finished]
      if session.points.isEmpty { rows.append(start + ["", ""]) }
      for point in session.points {
        rows.append(start + [point.id, phrases("verdict.\(point.verdict ?? "untested")")])
      }
    }
    if rows.isEmpty { rows.append([school, name, staffNumber, "", "", "", ""]) }
    return Sheet.csv(header: header.map { phrases("people.\($0)") }, rows: rows)
  }
}

extension RecordExport.Session {
  fileprivate init(_ stored: StoredSession, result: TestResult?) {
    id = stored.id.rawValue
    test = stored.start.test.rawValue
    environment = stored.start.environment.rawValue
    schoolStage = stored.start.schoolStage
    subject = stored.start.subject
    programme = stored.start.programme
    continues = stored.earlier.last?.id.rawValue
    expectedUnclearPoints = stored.expectation?.unclear
    paperForm = stored.paperForm?.rawValue
    if !stored.selfRating.isEmpty {
      selfRating = stored.selfRating.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
    }
    device = stored.device?.rawValue
    startedAt = stored.startedAt
    finishedAt = stored.finishedAt
    answers = stored.events.compactMap { event in
      guard case .responded(let item, let answer, _) = event else { return nil }
      switch answer {
      case .unsure: return RecordExport.Answer(item: item.rawValue, isUnsure: true, response: nil)
      case .response(let responses):
        return RecordExport.Answer(
          item: item.rawValue, isUnsure: false,
          response: responses)
      }
    }
    points = (result?.points ?? []).map { point in
      RecordExport.Point(
        id: point.point.rawValue, verdict: point.verdict?.rawValue,
        probabilityBelowTarget: point.probabilityBelowTarget, evidenceCount: point.evidenceCount)
    }
  }
}
