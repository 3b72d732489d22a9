import Competency
import ItemBank
import Psychometrics

/// Works out the statistics of one item from what was observed of it.
struct ItemExamination {
  let observed: ItemObservations
  let evidence: AnswerEvidence
  /// The tests that have the item.
  let tests: [AssessmentTest.ID]

  private var answers: [Observation] { observed.answers }
  /// The answers without 我不确定: it is scored as the lowest category, but whoever says so has not
  /// tried the item, and its curve has nothing to say of it.
  private let sure: [Observation]

  init(observed: ItemObservations, evidence: AnswerEvidence, tests: [AssessmentTest.ID]) {
    self.observed = observed
    self.evidence = evidence
    self.tests = tests
    sure = observed.answers.filter { !$0.isUnsure }
  }

  private var slope: Double { observed.parameters.slope }

  func statistics() -> ItemStatistics {
    let maximum = observed.model.maximumScore
    var statistics = ItemStatistics(
      item: observed.item.id, contentHash: observed.item.item.contentHash, count: answers.count,
      maximumCategory: maximum, timedCount: answers.count { $0.seconds >= 0 }, options: [],
      fifths: [], differences: [], population: [])
    let eligible = evidence.eligibleCount(of: observed, in: tests)
    if eligible >= AnalysisRules.classicalCount {
      statistics.exposure = .proportion(min(observed.presented, eligible), of: eligible)
    }
    guard answers.count >= AnalysisRules.classicalCount else { return statistics }
    addClassical(to: &statistics, maximum: Double(maximum))
    if observed.item.item.asksForOneChoice {
      statistics.options = OptionExamination(observed: observed).options()
    }
    guard answers.count >= AnalysisRules.parameterCount else { return statistics }
    addParameters(
      LocalRefit(answers, cumulative: observed.parameters.cumulative), to: &statistics)
    guard sure.count >= AnalysisRules.parameterCount else { return statistics }
    let refit = LocalRefit(sure, cumulative: observed.parameters.cumulative)
    addFit(refit, to: &statistics)
    addDifferences(refit, to: &statistics)
    addDrift(refit, to: &statistics)
    return statistics
  }

  private func addClassical(to statistics: inout ItemStatistics, maximum: Double) {
    let count = Double(answers.count)
    let mean = answers.reduce(0) { $0 + Double($1.category) } / count
    let squares = answers.reduce(0) { sum, answer in
      sum + (Double(answer.category) - mean) * (Double(answer.category) - mean)
    }
    let error = (squares / (count - 1) / count).squareRoot()
    statistics.mean =
      maximum == 1
      ? .proportion(answers.count { $0.category > 0 }, of: answers.count)
      : Estimate(mean / maximum, standardError: error / maximum, count: answers.count)
    statistics.restCorrelation = correlation(meanScore: mean, squares: squares)
    statistics.beliefVariance =
      answers.reduce(0) { $0 + $1.variance } / count / (slope * slope)
    statistics.unsure = .proportion(answers.count { $0.isUnsure }, of: answers.count)
    let times = answers.compactMap { $0.seconds >= 0 ? $0.seconds : nil }.sorted()
    if times.count >= AnalysisRules.classicalCount {
      statistics.medianSeconds =
        Double(times[times.count / 2] + times[(times.count - 1) / 2]) / 2
    }
    var bars = [Int](repeating: 0, count: ItemStatistics.populationPlaces.count)
    for answer in answers {
      let place = ((answer.mean / slope + 4) / 0.5).rounded()
      bars[Int(min(max(place, 0), Double(bars.count - 1)))] += 1
    }
    statistics.population = bars
  }

  private func correlation(meanScore: Double, squares: Double) -> Estimate? {
    let centre = answers.reduce(0) { $0 + $1.mean } / Double(answers.count)
    var (shared, own) = (0.0, 0.0)
    for answer in answers {
      shared += (Double(answer.category) - meanScore) * (answer.mean - centre)
      own += (answer.mean - centre) * (answer.mean - centre)
    }
    guard squares > 0, own > 0 else { return nil }
    let value = shared / (squares * own).squareRoot()
    return ConfidenceInterval.correlation(value, count: answers.count).map {
      Estimate(value, $0, count: answers.count)
    }
  }

  private func addParameters(_ refit: LocalRefit, to statistics: inout ItemStatistics) {
    guard refit.isSettled else { return }
    let steps = observed.parameters.stepLocations
    let judged = steps.reduce(0, +) / Double(max(steps.count, 1))
    statistics.location = Estimate(
      judged + refit.shift / slope, standardError: refit.shiftError / slope, count: answers.count)
    statistics.slope = Estimate(
      slope * refit.stretch, standardError: slope * refit.stretchError, count: answers.count)
    if !observed.parameters.isProvisional {
      statistics.displacement = ItemStatistics.Drift(
        shift: Estimate(
          refit.shift / slope, standardError: refit.shiftError / slope, count: answers.count),
        probability: Discoveries.twoSided(refit.shift / refit.shiftError))
    }
  }

  /// The curve to hold the answers against: that of the parameters where they were estimated, else
  /// the one the answers themselves ask for, since a judged difficulty need not be right.
  private func curve(_ refit: LocalRefit) -> (StretchedCurve, freedom: Int) {
    let isJudged = observed.parameters.isProvisional
    return (
      StretchedCurve(
        cumulative: observed.parameters.cumulative, shift: isJudged ? refit.shift : 0,
        stretch: isJudged ? refit.stretch : 1), isJudged ? 3 : 5
    )
  }

