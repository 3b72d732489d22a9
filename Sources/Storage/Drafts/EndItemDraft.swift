public import Foundation
import ItemBank

extension Store {
  /// Throws a draft away; the reason is kept in the audit log.
  ///
  /// - Returns: whether there was such a draft.
  /// - Throws: the database's error if it cannot be kept.
  public func deleteItemDraft(
    _ id: ItemDraft.ID, reason: String, actor: String, at time: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      guard try connection.removeItemDraft(id) else { return false }
      try connection.audit(
        AuditEvent(
          actor: actor, action: "delete-item-draft", object: "item-draft:\(id.rawValue)",
          detail: reason), at: time)
      return true
    }
  }

  /// Ends a draft whose text is in the bank now.
  ///
  /// Was another text kept meanwhile, the draft stays, as a change of what is in the bank now.
  ///
  /// - Parameters:
  ///   - draft: the draft with the text that was handed in.
  ///   - actor: who handed it in.
  ///   - time: when.
  /// - Throws: the database's error if it cannot be kept.
  public func endItemDraft(
    handedIn draft: ItemDraft, actor: String, at time: Date
  ) async throws {
    let item = draft.manuscript[.identifier]
    try await commits.commit { connection in
      guard let present = try connection.itemDraft(draft.id) else { return }
      if present.revision == draft.revision {
        _ = try connection.removeItemDraft(draft.id)
      } else {
        try connection.execute(
          """
          UPDATE item_draft SET item = \(item),
            base = \(try draft.manuscript.namedTexts.storedJSON())
          WHERE id = \(draft.id.rawValue)
          """)
      }
      try connection.audit(
        AuditEvent(
          actor: actor, action: "hand-in-item", object: "item-draft:\(draft.id.rawValue)",
          detail: item), at: time)
    }
  }
}

extension SQLiteConnection {
  /// Removes a draft with all its texts.
  fileprivate func removeItemDraft(_ id: ItemDraft.ID) throws -> Bool {
    try execute("DELETE FROM item_draft_revision WHERE draft = \(id.rawValue)")
    return try execute("DELETE FROM item_draft WHERE id = \(id.rawValue)") == 1
  }
}
