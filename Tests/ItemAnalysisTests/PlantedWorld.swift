import Competency
import Delivery
import Foundation
import ItemBank
import Psychometrics
import TestSupport

@testable import ItemAnalysis

/// Simulated teachers who answer the shipped bank, with a few items that are spoilt on purpose.
///
/// Answers go straight into sheets; nothing of it is kept anywhere. Groups differ in ability, as
/// real ones do.
struct PlantedWorld {
  /// What is wrong with an item.
  enum Plant: String, CaseIterable {
    /// The key has the best and the worst choice the wrong way round.
    case wrongKey
    /// Most of the ablest take a choice that is worth next to nothing.
    case secondBest
    /// Harder on a phone.
    case harderOnPhones
    /// Leaked half-way: easier from then on.
    case leaked
    /// Answered by chance.
    case noise
    /// Far less sharp than its calibrated parameters say.
    case blunt
    /// Given to two in three.
    case overused
    /// Nothing is wrong with it; its parameters were estimated.
    case anchor
    /// Tried out, with parameters that nobody knows yet: mixed in beside the form.
    case triedOut
    /// Tried out on one teacher in twenty.
    case rarelyTriedOut

    /// What can be wrong with an item, and one with which nothing is.
    static let faults: [Plant] = [
      .wrongKey, .secondBest, .harderOnPhones, .leaked, .noise, .blunt, .overused, .anchor,
    ]

    var isTriedOut: Bool { self == .triedOut || self == .rarelyTriedOut }
  }

  /// A teacher draws from one of these; the second is weaker, and so finds every item harder.
  private static let regions: [(String, Double)] = [("R1", 0.3), ("R2", -0.4), ("R3", 0)]

  let bank: Bank
  let framework: Framework
  let test: AssessmentTest.ID
  /// The spoilt items.
  let plants: [AssessmentItem.ID: Plant]
  /// How items are really answered, whatever the bank knows of it.
  let truth: [AssessmentItem.ID: PartialCreditParameters]

  /// The test of the shipped bank, without plants unless they are asked for.
  init(plants kinds: [Plant]) throws {
    let shipped = try ShippedContent().bank
    guard let blueprint = shipped.blueprints.first,
      let framework = shipped.framework(blueprint.framework)
    else { throw Missing() }
    self.framework = framework
    test = blueprint.test
    let candidates = shipped.items(of: blueprint.test)
      .filter { $0.item.asksForOneChoice && $0.scenario == nil }
    var plants: [AssessmentItem.ID: Plant] = [:]
    let stride = candidates.count / max(kinds.count, 1)
    for (place, plant) in kinds.enumerated() { plants[candidates[place * stride].id] = plant }
    self.plants = plants
    truth = shipped.items.reduce(into: [:]) { $0[$1.id] = $1.parameters }
    let items = shipped.items.map { item in
      if plants[item.id]?.isTriedOut == true { return item.asTriedOut }
      guard let plant = plants[item.id], plant == .blunt || plant == .anchor else { return item }
      var estimated = item
      estimated.calibrations = item.calibrations.map { calibration in
        var calibration = calibration
        calibration.isProvisional = false
        return calibration
      }
      return estimated
    }
    bank = Bank(
      version: shipped.version, title: shipped.title, frameworks: shipped.frameworks,
      items: items, stimuli: shipped.stimuli, tests: shipped.tests, blueprints: shipped.blueprints)
  }

  struct Missing: Error {}

  /// The items that are given: those that ask for one choice.
  var items: [BankItem] { bank.items(of: test).filter { $0.item.asksForOneChoice } }

  func item(_ plant: Plant) -> AssessmentItem.ID? {
    plants.first { $0.value == plant }?.key
  }

  /// The sheets of simulated teachers, each with sixteen items of the test.
  ///
  /// - Parameters:
  ///   - count: how many teachers.
  ///   - seed: of the first.
  ///   - length: the most items of a form.
  /// - Returns: the sheets.
  func sheets(_ count: Int, seed: UInt64, length: Int = .max) -> [AnswerSheet] {
    let items = self.items
    let choices = items.reduce(into: [AssessmentItem.ID: [Int: SimpleChoice.ID]]()) { found, item in
      for choice in item.item.choiceInteractions.first?.choices ?? [] {
        if let category = item.item.score(ofChoice: choice.id).flatMap({ Int(exactly: $0) }) {
          found[item.id, default: [:]][category] = choice.id
        }
      }
    }
    let environments = framework.environments
    let richest = environments.max { $0.includes.count < $1.includes.count } ?? environments[0]
    return (0..<count).map { number in
      var dice = Dice(seed: seed &+ UInt64(number), purpose: "planted world")
      let region = Self.regions[dice.number(below: 3)]
      let isPhone = dice.uniform() < 0.5
      let abilities = dice.abilities(framework, shift: region.1 + (isPhone ? -0.15 : 0.1))
      let time = Double(number)
      let isLate = number * 2 >= count
      var entries: [AnswerSheet.Entry] = []
      for item in form(items, using: &dice).prefix(length) {
        let answer = answer(
          item, choices: choices[item.id] ?? [:], abilities: abilities, isPhone: isPhone,
          isLate: isLate, using: &dice)
        entries.append(AnswerSheet.Entry(item: item.id, answer: answer, stage: 1, seconds: 30))
      }
      return AnswerSheet(
        test: test, bankVersion: bank.version, environment: richest.id,
        groups: AnswerGroups(
          device: isPhone ? .phone : .computer,
          schoolStage: ["小学", "初中", "高中"][dice.number(below: 3)],
          subject: ["语文", "数学", "英语", "科学"][dice.number(below: 4)], region: region.0),
        finishedAt: time, entries: entries)
    }
  }

