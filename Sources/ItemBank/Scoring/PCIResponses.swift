public import Foundation

extension ResponseValue {
  /// Reads responses from JSON in the PCI form of 1EdTech.
  ///
  /// Such as `{"RESPONSE":{"base":{"identifier":"B"}}}`; several values are
  /// `{"list":{"identifier":["A","C"]}}`, and no answer is `{"base":null}`.
  ///
  /// - Parameter data: a JSON object with one member for each response variable.
  /// - Returns: the responses by variable.
  /// - Throws: ``ResponseError/malformed(variable:)`` if it is anything else.
  public static func responses(
    pciJSON data: Data
  ) throws(ResponseError) -> [String: ResponseValue] {
    do {
      return try JSONDecoder().decode([String: ResponseValue].self, from: data)
    } catch let error as DecodingError {
      throw .malformed(variable: error.firstKey)
    } catch {
      throw .malformed(variable: nil)
    }
  }

  /// Reads one response from JSON in the PCI form, such as `{"base":{"identifier":"B"}}`.
  ///
  /// - Parameter data: the JSON object for one variable.
  /// - Throws: ``ResponseError/malformed(variable:)`` if it is anything else.
  public init(pciJSON data: Data) throws(ResponseError) {
    do {
      self = try JSONDecoder().decode(ResponseValue.self, from: data)
    } catch {
      throw .malformed(variable: nil)
    }
  }

  /// Writes the response in the PCI form, with its keys in order.
  ///
  /// - Returns: the JSON object for one variable.
  /// - Throws: an error if a number is not finite.
  public func pciJSON() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

extension DecodingError {
  fileprivate var firstKey: String? {
    switch self {
    case .dataCorrupted(let context), .keyNotFound(_, let context),
      .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.first?.stringValue
    @unknown default: nil
    }
  }
}
