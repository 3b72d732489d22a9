/// What a candidate reads and answers of an item, ready to be drawn without knowing QTI.
///
/// There is nothing of keys, scores or feedback in it. Identifiers of choices are for reading the
/// answer back; whoever draws puts something else in their place.
public struct CandidateContent: Hashable, Sendable {
  /// A piece of the content, in order.
  public enum Part: Hashable, Sendable {
    /// Markup that may open elements a later part closes: only all parts in order are well formed.
    case markup(SafeMarkup)
    /// Something to answer within the text.
    case control(Control)
    /// Something to answer that stands by itself.
    case group(Group)
  }

  /// Controls that answer one question together.
  public struct Group: Hashable, Sendable {
    /// What the candidate has to do.
    public enum Task: Hashable, Sendable {
      /// Take one choice.
      case takeOne
      /// Take several; at most so many, 0 for no limit.
      case takeSeveral(maximum: Int)
      /// Give every choice its place, from 1.
      case putInOrder
      /// Choose a target for every choice.
      case match
      /// Make pairs.
      case pair
      /// Choose a word for every gap.
      case fillGaps
    }

    /// The response variable it sets.
    public var responseIdentifier: String
    /// What the candidate has to do.
    public var task: Task
    /// What is asked; nil when it stands in the text before.
    public var prompt: SafeMarkup?
    /// The controls, with the text around them.
    public var parts: [Part]

    /// Creates a group.
    public init(responseIdentifier: String, task: Task, prompt: SafeMarkup? = nil, parts: [Part]) {
      self.responseIdentifier = responseIdentifier
      self.task = task
      self.prompt = prompt
      self.parts = parts
    }
  }

  /// One thing to operate by keyboard and without a program.
  public struct Control: Hashable, Sendable {
    /// What it looks like.
    public enum Kind: Hashable, Sendable {
      /// Options of which one is taken.
      case radios([Option])
      /// Options of which several may be taken.
      case checkboxes([Option])
      /// A list from which one option is chosen, or none.
      case select([Option])
      /// One option in a text; those of the same field belong together.
      case mark(Option, isExclusive: Bool)
      /// A field for a text or a number.
      case text(TextField)
    }

    /// The name of its field, which is unique in the item but for marks: the response variable, and
    /// a number from 1 where several controls set one variable.
    public var field: String
    /// What it is about, such as the choice a target is chosen for; nil when it stands in a text or
    /// when the prompt says it.
    public var label: SafeMarkup?
    /// The choice or the gap it is about; nil when it is about the whole question.
    public var subject: SimpleChoice.ID?
    /// What it looks like.
    public var kind: Kind

    /// Creates a control.
    public init(
      field: String, label: SafeMarkup? = nil, subject: SimpleChoice.ID? = nil, kind: Kind
    ) {
      self.field = field
      self.label = label
      self.subject = subject
      self.kind = kind
    }

    /// What can be taken with it; nothing in a field to write in.
    public var options: [Option] {
      switch kind {
      case .radios(let options), .checkboxes(let options), .select(let options): options
      case .mark(let option, _): [option]
      case .text: []
      }
    }
  }

  /// Something that can be taken.
  public struct Option: Hashable, Sendable {
    /// What it means in a response.
    public enum Meaning: Hashable, Sendable {
      /// A choice, a target or a word.
      case choice(SimpleChoice.ID)
      /// A place in an order, from 1.
      case place(Int)
    }

    /// What it means in a response.
    public var meaning: Meaning
    /// What the candidate reads; a place has its number.
    public var label: SafeMarkup

    /// Creates an option.
    public init(meaning: Meaning, label: SafeMarkup) {
      self.meaning = meaning
      self.label = label
    }
  }

  /// A field to write in.
  public struct TextField: Hashable, Sendable {
    /// What may be written.
    public enum Content: Hashable, Sendable {
      /// Anything.
      case text
      /// A number.
      case decimal
      /// A whole number.
      case whole
    }

    /// What may be written.
    public var content: Content
    /// How many characters the author expects; nil when the item does not say.
    public var expectedLength: Int?

    /// Creates a field.
    public init(content: Content, expectedLength: Int? = nil) {
      self.content = content
      self.expectedLength = expectedLength
    }
  }

  /// The pieces, in order.
  public var parts: [Part]

  /// Creates content.
  public init(parts: [Part]) { self.parts = parts }

  /// All controls, in order.
  public var controls: [Control] {
    parts.flatMap { part in
      switch part {
      case .markup: [Control]()
      case .control(let control): [control]
      case .group(let group): group.controls
      }
    }
  }
}

extension CandidateContent.Group {
  /// Its controls, in order.
  public var controls: [CandidateContent.Control] {
    parts.compactMap { part in
      if case .control(let control) = part { control } else { nil }
    }
  }
}
