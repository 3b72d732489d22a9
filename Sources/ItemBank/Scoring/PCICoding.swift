extension ResponseValue: Codable {
  private enum Form: String, CodingKey {
    case base
    case list
  }

  /// Reads the PCI form of one response.
  ///
  /// - Throws: `DecodingError` if it is not a single base value, a single list or a null base.
  public init(from decoder: any Decoder) throws {
    let forms = try decoder.container(keyedBy: Form.self)
    if forms.contains(.base) == forms.contains(.list) {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "expected base or list"))
    }
    if forms.contains(.base) {
      if try forms.decodeNil(forKey: .base) {
        self = .null
        return
      }
      let values = try forms.nestedContainer(keyedBy: BaseType.self, forKey: .base)
      let baseType = try Self.onlyKey(of: values)
      self = .single(try Self.value(of: baseType, in: values.superDecoder(forKey: baseType)))
      return
    }
    let values = try forms.nestedContainer(keyedBy: BaseType.self, forKey: .list)
    let baseType = try Self.onlyKey(of: values)
    var list = try values.nestedUnkeyedContainer(forKey: baseType)
    var decoded: [BaseValue] = []
    while !list.isAtEnd { decoded.append(try Self.value(of: baseType, in: list.superDecoder())) }
    self = .list(baseType, decoded)
  }

  /// Writes the PCI form of the response.
  ///
  /// - Throws: `EncodingError` if the encoder cannot hold a number.
  public func encode(to encoder: any Encoder) throws {
    var forms = encoder.container(keyedBy: Form.self)
    switch self {
    case .null:
      try forms.encodeNil(forKey: .base)
    case .single(let value):
      var values = forms.nestedContainer(keyedBy: BaseType.self, forKey: .base)
      try value.encode(to: values.superEncoder(forKey: value.baseType))
    case .list(let baseType, let list):
      var values = forms.nestedContainer(keyedBy: BaseType.self, forKey: .list)
      var members = values.nestedUnkeyedContainer(forKey: baseType)
      for value in list { try value.encode(to: members.superEncoder()) }
    }
  }

  private static func onlyKey(
    of container: KeyedDecodingContainer<BaseType>
  ) throws -> BaseType {
    guard container.allKeys.count == 1, let key = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: container.codingPath, debugDescription: "expected one base type"))
    }
    return key
  }

  private static func value(of baseType: BaseType, in decoder: any Decoder) throws -> BaseValue {
    let container = try decoder.singleValueContainer()
    switch baseType {
    case .boolean: return .boolean(try container.decode(Bool.self))
    case .float: return .float(try container.decode(Double.self))
    case .duration: return .duration(try container.decode(Double.self))
    case .integer: return .integer(try container.decode(Int.self))
    case .string: return .string(try container.decode(String.self))
    case .uri: return .uri(try container.decode(String.self))
    case .identifier: return .identifier(try container.decode(String.self).collapsed)
    case .pair, .directedPair:
      let ends = try container.decode([String].self).map(\.collapsed)
      if ends.count == 2 {
        return baseType == .pair
          ? .unordered(ends[0], ends[1]) : .directedPair(ends[0], ends[1])
      }
    case .point:
      let position = try container.decode([Int].self)
      if position.count == 2 { return .point(position[0], position[1]) }
    case .file:
      break
    }
    throw DecodingError.dataCorrupted(
      .init(codingPath: decoder.codingPath, debugDescription: "no value of \(baseType.rawValue)"))
  }
}

extension BaseType: CodingKey {}

extension BaseValue {
  fileprivate func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .boolean(let value): try container.encode(value)
    case .float(let value), .duration(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .string(let value), .uri(let value), .identifier(let value): try container.encode(value)
    case .pair(let first, let second), .directedPair(let first, let second):
      try container.encode([first, second])
    case .point(let x, let y): try container.encode([x, y])
    }
  }
}
