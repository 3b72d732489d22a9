import Competency
import Foundation
import ItemAnalysis
import ItemBank
import Psychometrics
import Storage

/// What a closed cut-score session says: where levels begin, how sure that is, and for whom it would
/// change something.
struct CutScorePage {
  /// How many results are looked at: beyond, a share of a percent does not move.
  static let personLimit = 5000
  /// Where the lowest level is thought to begin and the highest to end, in logits.
  private static let range = -3.0...3.0
  /// How many steps describe a level.
  private static let shownSteps = 12

  let panel: Panel
  let entries: [PanelEntry]
  /// The bank whose items were judged.
  let then: Bank
  /// The bank in service, whose borders the new ones stand beside.
  let now: Bank
  let phrases: Phrases

  private var judgements: CutScoreJudgements { panel.judgements(in: then, entries: entries) }

  /// The test whose results are looked at: the first of the framework.
  var test: AssessmentTest.ID {
    now.blueprints.first { $0.framework.rawValue == panel.settings.framework }?.test
      ?? AssessmentTest.ID(rawValue: "")
  }

  /// The outcome for a level, of the last round or of an earlier one.
  func outcome(_ level: ProficiencyLevel, upTo round: Int? = nil) -> CutScoreJudgements.Outcome {
    panel.kind == .bookmark
      ? judgements.bookmark(level.id.rawValue)
      : judgements.angoff(level.id.rawValue, upTo: round ?? panel.round)
  }

  /// The border of each level; nil when one has none.
  private var cuts: [AbilityCut]? {
    let levels = panel.levels(in: then)
    let cuts = levels.compactMap { level in
      if case .cut(let cut, _) = outcome(level) { cut } else { nil }
    }
    return levels.isEmpty || cuts.count < levels.count ? nil : cuts
  }

  private static func rise(_ cuts: [AbilityCut]) -> Bool {
    zip(cuts, cuts.dropFirst()).allSatisfy { $0.location < $1.location }
  }

  /// The borders that can be put to use: every level has one, and they rise; nil otherwise.
  var adoptable: PanelCutScores? {
    let levels = panel.levels(in: then)
    guard let cuts, Self.rise(cuts), panel.levels(in: now).map(\.id) == levels.map(\.id) else {
      return nil
    }
    return PanelCutScores(
      framework: Framework.ID(rawValue: panel.settings.framework),
      cuts: zip(levels, cuts).reduce(into: [:]) {
        $0[$1.0.id] = CutScore(
          location: $1.1.location, standardError: $1.1.standardError, isSetByPanel: true)
      }, panel: panel.number)
  }

  /// Whether borders are those in service.
  private func isInService(_ borders: PanelCutScores) -> Bool {
    panel.levels(in: now).allSatisfy { $0.cutScore == borders.cuts[$0.id] }
  }

  /// The values of the part of the page that says where levels begin.
  ///
  /// - Parameter abilities: where teachers stand by the results there are.
  /// - Returns: the values.
  func values(abilities: [CompositeAbility]) -> [String: Any] {
    let levels = panel.levels(in: then)
    let outcomes = levels.map { outcome($0) }
    let adoptable = adoptable
    let isInService = adoptable.map(isInService) ?? false
    var values: [String: Any] = [
      "rows": zip(levels, outcomes).map(row),
      "hasTwoRounds": panel.kind == .angoff && panel.round == 2,
      "incomplete": incomplete,
      "fileText": phrases(
        adoptable == nil
          ? "cuts.notAdoptable" : isInService ? "cuts.inService" : "cuts.adoptHint",
        ["framework": panel.settings.framework]),
    ]
    if adoptable != nil, !isInService {
      values["adopt"] = [
        "action": SitePath.panelCuts(panel.number), "base": now.version.rawValue,
        "reason": phrases(
          "cuts.reason",
          [
            "number": "\(panel.number)", "name": panel.name,
            "judges": "\(outcomes.map(count).min() ?? 0)",
          ]),
      ]
    }
    if panel.kind == .angoff {
      values["spread"] = [
        "rows": spread(levels), "levelNames": levels.map { $0.name.text(in: phrases.language) },
      ]
    }
    guard let cuts else { return values }
    guard Self.rise(cuts) else {
      values["crossedText"] = phrases("cuts.crossed")
      return values
    }
    values["shiftText"] = shift(to: cuts, abilities)
    values["descriptors"] = descriptors(cuts)
    return values
  }

