import Foundation
import Psychometrics
import Testing

/// Parameters and statistics that R mirt 1.45.1 and an accurate numpy program computed.
struct FitOracle: Decodable {
  struct Item: Decodable {
    var type: String
    var a: Double
    var d: [Double]

    func model() throws -> ResponseModel {
      switch type {
      case "GRM": return .graded(try GradedItem(slope: a, intercepts: d))
      case "GPCM":
        var cumulative = [0.0]
        for intercept in d { cumulative.append((cumulative.last ?? 0) - intercept) }
        return .partialCredit(slope: a, PartialCreditItem(cumulative: cumulative))
      default: return .logistic(try LogisticItem(slope: a, intercept: d[0]))
      }
    }
  }
  struct Calibration: Decodable {
    var items: [Item]
  }
  private var results: [String: Calibration]

  private enum CodingKeys: String, CodingKey { case results }
  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let all = try decoder.container(keyedBy: CodingKeys.self)
      .nestedContainer(keyedBy: Name.self, forKey: .results)
    results = [:]
    for name in ["LSAT7_2PL", "SAT12_2PL", "Science_GRM", "Science_GPCM"] {
      results[name] = try all.decode(Calibration.self, forKey: Name(stringValue: name))
    }
  }

  static func models(_ name: String) throws -> [ResponseModel] {
    let oracle = try OracleTable.json("mml_accurate.json", as: FitOracle.self)
    return try (oracle.results[name]?.items ?? []).map { try $0.model() }
  }
}

struct ModelFitTests {
  struct ScoreStatistic: Decodable {
    var statistic: Double
    var degrees: Int

    enum CodingKeys: String, CodingKey {
      case statistic = "S_X2"
      case degrees = "df.S_X2"
    }
  }
  struct LSAT7: Decodable {
    var scoreFit: [ScoreStatistic]
    var limited: [LimitedStatistic]?
    enum CodingKeys: String, CodingKey {
      case scoreFit = "S_X2"
      case limited = "M2"
    }
  }
  struct LimitedStatistic: Decodable {
    var statistic: Double
    var df: Int
    var p: Double
    var error: Double
    var lower: Double
    var upper: Double

    enum CodingKeys: String, CodingKey {
      case df, p
      case statistic = "M2"
      case error = "RMSEA"
      case lower = "RMSEA_5"
      case upper = "RMSEA_95"
    }
  }
  private let normal = Quadrature.standardNormal(nodes: 121)

  private func zeroBased(_ name: String) throws -> ScoreTable {
    let columns = try OracleTable(name).columns
    return ScoreTable(columns: columns.map { $0.map { $0 - (columns[0].min() ?? 0) } })
  }

