import Hummingbird

/// What is known of a request beside the request itself.
struct VisitorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The language of the answer.
  var language = Language.chinese
  /// The token that the visitor holds; nil for a first visit.
  var token: AccessToken?
  /// Whether the token came in the header of a program and not in a browser's cookie.
  var isBearer = false
  /// Names the request in the log and on an error page.
  var reference: String

  /// Forms are small; an API body holds one answer or a stage of them.
  var maxUploadSize: Int { 256 * 1024 }

  /// Whether the connection comes from this machine.
  let isFromThisMachine: Bool

  init(source: ApplicationRequestContextSource) {
    isFromThisMachine =
      switch source.channel.remoteAddress?.ipAddress {
      case nil, "127.0.0.1", "::1": true
      default: false
      }
    coreContext = CoreRequestContextStorage(source: source)
    reference = AccessToken.randomName()
  }
}
