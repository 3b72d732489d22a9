import Delivery
import Hummingbird
import Storage

/// What a person or a program is told when a request cannot be served.
///
/// The only place where an error becomes a status code and words. A new case of an error does not
/// compile until it has both.
struct ErrorPage: Hashable, Sendable {
  /// Texts under `error.` in the locales.
  enum Wording: String, Hashable, Sendable, CaseIterable {
    case notFound
    case expired
    case unreadable
    case broken
    case unavailable
    case closed
    case unauthorised
    case notFinished
    case signInNeeded
    case forbidden
    case tooLarge
  }

  var status: HTTPResponse.Status
  var wording: Wording
  /// The last part of the problem's `type`, stable for programs.
  var type: String
  /// What a program is told beside: the field or the stage meant.
  var detail: String?
  /// The most bytes that are taken, when there were more.
  var limit: Int?
  /// What is said instead in the reader's language, when an answer is not complete yet.
  var fault: AnswerFault?

  init(_ error: any Error) {
    switch error {
    case let error as SessionError: self.init(sessionError: error)
    case let error as Refusal: self.init(refusal: error)
    case StoreError.busy, StoreError.cannotWrite:
      self.init(.serviceUnavailable, .unavailable, "busy")
    case let error as HTTPError where error.status == .notFound:
      self.init(.notFound, .notFound, "not-found")
    case let error as HTTPError where error.status.code < 500:
      self.init(error.status, .unreadable, "request-not-understood")
    default:
      // Never the error's own text: it may quote a query or somebody's data.
      self.init(.internalServerError, .broken, "internal")
    }
  }

  private init(sessionError error: SessionError) {
    switch error {
    case .stageClosed(let number):
      self.init(.conflict, .closed, "stage-closed", "stage \(number)")
    case .stageNotReached(let number, let current):
      self.init(.conflict, .closed, "stage-not-reached", "stage \(number); \(current) is open")
    case .finished: self.init(.conflict, .closed, "session-finished")
    case .itemNotPresented(let item): self.init(.notFound, .notFound, "item-not-presented", item)
    case .tooManyAnswers: self.init(.tooManyRequests, .unavailable, "too-many-answers")
    case .responseDoesNotFit(let item):
      self.init(.unprocessableContent, .unreadable, "response-does-not-fit", item)
    }
  }

  private init(refusal: Refusal) {
    switch refusal {
    case .notFound: self.init(.notFound, .notFound, "not-found")
    case .foreignForm: self.init(.forbidden, .expired, "foreign-form")
    case .unreadable: self.init(.badRequest, .unreadable, "request-not-understood")
    case .invalid(let field):
      self.init(.unprocessableContent, .unreadable, "invalid-field", field)
    case .incomplete(let fault):
      self.init(.unprocessableContent, .unreadable, "answer-incomplete")
      self.fault = fault
    case .unauthorised: self.init(.unauthorized, .unauthorised, "unauthorised")
    case .signInNeeded: self.init(.unauthorized, .signInNeeded, "sign-in-needed")
    case .forbidden: self.init(.forbidden, .forbidden, "forbidden")
    case .tooLarge(let limit):
      self.init(.contentTooLarge, .tooLarge, "too-large", "at most \(limit) bytes")
      self.limit = limit
    case .notFinished: self.init(.conflict, .notFinished, "not-finished")
    }
  }

  private init(
    _ status: HTTPResponse.Status, _ wording: Wording, _ type: String, _ detail: String? = nil
  ) {
    self.status = status
    self.wording = wording
    self.type = type
    self.detail = detail
  }

  /// Whether an operator has to look: the reference is then shown and logged.
  var isOurs: Bool { status.code >= 500 }

  /// The page for a person.
  func page(_ phrases: Phrases, address: String, reference: String) -> Page {
    var values: [String: Any] = [
      "headingText": phrases("error.\(wording.rawValue)Title"),
      "text": phrases("error.\(wording.rawValue)", ["limit": limit.map(Self.size) ?? ""]),
      "link":
        wording == .signInNeeded
        ? ["url": SitePath.signIn, "text": phrases("account.signIn")]
        : ["url": SitePath.landing, "text": phrases("error.home")],
    ]
    if isOurs { values["reference"] = reference }
    return Page(
      template: "teacher/error", title: phrases("error.\(wording.rawValue)Title"),
      address: address, status: status, isCanonical: false, values: values)
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 1_000_000 ? "\(bytes / 1000) KB" : "\(bytes / 1_000_000) MB"
  }

  /// The problem for a program, after RFC 9457.
  func problem(_ phrases: Phrases, reference: String) -> ProblemDetails {
    ProblemDetails(
      type: "https://bianque.example/problems/\(type)",
      title: phrases("error.\(wording.rawValue)Title"), status: Int(status.code),
      detail: fault?.text(phrases) ?? detail,
      instance: "urn:bianque:request:\(reference)")
  }
}
