import ItemBank
import Storage

/// What somebody sent from the page of a draft.
struct DraftForm: Sendable {
  /// What they want to be done.
  enum Step: String, Sendable {
    /// Keep it.
    case save
    /// Keep it and say everything that is wrong.
    case check
    /// Keep it and show it as a teacher sees it.
    case preview
    /// Keep it and offer one choice more.
    case add
    /// Take the text of the scenario from the bank, and keep it.
    case scenario
    /// Keep it and hand it in.
    case handIn = "hand-in"
    /// Keep it, sent by the script.
    case autosave
    /// Keep, part by part, one of two texts that were shown side by side.
    case merge
    /// Keep all of one's own of two texts that were shown side by side.
    case mine
  }

  /// The text as it was sent.
  var manuscript: ItemManuscript
  /// The number of the text it was made from.
  let revision: Int
  /// The page it was written on.
  let page: String
  /// How many choices the page had room for.
  let rows: Int
  let step: Step
  /// Of two texts, whether the other was the bank's and not the draft's.
  let isAgainstBank: Bool
  /// The parts of which the other text is wanted.
  let taken: Set<String>

  /// Reads the fields of a form.
  ///
  /// - Throws: ``Refusal/unreadable`` if it asks for nothing known.
  init(_ form: Form, of draft: ItemDraft?) throws(Refusal) {
    guard let step = Step(rawValue: form["then"] ?? Step.save.rawValue),
      let revision = Int(form["revision"] ?? "")
    else { throw .unreadable }
    self.step = step
    self.revision = revision
    page = String((form["page"] ?? "").prefix(40))
    rows = Self.rows(form["rows"])
    isAgainstBank = form["against"] == "bank"
    taken = Set(form.values(namedFrom: "take-").filter { $0.value == "theirs" }.keys)
    manuscript = ItemManuscript()
    for column in ItemSheetColumn.all { manuscript[column] = form[column.name] ?? "" }
    // What an item of the bank is called cannot be changed.
    if let base = draft?.base { manuscript[.identifier] = base.item.rawValue }
  }

  /// How many choices are wanted: never more than there are letters for, whatever is sent.
  static func rows(_ text: (some StringProtocol)?) -> Int {
    min(max(text.flatMap { Int($0) } ?? 0, 0), ItemSheetColumn.letters.count)
  }

  /// The text with the parts of another one that are wanted.
  func merged(with other: ItemManuscript) -> ItemManuscript {
    var merged = manuscript
    for column in ItemSheetColumn.all where taken.contains(column.name) {
      merged[column] = other[column]
    }
    return merged
  }
}
