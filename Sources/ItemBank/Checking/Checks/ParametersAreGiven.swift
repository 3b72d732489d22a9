import Diagnostics

/// An item that counts has parameters, if only provisional ones; one that is still written or tried
/// out needs none.
struct ParametersAreGiven: BankItemRule {
  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic] {
    guard item.state == .live, item.parameters == nil else { return [] }
    return [
      .warning(
        "missing-parameters", item.item, line: 0,
        Text("本题没有测量参数，不会被选入测验。", "The item has no parameters and will not be selected."),
        remedy: Text("请在 usage 文件中给出 IRT.GPCM 参数。", "Give its IRT.GPCM statistics in a usage file.")
      )
    ]
  }
}
