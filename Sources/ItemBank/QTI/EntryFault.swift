/// Something a candidate entered into a control.
public enum CandidateEntry: Hashable, Sendable {
  /// An option was taken.
  case taken(CandidateContent.Option.Meaning)
  /// A text was written.
  case written(String)
}

/// Why what was entered into the controls of an item is no response yet.
///
/// Each is something a candidate can do half way to an answer, so each has a remedy of its own.
public struct EntryFault: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// Something that the control does not offer.
    case notOffered
    /// So many choices have no place in the order yet.
    case placesMissing(Int)
    /// Several choices have this place.
    case placeTaken(Int)
    /// No choice has this place, while one has a later place.
    case placeSkipped(Int)
    /// The pair of this number, from 1, lacks one of its two choices.
    case halfPair(Int)
    /// The pair of this number, from 1, is a choice with itself.
    case pairWithItself(Int)
    /// More are taken than the question allows.
    case tooMany(maximum: Int)
    /// A choice is used more often than it may be.
    case usedTooOften(maximum: Int)
    /// A number is asked for, and this is none.
    case notANumber
    /// A text is longer than any answer.
    case tooLong(maximum: Int)
  }

  /// What is wrong.
  public var reason: Reason
  /// The fields it is wrong in.
  public var fields: [String]

  /// Creates a fault.
  public init(_ reason: Reason, in fields: [String]) {
    self.reason = reason
    self.fields = fields
  }
}