  private func addFit(_ refit: LocalRefit, to statistics: inout ItemStatistics) {
    let (curve, freedom) = curve(refit)
    let sorted = sure.sorted { ($0.mean, $0.sheet) < ($1.mean, $1.sheet) }
    var whole = ResidualSums()
    var chiSquare = 0.0
    for fifth in 0..<5 {
      let own = sorted[(sorted.count * fifth / 5)..<(sorted.count * (fifth + 1) / 5)]
      var sums = ResidualSums()
      for answer in own {
        let shares = curve.predicted(mean: answer.mean, variance: answer.variance)
        sums.add(answer.category, shares: shares)
      }
      chiSquare += sums.residual * sums.residual / max(sums.variance, 1e-9)
      statistics.fifths.append(fifthStatistics(own, sums))
      whole.add(sums)
    }
    let band = ConfidenceInterval.normalHalfWidth * whole.squareError / whole.variance
    statistics.fit = ItemStatistics.Fit(
      meanSquare: whole.squares / whole.variance, lower: 1 - band, upper: 1 + band,
      chiSquare: chiSquare, degreesOfFreedom: freedom,
      probability: ChiSquare.upperTail(chiSquare, degreesOfFreedom: Double(freedom)),
      count: sure.count)
  }

  private func fifthStatistics(
    _ own: ArraySlice<Observation>, _ sums: ResidualSums
  ) -> ItemStatistics.Fifth {
    let (count, maximum) = (Double(own.count), Double(observed.model.maximumScore))
    return ItemStatistics.Fifth(
      ability: own.reduce(0) { $0 + $1.mean } / count / slope,
      observed: Estimate(
        (sums.expected + sums.residual) / count / maximum,
        standardError: sums.variance.squareRoot() / count / maximum, count: own.count),
      expected: sums.expected / count / maximum)
  }

  private func addDifferences(_ refit: LocalRefit, to statistics: inout ItemStatistics) {
    for grouping in Grouping.allCases {
      var groups: [String: [Observation]] = [:]
      for answer in sure {
        if let group = evidence.sheets[answer.sheet].groups[grouping] {
          groups[group, default: []].append(answer)
        }
      }
      // Backwards: of phone and computer it is the phone that is compared with the other.
      for (group, own) in groups.sorted(by: { $0.key > $1.key }) {
        let others = groups.filter { $0.key != group }.sorted { $0.key < $1.key }.flatMap(\.value)
        guard min(own.count, others.count) >= AnalysisRules.groupCount else { continue }
        if let shift = compared(own, others, refit) {
          statistics.differences.append(
            ItemStatistics.Difference(
              grouping: grouping, group: group, shift: shift.shift,
              probability: shift.probability, groupCount: own.count, otherCount: others.count))
        }
        // Of two groups one comparison says it all.
        if groups.count == 2 { break }
      }
    }
  }

  private func addDrift(_ refit: LocalRefit, to statistics: inout ItemStatistics) {
    let times = sure.map { evidence.sheets[$0.sheet].finishedAt }.sorted()
    let middle = times[times.count / 2]
    let later = sure.filter { evidence.sheets[$0.sheet].finishedAt >= middle }
    let earlier = sure.filter { evidence.sheets[$0.sheet].finishedAt < middle }
    if min(later.count, earlier.count) >= AnalysisRules.groupCount / 2 {
      statistics.drift = compared(later, earlier, refit)
    }
  }

  /// How much harder the item is for some than for others, at the discrimination of all.
  private func compared(
    _ own: [Observation], _ others: [Observation], _ refit: LocalRefit
  ) -> ItemStatistics.Drift? {
    let cumulative = observed.parameters.cumulative
    // Where an item tells nothing, a shift would be of any size.
    let stretch = max(refit.stretch, 0.2)
    let first = GroupShift(own, cumulative: cumulative, shift: refit.shift, stretch: stretch)
    let second = GroupShift(others, cumulative: cumulative, shift: refit.shift, stretch: stretch)
    let error = (first.error * first.error + second.error * second.error).squareRoot() / slope
    guard error.isFinite, error > 0 else { return nil }
    let shift = (first.shift - second.shift) / slope
    return ItemStatistics.Drift(
      shift: Estimate(shift, standardError: error, count: own.count + others.count),
      probability: Discoveries.twoSided(shift / error))
  }
}

/// Sums over answers of what a curve foresees and what it does not.
private struct ResidualSums {
  var expected = 0.0
  var residual = 0.0
  var variance = 0.0
  var squares = 0.0
  /// The variance of ``squares`` when the curve is right.
  var squareVariance = 0.0

  var squareError: Double { squareVariance.squareRoot() }

  mutating func add(_ category: Int, shares: [Double]) {
    var (mean, square) = (0.0, 0.0)
    for (score, share) in shares.enumerated() {
      mean += share * Double(score)
      square += share * Double(score * score)
    }
    let own = max(square - mean * mean, 0)
    var fourth = 0.0
    for (score, share) in shares.enumerated() {
      let distance = (Double(score) - mean) * (Double(score) - mean)
      fourth += share * distance * distance
    }
    expected += mean
    residual += Double(category) - mean
    variance += own
    squares += (Double(category) - mean) * (Double(category) - mean)
    squareVariance += max(fourth - own * own, 0)
  }

  mutating func add(_ other: ResidualSums) {
    expected += other.expected
    residual += other.residual
    variance += other.variance
    squares += other.squares
    squareVariance += other.squareVariance
  }
}
