import Competency
import Foundation
import ItemBank
import Psychometrics
import Testing

@testable import ItemAnalysis

/// The statistics of one item that many teachers answered, each computed again from the answers.
struct ItemExaminationTests {
  private struct Examined {
    var world: PlantedWorld
    var devices: [String?]
    var dimensions: [[DimensionMeasurement]]
    var observed: ItemObservations
    var statistics: ItemStatistics
  }

  private static let examined: Result<Examined, any Error> = Result {
    let world = try PlantedWorld(plants: [.overused])
    var evidence = AnswerEvidence(framework: world.framework, bank: world.bank, older: [:])
    for sheet in world.sheets(900, seed: 5) { evidence.add(sheet) }
    let item = world.item(.overused)
    guard let observed = evidence.items.first(where: { $0.item.id == item }) else {
      throw PlantedWorld.Missing()
    }
    let statistics = ItemExamination(
      observed: observed, evidence: evidence, tests: [world.test]
    ).statistics()
    return Examined(
      world: world, devices: evidence.sheets.map { $0.groups[.device] },
      dimensions: evidence.dimensions, observed: observed, statistics: statistics)
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func variance(_ values: [Double]) -> Double {
    let middle = mean(values)
    return values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count - 1)
  }

  /// log ∫ P(answers) of the item moved and stretched, by the nodes the analysis uses.
  private func logLikelihood(
    _ answers: [Observation], _ model: PartialCreditItem, shift: Double, stretch: Double
  ) -> Double {
    let stretched = PartialCreditItem(cumulative: model.cumulative.map { stretch * $0 })
    return answers.reduce(0) { sum, answer in
      let marginal = zip(BeliefNodes.nodes, BeliefNodes.weights).reduce(0) {
        let eta = answer.mean + answer.variance.squareRoot() * $1.0
        return $0 + $1.1
          * stretched.categoryProbabilities(at: stretch * (eta - shift))[answer.category]
      }
      return sum + log(marginal)
    }
  }

  @Test func `mean, correlation and belief are those of the answers`() throws {
    let examined = try Self.examined.get()
    let (answers, statistics) = (examined.observed.answers, examined.statistics)
    #expect(answers.count > 400)
    let scores = answers.map { Double($0.category) }
    let highest = Double(examined.observed.model.maximumScore)
    #expect(highest > 1)
    let shown = try #require(statistics.mean)
    #expect(abs(shown.value - mean(scores) / highest) < 1e-12)
    let error = (variance(scores) / Double(scores.count)).squareRoot() / highest
    #expect(abs(shown.standardError / error - 1) < 1e-9)
    let abilities = answers.map(\.mean)
    let (scoreMean, abilityMean) = (mean(scores), mean(abilities))
    let shared = zip(scores, abilities).reduce(0) {
      $0 + ($1.0 - scoreMean) * ($1.1 - abilityMean)
    }
    let correlation =
      shared / Double(scores.count - 1) / (variance(scores) * variance(abilities)).squareRoot()
    #expect(abs(try #require(statistics.restCorrelation).value - correlation) < 1e-12)
    let slope = examined.observed.parameters.slope
    #expect(slope != 1)
    #expect(
      abs(
        try #require(statistics.beliefVariance) - mean(answers.map(\.variance)) / slope / slope)
        < 1e-12)
    #expect(statistics.population.reduce(0, +) == answers.count)
  }

  @Test func `location and slope are the top of the likelihood, in logits of ability`() throws {
    let examined = try Self.examined.get()
    let parameters = examined.observed.parameters
    let (location, slope) = (
      try #require(examined.statistics.location), try #require(examined.statistics.slope)
    )
    let judged = mean(parameters.stepLocations)
    func value(_ location: Double, _ slope: Double) -> Double {
      logLikelihood(
        examined.observed.answers, examined.observed.model,
        shift: (location - judged) * parameters.slope, stretch: slope / parameters.slope)
    }
    let top = value(location.value, slope.value)
    for step in [-0.02, 0.02] {
      #expect(value(location.value + step, slope.value) < top)
      #expect(value(location.value, slope.value + step) < top)
    }
    let (step, down) = (1e-3, 1e-3)
    let own = (
      (2 * top - value(location.value + step, slope.value)
        - value(location.value - step, slope.value)) / (step * step),
      (2 * top - value(location.value, slope.value + down)
        - value(location.value, slope.value - down)) / (down * down)
    )
    let cross =
      (value(location.value + step, slope.value - down)
        + value(location.value - step, slope.value + down)
        - value(location.value + step, slope.value + down)
        - value(location.value - step, slope.value - down)) / (4 * step * down)
    let determinant = own.0 * own.1 - cross * cross
    #expect(abs(location.standardError / (own.1 / determinant).squareRoot() - 1) < 1e-3)
    #expect(abs(slope.standardError / (own.0 / determinant).squareRoot() - 1) < 1e-3)
  }

