import Diagnostics

/// A pair of the key goes from the first set to the second, or from a word to a gap: the other way
/// round nobody can answer it.
struct PairsPointAtTargets: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.flatMap { interaction -> [Diagnostic] in
      guard let declaration = item.responseDeclaration(interaction.responseIdentifier),
        let ends = interaction.ends
      else { return [] }
      return declaration.correctResponse.filter { ends.isReversed($0) }.map { pair in
        .error(
          "reversed-pair", item, line: declaration.line,
          Text(
            "正确答案 \(pair.label) 的方向反了。", "The right answer \(pair.label) is the wrong way round."),
          remedy: Text(
            "请先写第一组的选项（或词语），再写第二组的（或空）。",
            "Write the choice of the first set, or the word, before the target, or the gap."))
      }
    }
  }
}

/// What directed pairs of an interaction begin and end with.
private struct PairEnds {
  var sources: Set<String>
  var targets: Set<String>

  func isReversed(_ value: BaseValue) -> Bool {
    guard case .directedPair(let first, let second) = value else { return false }
    return targets.contains(first) && sources.contains(second)
      && !(sources.contains(first) && targets.contains(second))
  }
}

extension Interaction {
  fileprivate var ends: PairEnds? {
    switch self {
    case .match(let interaction):
      PairEnds(
        sources: Set(interaction.sources.map(\.id.rawValue)),
        targets: Set(interaction.targets.map(\.id.rawValue)))
    case .gapMatch(let interaction):
      PairEnds(
        sources: Set(interaction.words.map(\.id.rawValue)), targets: Set(gaps.map(\.rawValue)))
    case .choice, .order, .associate, .hottext, .inlineChoice, .textEntry: nil
    }
  }
}
