/// What a visitor asked for and cannot have, where no domain error says it already.
enum Refusal: Error, Hashable, Sendable {
  /// There is no such page, session or plan, or this visitor may not open it: the two look alike.
  case notFound
  /// The form was not made by this site for this visitor.
  case foreignForm
  /// The body cannot be read.
  case unreadable
  /// A field of an API request is missing or wrong.
  case invalid(field: String)
  /// What stands in the fields of an item is no answer yet.
  case incomplete(AnswerFault)
  /// An API request without a token.
  case unauthorised
  /// A page for somebody who is signed in.
  case signInNeeded
  /// Whoever is signed in may not do this, or not with this.
  case forbidden
  /// More was sent than is taken, in bytes.
  case tooLarge(limit: Int)
  /// The page exists, and is not open yet: the result of a session that is not finished.
  case notFinished
}
