import Diagnostics
import ItemBank

/// What `bank score` prints.
struct ScoreAnswer: Encodable {
  var identifier: String
  var outcomes: [String: ScoreValue]
}

/// An outcome as plain JSON: a number, a text, a list, or null.
struct ScoreValue: Encodable {
  let value: OutcomeValue

  init(_ value: OutcomeValue) {
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    switch value {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .single(let single): try Self.encode(single, to: encoder)
    case .container(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try Self.encode(value, to: container.superEncoder()) }
    }
  }

  private static func encode(_ value: BaseValue, to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .boolean(let truth): try container.encode(truth)
    case .float(let number), .duration(let number): try container.encode(number)
    case .integer(let number): try container.encode(number)
    case .identifier(let text), .string(let text), .uri(let text): try container.encode(text)
    case .pair(let first, let second), .directedPair(let first, let second):
      try container.encode([first, second])
    case .point(let x, let y): try container.encode([x, y])
    }
  }
}

extension ResponseError {
  /// The refusal in a sentence.
  var sentence: Text {
    switch self {
    case .unknownVariable(let name):
      Text("题目没有作答变量“\(name)”。", "The item has no response variable \"\(name)\".")
    case .malformed(let variable):
      Text(
        "作答不是 PCI JSON 形式\(variable.map { "（\($0)）" } ?? "")，例如 {\"RESPONSE\":{\"base\":{\"identifier\":\"B\"}}}。",
        "The response is not in the PCI JSON form, such as "
          + "{\"RESPONSE\":{\"base\":{\"identifier\":\"B\"}}}.")
    case .wrongCardinality(let variable, let expected):
      Text(
        "“\(variable)”的作答个数不合声明（\(expected.rawValue)）。",
        "\"\(variable)\" is declared \(expected.rawValue).")
    case .wrongBaseType(let variable, let expected, let found):
      Text(
        "“\(variable)”应为 \(expected.rawValue)，收到 \(found.rawValue)。",
        "\"\(variable)\" is declared \(expected.rawValue), not \(found.rawValue).")
    case .unknownChoice(let variable, let choice):
      Text(
        "“\(variable)”没有选项“\(choice)”。", "\"\(variable)\" has no choice \"\(choice)\".")
    case .tooManyChoices(let variable, let maximum):
      Text(
        "“\(variable)”最多选 \(maximum) 项。",
        "\"\(variable)\" takes at most \(maximum) choices.")
    }
  }
}

extension TestScoringError {
  /// The refusal in a sentence.
  var sentence: Text {
    switch self {
    case .unknownReference(let name):
      Text("试卷里没有题目“\(name)”。", "The test has no item \"\(name)\".")
    case .missingItem(let name):
      Text("试卷里的题目“\(name)”读不了。", "The item \"\(name)\" of the test cannot be read.")
    case .response(let name, let error):
      Text("\(name)：\(error.sentence.chinese)", "\(name): \(error.sentence.english)")
    }
  }
}
