import Psychometrics
import Testing

struct OptionAnalysisTests {
  private func analyses() throws -> [OptionAnalysis] {
    let (raw, scored) = (try OracleTable("SAT12_raw.csv"), try OracleTable("SAT12_scored.csv"))
    let totals = scored.scores.totals(over: Array(0..<32))
    return raw.columns.indices.map { item in
      OptionAnalysis(
        choices: raw.columns[item], optionCount: 9, scores: scored.scores.column(item),
        totals: totals)
    }
  }

  /// R psych 2.2.9 on the published SAT12 answers.
  ///
  /// 1e-9: sums of whole numbers and a few roundings.
  @Test func `option tables are those of an independent program`() throws {
    for (mine, theirs) in zip(try analyses(), try ClassicalOracle.read().distractors) {
      for option in theirs {
        let own = mine.options[option.option]
        #expect(own.count == option.n)
        #expect(abs(own.share - option.prop) < 1e-9)
        #expect(largestDistance([own.meanTotal], [option.meanTotal]) < 1e-9)
        #expect(largestDistance([own.totalCorrelation], [option.total]) < 1e-9)
        #expect(largestDistance([own.restCorrelation], [option.rest]) < 1e-9)
      }
    }
  }

  @Test func `curves share out every group of ability, and the key's rises`() throws {
    let key = try ClassicalOracle.read().key
    for (item, analysis) in try analyses().enumerated() {
      #expect(analysis.groupCounts.reduce(0, +) == 600)
      for group in 0..<OptionAnalysis.groupCount {
        let sum = analysis.options.reduce(0) { $0 + ($1.curve[group] ?? 0) }
        #expect(abs(sum - 1) < 1e-12)
      }
      // Items 12 and 32 hardly tell the able from the others.
      guard ![11, 31].contains(item) else { continue }
      let curve = analysis.options[key[item]].curve
      #expect((curve[4] ?? 0) > (curve[0] ?? 1))
    }
  }
}
