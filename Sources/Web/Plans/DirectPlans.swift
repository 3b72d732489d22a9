public import Courses
public import Foundation
import Recommendation
public import Storage

/// Plans made without a page, for commands that set a service up.
extension Site {
  /// Makes the study plan of a finished diagnostic and changes it, as its teacher would.
  ///
  /// - Parameters:
  ///   - key: what opens the session.
  ///   - programme: the programme it obeys.
  ///   - change: what is changed an hour later: ``PlanEdit/Kind/lock`` keeps the course that does
  ///     most, ``PlanEdit/Kind/exclude`` refuses the one whose loss is smallest; nil for nothing.
  ///   - time: when it is made.
  /// - Returns: the newest version; nil if the courses in service have no such programme.
  /// - Throws: the refusal if the session is not theirs or not finished; the store's error.
  public func makePlan(
    of key: SessionKey, under programme: Programme.ID, changing change: PlanEdit.Kind? = nil,
    at time: Date
  ) async throws -> StoredPlan? {
    guard let programme = publications.courses.programme(programme.rawValue) else { return nil }
    let opened = try await OpenedSession(key, site: self)
    let plan = try await StudyPlanning(site: at(time), opened: opened).newPlan(under: programme)
    let explanations = plan.plan.explanations
    let course: Course.ID? =
      switch change {
      case .lock: explanations.max { $0.contribution < $1.contribution }?.course
      case .exclude: explanations.min { $0.lossIfDropped < $1.lossIfDropped }?.course
      default: nil
      }
    guard let change, let course else { return plan }
    let later = try await StudyPlanning(site: at(time + 3600), opened: opened)
    let outcome = try await PlanEditing(planning: later).make(
      PlanChange(change, course), of: plan.id, base: plan.version)
    guard case .made(let changed, _) = outcome else { return plan }
    return changed
  }
}
