extension Interaction {
  /// The identifiers a response to it can hold; nil when anything can be answered, or nothing is
  /// offered.
  var offeredIdentifiers: Set<String>? {
    if case .textEntry = self { return nil }
    let offered = Set(choices.map(\.id.rawValue) + gaps.map(\.rawValue))
    return offered.isEmpty ? nil : offered
  }
}

extension BaseValue {
  /// The value as a message quotes it.
  var label: String {
    switch self {
    case .identifier(let text), .string(let text), .uri(let text): String(text.prefix(80))
    case .boolean(let value): String(value)
    case .float(let value), .duration(let value): String(value)
    case .integer(let value): String(value)
    case .pair(let first, let second), .directedPair(let first, let second):
      String("\(first) \(second)".prefix(80))
    case .point(let x, let y): "\(x) \(y)"
    }
  }
}
