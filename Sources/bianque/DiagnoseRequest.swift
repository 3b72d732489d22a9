import Diagnostics
import Foundation
import Psychometrics

/// What `bianque diagnose` reads: items with their scores and a prior, self-contained.
struct DiagnoseRequest: Decodable, Hashable, Sendable {
  /// The prior over the points, by its components.
  struct Prior: Decodable, Hashable, Sendable {
    var mean: [Double]
    var general: Double
    var dimension: Double
    var environment: Double
    var specific: Double
  }

  /// An item's parameters.
  struct Item: Decodable, Hashable, Sendable {
    var loadings: [String: Double]
    var cumulative: [Double]
    var testlet: String?
  }

  var points: [RequestPoint]
  var prior: Prior
  var items: [Item]
  var testletVariance: Double
  /// The category of each item, a whole number; null for an item that was skipped.
  ///
  /// Read as numbers: where a whole number is asked for, JSONDecoder refuses any other without saying
  /// where it stands.
  var scores: [Double?]
  /// The cut of each point, in logits.
  var cuts: [Double]

  /// Reads and checks a request.
  ///
  /// - Parameter data: a JSON document.
  /// - Returns: a request that can be answered.
  /// - Throws: ``RequestError`` naming the field that is wrong.
  static func read(_ data: Data) throws -> DiagnoseRequest {
    let request = try RequestDocument.decode(DiagnoseRequest.self, from: data)
    try request.check()
    return request
  }

  /// The posterior that comes of the request.
  func answer() -> DiagnoseAnswer {
    let posterior = AbilityPosterior.laplace(
      prior: abilityPrior, responses: responses, testletVariance: testletVariance)
    return DiagnoseAnswer(posterior, cuts: cuts)
  }

  private func check() throws(RequestError) {
    try RequestError.checkLength(points.count, atMost: 500, "points")
    try RequestError.checkUnique(points.map(\.id), "points")
    try RequestError.checkCount(prior.mean.count, points.count, "prior.mean")
    try RequestError.checkSizes(prior.mean, "prior.mean")
    for (name, variance) in [
      ("general", prior.general), ("dimension", prior.dimension),
      ("environment", prior.environment), ("specific", prior.specific),
    ] {
      try RequestError.checkNotNegative(variance, "prior.\(name)")
    }
    try RequestError.checkNotNegative(testletVariance, "testletVariance")
    try RequestError.checkCount(cuts.count, points.count, "cuts")
    try RequestError.checkSizes(cuts, "cuts")
    try RequestError.checkCount(scores.count, items.count, "scores")
    // No item is no mistake: the answer is the prior.
    if !items.isEmpty { try RequestError.checkLength(items.count, atMost: 1000, "items") }
    let known = Set(points.map(\.id))
    for place in items.indices { try checkItem(place, known: known) }
  }

  private func checkItem(_ place: Int, known: Set<String>) throws(RequestError) {
    let (item, field) = (items[place], "items[\(place)]")
    try RequestError.checkLength(item.loadings.count, atMost: 500, "\(field).loadings")
    for (point, loading) in item.loadings.sorted(by: { $0.key < $1.key }) {
      try RequestError.checkKnown(point, in: known, "\(field).loadings.\(point)")
      try RequestError.checkSize(loading, "\(field).loadings.\(point)")
    }
    try RequestError.checkSizes(item.cumulative, "\(field).cumulative")
    guard item.cumulative.count >= 2, item.cumulative[0] == 0 else {
      throw RequestError(
        "\(field).cumulative",
        Text("应从 0 开始，并至少有两个类别。", "It must begin with 0 and have at least two categories."))
    }
    if let score = scores[place] {
      try RequestError.checkPlace(score, in: item.cumulative.count, "scores[\(place)]")
    }
  }

  private var abilityPrior: AbilityPrior {
    AbilityPrior.structured(
      mean: prior.mean, dimensions: Self.numbers(of: points.map(\.dimension)),
      environments: Self.numbers(of: points.map(\.environment)), general: prior.general,
      dimension: prior.dimension, environment: prior.environment, specific: prior.specific)
  }

  private var responses: [ScoredResponse] {
    let testlets = Self.numbers(of: items.map { $0.testlet ?? "" })
    return items.indices.compactMap { place in
      guard let score = scores[place] else { return nil }
      let item = items[place]
      return ScoredResponse(
        loadings: points.indices.compactMap { point in
          item.loadings[points[point].id].map { Loading(point: point, weight: $0) }
        },
        model: PartialCreditItem(cumulative: item.cumulative),
        testlet: item.testlet == nil ? nil : testlets[place], score: Int(score))
    }
  }

  /// A number for each name, equal for equal names.
  private static func numbers(of names: [String]) -> [Int] {
    var known: [String: Int] = [:]
    return names.map { name in
      let number = known[name] ?? known.count
      known[name] = number
      return number
    }
  }
}

/// What `bianque diagnose` prints.
struct DiagnoseAnswer: Encodable, Hashable, Sendable {
  /// The most probable abilities, in the order of the request's points, in logits.
  var mode: [Double]
  /// The expected abilities.
  var eap: [Double]
  /// Their standard errors.
  var sd: [Double]
  /// The covariance of the abilities, as rows.
  var covariance: [[Double]]
  /// The logarithm of the probability of the scores.
  var logEvidence: Double
  /// The probability that each ability is at least its cut.
  var mastery: [Double]

  init(_ posterior: AbilityPosterior, cuts: [Double]) {
    let count = posterior.count
    mode = posterior.mode
    eap = posterior.mean
    sd = (0..<count).map { posterior.standardError(ofPoint: $0) }
    covariance = (0..<count).map { Array(posterior.covariance[($0 * count)..<(($0 + 1) * count)]) }
    logEvidence = posterior.logEvidence
    mastery = (0..<count).map { 1 - posterior.probability(ofPoint: $0, below: cuts[$0]) }
  }
}
