import Hummingbird
import People
import Storage

/// What is known of a request beside the request itself.
struct VisitorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The language of the answer.
  var language = Language.chinese
  /// The token that the visitor holds; nil for a first visit.
  var token: AccessToken?
  /// Whether the token came in the header of a program and not in a browser's cookie.
  var isBearer = false
  /// The token with which somebody signed in, which may have run out; nil if nobody did.
  var accountToken: AccessToken?
  /// Who is signed in; nil if nobody is.
  var signedIn: SignedIn?
  /// Names the request in the log and on an error page.
  var reference: String

  /// Forms are small; an API body holds one answer or a stage of them.
  var maxUploadSize: Int { 256 * 1024 }

  /// Whether the connection comes from this machine.
  let isFromThisMachine: Bool

  /// The network the request came from, as far as this machine can tell.
  let network: String

  /// Whose sessions the visitor may open; nil if they can have none.
  var owner: SessionOwner? {
    let person: Person.ID? = if case .person(let person) = signedIn?.who { person.id } else { nil }
    guard token != nil || person != nil else { return nil }
    return SessionOwner(tokenHash: token?.hash, person: person)
  }

  /// Whether somebody was signed in here and the time for it has run out.
  var hasExpired: Bool { accountToken != nil && signedIn == nil }

  init(source: ApplicationRequestContextSource) {
    isFromThisMachine =
      switch source.channel.remoteAddress?.ipAddress {
      case nil, "127.0.0.1", "::1": true
      default: false
      }
    network = source.channel.remoteAddress?.ipAddress ?? ""
    coreContext = CoreRequestContextStorage(source: source)
    reference = AccessToken.randomName()
  }
}
