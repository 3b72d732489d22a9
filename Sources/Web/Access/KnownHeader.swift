import HTTPTypes

extension HTTPField.Name {
  /// The name of a header that HTTPTypes does not list.
  ///
  /// - Parameter text: a name from a standard; one that is no token of HTTP stops the program.
  /// - Returns: the name.
  static func known(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("the name is one of HTTP's tokens")
    }
    return name
  }
}