  /// What a sure answer was expected to score, with the second and fourth central moments.
  private func expected(
    _ answer: Observation, _ curve: StretchedCurve
  ) -> (mean: Double, variance: Double, fourth: Double) {
    let shares = curve.predicted(mean: answer.mean, variance: answer.variance)
    let middle = shares.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    func moment(_ power: Double) -> Double {
      shares.enumerated().reduce(0) { $0 + pow(Double($1.offset) - middle, power) * $1.element }
    }
    return (middle, moment(2), moment(4))
  }

  @Test func `fit is the squared residuals over what the model expects of them`() throws {
    let examined = try Self.examined.get()
    let sure = examined.observed.answers.filter { !$0.isUnsure }
      .sorted { ($0.mean, $0.sheet) < ($1.mean, $1.sheet) }
    let refit = LocalRefit(sure, cumulative: examined.observed.parameters.cumulative)
    let curve = StretchedCurve(
      cumulative: examined.observed.parameters.cumulative, shift: refit.shift,
      stretch: refit.stretch)
    var (squares, variances, spread, chiSquare) = (0.0, 0.0, 0.0, 0.0)
    for fifth in 0..<5 {
      var (residual, own) = (0.0, 0.0)
      for answer in sure[(sure.count * fifth / 5)..<(sure.count * (fifth + 1) / 5)] {
        let model = expected(answer, curve)
        let distance = Double(answer.category) - model.mean
        squares += distance * distance
        variances += model.variance
        spread += model.fourth - model.variance * model.variance
        residual += distance
        own += model.variance
      }
      chiSquare += residual * residual / own
      let shown = examined.statistics.fifths[fifth]
      let size = Double(shown.observed.count * examined.observed.model.maximumScore)
      #expect(abs((shown.observed.value - shown.expected) * size - residual) < 1e-9)
      #expect(abs(shown.observed.standardError * size - own.squareRoot()) < 1e-9)
    }
    let fit = try #require(examined.statistics.fit)
    #expect(abs(fit.meanSquare - squares / variances) < 1e-9)
    #expect(abs(fit.chiSquare - chiSquare) < 1e-9)
    let band = 1.959963984540054 * spread.squareRoot() / variances
    #expect(abs(fit.upper - 1 - band) < 1e-9 && abs(1 - fit.lower - band) < 1e-9)
  }

  @Test func `a difference is the first group's location less the others', and grows with it`()
    throws
  {
    let examined = try Self.examined.get()
    let observed = examined.observed
    let shown = try #require(examined.statistics.differences.first { $0.grouping == .device })
    let sure = observed.answers.filter { !$0.isUnsure }
    let refit = LocalRefit(sure, cumulative: observed.parameters.cumulative)
    func location(_ isOwn: Bool) -> Double {
      let own = sure.filter { (examined.devices[$0.sheet] == shown.group) == isOwn }
      // The top of the likelihood by golden section, in the predictor's unit.
      var (low, high) = (-4.0, 4.0)
      let share = (5.0.squareRoot() - 1) / 2
      for _ in 0..<60 {
        let (left, right) = (high - share * (high - low), low + share * (high - low))
        let isLeft =
          logLikelihood(own, observed.model, shift: left, stretch: refit.stretch)
          > logLikelihood(own, observed.model, shift: right, stretch: refit.stretch)
        if isLeft { high = right } else { low = left }
      }
      return (low + high) / 2 / observed.parameters.slope
    }
    #expect(abs(shown.shift.value - (location(true) - location(false))) < 1e-3)
    // Each group's error is the curvature of its likelihood; the two are independent.
    func curvature(_ isOwn: Bool) -> Double {
      let own = sure.filter { (examined.devices[$0.sheet] == shown.group) == isOwn }
      let (middle, step) = (location(isOwn) * observed.parameters.slope, 1e-2)
      func value(_ shift: Double) -> Double {
        logLikelihood(own, observed.model, shift: shift, stretch: refit.stretch)
      }
      return (2 * value(middle) - value(middle - step) - value(middle + step)) / (step * step)
    }
    let error =
      (1 / curvature(true) + 1 / curvature(false)).squareRoot() / observed.parameters.slope
    #expect(abs(shown.shift.standardError / error - 1) < 1e-2)
    #expect(min(shown.groupCount, shown.otherCount) >= AnalysisRules.groupCount)
  }

