import Delivery
import Foundation
import ItemAnalysis
import ItemBank

/// The answers of a finished session as they are kept: a line an item, with tabs between stage, item,
/// seconds and answer.
///
/// The answer is `-` for none, `?` for 我不确定, `=` with a choice where a choice is all there is, and
/// otherwise the response in the form of the 1EdTech PCI. Made for being read by the tens of
/// thousands; the events stay what counts.
struct AnswerSheetRecord {
  /// The variable that most items have; its single choice is written short.
  private static let usualVariable = "RESPONSE"

  let text: String

  init(_ entries: [AnswerSheet.Entry]) throws {
    text = try entries.map { entry in
      let seconds = entry.seconds.map(String.init) ?? ""
      let answer = try Self.written(entry.answer)
      return "\(entry.stage)\t\(entry.item.rawValue)\t\(seconds)\t\(answer)"
    }.joined(separator: "\n")
  }

  init(text: String) {
    self.text = text
  }

  private static func written(_ answer: TestSession.Answer?) throws -> String {
    switch answer {
    case nil: return "-"
    case .unsure: return "?"
    case .response(let responses):
      if responses.count == 1, case .single(.identifier(let choice))? = responses[usualVariable] {
        return "=\(choice)"
      }
      return try responses.storedJSON()
    }
  }

  /// One line as it is written.
  struct Line {
    var stage: Int
    var item: String
    var seconds: Int?
    var answer: String
  }

  /// The lines, their answers as they are written.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` for a line that was not written here.
  func lines() throws -> [Line] {
    try text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      let parts = line.split(
        separator: UInt8(ascii: "\t"), maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, let stage = Int(Substring(parts[0])) else {
        throw StoreError.unreadable(table: "answer_sheet")
      }
      return Line(
        stage: stage, item: String(Substring(parts[1])), seconds: Int(Substring(parts[2])),
        answer: String(Substring(parts[3])))
    }
  }

  /// The entries as values.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` for a line that was not written here.
  func entries() throws -> [AnswerSheet.Entry] {
    try lines().map { line in
      AnswerSheet.Entry(
        item: AssessmentItem.ID(rawValue: line.item), answer: try Self.answer(line.answer),
        stage: line.stage, seconds: line.seconds)
    }
  }

  /// What a written answer means; nil for none.
  static func answer(_ text: String) throws -> TestSession.Answer? {
    switch text.first {
    case "-": nil
    case "?": .unsure
    case "=":
      .response([usualVariable: .choice(SimpleChoice.ID(rawValue: String(text.dropFirst())))])
    default: .response(try ResponseValue.responses(pciJSON: Data(text.utf8)))
    }
  }
}
