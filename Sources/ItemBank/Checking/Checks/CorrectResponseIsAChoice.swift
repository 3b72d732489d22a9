import Diagnostics

/// The right answer is among the choices.
struct CorrectResponseIsAChoice: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.choiceInteractions.flatMap { interaction -> [Diagnostic] in
      // Without choices that is the fault to name.
      guard let declaration = item.responseDeclaration(interaction.responseIdentifier),
        !interaction.choices.isEmpty
      else { return [] }
      let offered = interaction.offeredValues
      return declaration.correctResponse.filter { !offered.contains($0) }.map { value in
        .error(
          "unknown-choice", item, line: declaration.line,
          Text("正确答案 \(value.label) 不在选项中。", "The right answer \(value.label) is no choice."),
          remedy: Text("请改正 qti-correct-response。", "Correct the qti-correct-response."))
      }
    }
  }
}