  private func row(_ level: ProficiencyLevel, _ outcome: CutScoreJudgements.Outcome)
    -> [String: Any]
  {
    let present = now.framework(Framework.ID(rawValue: panel.settings.framework))?.measurement
      .levels.first { $0.id == level.id }?.cutScore
    var row: [String: Any] = [
      "name": level.name.text(in: phrases.language), "cut": text(outcome),
      "present": present.map {
        text(AbilityCut(location: $0.location, standardError: $0.standardError))
          + ($0.isSetByPanel ? "" : phrases("cuts.example"))
      } ?? "–",
      "judges": "\(count(outcome))",
    ]
    if panel.kind == .angoff, panel.round == 2 { row["first"] = text(self.outcome(level, upTo: 1)) }
    return row
  }

  private func count(_ outcome: CutScoreJudgements.Outcome) -> Int {
    switch outcome {
    case .cut(_, let judges), .tooFewJudges(let judges): judges
    case .none: judgements.judges.count
    }
  }

  private func text(_ outcome: CutScoreJudgements.Outcome) -> String {
    switch outcome {
    case .cut(let cut, _): text(cut)
    case .tooFewJudges(let judges):
      phrases(
        "panels.tooFew", ["judges": "\(judges)", "minimum": "\(PanelRules.minimumJudges)"])
    case .none(.outOfReach): phrases("cuts.outOfReach")
    case .none: phrases("cuts.unusable")
    }
  }

  private func text(_ cut: AbilityCut) -> String {
    Numeral.hundredths(cut.location) + " ± "
      + Numeral.hundredths(ConfidenceInterval.normalHalfWidth * cut.standardError)
  }

  /// Judges who did not say everything, and are left out.
  private var incomplete: [String] {
    guard panel.kind == .angoff else { return [] }
    let complete = panel.settings.levels.map { level in
      Set(judgements.expectations(of: level, upTo: panel.round).keys)
    }
    return panel.judges.map(\.number).filter { judge in !complete.allSatisfy { $0.contains(judge) }
    }
    .map { judge in
      let said = Set(entries.filter { $0.judge == judge && !$0.isLate }.map(\.item)).count
      return phrases(
        "cuts.incomplete",
        ["judge": "\(judge)", "count": "\(said)", "all": "\(panel.items.count)"])
    }
  }

  /// What was expected item by item, in the last word of each judge.
  private func spread(_ levels: [ProficiencyLevel]) -> [[String: Any]] {
    let said = levels.map { judgements.expectations(of: $0.id.rawValue, upTo: panel.round) }
    return panel.items.enumerated().map { place, item in
      [
        "item": item.rawValue,
        "cells": said.map { judges -> String in
          let values = judges.values.map { $0[place] }.sorted()
          guard values.count >= PanelRules.minimumJudges, let least = values.first,
            let most = values.last
          else { return phrases("item.tooFew") }
          let mean = values.reduce(0, +) / Double(values.count)
          return phrases(
            "cuts.spreadCell",
            [
              "mean": Numeral.hundredths(mean), "least": Numeral.tenths(least),
              "most": Numeral.tenths(most),
            ])
        },
      ]
    }
  }

  private func shift(to cuts: [AbilityCut], _ abilities: [CompositeAbility]) -> String {
    let present = panel.levels(in: now).compactMap(\.cutScore).map {
      AbilityCut(location: $0.location, standardError: $0.standardError)
    }
    guard present.count == cuts.count, !abilities.isEmpty else { return phrases("cuts.nobody") }
    var shift = LevelShift(from: present, to: cuts)
    for ability in abilities { shift.add(ability) }
    return phrases(
      "cuts.shift",
      [
        "people": "\(shift.personCount)", "raised": "\(shift.raised)",
        "lowered": "\(shift.lowered)",
        "share": Numeral.wholePercent(
          Double(shift.raised + shift.lowered) / Double(shift.personCount)),
      ])
  }

  private func descriptors(_ cuts: [AbilityCut]) -> [[String: Any]] {
    let framework = then.framework(Framework.ID(rawValue: panel.settings.framework))
    let levels = framework?.measurement.levels ?? []
    let found = LevelDescriptor.all(
      cuts: cuts.map(\.location), range: Self.range, models: panel.models(in: then))
    return zip(levels, found).map { level, descriptor in
      [
        "name": level.name.text(in: phrases.language),
        "steps": descriptor.anchors.suffix(Self.shownSteps).map { step in
          [
            "item": panel.items[step.item].rawValue,
            "title": then.item(panel.items[step.item])?.item.title ?? "",
            "text": phrases("cuts.step", ["points": "\(step.score)"]),
          ]
        },
        "isEmpty": descriptor.anchors.isEmpty,
      ] as [String: Any]
    }
  }
}
