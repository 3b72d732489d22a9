import Psychometrics
import Testing

struct ClassicalAnalysisTests {
  /// R psych 2.2.9 on published data.
  ///
  /// 1e-9: both programs add whole numbers exactly; the rest is a
  /// dozen roundings.
  @Test func `means, correlations and reliabilities are those of R's psych`() throws {
    let oracle = try ClassicalOracle.read()
    let verbal = try OracleTable("verbal316x24_gender.csv").splitLast().table
    for (table, scale) in [
      (verbal, oracle.verbal), (try OracleTable("SAT12_scored.csv").scores, oracle.sat12),
      (try OracleTable("Science.csv").scores, oracle.science),
      (try OracleTable("LSAT7.csv").scores, oracle.lsat7),
    ] {
      let analysis = ClassicalAnalysis(table)
      #expect(largestDistance(analysis.items.map(\.mean), scale.p) < 1e-9)
      #expect(
        largestDistance(analysis.items.map(\.itemTotalCorrelation), scale.itemTotalR) < 1e-9)
      #expect(
        largestDistance(analysis.items.map(\.itemRestCorrelation), scale.correctedItemRestR)
          < 1e-9)
      #expect(
        largestDistance(analysis.items.map(\.alphaIfDropped), scale.alphaIfDeleted) < 1e-9)
      #expect(largestDistance([analysis.alpha], [scale.alphaRaw]) < 1e-9)
      #expect(largestDistance([analysis.totalMean], [scale.meanTotal]) < 1e-9)
      #expect(largestDistance([analysis.totalStandardDeviation], [scale.sdTotal]) < 1e-9)
      #expect(
        largestDistance([analysis.standardErrorOfMeasurement], [scale.standardError]) < 1e-9)
    }
  }

  /// scipy 1.17.1, BFGS on the one-factor maximum-likelihood discrepancy, gradient below 1e-7.
  @Test(arguments: [
    ("SAT12_scored.csv", 0.8036667492084033), ("Science.csv", 0.6134024111009985),
    ("LSAT7.csv", 0.4618794591064545),
  ])
  func `omega is that of the one-factor model at its maximum likelihood`(
    file: String, omega: Double
  ) throws {
    let analysis = ClassicalAnalysis(try OracleTable(file).scores)
    #expect(largestDistance([analysis.omega], [omega]) < 1e-6)
  }

  @Test func `the order of persons changes no digit`() throws {
    let table = try OracleTable("SAT12_scored.csv")
    let reversed = ScoreTable(columns: table.columns.map { $0.reversed() })
    #expect(ClassicalAnalysis(reversed) == ClassicalAnalysis(table.scores))
  }

  @Test func `what cannot be estimated is missing, never a wrong number`() {
    let columns: [[Int16]] = [
      [1, 1, 1, 1, 1, 1], [-1, -1, -1, -1, -1, -1], [0, 1, 0, 1, 1, 0], [0, 1, 0, 1, 1, 0],
      [0, 1, 1, 0, 1, -1],
    ]
    let analysis = ClassicalAnalysis(ScoreTable(columns: columns))
    #expect(analysis.items[0].mean == 1)
    #expect(analysis.items[0].itemRestCorrelation == nil)
    #expect(analysis.items[1].count == 0)
    #expect(analysis.items[1].mean == nil)
    #expect(analysis.items[4].count == 5)
    #expect(analysis.identicalItems == [[2, 3]])
    for item in analysis.items {
      for value in [item.mean, item.itemRestCorrelation, item.alphaIfDropped] {
        #expect(value.map(\.isFinite) != false)
      }
    }
  }

  @Test func `intervals cover what they say in nineteen of twenty samples`() {
    var generator = SeededGenerator(seed: 5)
    var covered = (mean: 0, rest: 0, alpha: 0)
    let samples = 200
    // Four parallel items of a common ability: the true values are counted from one large sample.
    let truth = ClassicalAnalysis(Self.sample(20_000, using: &generator))
    for _ in 0..<samples {
      let analysis = ClassicalAnalysis(Self.sample(200, using: &generator))
      func covers(_ interval: ConfidenceInterval?, _ value: Double?) -> Int {
        guard let interval, let value else { return 0 }
        return interval.lower <= value && value <= interval.upper ? 1 : 0
      }
      covered.mean += covers(analysis.items[0].meanInterval, truth.items[0].mean)
      covered.rest += covers(analysis.items[0].itemRestInterval, truth.items[0].itemRestCorrelation)
      covered.alpha += covers(analysis.alphaInterval, truth.alpha)
    }
    // Three standard errors of a share of .95 in 200 samples are .046; scores are not normal.
    for count in [covered.mean, covered.rest, covered.alpha] {
      #expect((0.89...0.995).contains(Double(count) / Double(samples)))
    }
  }

  private static func sample(
    _ persons: Int, using generator: inout SeededGenerator
  ) -> ScoreTable {
    var columns = [[Int16]](repeating: [], count: 4)
    for _ in 0..<persons {
      let ability = generator.number(below: 7)
      for item in 0..<4 { columns[item].append(generator.number(below: 8) < ability + 1 ? 1 : 0) }
    }
    return ScoreTable(columns: columns)
  }
}
