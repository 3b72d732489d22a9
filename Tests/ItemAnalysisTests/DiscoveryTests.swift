import Competency
import ItemBank
import Psychometrics
import TestSupport
import Testing

@testable import ItemAnalysis

/// What makes a figure a finding, step by step.
struct DiscoveryTests {
  @Test func `of many tests those stand that Benjamini and Hochberg let stand`() {
    // Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, page 295: at .05
    // four of fifteen hypotheses are rejected; each by itself there would be nine, and Bonferroni
    // rejects three.
    let probabilities = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1,
    ]
    var generator = SeededGenerator(seed: 1)
    let shuffled = generator.shuffled(probabilities)
    let chosen = Discoveries.chosen(shuffled, rate: 0.05)
    #expect(zip(shuffled, chosen).filter(\.1).map(\.0).sorted() == Array(probabilities.prefix(4)))
    #expect(Discoveries.chosen([0.06], rate: 0.05) == [false])
    #expect(Discoveries.chosen([], rate: 0.05).isEmpty)
  }

  @Test func `a deviate of 1.96 on either side is one in twenty`() {
    #expect(abs(Discoveries.twoSided(1.959963984540054) - 0.05) < 1e-15)
    #expect(abs(Discoveries.twoSided(-1.959963984540054) - 0.05) < 1e-15)
    #expect(Discoveries.twoSided(0) == 1)
  }

  @Test func `an estimate keeps the error it was made with`() {
    let estimate = Estimate(0.4, standardError: 0.07, count: 30)
    #expect(abs(estimate.standardError - 0.07) < 1e-15)
    #expect(abs(estimate.upper - estimate.lower - 2 * 1.959963984540054 * 0.07) < 1e-15)
  }

  private func item(_ item: AssessmentItem.ID, count: Int = 400) -> ItemStatistics {
    ItemStatistics(
      item: item, contentHash: "", count: count, maximumCategory: 2, timedCount: 0, options: [],
      fifths: [], differences: [], population: [])
  }

  private func option(_ id: String, _ category: Int, _ ability: Estimate) -> ItemStatistics.Option {
    ItemStatistics.Option(
      choice: SimpleChoice.ID(rawValue: id), category: category,
      share: Estimate(0.3, standardError: 0.02, count: 400), ability: ability, curve: [])
  }

  private func findings(_ items: [ItemStatistics], _ bank: Bank) -> [Finding] {
    FindingSearch(statistics: items, levels: [], blueprints: bank.blueprints, bank: bank).findings()
  }

  @Test func `an option ahead of the key is as far ahead as its takers, over the error of both`()
    throws
  {
    let bank = try ShippedContent().bank
    var spoilt = item(bank.items[0].id)
    spoilt.options = [
      option("A", 2, Estimate(-0.3, standardError: 0.10, count: 100)),
      option("B", 0, Estimate(0.4, standardError: 0.08, count: 200)),
      option("C", 1, Estimate(-0.1, standardError: 0.20, count: 60)),
    ]
    let found = try #require(
      findings([spoilt], bank).first { $0.kind == .suspectedKey && $0.option?.rawValue == "B" })
    #expect(abs(found.size.value - 0.7) < 1e-12)
    let error = (0.08 * 0.08 + 0.1 * 0.1).squareRoot()
    #expect(abs(found.size.standardError - error) < 1e-12)
    #expect(abs(found.probability / Normal.cumulative(-0.7 / error) - 1) < 1e-9)
    #expect(found.keyed?.rawValue == "A" && found.size.count == 300)
  }

  @Test func `better options count together by how many take each`() throws {
    let bank = try ShippedContent().bank
    var rising = item(bank.items[0].id)
    rising.options = [
      option("A", 2, Estimate(0.5, standardError: 0.05, count: 90)),
      option("B", 0, Estimate(0.6, standardError: 0.05, count: 250)),
      option("C", 1, Estimate(-0.5, standardError: 0.06, count: 210)),
    ]
    let found = try #require(findings([rising], bank).first { $0.kind == .risingOption })
    // 90 at .5 and 210 at −.5 are together at −.2, with √((.3 · .05)² + (.7 · .06)²).
    let others = (0.3 * 0.3 * 0.0025 + 0.7 * 0.7 * 0.0036).squareRoot()
    #expect(abs(found.size.value - 0.8) < 1e-12)
    #expect(
      abs(found.size.standardError - (0.0025 + others * others).squareRoot()) < 1e-12)
  }

  @Test func `of two tests of fit the smaller probability is doubled`() throws {
    let bank = try ShippedContent().bank
    var misfit = item(bank.items[0].id)
    misfit.fit = ItemStatistics.Fit(
      meanSquare: 1.5, lower: 0.8, upper: 1.2, chiSquare: 9, degreesOfFreedom: 5,
      probability: 0.02, count: 400)
    let found = try #require(findings([misfit], bank).first { $0.kind == .misfit })
    // .5 is 4.9 errors of .2/1.96.
    let error = 0.2 / 1.959963984540054
    #expect(abs(found.probability / (4 * Normal.cumulative(-0.5 / error)) - 1) < 1e-9)
    misfit.fit?.meanSquare = 1
    misfit.fit?.probability = 0.03
    misfit.fifths = [
      ItemStatistics.Fifth(
        ability: 0, observed: Estimate(0.5, standardError: 0.05, count: 80), expected: 0.3)
    ]
    // Alone .03 would stand, doubled it does not.
    #expect(!findings([misfit], bank).contains { $0.kind == .misfit })
  }

  @Test func `weak and overexposed is what its whole interval says to be`() throws {
    let bank = try ShippedContent().bank
    let live = try #require(
      bank.blueprints.map { bank.items(of: $0.test) }
        .first { $0.count >= Blueprint.Selection.minimumItemCount }?.first { $0.state == .live })
    let limit =
      bank.blueprints.filter { bank.items(of: $0.test).contains { $0.id == live.id } }
      .compactMap(\.selection?.maximumExposure).max() ?? AnalysisRules.maximumExposure
    var doubtful = item(live.id)
    doubtful.restCorrelation = Estimate(value: 0.1, lower: 0, upper: 0.2, count: 400)
    doubtful.exposure = Estimate(
      value: limit + 0.01, lower: limit - 0.01, upper: limit + 0.03, count: 400)
    let kinds = findings([doubtful], bank).map(\.kind)
    #expect(!kinds.contains(.weak) && !kinds.contains(.overexposed))
    doubtful.restCorrelation = Estimate(value: 0.05, lower: -0.04, upper: 0.14, count: 400)
    doubtful.exposure = Estimate(
      value: limit + 0.05, lower: limit + 0.01, upper: limit + 0.09, count: 400)
    let certain = findings([doubtful], bank).map(\.kind)
    #expect(certain.contains(.weak) && certain.contains(.overexposed))
  }

  @Test func `a dimension is coarse where its whole interval says so, at the level of most people`()
    throws
  {
    let bank = try ShippedContent().bank
    let framework = bank.frameworks[0]
    func level(_ dimension: Int, _ level: Int, _ coarse: Estimate?, _ count: Int)
      -> LevelMeasurement
    {
      LevelMeasurement(
        framework: framework.id, dimension: framework.dimensions[dimension].id, level: level,
        coarse: coarse, count: count)
    }
    let levels = [
      // Above three tenths, but perhaps by chance.
      level(0, 0, Estimate(value: 0.4, lower: 0.28, upper: 0.52, count: 60), 60),
      level(1, 0, Estimate(value: 0.9, lower: 0.8, upper: 0.95, count: 100), 100),
      level(1, 1, Estimate(value: 0.5, lower: 0.45, upper: 0.55, count: 400), 400),
      level(1, 2, Estimate(value: 0.6, lower: 0.5, upper: 0.7, count: 90), 90),
      level(2, 0, nil, 20),
    ]
    let found = FindingSearch(
      statistics: [], levels: levels, blueprints: bank.blueprints, bank: bank
    ).findings()
    #expect(found.map(\.kind) == [.thinInformation])
    #expect(found[0].dimension == framework.dimensions[1].id && found[0].level == 1)
    #expect(found[0].peopleAffected == 200, "half of four hundred")
  }

  @Test func `what says more of an item stands in place of what says less`() throws {
    let bank = try ShippedContent().bank
    var spoilt = item(bank.items[0].id)
    spoilt.options = [
      option("A", 2, Estimate(-0.3, standardError: 0.05, count: 100)),
      option("B", 0, Estimate(0.6, standardError: 0.05, count: 200)),
      option("C", 1, Estimate(0.1, standardError: 0.05, count: 100)),
    ]
    let found = findings([spoilt], bank)
    // C and B are both ahead of A, and B of C: one flag, of the strongest.
    let kinds: [Finding.Kind] = found.map(\.kind)
    #expect(kinds.count { $0 == .suspectedKey } == 1)
    #expect(!kinds.contains(.risingOption))
    #expect(found.first { $0.kind == .suspectedKey }?.option?.rawValue == "B")
  }

  @Test func `a change is worth a look from half a logit on, however sure it is`() throws {
    let bank = try ShippedContent().bank
    var moved = item(bank.items[0].id)
    for (shift, isFound) in [(0.45, false), (-0.45, false), (0.55, true), (-0.55, true)] {
      moved.drift = ItemStatistics.Drift(
        shift: Estimate(shift, standardError: 0.01, count: 400), probability: 1e-9)
      #expect(findings([moved], bank).contains { $0.kind == .drift } == isFound, "\(shift)")
    }
  }
}
