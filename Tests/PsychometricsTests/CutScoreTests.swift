import Psychometrics
import Testing

struct CutScoreTests {
  private let judgements = [
    [0.8, 0.6, 0.7, 0.6, 0.8], [0.7, 0.5, 0.75, 0.5, 0.8], [0.9, 0.6, 0.8, 0.55, 0.85],
  ]

  /// scipy 1.17.1, optimize.brentq on LSAT7's accurate parameters.
  @Test func `Angoff's cut and its error are those of an independent program`() throws {
    let cut = try Angoff.cut(
      judgements: judgements, models: try FitOracle.models("LSAT7_2PL"))
    #expect(abs(cut.location - -0.44525320061220747) < 1e-9)
    #expect(abs(cut.standardError - 0.1245560816713277) < 1e-7)
  }

  @Test func `judgements that give no cut say which and why`() throws {
    let models = try FitOracle.models("LSAT7_2PL")
    #expect(throws: CutScoreError.tooFewJudges(1)) {
      try Angoff.cut(judgements: [judgements[0]], models: models)
    }
    #expect(throws: CutScoreError.incompleteJudge(1)) {
      try Angoff.cut(judgements: [judgements[0], [0.5]], models: models)
    }
    #expect(throws: CutScoreError.scoreOutOfRange(judge: 0, item: 2)) {
      try Angoff.cut(
        judgements: [[0, 0, 1.5, 0, 0], judgements[0]], models: models)
    }
    #expect(throws: CutScoreError.outOfReach) {
      try Angoff.cut(
        judgements: [[Double]](repeating: [1, 1, 1, 1, 1], count: 2), models: models)
    }
  }

  /// numpy: (log(.67/.33) − d) / a, sorted; the median of pages 2, 3, 3 and 4.
  @Test func `a booklet is ordered, and its cut is the median of the marks`() throws {
    let bookmark = Bookmark(models: try FitOracle.models("LSAT7_2PL"))
    #expect(
      largestDistance(
        bookmark.booklet.map(\.location),
        [-1.55812835, -1.16214404, -0.64248052, -0.09232153, 0.29044209]) < 1e-7)
    let cut = try bookmark.cut(marks: [2, 3, 3, 4])
    #expect(abs(cut.location - -0.642480524736091) < 1e-9)
    #expect(abs(cut.standardError - 0.273750079984292) < 1e-9)
    #expect(throws: CutScoreError.bookmarkOutOfRange(judge: 1)) {
      try bookmark.cut(marks: [2, 6])
    }
    #expect(throws: CutScoreError.tooFewJudges(1)) { try bookmark.cut(marks: [2]) }
  }

  @Test func `steps of graded items come in the order of their scores`() throws {
    let booklet = Bookmark(models: try FitOracle.models("Science_GRM")).booklet
    for item in 0..<4 {
      let scores = booklet.filter { $0.item == item }.map(\.score)
      #expect(scores == scores.sorted() && scores.count == 3)
    }
  }

  @Test func `a level is described by steps mastered in it and not below it`() throws {
    let models = try FitOracle.models("Science_GRM")
    let levels = LevelDescriptor.all(cuts: [-0.5, 1.5], range: -3...4, models: models)
    #expect(levels.map(\.middle) == [-1.75, 0.5, 2.75])
    #expect(levels.allSatisfy { !$0.anchors.isEmpty })
    for (lower, upper) in zip(levels, levels.dropFirst()) {
      for step in upper.anchors {
        let probabilities = [lower.middle, upper.middle].map { ability in
          models[step.item].categoryProbabilities(at: ability)[step.score...].reduce(0, +)
        }
        #expect(probabilities[0] < 0.5 && probabilities[1] >= 0.67)
      }
    }
  }

  @Test func `a cut of few items leans on its dimension's`() {
    let cut = AbilityCut(location: 1, standardError: 0.4)
      .shrunk(towards: AbilityCut(location: 0, standardError: 0.2))
    #expect(abs(cut.location - 0.2) < 1e-12)
    #expect(cut.standardError < 0.2)
  }
}
