/// Why a response cannot be scored: it does not fit what the item declares.
public enum ResponseError: Error, Hashable, Sendable {
  /// The item declares no response variable of this name.
  case unknownVariable(String)
  /// The response is not JSON, or not in the PCI form. The variable is nil when the fault is in the
  /// whole document.
  case malformed(variable: String?)
  /// One value where several are declared, or several where one is.
  case wrongCardinality(variable: String, expected: Cardinality)
  /// The values are of another type than declared.
  case wrongBaseType(variable: String, expected: BaseType, found: BaseType)
  /// There is no such choice.
  case unknownChoice(variable: String, choice: String)
  /// More choices than the interaction allows.
  case tooManyChoices(variable: String, maximum: Int)
}
