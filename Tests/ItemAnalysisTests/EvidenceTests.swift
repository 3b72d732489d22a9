import Competency
import Delivery
import Foundation
import ItemBank
import Psychometrics
import Testing

@testable import ItemAnalysis

/// What counts as evidence of whom, and what is counted beside it.
struct EvidenceTests {
  private func evidence(_ sheets: [AnswerSheet], _ bank: Bank, _ framework: Framework)
    -> AnswerEvidence
  {
    var evidence = AnswerEvidence(framework: framework, bank: bank, older: [:])
    for sheet in sheets { evidence.add(sheet) }
    return evidence
  }

  private func replacing(_ item: BankItem, in bank: Bank) -> Bank {
    Bank(
      version: bank.version, title: bank.title, frameworks: bank.frameworks,
      items: bank.items.map { $0.id == item.id ? item : $0 }, stimuli: bank.stimuli,
      tests: bank.tests, blueprints: bank.blueprints)
  }

  @Test func `what is tried out changes nothing that is believed of other items`() throws {
    let world = try PlantedWorld(plants: [.triedOut])
    let tried = try #require(world.item(.triedOut))
    let sheets = world.sheets(40, seed: 31)
    let without = sheets.map { sheet in
      var sheet = sheet
      sheet.entries.removeAll { $0.item == tried }
      return sheet
    }
    #expect(sheets != without)
    func beliefs(_ sheets: [AnswerSheet]) -> [[Double]] {
      evidence(sheets, world.bank, world.framework).items.filter { $0.item.id != tried }
        .map { $0.answers.flatMap { [$0.mean, $0.variance] } }
    }
    #expect(beliefs(sheets) == beliefs(without))
  }

  @Test func `a scenario adds its own variance to what is believed of an item that is retired`()
    throws
  {
    let world = try PlantedWorld(plants: [])
    var item = try #require(
      world.items.first { $0.scenario != nil && ($0.parameters?.slope ?? 1) != 1 })
    let parameters = try #require(item.parameters)
    item.state = .retired
    var alone = item
    alone.scenario = nil
    let choice = try #require(item.item.choiceInteractions.first)
    var sheet = try #require(world.sheets(1, seed: 41).first)
    sheet.entries.removeAll { entry in
      world.bank.item(entry.item)?.scenario == item.scenario
    }
    sheet.entries.append(
      AnswerSheet.Entry(
        item: item.id,
        answer: .response([
          choice.responseIdentifier: .choice(try #require(choice.choices.first).id)
        ]),
        stage: 1))
    func variance(_ item: BankItem) throws -> Double {
      let found = evidence([sheet], replacing(item, in: world.bank), world.framework).items
        .first { $0.item.id == item.id }
      return try #require(found?.answers.first).variance
    }
    let added = world.framework.measurement.testletVariance * parameters.slope * parameters.slope
    #expect(abs(try variance(item) - variance(alone) - added) < 1e-12)
  }

  @Test func `who could have had an item are those whose environment includes its, once each`()
    throws
  {
    let world = try PlantedWorld(plants: [])
    let sheets = world.sheets(30, seed: 51).enumerated().map { number, sheet in
      var sheet = sheet
      sheet.environment = world.framework.environments[number % 3].id
      // A further stage is of the same teacher.
      sheet.isContinuation = number >= 24
      return sheet
    }
    let evidence = evidence(sheets, world.bank, world.framework)
    var counts: Set<Int> = []
    for item in evidence.items {
      let expected = sheets.count { sheet in
        !sheet.isContinuation
          && world.framework.environment(sheet.environment)?.includes.contains(item.environment)
            == true
      }
      #expect(evidence.eligibleCount(of: item, in: [world.test]) == expected)
      counts.insert(expected)
    }
    #expect(counts.count > 1, "environments differ in what they include")
  }

