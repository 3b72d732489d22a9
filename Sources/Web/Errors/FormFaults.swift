/// What is wrong in a form.
enum FormFaults {
  /// The summary, and beside each field what is wrong with it under the field's name and `Fault`.
  ///
  /// - Returns: the values of a template; none without faults.
  static func values(
    _ faults: [(field: String, key: String)], _ phrases: Phrases
  ) -> [String: Any] {
    guard !faults.isEmpty else { return [:] }
    return faults.reduce(into: ["errorSummary": summary(faults, phrases)]) { values, fault in
      values["\(fault.field)Fault"] = ["text": phrases(fault.key)]
    }
  }

  /// The values of the template `parts/errors`.
  ///
  /// - Parameters:
  ///   - faults: the fields, each with the key of its sentence.
  ///   - phrases: the language.
  /// - Returns: the values.
  static func summary(
    _ faults: [(field: String, key: String)], _ phrases: Phrases
  ) -> [String: Any] {
    [
      "headingText": phrases("errors.heading", ["count": "\(faults.count)"]),
      "errors": faults.map { ["href": "#\($0.field)", "text": phrases($0.key)] },
    ]
  }
}
