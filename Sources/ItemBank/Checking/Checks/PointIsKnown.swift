import Competency
import Diagnostics

/// A competency point that an item names is in a framework of the bank.
struct PointIsKnown: BankItemRule {
  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic] {
    let alignments = item.unknownAlignments.map { unknown($0, in: item) }
    let framework = item.framework.flatMap(bank.framework)
    let shares = item.calibrations.flatMap(\.loadingShares.keys)
    let loadings = Set(shares.map(\.rawValue)).sorted().filter { point in
      framework?.point(CompetencyPoint.ID(rawValue: point)) == nil
    }
    return alignments + loadings.map { unknown($0, in: item) }
  }

  private func unknown(_ point: String, in item: BankItem) -> Diagnostic {
    .error(
      "unknown-point", item.item, line: 0,
      Text(
        "能力点 \(point.prefix(80)) 不在题库的框架中。",
        "The point \(point.prefix(80)) is in no framework of the bank."),
      remedy: Text("请改正 GUID 或能力点代号，或加入框架文件。", "Correct it, or add the framework's file."))
  }
}
