import Foundation

/// What stands in the fields of one item, as a browser sends it.
///
/// As one text it goes with the form, to tell what the page had shown, and comes from the script:
/// the fields with `|` between them, the boxes of one field with `+`, written text percent-encoded;
/// nothing at all when no field is filled.
struct EnteredValues: Hashable, Sendable {
  /// Whether it is 我不确定.
  var isUnsure = false
  /// The values of each field, in the order of the page; none for an empty one.
  var values: [[String]]

  /// 我不确定, and nothing beside it.
  static let unsure = EnteredValues(isUnsure: true, values: [])

  /// Whether nothing is entered.
  var isEmpty: Bool { !isUnsure && values.allSatisfy(\.isEmpty) }

  /// The values of a field by its place.
  subscript(_ place: Int) -> [String] { place < values.count ? values[place] : [] }
}

extension EnteredValues {
  private static let lettersAndDigits = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
  /// What `encodeURIComponent` leaves as it is.
  private static let unescaped = lettersAndDigits.union(CharacterSet(charactersIn: "-_.!~*'()"))

  /// The values as one text.
  func text(_ fields: [AnswerFields.Field]) -> String {
    if isUnsure { return ChoiceToken.unsure }
    if isEmpty { return "" }
    return zip(fields, values).map { field, values in
      field.kind == .text
        ? values.joined().addingPercentEncoding(withAllowedCharacters: Self.unescaped) ?? ""
        : values.joined(separator: "+")
    }.joined(separator: "|")
  }

  /// Reads the values from one text.
  ///
  /// - Returns: nil when there are not as many values as fields.
  init?(text: String, _ fields: [AnswerFields.Field]) {
    if text == ChoiceToken.unsure {
      self = .unsure
      return
    }
    let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard text.isEmpty || parts.count == fields.count else { return nil }
    var values: [[String]] = []
    for (field, part) in zip(fields, text.isEmpty ? fields.map { _ in "" } : parts) {
      if field.kind == .text {
        guard let written = part.removingPercentEncoding else { return nil }
        values.append(written.isEmpty ? [] : [written])
      } else {
        values.append(part.split(separator: "+").map(String.init))
      }
    }
    self.init(values: values)
  }
}
