extension ResponseValue {
  /// The response with other names for the choices, targets and gaps in it.
  ///
  /// - Parameter name: the other name of an identifier.
  /// - Returns: the response; pairs without order are put in order again.
  /// - Throws: what `name` throws for an identifier it does not know.
  public func renamed<Failure: Error>(
    _ name: (String) throws(Failure) -> String
  ) throws(Failure) -> ResponseValue {
    switch self {
    case .null: return .null
    case .single(let value): return .single(try value.renamed(name))
    case .list(let type, let values):
      var renamed: [BaseValue] = []
      for value in values { renamed.append(try value.renamed(name)) }
      return .list(type, renamed)
    }
  }
}

extension BaseValue {
  fileprivate func renamed<Failure: Error>(
    _ name: (String) throws(Failure) -> String
  ) throws(Failure) -> BaseValue {
    switch self {
    case .identifier(let identifier): .identifier(try name(identifier))
    case .directedPair(let source, let target):
      .directedPair(try name(source), try name(target))
    case .pair(let first, let second): .unordered(try name(first), try name(second))
    default: self
    }
  }
}
