import Competency
import ItemBank

/// A part of an item as the page of a draft asks for it.
struct DraftColumn {
  let column: ItemSheetColumn

  init(_ column: ItemSheetColumn) { self.column = column }

  /// The key of its label and hint: the column's name without the letter of a choice.
  var key: String {
    switch column {
    case .choice: "choice"
    case .score: "score"
    case .reason: "reason"
    case .feedback: "feedback"
    case .misconception: "misconception"
    default: column.name
    }
  }

  /// Its choice; nil if it is of no choice.
  var choice: Int? {
    switch column {
    case .choice(let index), .score(let index), .reason(let index), .feedback(let index),
      .misconception(let index):
      index
    default: nil
    }
  }

  /// What it is called.
  func label(_ phrases: Phrases) -> String {
    let label = phrases("draftField.\(key)")
    return choice.map { "\(label) \(ItemSheetColumn.letters[$0])" } ?? label
  }
}

/// What may be chosen or is usual, as the bank knows it.
struct DraftOptions {
  let bank: Bank
  let phrases: Phrases

  /// An option of a select box.
  struct Option: Hashable {
    var value: String
    var text: String
  }

  /// What a column may only be one of; nil where it is free.
  func choices(_ column: ItemSheetColumn) -> [Option]? {
    switch column {
    case .point:
      distinct(
        bank.frameworks.flatMap(\.points).map {
          Option(
            value: $0.id.rawValue,
            text: "\($0.id.rawValue) \($0.name.text(in: phrases.language))")
        })
    case .environment:
      distinct(
        bank.frameworks.flatMap(\.environments).map {
          Option(value: $0.id.rawValue, text: $0.name.text(in: phrases.language))
        })
    case .instruction:
      BankItem.Instruction.allCases.map {
        Option(value: $0.rawValue, text: phrases("draftField.\($0.rawValue)"))
      }
    case .difficulty:
      ["easy", "medium", "difficult", "very difficult"].map {
        Option(value: $0, text: phrases("draftField.\($0.replacing(" ", with: ""))"))
      }
    case .score: (0...scale).map { Option(value: "\($0)", text: "\($0)") }
    default: nil
    }
  }

  /// What the bank's items have in a column, to be taken up; empty where that is of no use.
  func usual(_ column: ItemSheetColumn) -> [String] {
    let found: [String] =
      switch column {
      case .schoolStage: bank.items.compactMap(\.schoolStage)
      case .subject: bank.items.compactMap(\.subject)
      case .parallelFamily: bank.items.compactMap(\.parallelFamily)
      case .misconception: bank.items.flatMap(\.misconceptions.values)
      case .scenarioIdentifier: bank.stimuli.map(\.id.rawValue)
      default: []
      }
    return Set(found).sorted()
  }

  /// The most that a choice of the bank's items is usually worth.
  private var scale: Int {
    let counts = bank.items.reduce(into: [Int: Int]()) { counts, item in
      if item.item.asksForOneChoice, let most = item.maximumCategory {
        counts[most, default: 0] += 1
      }
    }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 4
  }

  /// Of options with one value the first.
  private func distinct(_ options: [Option]) -> [Option] {
    var seen: Set<String> = []
    return options.filter { seen.insert($0.value).inserted }
  }
}
