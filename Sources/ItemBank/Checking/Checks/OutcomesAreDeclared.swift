import Diagnostics

/// The outcome variables that scoring and feedback use are declared, and can hold what they get.
struct OutcomesAreDeclared: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    score(item) + maximum(item) + feedback(item)
  }

  private func score(_ item: AssessmentItem) -> [Diagnostic] {
    guard let declaration = item.outcomeDeclaration("SCORE") else {
      return [
        .warning(
          "undeclared-outcome", item, line: 0,
          Text("没有声明结果变量 SCORE；按浮点数处理。", "SCORE is not declared; taken as a float."),
          remedy: Text("请加入 SCORE 的 qti-outcome-declaration。", "Declare the outcome SCORE."))
      ]
    }
    if declaration.cardinality == .single,
      declaration.baseType == .float || declaration.baseType == .integer
    {
      return []
    }
    return [
      .error(
        "base-type", item, line: declaration.line,
        Text("SCORE 应为单个数。", "SCORE should be a single number."),
        remedy: Text(
          "请写 cardinality=\"single\" base-type=\"float\"。",
          "Write cardinality=\"single\" base-type=\"float\"."))
    ]
  }

  private func maximum(_ item: AssessmentItem) -> [Diagnostic] {
    let needsMaximum =
      item.responseProcessing == .template(.cartridgeMatch)
      || item.responseProcessing == .template(.cartridgeMatchBasic)
    guard needsMaximum, item.declaredMaximumScore == nil else { return [] }
    return [
      .error(
        "undeclared-outcome", item, line: 0,
        Text("该模板以 MAXSCORE 计分，但它没有声明。", "The template gives MAXSCORE, which is not declared."),
        remedy: Text("请声明 MAXSCORE 并给出默认值。", "Declare MAXSCORE with a default value."))
    ]
  }

  private func feedback(_ item: AssessmentItem) -> [Diagnostic] {
    item.modalFeedback.filter { item.outcomeDeclaration($0.outcomeIdentifier) == nil }.map {
      .warning(
        "undeclared-outcome", item, line: $0.line,
        Text(
          "反馈用到的结果变量 \($0.outcomeIdentifier) 没有声明。",
          "The feedback's outcome \($0.outcomeIdentifier) is not declared."),
        remedy: Text("请声明它。", "Declare it."))
    }
  }
}
