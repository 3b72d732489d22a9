import Competency
import ItemAnalysis
import ItemBank
import Psychometrics
import Storage

extension Panel {
  /// What its judges say about an item's choices.
  ///
  /// - Parameters:
  ///   - item: the item, as it was judged.
  ///   - entries: everything that was said in the panel.
  /// - Returns: nil where nobody scored it.
  func keying(of item: BankItem, entries: [PanelEntry]) -> PanelKeying? {
    let scores = entries.filter { !$0.isLate && $0.item == item.id.rawValue }
      .reduce(into: [Int: [SimpleChoice.ID: Int]]()) { scores, entry in
        scores[entry.judge] = entry.values.reduce(into: [:]) {
          $0[SimpleChoice.ID(rawValue: $1.key)] = Int($1.value)
        }
      }
    return PanelKeying(
      item: item.id, choices: item.item.interactions.first?.choices.map(\.id) ?? [],
      maximum: item.maximumCategory ?? 0, scores: scores)
  }

  /// How far its judges agree about all choices together; nil where that cannot be said.
  func agreement(in bank: Bank, entries: [PanelEntry]) -> OrdinalAgreement? {
    let choices = items.compactMap(bank.item).flatMap { item in
      (item.item.interactions.first?.choices ?? []).map { (item.id.rawValue, $0.id.rawValue) }
    }
    let said = entries.filter { !$0.isLate }.reduce(into: [Int: [String: [String: Double]]]()) {
      $0[$1.judge, default: [:]][$1.item] = $1.values
    }
    let grades = items.compactMap(bank.item).compactMap(\.maximumCategory).max() ?? 0
    return OrdinalAgreement(
      ratings: judges.map { judge in
        choices.map { item, choice in said[judge.number]?[item]?[choice].map { Int($0) } }
      }, grades: grades + 1)
  }

  /// What its judges say about borders, in a form that borders are worked out from.
  ///
  /// - Parameters:
  ///   - bank: the bank whose items were judged.
  ///   - entries: everything that was said in the panel.
  /// - Returns: what counts.
  func judgements(in bank: Bank, entries: [PanelEntry]) -> CutScoreJudgements {
    CutScoreJudgements(
      items: items, models: models(in: bank),
      judgements: entries.filter { !$0.isLate }.map {
        CutScoreJudgements.Judgement(
          judge: $0.judge, round: $0.round, item: $0.item, values: $0.values)
      })
  }

  /// The models of its items over one ability: that of a teacher who stands alike on every point.
  func models(in bank: Bank) -> [ResponseModel] {
    items.compactMap { bank.item($0)?.parameters }.map { parameters in
      .partialCredit(
        slope: parameters.slope, PartialCreditItem(cumulative: parameters.cumulative))
    }
  }

  /// The levels whose lower border it sets, lowest first.
  func levels(in bank: Bank) -> [ProficiencyLevel] {
    let framework = bank.framework(Framework.ID(rawValue: settings.framework))
    return settings.levels.compactMap { name in
      framework?.measurement.levels.first { $0.id.rawValue == name }
    }
  }
}
