import Delivery
import People

/// What was keyed in from the sheets of one teacher in one pass: a mark for each item.
struct PaperKeying: Hashable, Sendable {
  /// The marks; nil where nothing has been keyed in yet, which an empty place on the paper is not.
  var marks: [PaperAnswer?]

  /// Nothing keyed in.
  init(count: Int) { marks = [PaperAnswer?](repeating: nil, count: count) }

  /// What stands in the boxes of a form, such as `a1`, `a2`.
  init(_ form: Form, prefix: String, count: Int) {
    marks = (1...max(count, 1)).map { form["\(prefix)\($0)"].flatMap(PaperAnswer.init(token:)) }
  }

  /// A pass as a form carries it on, one character an item.
  init?(_ text: String?, count: Int) {
    guard let text, text.count == count else { return nil }
    marks = text.map { $0 == "." ? nil : PaperAnswer(token: String($0)) }
  }

  /// The pass as a form carries it on.
  var text: String { marks.map { $0?.token ?? "." }.joined() }

  /// The places at which nothing has been keyed in.
  var missing: [Int] { marks.indices.filter { marks[$0] == nil } }

  /// The places at which two passes say something else.
  func differences(from other: PaperKeying) -> [Int] {
    marks.indices.filter { marks[$0] != other.marks[$0] }
  }
}

extension PaperAnswer {
  static let unsureToken = "?"
  static let blankToken = "-"

  /// A mark as a form sends it: its letter, a question mark or a dash.
  init?(token: String) {
    switch token {
    case Self.unsureToken: self = .unsure
    case Self.blankToken: self = .blank
    default:
      guard let letter = token.first, token.count == 1,
        let place = TestSession.letters.firstIndex(of: letter)
      else { return nil }
      self = .letter(place)
    }
  }

  /// The mark as a form sends it.
  var token: String {
    switch self {
    case .unsure: Self.unsureToken
    case .blank: Self.blankToken
    case .letter(let place): String(TestSession.letters[place])
    }
  }
}

/// Where keying in stands.
///
/// Nothing is kept before both passes agree.
enum PaperStep: Hashable, Sendable {
  /// The first pass.
  case first(PaperKeying)
  /// The second, with what the first was.
  case second(PaperKeying, after: PaperKeying)
  /// The passes differ at these places.
  case compared(PaperKeying, PaperKeying, at: [Int])
  /// Both passes agree.
  case agreed(PaperKeying, of: Person.ID)
}

/// A form that was sent while keying in, and what follows from it.
struct PaperKeyedForm {
  /// The teacher that was chosen; nil if none was.
  let person: Person?
  /// What is to be done next.
  private(set) var step: PaperStep
  /// What is wrong with what was sent: the field and the key of its sentence.
  private(set) var faults: [(field: String, key: String)] = []

  init(_ form: Form, paper: OpenedPaper) {
    let count = paper.items.count
    let chosen = form["person"]
    person = paper.persons.first { $0.id.rawValue == chosen }
    let keyed = PaperKeying(form, prefix: "a", count: count)
    guard let first = PaperKeying(form["first"], count: count) else {
      step = .first(keyed)
      if person == nil { faults.append(("person", "paper.noPerson")) }
      faults += Self.faults(of: keyed, paper: paper)
      if faults.isEmpty { step = .second(PaperKeying(count: count), after: keyed) }
      return
    }
    guard let person else {
      step = .first(first)
      faults = [("person", "paper.noPerson")]
      return
    }
    if let second = PaperKeying(form["second"], count: count) {
      // Only what differed stands in the form; the rest is carried on.
      let boxes = (
        PaperKeying(form, prefix: "f", count: count), PaperKeying(form, prefix: "s", count: count)
      )
      var passes = (first, second)
      for place in first.differences(from: second) {
        passes.0.marks[place] = boxes.0.marks[place] ?? first.marks[place]
        passes.1.marks[place] = boxes.1.marks[place] ?? second.marks[place]
      }
      step = Self.compared(passes.0, passes.1, of: person)
    } else {
      faults = Self.faults(of: keyed, paper: paper)
      step =
        faults.isEmpty
        ? Self.compared(first, keyed, of: person) : .second(keyed, after: first)
    }
  }

  private static func compared(
    _ first: PaperKeying, _ second: PaperKeying, of person: Person
  ) -> PaperStep {
    let differences = first.differences(from: second)
    return differences.isEmpty
      ? .agreed(second, of: person.id) : .compared(first, second, at: differences)
  }

  /// Boxes that are empty, or hold a letter that the item has not.
  private static func faults(
    of keying: PaperKeying, paper: OpenedPaper
  ) -> [(field: String, key: String)] {
    keying.marks.indices.compactMap { place in
      switch keying.marks[place] {
      case nil: ("a\(place + 1)", "paper.missing")
      case .letter(let letter)?
      where paper.session.letteredChoices(of: paper.items[place]).count <= letter:
        ("a\(place + 1)", "paper.missing")
      default: nil
      }
    }
  }
}
