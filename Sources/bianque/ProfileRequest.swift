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

  /// The plan that comes of the request.
  ///
  /// - Throws: ``RequestError`` if it names something that is not in the content.
  func answer(with content: PublishedContent) throws(RequestError) -> PlanAnswer {
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
    let problem = PlanProblem(
      framework: framework, environment: environment, beliefs: try beliefs(framework),
      rules: programme.courseRules, courses: content.catalogue.courses(of: framework.id),
      locked: try known(locked ?? [], "locked", in: content.catalogue),
      excluded: try known(excluded ?? [], "excluded", in: content.catalogue), seed: seed ?? 1)
    let start = ContinuousClock.now
    let plan = PlanSearch.plan(for: problem)
    return PlanAnswer(plan, seconds: (ContinuousClock.now - start) / .seconds(1))
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
