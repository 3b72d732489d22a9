import Psychometrics
import Testing

struct DifferentialFunctioningTests {
  /// The simulated data, compared once for all tests.
  private static let simulation = Result {
    let (table, group) = try OracleTable("dif.csv").splitLast()
    return DifferentialFunctioning(table, isFocal: group.map { $0 == 1 })
  }

  private func simulated() throws -> DifferentialFunctioning { try Self.simulation.get() }

  /// difR 5.1's mantelHaenszel on 316 persons × 24 items of published data, and on simulated data.
  @Test func `Mantel-Haenszel statistics are difR's to 1e-9`() throws {
    let oracle = try ClassicalOracle.read()
    let (table, gender) = try OracleTable("verbal316x24_gender.csv").splitLast()
    let verbal = DifferentialFunctioning(table, isFocal: gender.map { $0 == 1 }).mantelHaenszel
    #expect(largestDistance(verbal.map { $0?.chiSquare }, oracle.verbalMH.stat) < 1e-9)
    #expect(largestDistance(verbal.map { $0?.alpha }, oracle.verbalMH.alphaMH) < 1e-9)
    #expect(largestDistance(verbal.map { $0?.delta }, oracle.verbalMH.deltaETS) < 1e-9)
    #expect(
      largestDistance(
        verbal.map { $0?.logAlphaVariance }, try #require(oracle.verbalMH.varLambda)) < 1e-9)
    #expect(
      largestDistance(
        verbal.map { $0?.uncorrectedChiSquare }, try #require(oracle.verbalMH.uncorrected)) < 1e-9)
    let simulated = try simulated().mantelHaenszel
    #expect(largestDistance(simulated.map { $0?.chiSquare }, oracle.simulatedMH.stat) < 1e-9)
    #expect(largestDistance(simulated.map { $0?.alpha }, oracle.simulatedMH.alphaMH) < 1e-9)
    #expect(largestDistance(simulated.map { $0?.delta }, oracle.simulatedMH.deltaETS) < 1e-9)
  }

  /// difR 5.1's Logistik, both kinds together.
  ///
  /// R's glm stops at a relative change of 1e-8 in the
  /// deviance, so its statistics are right to about 1e-8.
  @Test func `logistic regression has difR's likelihood ratio`() throws {
    let oracle = try ClassicalOracle.read()
    let tests = try simulated().logistic
    #expect(largestDistance(tests.map { $0?.any.chiSquare }, oracle.simulatedLogistic) < 1e-7)
    for test in tests {
      let test = try #require(test)
      #expect(test.isConverged)
      #expect(
        abs(test.any.chiSquare - test.uniform.chiSquare - test.nonUniform.chiSquare) < 1e-8)
    }
  }

  /// `dif_truth.json`: items 5 and 12 are .6 harder for the focal group, item 17 has half the slope.
  @Test func `planted differences are found, and which kind they are`() throws {
    let found = try simulated()
    let graded = found.purified.indices.filter {
      found.purified[$0]?.grade != .negligible
    }
    #expect(graded == [11, 16])
    let uniform = try #require(found.logistic[11])
    #expect(uniform.uniform.probability < 1e-6 && uniform.nonUniform.probability > 0.05)
    let nonUniform = try #require(found.logistic[16])
    #expect(nonUniform.nonUniform.probability < 1e-4)
    #expect((found.logistic[4]?.uniform.probability ?? 1) < 0.01)
  }

  @Test func `purification moves items that do not differ nearer to no difference`() throws {
    let found = try simulated()
    #expect(found.purificationSteps >= 1)
    let clean = (0..<20).filter { ![4, 11, 16].contains($0) }
    func meanDistance(_ statistics: [MantelHaenszel?]) -> Double {
      clean.reduce(0) { $0 + (statistics[$1]?.delta.magnitude ?? .infinity) }
    }
    #expect(meanDistance(found.purified) < meanDistance(found.mantelHaenszel))
  }

  @Test func `exchanging the groups turns every sign`() throws {
    let (table, group) = try OracleTable("dif.csv").splitLast()
    let turned = DifferentialFunctioning(table, isFocal: group.map { $0 == 0 })
    for (one, other) in zip(try simulated().mantelHaenszel, turned.mantelHaenszel) {
      let (one, other) = (try #require(one), try #require(other))
      #expect(abs(one.delta + other.delta) < 1e-9)
      #expect(abs(one.chiSquare - other.chiSquare) < 1e-9)
    }
  }

  @Test func `an item with several categories is compared too`() throws {
    var generator = SeededGenerator(seed: 3)
    var columns = [[Int16]](repeating: [], count: 6)
    var isFocal: [Bool?] = []
    for person in 0..<3000 {
      let ability = generator.number(below: 10)
      let focal = person.isMultiple(of: 2)
      for item in 0..<6 {
        // Item 0 takes a step from half of the focal group.
        let lost = item == 0 && focal && generator.number(below: 2) == 0 ? 1 : 0
        let score = (ability + generator.number(below: 6)) / 4 - lost
        columns[item].append(Int16(min(max(score, 0), 3)))
      }
      isFocal.append(focal)
    }
    let found = DifferentialFunctioning(ScoreTable(columns: columns), isFocal: isFocal)
    #expect(found.mantelHaenszel[0]?.grade == .large)
    #expect((found.mantelHaenszel[0]?.delta ?? 0) < -1)
    #expect((found.mantelHaenszel[0]?.standardizedDifference ?? 0) < -0.25)
    #expect((found.logistic[0]?.uniform.probability ?? 1) < 1e-6)
    for item in 1..<6 {
      #expect(found.purified[item]?.grade == .negligible)
      #expect((found.logistic[item]?.any.degreesOfFreedom ?? 0) == 2)
    }
  }

  @Test func `groups that cannot be compared have no statistic`() {
    let table = ScoreTable(columns: [[1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 1, 1]])
    let alone = DifferentialFunctioning(table, isFocal: [false, false, false, nil])
    #expect(alone.mantelHaenszel.allSatisfy { $0 == nil })
    #expect(alone.logistic.allSatisfy { $0 == nil })
  }

  /// scipy 1.17.1, stats.chi2.sf.
  @Test(arguments: [
    (0.01, 1, 0.920344325445942), (3.84, 1, 0.05004352124870519),
    (43.2, 2, 4.1613973942241525e-10), (250, 100, 7.76693640353949e-15),
    (80, 100, 0.9296649333406051), (683.987463253532, 464, 1.1477746525016352e-10),
    (1e-5, 3, 0.9999999915895835), (700, 2, 9.929590396265143e-153),
  ])
  func `tails of the chi-square distribution keep their digits`(
    value: Double, degrees: Int, tail: Double
  ) {
    let mine = ChiSquare.upperTail(value, degreesOfFreedom: Double(degrees))
    #expect(abs(mine / tail - 1) < 1e-10)
  }
}
