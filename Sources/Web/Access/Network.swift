import Foundation
import HTTPTypes
import Hummingbird

/// The network a request came from.
enum Network {
  /// The sender's address without its last part; what the proxy says if there is one, since
  /// otherwise all of a county would be one network.
  static func of(_ request: Request, _ context: VisitorContext, site: Site) -> String {
    let isProxied = site.settings.publicHost != nil && context.isFromThisMachine
    let address =
      (isProxied
        ? request.headers[.forwardedFor]?.split(separator: ",").last.map(String.init) : nil)
      ?? context.network
    let separator: Character = address.contains(":") ? ":" : "."
    // The proxy adds the address it saw at the end; anything before it the sender can invent.
    return address.trimmingCharacters(in: .whitespaces).split(separator: separator)
      .prefix(separator == ":" ? 4 : 3).joined(separator: String(separator))
  }
}
