/// Why a test session refused what it was sent.
///
/// Each case is something a teacher can cause by going back, opening a second tab or sending a form
/// again, so each has its own words on the page. None is a defect of an item or of the program.
public enum SessionError: Error, Hashable, Sendable {
  /// The stage was submitted before; its answers count as they were.
  case stageClosed(Int)
  /// The stage has not been reached yet.
  case stageNotReached(Int, current: Int)
  /// The session is finished.
  case finished
  /// The item does not stand in the stage that is open.
  case itemNotPresented(String)
  /// More answers were sent than a person gives; the ones before are kept.
  case tooManyAnswers
  /// The response does not fit the item: an unknown choice, or more than it allows.
  case responseDoesNotFit(item: String)
}