  private func form(_ items: [BankItem], using dice: inout Dice) -> [BankItem] {
    let overused = items.filter { plants[$0.id] == .overused }
    let rest = dice.shuffled(
      items.filter { plants[$0.id] != .overused && plants[$0.id]?.isTriedOut != true })
    let form = (dice.uniform() < 0.66 ? overused : []) + rest.prefix(15)
    let pilots = items.filter { plants[$0.id]?.isTriedOut == true }
    return form
      + pilots.filter { dice.uniform() < (plants[$0.id] == .triedOut ? 0.3 : 0.05) }
  }

  private func answer(
    _ item: BankItem, choices: [Int: SimpleChoice.ID], abilities: [CompetencyPoint.ID: Double],
    isPhone: Bool, isLate: Bool, using dice: inout Dice
  ) -> TestSession.Answer {
    guard let parameters = truth[item.id], dice.uniform() > 0.04 else { return .unsure }
    let plant = plants[item.id]
    var eta = parameters.loadings.reduce(0) { $0 + $1.value * (abilities[$1.key] ?? 0) }
    if plant == .harderOnPhones, isPhone { eta -= parameters.slope * 1.1 }
    if plant == .leaked, isLate { eta += parameters.slope * 1.2 }
    if plant == .blunt { eta *= 0.2 }
    let highest = parameters.stepLocations.count
    let shares = PartialCreditItem(cumulative: parameters.cumulative).categoryProbabilities(at: eta)
    var category = dice.drawn(shares)
    switch plant {
    case .wrongKey: category = category == highest ? 0 : category == 0 ? highest : category
    case .secondBest:
      if category == 1 { category = 0 }
      if category == highest, dice.uniform() < 0.85 { category = 1 }
    case .noise: category = dice.number(below: highest + 1)
    default: break
    }
    let nearest = choices.keys.min { (abs($0 - category), $0) < (abs($1 - category), $1) }
    guard let nearest, let choice = choices[nearest],
      let interaction = item.item.choiceInteractions.first
    else { return .unsure }
    return .response([interaction.responseIdentifier: .choice(choice)])
  }
}

extension BankItem {
  /// The item before anybody knows how difficult it is.
  fileprivate var asTriedOut: BankItem {
    var item = self
    item.state = .pilot
    item.calibrations = []
    return item
  }
}

/// Random numbers of one simulated teacher.
struct Dice {
  private var generator: SeededGenerator

  init(seed: UInt64, purpose: String) {
    generator = SeededGenerator(seed: seed &* 0x9e37_79b9_7f4a_7c15, purpose: purpose)
  }

  mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
  mutating func number(below bound: Int) -> Int { generator.number(below: bound) }
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    generator.shuffled(elements)
  }

  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  mutating func drawn(_ shares: [Double]) -> Int {
    var rest = uniform()
    for (place, share) in shares.enumerated() {
      rest -= share
      if rest < 0 { return place }
    }
    return shares.count - 1
  }

  /// Abilities from the framework's prior, moved by what the teacher's groups have in common.
  mutating func abilities(
    _ framework: Framework, shift: Double
  ) -> [CompetencyPoint.ID: Double] {
    let constants = framework.measurement
    let general = constants.generalVariance.squareRoot() * normal() + shift
    let dimensions = framework.dimensions.map { _ in
      constants.dimensionVariance.squareRoot() * normal()
    }
    let environments = framework.environments.map { _ in
      constants.environmentVariance.squareRoot() * normal()
    }
    var abilities: [CompetencyPoint.ID: Double] = [:]
    for point in framework.points {
      let dimension = framework.dimensions.firstIndex { $0.id == point.dimension } ?? 0
      let environment = framework.environments.firstIndex { $0.id == point.environment } ?? 0
      abilities[point.id] =
        constants.priorMean + general + dimensions[dimension] + environments[environment]
        + constants.specificVariance.squareRoot() * normal()
    }
    return abilities
  }
}
