import Diagnostics

/// An item of a bank is aligned to a competency point.
struct ItemIsAligned: BankItemRule {
  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic] {
    guard item.points.isEmpty, item.unknownAlignments.isEmpty else { return [] }
    return [
      .warning(
        "no-competency-point", item.item, line: 0,
        Text("清单没有写明本题考查的能力点。", "The manifest does not say which point the item is about."),
        remedy: Text(
          "请在清单的 curriculumStandardsMetadataSet 中写上能力点的 GUID。",
          "Put the point's GUID into its curriculumStandardsMetadataSet in the manifest."))
    ]
  }
}
