import ArgumentParser
import Diagnostics
import Foundation
import ItemBank

/// `bianque bank score`: the outcomes of one item for one response, or for many.
struct BankScore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "给一道题计分。Scores one item.")

  @Argument(help: "题目文件。The item file.")
  var file: String
  @Option(help: "作答，PCI JSON 形式。A response in the PCI JSON form.")
  var response: String?
  @Option(help: "作答数组的 JSON 文件。A JSON file with an array of responses.")
  var responses: String?

  func validate() throws {
    if (response == nil) == (responses == nil) {
      throw ValidationError(
        "请给出 --response 或 --responses 之一。Give one of --response and --responses.")
    }
  }

  func run() throws {
    let terminal = Terminal.current
    let item = try readItem(terminal)
    do {
      if let response {
        try terminal.answer(try answer(item, Data(response.utf8)))
      } else if let responses {
        let data = try read(responses, terminal)
        guard let array = try JSONSerialization.jsonObject(with: data) as? [Any] else {
          throw ResponseError.malformed(variable: nil)
        }
        try terminal.answer(
          try array.map { one in
            guard let object = one as? [String: Any] else {
              throw ResponseError.malformed(variable: nil)
            }
            return try answer(item, try JSONSerialization.data(withJSONObject: object))
          })
      }
    } catch let error as ResponseError {
      terminal.say(terminal(error.sentence))
      throw ExitCode(Exit.refused)
    } catch let error as CocoaError {
      terminal.say(
        terminal(Text("作答不是 JSON：\(error.localizedDescription)", "The responses are not JSON.")))
      throw ExitCode(Exit.refused)
    }
  }

  private func answer(_ item: AssessmentItem, _ response: Data) throws -> ScoreAnswer {
    let outcomes = try item.score(try ResponseValue.responses(pciJSON: response))
    return ScoreAnswer(identifier: item.id.rawValue, outcomes: outcomes.mapValues(ScoreValue.init))
  }

  private func readItem(_ terminal: Terminal) throws -> AssessmentItem {
    let (item, diagnostics) = AssessmentItem.read(
      bytes: [UInt8](try read(file, terminal)), file: file)
    guard let item, !diagnostics.contains(where: { $0.severity == .error }) else {
      terminal.say(diagnostics)
      throw ExitCode(Exit.refused)
    }
    return item
  }

  private func read(_ path: String, _ terminal: Terminal) throws -> Data {
    do {
      return try Data(contentsOf: URL(filePath: path))
    } catch {
      terminal.say(terminal(Text("读不了文件：\(path)", "The file cannot be read: \(path)")))
      throw ExitCode(Exit.refused)
    }
  }
}

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
