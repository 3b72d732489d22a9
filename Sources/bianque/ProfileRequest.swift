import Competency
import Courses
import Diagnostics
import Foundation
import ItemBank
import Recommendation

/// What `bianque plan` reads in its short form: a teacher's profile and a programme, to be planned
/// for with the shipped framework and catalogue.
struct ProfileRequest: Decodable, Hashable, Sendable {
  /// What is believed about one point.
  struct Belief: Decodable, Hashable, Sendable {
    var mean: Double
    var standardError: Double
  }

  /// A teacher's environment and abilities; a point that is not given is as the prior has it.
  struct Profile: Decodable, Hashable, Sendable {
    var environment: String
    var abilities: [String: Belief]?
  }

  var profile: Profile
  var programme: String
  var locked: [String]?
  var excluded: [String]?
  /// Courses of which the answer says why they are not in the plan.
  var why: [String]?
  /// What the teacher has earned so far.
  var account: AccountRequest?
  /// The day in question, `2026-11-26`; today where it is not given.
  var date: String?
  var seed: UInt64?

  /// Whether a document is of this form: it has a profile.
  static func isMeant(by data: Data) -> Bool {
    struct Form: Decodable {
      var profile: Present?
      struct Present: Decodable {
        init(from decoder: any Decoder) {}
      }
    }
    do {
      return try JSONDecoder().decode(Form.self, from: data).profile != nil
    } catch {
      // What is no JSON at all is refused where the other form is read.
      return false
    }
  }

  /// Reads a request.
  ///
  /// - Throws: ``RequestError`` naming the field that is wrong.
  static func read(_ data: Data) throws -> ProfileRequest {
    try RequestDocument.decode(ProfileRequest.self, from: data)
  }

  /// What is planned.
  ///
  /// - Parameters:
  ///   - content: the shipped content.
  ///   - today: the day in question where the request names none.
  /// - Returns: the problem and what is asked beside it.
  /// - Throws: ``RequestError`` if it names something that is not in the content.
  func task(
    with content: PublishedContent, today: CalendarDay
  ) throws(RequestError) -> PlanTask {
    guard let programme = content.programmes.first(where: { $0.id.rawValue == programme }),
      let framework = content.bank.framework(programme.framework)
    else {
      throw RequestError(
        "programme", Text("没有方案“\(programme)”。", "There is no programme \"\(programme)\"."))
    }
    let environment = Environment.ID(rawValue: profile.environment)
    guard framework.environment(environment) != nil else {
      throw RequestError(
        "profile.environment",
        Text(
          "没有教学环境“\(profile.environment)”。",
          "There is no environment \"\(profile.environment)\"."))
    }
    let catalogue = content.catalogue
    let standing = try standing(
      under: programme, framework: framework, catalogue: catalogue, today: today)
    let problem = PlanProblem(
      framework: framework, environment: environment, beliefs: try beliefs(framework),
      rules: standing?.rules ?? programme.courseRules,
      courses: catalogue.courses(of: framework.id).filter {
        !(standing?.taken.contains($0.id) ?? false)
      },
      locked: try known(locked ?? [], "locked", in: catalogue),
      excluded: try known(excluded ?? [], "excluded", in: catalogue), seed: seed ?? 1)
    return PlanTask(
      problem: problem, why: (why ?? []).map(Course.ID.init(rawValue:)), programme: programme,
      standing: standing)
  }

  private func standing(
    under programme: Programme, framework: Framework, catalogue: Catalogue, today: CalendarDay
  ) throws(RequestError) -> ProgrammeStanding? {
    guard let account else { return nil }
    var day = today
    if let date {
      guard let read = CalendarDay(date) else { throw AccountRequest.noDate("date", date) }
      day = read
    }
    return programme.standing(
      of: try account.account(catalogue: catalogue, framework: framework), on: day,
      framework: framework)
  }

  private func beliefs(_ framework: Framework) throws(RequestError) -> [PlanProblem.Belief] {
    let constants = framework.measurement
    let prior = PlanProblem.Belief(
      mean: constants.priorMean,
      standardError: (constants.generalVariance + constants.dimensionVariance
        + constants.environmentVariance + constants.specificVariance).squareRoot())
    var beliefs = [PlanProblem.Belief](repeating: prior, count: framework.points.count)
    for (point, belief) in (profile.abilities ?? [:]).sorted(by: { $0.key < $1.key }) {
      let field = "profile.abilities.\(point)"
      guard let index = framework.index(of: CompetencyPoint.ID(rawValue: point)) else {
        throw RequestError(field, Text("没有能力点“\(point)”。", "There is no point \"\(point)\"."))
      }
      try RequestError.checkSize(belief.mean, "\(field).mean")
      try RequestError.checkPositive(belief.standardError, "\(field).standardError")
      beliefs[index] = PlanProblem.Belief(
        mean: belief.mean, standardError: belief.standardError)
    }
    return beliefs
  }

  private func known(
    _ ids: [String], _ field: String, in catalogue: Catalogue
  ) throws(RequestError) -> Set<Course.ID> {
    for id in ids where catalogue.course(Course.ID(rawValue: id)) == nil {
      throw RequestError(field, Text("没有课程“\(id)”。", "There is no course \"\(id)\"."))
    }
    return Set(ids.map(Course.ID.init(rawValue:)))
  }
}
