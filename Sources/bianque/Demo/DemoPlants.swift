import Competency
import Delivery
import Diagnostics
import ItemBank
import Psychometrics
import Simulation

/// What is wrong with a few items of the seeded world, so that there is something to find.
///
/// Nothing is changed in the bank: simulated teachers answer these items as real ones would if the
/// fault were there.
struct DemoPlants: Sendable {
  /// A fault.
  enum Fault: String, CaseIterable, Sendable {
    /// Teachers who know best take the choice that the key gives nothing, and the other way round.
    case wrongKey
    /// Harder on a phone, by a logit and a half.
    case harderOnPhones
    /// Easier in the second half of the time, by a logit and a half.
    case drifting
    /// In two of three forms of its environment.
    case overexposed

    /// What is wrong, in words.
    var text: Text {
      switch self {
      case .wrongKey: Text("最佳和最差选项的得分标反了", "best and worst choice exchanged in the key")
      case .harderOnPhones: Text("在手机上更难", "harder on a phone")
      case .drifting: Text("后来变容易了", "has become easier")
      case .overexposed: Text("出得太多", "given too often")
      }
    }
  }

  /// The spoilt item of each fault.
  let items: [Fault: AssessmentItem.ID]
  private let faults: [AssessmentItem.ID: Fault]

  /// How much harder or easier, in logits of ability.
  private static let shift = 1.5
  /// How many sessions are taken to see what teachers get most.
  private static let trialSessions = 36

  /// Chooses the items: those that ask for one choice and are given most often, so that there are
  /// answers enough to see it.
  ///
  /// - Parameters:
  ///   - bank: the bank.
  ///   - blueprint: the test.
  ///   - programme: any programme; a session names one.
  ///   - seed: of the trial sessions.
  /// - Throws: ``BlueprintError`` if the bank cannot fill a form.
  init(in bank: Bank, blueprint: Blueprint, programme: String, seed: UInt64) throws {
    guard let framework = bank.framework(blueprint.framework) else {
      self.init()
      return
    }
    let counts = try Self.counts(
      in: bank, blueprint: blueprint, framework: framework, programme: programme, seed: seed)
    let candidates = counts.keys.compactMap(bank.item).filter { $0.item.asksForOneChoice }
      .sorted { (counts[$1.id] ?? 0, $0.id.rawValue) < (counts[$0.id] ?? 0, $1.id.rawValue) }
    // What is put into nearly every form stands alone and is for everybody.
    let everywhere = framework.environments.map { Set($0.includes) }
      .reduce(Set(framework.environments.map(\.id))) { $0.intersection($1) }
    let common = candidates.first {
      $0.scenario == nil
        && $0.points.first.flatMap(framework.point).map { everywhere.contains($0.environment) }
          ?? false
    }
    var items: [Fault: AssessmentItem.ID] = [.overexposed: common?.id].compactMapValues(\.self)
    let others = candidates.filter { $0.id != common?.id }
    for (fault, item) in zip([Fault.harderOnPhones, .drifting, .wrongKey], others) {
      items[fault] = item.id
    }
    self.init(items)
  }

  private init(_ items: [Fault: AssessmentItem.ID]) {
    self.items = items
    faults = items.reduce(into: [:]) { $0[$1.value] = $1.key }
  }

  /// How often each item is given when stages are chosen by the answers.
  private static func counts(
    in bank: Bank, blueprint: Blueprint, framework: Framework, programme: String, seed: UInt64
  ) throws -> [AssessmentItem.ID: Int] {
    let responses = ResponsesByCategory(bank)
    var counts: [AssessmentItem.ID: Int] = [:]
    for number in 0..<trialSessions {
      let form = blueprint.forms[number % blueprint.forms.count]
      let start = TestSession.Start(
        test: blueprint.test, bankVersion: bank.version, environment: form.environment,
        schoolStage: nil, subject: nil, programme: programme, seed: seed &+ UInt64(number))
      var session = try TestSession(start: start, bank: bank)
      var teacher = SimulatedTeacher(framework: framework, shift: 0, seed: start.seed)
      while let stage = session.currentStage {
        for id in stage.items {
          counts[id, default: 0] += 1
          guard let item = bank.item(id) else { continue }
          let answer = teacher.answer(
            item, from: responses, plants: DemoPlants(), device: .computer, isLate: false)
          try session.apply(.responded(item: id, answer: answer, sequence: 1), bank: bank)
        }
        try session.apply(.stageSubmitted(stage.number), bank: bank)
        if let selected = session.selectedStages(bank: bank, exposure: ItemExposure()) {
          try session.apply(.stagesSelected(selected), bank: bank)
        }
      }
    }
    return counts
  }

  /// Nothing is wrong.
  init() { self.init([:]) }

  /// What a fault adds to the item's predictor, in the predictor's unit.
  func addition(
    to item: BankItem, device: DeviceClass, isLate: Bool
  ) -> Double {
    let slope = item.parameters?.slope ?? 0
    return switch faults[item.id] {
    case .harderOnPhones: device == .phone ? -Self.shift * slope : 0
    case .drifting: isLate ? Self.shift * slope : 0
    case .wrongKey, .overexposed, nil: 0
    }
  }

  /// The category of the choice that is taken by who would be in another by right.
  func category(_ category: Int, of item: BankItem, highest: Int) -> Int {
    guard faults[item.id] == .wrongKey else { return category }
    return category == highest ? 0 : category == 0 ? highest : category
  }

  /// The form with the overexposed item in it, in two of three forms that could have it.
  func form(
    _ stages: [Stage], bank: Bank, framework: Framework, environment: Environment.ID, seed: UInt64
  ) -> [Stage] {
    guard let item = items[.overexposed].flatMap(bank.item),
      let point = item.points.first.flatMap(framework.point),
      framework.environment(environment)?.includes.contains(point.environment) == true,
      !stages.flatMap(\.items).contains(item.id)
    else { return stages }
    var generator = SeededGenerator(seed: seed, purpose: "overexposed item")
    guard generator.number(below: 3) > 0 else { return stages }
    var stages = stages
    for (place, group) in (stages.first?.groups ?? []).enumerated() {
      guard let last = group.items.last, let other = bank.item(last),
        other.points.first.flatMap(framework.point)?.environment == point.environment
      else { continue }
      // It takes the place of an item of its environment; what is left of a scenario stays.
      stages[0].groups[place].items.removeLast()
      if stages[0].groups[place].items.isEmpty { stages[0].groups.remove(at: place) }
      stages[0].groups.append(Stage.Group(stimulus: nil, items: [item.id]))
      break
    }
    return stages
  }
}
