import Diagnostics

/// The right answer is among the choices.
struct CorrectResponseIsAChoice: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.flatMap { interaction -> [Diagnostic] in
      // Without choices that is the fault to name.
      guard let declaration = item.responseDeclaration(interaction.responseIdentifier),
        let offered = interaction.offeredIdentifiers
      else { return [] }
      return declaration.correctResponse.filter { !offered.isSuperset(of: $0.identifiers) }.map {
        value in
        .error(
          "unknown-choice", item, line: declaration.line,
          Text("正确答案 \(value.label) 不在选项中。", "The right answer \(value.label) is no choice."),
          remedy: Text("请改正 qti-correct-response。", "Correct the qti-correct-response."))
      }
    }
  }
}
