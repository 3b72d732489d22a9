extension Mapping {
  /// What values are worth together: each distinct value once, then the bounds.
  ///
  /// - Parameters:
  ///   - values: the values of a response.
  ///   - isCaseSensitive: whether texts must agree in letter case where an entry does not say.
  /// - Returns: the sum, within the bounds.
  func sum(_ values: [BaseValue], isCaseSensitive: Bool) -> Double {
    var seen: Set<BaseValue> = []
    var sum = 0.0
    for value in values where seen.insert(value).inserted {
      sum += worth(of: value, isCaseSensitive)
    }
    if let lowerBound { sum = max(sum, lowerBound) }
    if let upperBound { sum = min(sum, upperBound) }
    return sum
  }

  private func worth(of value: BaseValue, _ isCaseSensitive: Bool) -> Double {
    entries.first { $0.matches(value, isCaseSensitive) }?.value ?? defaultValue
  }
}

extension Mapping.Entry {
  fileprivate func matches(_ value: BaseValue, _ isCaseSensitiveByDefault: Bool) -> Bool {
    if case .string(let key) = key, case .string(let text) = value,
      !(isCaseSensitive ?? isCaseSensitiveByDefault)
    {
      return key.lowercased() == text.lowercased()
    }
    return key == value
  }
}
