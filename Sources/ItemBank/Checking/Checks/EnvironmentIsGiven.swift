import Diagnostics

/// An item that is aligned to a framework says in which environment its story is set: without it no
/// form can take it.
struct EnvironmentIsGiven: BankItemRule {
  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic] {
    guard item.framework != nil, item.environment == nil else { return [] }
    return [
      .warning(
        "missing-environment", item.item, line: 0,
        Text("没有写明教学环境，不会被选入测验。", "It has no environment and will not be selected."),
        remedy: Text(
          "请在清单的关键词中写 environment:代号。", "Write a keyword environment:code in the manifest."))
    ]
  }
}
