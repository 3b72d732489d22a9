import Psychometrics
import Testing

/// Calibrations against what independent programs found (`Oracles/README.md`).
struct CalibrationOracleTests {
  /// 121 nodes, as the reference used; tighter than the default 61.
  private var settings: CalibrationSettings {
    var settings = CalibrationSettings()
    settings.nodes = 121
    settings.standardErrors = true
    return settings
  }

  @Test(
    arguments: [
      ("LSAT7.csv", CalibrationModel.twoPL, "LSAT7_2PL"), ("LSAT7.csv", .onePL, "LSAT7_1PL"),
      ("Science.csv", .graded, "Science_GRM"), ("Science.csv", .partialCredit, "Science_GPCM"),
      ("SAT12_scored.csv", .twoPL, "SAT12_2PL"),
    ])
  func `parameters, standard errors and likelihood are those of an accurate program`(
    file: String, model: CalibrationModel, name: String
  ) async throws {
    let expected = try CalibrationOracle.result(name)
    let calibration = try await Calibration.marginalMaximumLikelihood(
      CalibrationOracle.matrix(file, model), model: model, settings: settings)

    #expect(calibration.convergence == .converged)
    #expect(calibration.largestGradient < 1e-6)
    #expect(abs(calibration.logLikelihood - expected.logLikelihood) < 1e-7)
    #expect(calibration.items.count == expected.items.count)
    for (mine, theirs) in zip(calibration.items, expected.items) {
      #expect(abs(mine.slope - theirs.a) < 1e-6)
      #expect(zip(mine.intercepts, theirs.d).allSatisfy { abs($0 - $1) < 1e-6 })
      let errors = try #require(mine.standardErrors)
      #expect(errors.count == theirs.interceptErrors.count + 1)
      #expect(
        zip(errors, [theirs.slopeError] + theirs.interceptErrors).allSatisfy { abs($0 - $1) < 1e-6 }
      )
    }
  }

  @Test func `the default 61 nodes are within 1e-5 of 121`() async throws {
    let matrix = try CalibrationOracle.matrix("SAT12_scored.csv", .twoPL)
    let expected = try CalibrationOracle.result("SAT12_2PL")
    let calibration = try await Calibration.marginalMaximumLikelihood(matrix, model: .twoPL)
    #expect(abs(calibration.logLikelihood - expected.logLikelihood) < 1e-4)
    for (mine, theirs) in zip(calibration.items, expected.items) {
      #expect(abs(mine.slope - theirs.a) < 1e-5)
      #expect(abs(mine.intercepts[0] - theirs.d[0]) < 1e-5)
    }
  }

  /// R mirt 1.45.1, itemtype "nominal": log-likelihood −1608.45200288; Comfort's slopes are
  /// a₁·ak = 1.00391115 · (1.54124925, 2.00081137, 3); its EM stopped within 1e-5 of the maximum.
  @Test func `nominal items of the science survey are those of mirt`() async throws {
    let calibration = try await Calibration.marginalMaximumLikelihood(
      CalibrationOracle.matrix("Science.csv", .nominal), model: .nominal, settings: settings)
    #expect(calibration.convergence == .converged)
    #expect(abs(calibration.logLikelihood + 1608.45200288091) < 1e-6)
    let expected = [
      1.00391115323414 * 1.54124924729492, 1.00391115323414 * 2.00081136594824,
      1.00391115323414 * 3,
    ]
    #expect(zip(calibration.items[0].slopes, expected).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(
      zip(calibration.items[0].intercepts, [3.62772089482719, 5.89372835928047, 4.52408994202621])
        .allSatisfy { abs($0 - $1) < 1e-4 })
  }
}
