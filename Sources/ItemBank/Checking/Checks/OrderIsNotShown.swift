import Diagnostics

/// Choices that are to be put in order are not shown in the right one.
struct OrderIsNotShown: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.compactMap { interaction in
      guard case .order(let order) = interaction,
        let key = item.responseDeclaration(order.responseIdentifier)?.correctResponse,
        key.count > 1
      else { return nil }
      // Choices that may be moved are shown in some other order.
      let isFixed = !order.shuffle || order.choices.count { !$0.isFixed } < 2
      let shown = order.choices.map { BaseValue.identifier($0.id.rawValue) }
      guard isFixed, shown.filter(Set(key).contains) == key else { return nil }
      return .warning(
        "order-shown", item, line: order.line,
        Text(
          "各项按写出的顺序显示，而这正是正确顺序。",
          "The choices are shown as they are written, which is the right order."),
        remedy: Text(
          "请写 shuffle=\"true\"，或打乱各项的先后。",
          "Write shuffle=\"true\", or write the choices in another order."))
    }
  }
}
