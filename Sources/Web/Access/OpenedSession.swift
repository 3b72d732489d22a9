import Delivery
import ItemBank
import Storage

/// A session that the visitor's token opens.
///
/// Only this initialiser makes one, so a page that needs a session cannot forget to ask.
struct OpenedSession: Sendable {
  let key: SessionKey
  let stored: StoredSession
  let bank: Bank
  let session: TestSession

  /// Opens the session of a request's path.
  ///
  /// - Throws: ``Refusal/notFound`` if there is none that the visitor may open;
  ///   ``Refusal/signInNeeded`` if it may be that of somebody whose sign-in has run out.
  init(_ context: VisitorContext, site: Site) async throws {
    do {
      try await self.init(try Self.key(context), site: site)
    } catch Refusal.notFound where context.hasExpired {
      throw Refusal.signInNeeded
    }
  }

  /// Opens a session with a key.
  ///
  /// - Throws: ``Refusal/notFound`` if it opens none.
  init(_ key: SessionKey, site: Site) async throws {
    guard let stored = try await site.store.session(key) else { throw Refusal.notFound }
    self.key = key
    self.stored = stored
    bank = try await site.publications.bank(stored.start.bankVersion)
    session = try stored.replayed(bank: bank)
  }

  /// What the visitor holds for the session of a request's path.
  ///
  /// - Throws: ``Refusal/notFound`` if the visitor holds nothing.
  static func key(_ context: VisitorContext) throws(Refusal) -> SessionKey {
    guard let owner = context.owner else { throw .notFound }
    return SessionKey(
      id: TestSession.ID(rawValue: try context.parameter("session")), owner: owner)
  }
}
