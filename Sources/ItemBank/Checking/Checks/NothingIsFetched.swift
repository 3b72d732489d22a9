import Diagnostics

/// An item loads nothing from elsewhere: pages of a test never do, and a candidate's line is slow.
struct NothingIsFetched: DocumentRule {
  private static let addresses: Set<String> = ["src", "href", "data", "poster", "srcset"]

  func check(_ body: XMLElement, file: String) -> [Diagnostic] {
    body.descendants { !$0.name.hasPrefix("qti-") || $0.name == "qti-stylesheet" }
      .flatMap { element -> [Diagnostic] in
        element.attributes.filter { attribute in
          Self.addresses.contains(attribute.name.lowercased())
            && Self.isElsewhere(attribute.value.trimmed)
        }.map { attribute in
          Diagnostic(
            "external-asset", .warning, file: file, line: element.line,
            message: Text(
              "引用了外部资源：\(attribute.value.trimmed.prefix(80))",
              "Something from elsewhere is referred to: \(attribute.value.trimmed.prefix(80))"),
            remedy: Text("请把内容放进题目里。", "Put the content into the item."))
        }
      }
  }

  /// Whether an address has a scheme, or a host alone.
  private static func isElsewhere(_ address: String) -> Bool {
    address.hasPrefix("//") || address.prefix { $0 != "/" }.contains(":")
  }
}