  /// R mirt 1.45.1's itemfit.
  ///
  /// Its parameters differ from the accurate ones in the eighth digit.
  @Test func `S-X2 is R mirt's, statistic and degrees of freedom`() throws {
    for (file, name, oracle) in [
      (
        "LSAT7.csv", "LSAT7_2PL",
        try OracleTable.json("LSAT7_mml.json", as: LSAT7.self).scoreFit
      ),
      (
        "SAT12_scored.csv", "SAT12_2PL",
        try OracleTable.json("SAT12_2pl.json", as: LSAT7.self).scoreFit
      ),
    ] {
      let models = try FitOracle.models(name)
      let fits = ScoreFit.all(
        try zeroBased(file), models: models, parameterCounts: models.map { _ in 2 },
        quadrature: normal)
      #expect(fits.map(\.degreesOfFreedom) == oracle.map(\.degrees), "\(name)")
      #expect(
        largestDistance(fits.map(\.chiSquare), oracle.map(\.statistic)) < 1e-4, "\(name)")
    }
  }

  /// numpy, the same joining of cells written a second time; mirt 1.45.1 joins them in another way.
  @Test(arguments: [
    (
      "Science_GRM", [13.669681684698967, 10.2280361342948, 9.030687913198964, 10.895314863094436],
      [8, 12, 9, 13]
    ),
    (
      "Science_GPCM",
      [16.579489333650713, 10.618200256542018, 9.672999216951853, 12.024544757459266],
      [8, 11, 9, 13]
    ),
  ])
  func `S-X2 of graded items is what a second program computes`(
    name: String, statistics: [Double], degrees: [Int]
  ) throws {
    let models = try FitOracle.models(name)
    let fits = ScoreFit.all(
      try zeroBased("Science.csv"), models: models, parameterCounts: [4, 4, 4, 4],
      quadrature: normal)
    #expect(fits.map(\.degreesOfFreedom) == degrees)
    #expect(largestDistance(fits.map(\.chiSquare), statistics) < 1e-6)
  }

  /// R mirt 1.45.1's M2.
  @Test func `M2 is R mirt's, with the interval of its error`() throws {
    for (file, name, oracle) in [
      (
        "LSAT7.csv", "LSAT7_2PL",
        try OracleTable.json("LSAT7_mml.json", as: LSAT7.self).limited
      ),
      (
        "SAT12_scored.csv", "SAT12_2PL",
        try OracleTable.json("SAT12_2pl.json", as: LSAT7.self).limited
      ),
    ] {
      let theirs = try #require(oracle?.first)
      let mine = try #require(
        LimitedInformationFit.measured(
          try zeroBased(file), models: try FitOracle.models(name), quadrature: .standardNormal()))
      #expect(mine.degreesOfFreedom == theirs.df)
      #expect(abs(mine.statistic - theirs.statistic) < 1e-3)
      #expect(abs(mine.probability / theirs.p - 1) < 1e-3)
      #expect(abs(mine.rootMeanSquareError - theirs.error) < 1e-5)
      #expect(abs(mine.rootMeanSquareErrorInterval.lower - theirs.lower) < 1e-4)
      #expect(abs(mine.rootMeanSquareErrorInterval.upper - theirs.upper) < 1e-4)
    }
  }

  /// Snijders' formula for two categories in numpy, maximum a posteriori ability.
  @Test func `lz* of a pattern is what an independent program computes`() throws {
    let models = try FitOracle.models("LSAT7_2PL")
    let responses = zip(models, [0, 1, 0, 1, 1]).map { ItemResponse(model: $0, score: $1) }
    let fit = try #require(PersonFit.measured(responses, ability: -0.7369250657865105))
    #expect(abs(fit.statistic - -1.0882057867194181) < 1e-9)
    #expect(PersonFit.measured(Array(responses.prefix(4)), ability: 0) == nil)
  }

  @Test func `answers of the model fit, turned answers do not`() throws {
    let models = try FitOracle.models("SAT12_2PL")
    let able = models.map { $0.expectedScore(at: 0) > 0.5 ? 1 : 0 }
    let fitting = zip(models, able).map { ItemResponse(model: $0, score: $1) }
    let turned = zip(models, able).map { ItemResponse(model: $0, score: 1 - $1) }
    #expect((PersonFit.measured(fitting, ability: 0)?.statistic ?? -9) > 0)
    #expect((PersonFit.measured(turned, ability: 0)?.statistic ?? 9) < -5)
  }

  /// The people of a test whose last two items are one item twice, and whose first is answered by lot.
  private func simulated() throws -> (
    table: ScoreTable, models: [ResponseModel], abilities: [Double]
  ) {
    var generator = SeededGenerator(seed: 8)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let models = try (0..<8).map {
      ResponseModel.logistic(
        try LogisticItem(discrimination: 1.4, difficulty: -1 + 0.3 * Double($0)))
    }
    var columns = [[Int16]](repeating: [], count: 8)
    var abilities: [Double] = []
    for _ in 0..<500 {
      let ability = (0..<6).reduce(-3.0) { sum, _ in sum + uniform() } * 1.4
      abilities.append(ability)
      for item in 0..<7 {
        let chance = item == 0 ? 0.5 : models[item].expectedScore(at: ability)
        columns[item].append(uniform() < chance ? 1 : 0)
      }
      columns[7].append(columns[6][columns[6].count - 1])
    }
    return (ScoreTable(columns: columns), models, abilities)
  }

  @Test func `an item answered by lot stands out, and only it`() throws {
    let (table, models, _) = try simulated()
    let fits = ResidualFit.all(
      table, models: models, quadrature: .standardNormal(nodes: 31), draws: 40, seed: 1)
    #expect(fits[0]?.isConspicuous == true)
    #expect((fits[0]?.outfit ?? 0) > 1.3)
    for item in 1..<6 {
      let fit = try #require(fits[item])
      #expect(!fit.isConspicuous)
      #expect(fit.infitBand.lower < 1 && fit.infitBand.upper > 1)
    }
  }

  @Test func `Q3 finds the pair that is one item twice`() throws {
    let (table, models, abilities) = try simulated()
    let dependence = LocalDependence(table, models: models, abilities: abilities)
    #expect(dependence.pairs.count == 28)
    #expect(dependence.dependentPairs.map { [$0.first, $0.second] } == [[6, 7]])
  }

  /// numpy with all 32 patterns counted out, 61 nodes on [−6, 6], cuts at sums 3 and 5.
  @Test func `Lee's accuracy and consistency are those of counting out all patterns`() throws {
    let quality = ClassificationQuality.lee(
      try FitOracle.models("LSAT7_2PL"), cuts: [3, 5], quadrature: .standardNormal())
    #expect(abs(quality.accuracy - 0.5536011876695042) < 1e-9)
    #expect(abs(quality.consistency - 0.5238668158757726) < 1e-9)
  }

  /// scipy 1.17.1's normal distribution.
  @Test func `Rudner's accuracy and consistency are those of an independent program`() throws {
    let abilities = zip([-1, 0.2, 0.9, 0.45], [0.4, 0.5, 0.3, 0.35]).map {
      CompositeAbility(mean: $0, standardError: $1)
    }
    let quality = try #require(ClassificationQuality.rudner(abilities, cuts: [-0.4, 0.8]))
    #expect(abs(quality.accuracy - 0.7918444111839463) < 1e-9)
    #expect(abs(quality.consistency - 0.6872396574956801) < 1e-9)
    #expect(ClassificationQuality.rudner([], cuts: [0]) == nil)
  }

  /// numpy: V is the posterior covariance of five items under the structured prior.
  @Test func `parallel forms of borrowed strength agree more than reliability says`() throws {
    let prior = AbilityPrior.structured(
      mean: [0, 0, 0, 0], dimensions: [0, 0, 1, 1], environments: [0, 1, 0, 1], general: 0.45,
      dimension: 0.15, environment: 0.15, specific: 0.25)
    let covariance = [
      0.4003314549698558, 0.12102051569652514, 0.1505998579493674, 0.044543114803191855,
      0.1210205156965251, 0.46598624432782476, 0.04926727356979074, 0.12831054785539855,
      0.15059985794936742, 0.04926727356979078, 0.4892168468058557, 0.1158483733613853,
      0.04454311480319184, 0.12831054785539858, 0.11584837336138527, 0.35104965778621283,
    ]
    let overall = try #require(
      ParallelForms.compared(
        prior: prior, posteriorCovariance: covariance, weights: [0.25, 0.25, 0.25, 0.25]))
    #expect(abs(overall.correlation - 0.7308019613205199) < 1e-9)
    #expect(abs(overall.scoreVariance - 0.4796397768524333) < 1e-9)
    #expect(abs(overall.reliability - 0.7239845688338615) < 1e-9)
    let first = try #require(
      ParallelForms.compared(
        prior: prior, posteriorCovariance: covariance, weights: [1, 0, 0, 0]))
    #expect(abs(first.correlation - 0.6564588935147284) < 1e-9)
    #expect(first.correlation > first.reliability)
  }
}
