import Competency
import Delivery
import Diagnostics
import ItemBank
import Psychometrics

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
  /// How many forms are drawn to see what teachers get most.
  private static let drawnForms = 150

  /// Chooses the items: those that ask for one choice and are given most often, so that there are
  /// answers enough to see it.
  init(in bank: Bank, blueprint: Blueprint, programme: String, seed: UInt64) throws(BlueprintError)
  {
    var counts: [AssessmentItem.ID: Int] = [:]
    for number in 0..<Self.drawnForms {
      let form = blueprint.forms[number % blueprint.forms.count]
      let start = TestSession.Start(
        test: blueprint.test, bankVersion: bank.version, environment: form.environment,
        schoolStage: nil, subject: nil, programme: programme, seed: seed &+ UInt64(number))
      for item in try TestSession(start: start, bank: bank).stages.flatMap(\.items) {
        counts[item, default: 0] += 1
      }
    }
    let candidates = counts.keys.compactMap(bank.item).filter {
      $0.item.asksForOneChoice && $0.scenario == nil
    }.sorted {
      (counts[$1.id] ?? 0, $0.id.rawValue) < (counts[$0.id] ?? 0, $1.id.rawValue)
    }
    var items: [Fault: AssessmentItem.ID] = [:]
    for (fault, item) in zip(Fault.allCases, candidates) { items[fault] = item.id }
    self.items = items
    faults = items.reduce(into: [:]) { $0[$1.value] = $1.key }
  }

  /// Nothing is wrong.
  init() {
    (items, faults) = ([:], [:])
  }

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
      guard group.items.count == 1, group.stimulus == nil,
        let other = group.items.first.flatMap(bank.item),
        other.points.first.flatMap(framework.point)?.environment == point.environment
      else { continue }
      stages[0].groups[place].items = [item.id]
      break
    }
    return stages
  }
}
