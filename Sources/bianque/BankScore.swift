import ArgumentParser
import Diagnostics
import Foundation
import ItemBank

/// `bianque bank score`: the outcomes of one item, or of one test, for one response or for many.
struct BankScore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "给一道题或一份试卷计分。Scores one item or one test.")

  @Argument(help: "题目或试卷文件。The file of an item or a test.")
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
    let scored = try ScoredFile(
      bytes: [UInt8](try read(file, terminal)), file: file, terminal: terminal)
    do {
      if let response {
        try terminal.answer(try scored.answer(to: Data(response.utf8)))
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
            return try scored.answer(to: try JSONSerialization.data(withJSONObject: object))
          })
      }
    } catch let error as ResponseError {
      terminal.say(terminal(error.sentence))
      throw ExitCode(Exit.refused)
    } catch let error as TestScoringError {
      terminal.say(terminal(error.sentence))
      throw ExitCode(Exit.refused)
    } catch is DecodingError {
      terminal.say(terminal(ResponseError.malformed(variable: nil).sentence))
      throw ExitCode(Exit.refused)
    } catch let error as CocoaError {
      terminal.say(
        terminal(Text("作答不是 JSON：\(error.localizedDescription)", "The responses are not JSON.")))
      throw ExitCode(Exit.refused)
    }
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