  @Test func `bars, median time and options' curves are counted from the answers`() throws {
    let world = try PlantedWorld(plants: [.overused])
    let sheets = world.sheets(400, seed: 61).enumerated().map { number, sheet in
      var sheet = sheet
      for place in sheet.entries.indices {
        sheet.entries[place].seconds = number % 3 == 0 ? nil : number * 7 % 1_009
      }
      return sheet
    }
    let evidence = evidence(sheets, world.bank, world.framework)
    var observed = try #require(evidence.items.first { $0.item.id == world.item(.overused) })
    // An even number of times, so that the median lies between two of them.
    if observed.answers.count(where: { $0.seconds >= 0 }) % 2 == 1 {
      let timed = try #require(observed.answers.firstIndex { $0.seconds >= 0 })
      observed.answers[timed].seconds = -1
    }
    let statistics = ItemExamination(
      observed: observed, evidence: evidence, tests: [world.test]
    ).statistics()
    let slope = observed.parameters.slope
    let places = ItemStatistics.populationPlaces
    var bars = [Int](repeating: 0, count: places.count)
    for answer in observed.answers {
      let nearest = places.indices.min {
        abs(places[$0] - answer.mean / slope) < abs(places[$1] - answer.mean / slope)
      }
      bars[try #require(nearest)] += 1
    }
    #expect(statistics.population == bars)
    let times = observed.answers.map(\.seconds).filter { $0 >= 0 }.sorted()
    #expect(statistics.timedCount == times.count && times.count < observed.answers.count)
    #expect(times[times.count / 2] != times[times.count / 2 - 1])
    let half = Double(times.count - 1) / 2
    let (lower, upper) = (times[Int(half.rounded(.down))], times[Int(half.rounded(.up))])
    #expect(statistics.medianSeconds == Double(lower + upper) / 2)
    let chosen = observed.answers.filter { $0.option >= 0 }
      .sorted { ($0.mean, $0.sheet) < ($1.mean, $1.sheet) }
    let choices = try #require(observed.item.item.choiceInteractions.first).choices
    for option in statistics.options {
      let place = choices.firstIndex { $0.id == option.choice }
      for fifth in 0..<5 {
        let group = chosen[(chosen.count * fifth / 5)..<(chosen.count * (fifth + 1) / 5)]
        let share = Double(group.count { $0.option == place }) / Double(group.count)
        #expect(abs(try #require(option.curve[fifth]).value - share) < 1e-12)
      }
    }
    #expect(statistics.options.count >= 3)
  }

  @Test func `drift and displacement are counted from the middle item too`() throws {
    let world = try PlantedWorld(
      plants: [PlantedWorld.Plant](repeating: .anchor, count: 12))
    let analysis = BankAnalysis(world.sheets(2_500, seed: 71), bank: world.bank)
    for shifts in [
      analysis.items.compactMap(\.drift?.shift.value),
      analysis.items.compactMap(\.displacement?.shift.value),
    ] {
      let sorted = shifts.sorted()
      #expect(sorted.count >= 8)
      let middle = (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
      #expect(abs(middle) < 1e-9)
    }
    // Five fifths, less the two numbers that a judged item's curve takes from the answers.
    for item in analysis.items {
      guard let fit = item.fit else { continue }
      #expect(fit.degreesOfFreedom == (world.plants[item.item] == .anchor ? 5 : 3))
    }
    let people = analysis.findings.map(\.peopleAffected)
    #expect(people == people.sorted(by: >), "most people first")
  }

  @Test func `a teacher's level in a dimension is the one that the result's ability reaches`()
    throws
  {
    let world = try PlantedWorld(plants: [])
    let sheets = world.sheets(60, seed: 81)
    let evidence = evidence(sheets, world.bank, world.framework)
    let cuts = world.framework.measurement.levels.compactMap(\.cutScore?.location)
    var expected = world.framework.dimensions.map { _ in [Int]() }
    for sheet in sheets {
      let start = TestSession.Start(
        test: world.test, bankVersion: world.bank.version, environment: sheet.environment,
        schoolStage: nil, subject: nil, programme: "", seed: 1)
      let group = Stage.Group(stimulus: nil, items: sheet.entries.map(\.item))
      let session = TestSession(
        start: start, finished: [Stage(number: 1, groups: [group])],
        answers: sheet.entries.reduce(into: [:]) { $0[$1.item] = $1.answer })
      let result = try #require(session.result(bank: world.bank))
      for (place, dimension) in result.dimensions.enumerated() {
        let composite = dimension.composite
        guard composite.evidenceCount > 0 else { continue }
        expected[place].append(cuts.count { composite.ability >= $0 })
      }
    }
    #expect(evidence.dimensions.map { $0.map(\.level) } == expected)
    #expect(Set(expected.flatMap { $0 }).count == cuts.count + 1, "every level is there")
  }

  @Test func `a calibrated item is held against its own parameters, not against its answers`()
    throws
  {
    let world = try PlantedWorld(plants: [.anchor])
    let evidence = evidence(world.sheets(3_000, seed: 91), world.bank, world.framework)
    let observed = try #require(evidence.items.first { $0.item.id == world.item(.anchor) })
    let statistics = ItemExamination(
      observed: observed, evidence: evidence, tests: [world.test]
    ).statistics()
    let curve = StretchedCurve(
      cumulative: observed.parameters.cumulative, shift: 0, stretch: 1)
    var (squares, variances) = (0.0, 0.0)
    for answer in observed.answers where !answer.isUnsure {
      let shares = curve.predicted(mean: answer.mean, variance: answer.variance)
      var (mean, square) = (0.0, 0.0)
      for (score, share) in shares.enumerated() {
        mean += Double(score) * share
        square += Double(score * score) * share
      }
      squares += (Double(answer.category) - mean) * (Double(answer.category) - mean)
      variances += square - mean * mean
    }
    let fit = try #require(statistics.fit)
    #expect(abs(fit.meanSquare - squares / variances) < 1e-9)
  }

  @Test func `not being sure is the lowest category, and no choice`() throws {
    let bank = try PlantedWorld(plants: []).bank
    let item = try #require(bank.items.first { $0.item.asksForOneChoice && $0.parameters != nil })
    let scored = try #require(AnswerScoring(bank: bank).scored(.unsure, to: item.id))
    #expect(scored.category == 0 && scored.isUnsure && scored.option == nil)
  }
}
