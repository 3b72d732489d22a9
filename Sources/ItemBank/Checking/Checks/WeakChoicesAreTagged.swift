import Diagnostics

/// A choice that scores little says what whoever takes it may have misunderstood.
struct WeakChoicesAreTagged: BankItemRule {
  private static let most = 1.0

  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic] {
    guard item.framework != nil, let maximum = item.maximumCategory, maximum > 1,
      let interaction = item.item.choiceInteractions.first, item.item.bestChoice != nil
    else { return [] }
    let missing = interaction.choices.filter { choice in
      (item.item.score(ofChoice: choice.id) ?? 0) <= Self.most
        && item.misconceptions[choice.id] == nil
    }
    guard let first = missing.first else { return [] }
    let list = missing.map(\.id.rawValue).joined(separator: ", ")
    return [
      .warning(
        "missing-tag", item.item, line: first.line,
        Text("得分低的选项没有写明误区：\(list)", "These weak choices have no misconception: \(list)"),
        remedy: Text(
          "请在清单的关键词中写 tag:选项:误区。", "Write keywords tag:choice:words in the manifest."))
    ]
  }
}