  @Test func `an option is taken by people so many deviations from the middle of all`() throws {
    let examined = try Self.examined.get()
    let chosen = examined.observed.answers.filter { $0.option >= 0 }
    let (centre, spread) = (
      mean(chosen.map(\.mean)),
      (variance(chosen.map(\.mean)) * Double(chosen.count - 1) / Double(chosen.count)).squareRoot()
    )
    let interaction = try #require(examined.observed.item.item.choiceInteractions.first)
    var known = 0
    for option in examined.statistics.options {
      let place = try #require(interaction.choices.firstIndex { $0.id == option.choice })
      let own = chosen.filter { $0.option == place }.map(\.mean)
      #expect(abs(option.share.value - Double(own.count) / Double(chosen.count)) < 1e-12)
      guard let ability = option.ability else { continue }
      known += 1
      #expect(abs(ability.value - (mean(own) - centre) / spread) < 1e-9)
      let error = (variance(own) / Double(own.count)).squareRoot() / spread
      #expect(abs(ability.standardError / error - 1) < 1e-9)
    }
    #expect(known >= 2 && abs(centre) > 1e-3)
  }

  @Test func `what remains of a dimension is a share, and answers leave less of it`() throws {
    let examined = try Self.examined.get()
    for measured in examined.dimensions {
      #expect(measured.allSatisfy { $0.remaining > 0 && $0.remaining < 1 })
    }
    var few = AnswerEvidence(
      framework: examined.world.framework, bank: examined.world.bank, older: [:])
    var sheet = try #require(examined.world.sheets(1, seed: 5).first)
    sheet.entries = Array(sheet.entries.prefix(1))
    few.add(sheet)
    let one = few.dimensions.flatMap { $0 }.map(\.remaining)
    let many = examined.dimensions.compactMap { $0.first?.remaining }
    #expect((one.min() ?? 0) > (many.min() ?? 1))
  }

  @Test func `coarse is where more than three fifths of the variance remain`() throws {
    let examined = try Self.examined.get()
    let analysis = BankAnalysis(examined.world.sheets(900, seed: 5), bank: examined.world.bank)
    let shown = analysis.levels.filter { $0.framework == examined.world.framework.id }
    #expect(!shown.isEmpty)
    for (dimension, measured) in zip(
      examined.world.framework.dimensions, examined.dimensions)
    {
      for level in shown where level.dimension == dimension.id {
        let own = measured.filter { $0.level == level.level }
        #expect(level.count == own.count)
        guard let coarse = level.coarse else { continue }
        let share = Double(own.count { $0.remaining > 0.6 }) / Double(own.count)
        #expect(abs(coarse.value - share) < 1e-12)
      }
    }
  }

  @Test func `differences between groups are counted from the middle item`() throws {
    let examined = try Self.examined.get()
    let analysis = BankAnalysis(examined.world.sheets(2500, seed: 6), bank: examined.world.bank)
    var shifts: [String: [Double]] = [:]
    for difference in analysis.items.flatMap(\.differences) {
      shifts["\(difference.grouping) \(difference.group)", default: []]
        .append(difference.shift.value)
    }
    let centred = shifts.values.filter { $0.count >= 8 }
    #expect(!centred.isEmpty)
    for values in centred {
      let sorted = values.sorted()
      let middle = (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
      #expect(abs(middle) < 1e-9)
    }
  }
}
