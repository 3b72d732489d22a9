extension ResponseDeclaration {
  /// Makes a response of what a candidate wrote into a text field.
  ///
  /// Numbers are written with the digits 0 to 9 and a point, with white space around them at most;
  /// full-width digits are none. A text is kept as it stands.
  ///
  /// - Parameter text: what was written.
  /// - Returns: the response, which is no answer for an empty field; nil when a number is declared
  ///   and the text is none.
  public func response(written text: String) -> ResponseValue? {
    switch baseType {
    case .string: text.isEmpty ? .null : .single(.string(text))
    case .float:
      text.trimmed.isEmpty ? .null : Double(decimal: text.trimmed).map { .single(.float($0)) }
    case .integer:
      text.trimmed.isEmpty ? .null : Int(text.trimmed).map { .single(.integer($0)) }
    default: nil
    }
  }
}
