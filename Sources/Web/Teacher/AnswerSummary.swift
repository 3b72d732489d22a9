import Delivery
import ItemBank

/// What was answered to an item, in one line.
struct AnswerSummary {
  private static let shortest = 32

  private let fields: AnswerFields
  private let entries: [String: [CandidateEntry]]

  init(_ fields: AnswerFields, answer: TestSession.Answer?) {
    self.fields = fields
    if case .response(let responses) = answer {
      entries = fields.content.entries(of: responses)
    } else {
      entries = [:]
    }
  }

  /// The answer in as many words as are needed to recognise it.
  var text: String { wholeText.count > 64 ? wholeText.prefix(62) + "……" : wholeText }

  /// The answer.
  var wholeText: String {
    var inText: [String] = []
    var questions: [String] = []
    for part in fields.content.parts {
      switch part {
      case .markup: continue
      case .control(let control): inText.append(words(control).first ?? "＿")
      case .group(let group): questions += text(of: group).map { [$0] } ?? []
      }
    }
    if inText.contains(where: { $0 != "＿" }) {
      questions.append(inText.joined(separator: "，"))
    }
    return questions.joined(separator: "；")
  }

  /// How many places of an answered item are empty that could hold something.
  var emptyPlaces: Int {
    fields.content.parts.reduce(0) { count, part in
      switch part {
      case .markup: return count
      case .control(let control): return count + (entries[control.field] == nil ? 1 : 0)
      case .group(let group):
        let empty = group.controls.count { entries[$0.field] == nil }
        switch group.task {
        case .match, .fillGaps: return count + empty
        case .takeOne, .takeSeveral, .pair, .putInOrder:
          return count + (empty == group.controls.count ? 1 : 0)
        }
      }
    }
  }

  /// Whether something is answered and something is not.
  var isPartial: Bool { !entries.isEmpty && emptyPlaces > 0 }

  private func text(of group: CandidateContent.Group) -> String? {
    switch group.task {
    case .takeOne, .takeSeveral:
      // The marks of a text share their field.
      let taken = group.controls.first.map { words($0, of: group.controls.flatMap(\.options)) }
      return taken.flatMap { $0.isEmpty ? nil : $0.joined(separator: "；") }
    case .putInOrder:
      let rows = group.controls.compactMap { control -> (Int, String)? in
        guard case .taken(.place(let place)) = entries[control.field]?.first else { return nil }
        return (place, Self.shortened(control.label?.text ?? ""))
      }
      return rows.isEmpty
        ? nil
        : rows.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }.joined(separator: "；")
    case .match:
      let rows = group.controls.compactMap { control -> String? in
        let targets = words(control)
        guard !targets.isEmpty else { return nil }
        return Self.shortened(control.label?.text ?? "") + "→" + targets.joined(separator: "、")
      }
      return rows.isEmpty ? nil : rows.joined(separator: "；")
    case .pair:
      let halves = group.controls.compactMap { words($0).first }
      let pairs = stride(from: 0, to: halves.count - 1, by: 2).map {
        "\(halves[$0])—\(halves[$0 + 1])"
      }
      return pairs.isEmpty ? nil : pairs.joined(separator: "；")
    case .fillGaps:
      let filled = group.controls.map { words($0).first ?? "＿" }
      return filled.allSatisfy { $0 == "＿" } ? nil : filled.joined(separator: "，")
    }
  }

  /// What is taken or written in a control, in words.
  private func words(
    _ control: CandidateContent.Control, of options: [CandidateContent.Option]? = nil
  ) -> [String] {
    let entries = entries[control.field] ?? []
    let written = entries.compactMap { entry in
      if case .written(let text) = entry { text } else { nil }
    }
    let taken = (options ?? control.options).filter { entries.contains(.taken($0.meaning)) }
    return written + taken.map { $0.label.text }
  }

  private static func shortened(_ text: String) -> String {
    text.count > shortest ? text.prefix(shortest - 2) + "……" : text
  }
}

extension AssessmentItem {
  /// What the item asks, as plain text: its prompt, or the text in which it is answered.
  var question: String {
    let prompts = interactions.compactMap { $0.prompt?.text }.filter { !$0.isEmpty }
    if let first = prompts.first { return first }
    let texts = body.compactMap { part -> String? in
      switch part {
      case .flow(let flow): flow.text
      case .interaction(.gapMatch(let gapMatch)): gapMatch.content.text
      case .interaction(.hottext(let hottext)): hottext.content.text
      case .markup(let markup): markup.text
      case .choiceInteraction, .interaction: nil
      }
    }
    return texts.last ?? ""
  }
}
