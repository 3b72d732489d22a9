public import Foundation
public import ItemBank

extension Store {
  /// Begins a draft, or finds the one in which the item is being changed already.
  ///
  /// Of one item there is one draft: whoever wants to change it too writes on in it.
  ///
  /// - Parameters:
  ///   - id: the name of a new draft.
  ///   - manuscript: the first text.
  ///   - item: the item of the bank that it changes; nil for a new one.
  ///   - author: the account.
  ///   - time: when.
  /// - Returns: the draft to write in.
  /// - Throws: the database's error if it cannot be kept.
  public func beginItemDraft(
    _ id: ItemDraft.ID, with manuscript: ItemManuscript, changing item: AssessmentItem.ID?,
    author: String, at time: Date
  ) async throws -> ItemDraft.ID {
    try await commits.commit { connection in
      let present = try connection.row(
        "SELECT id FROM item_draft WHERE item = \(item?.rawValue) LIMIT 1")
      if let present { return ItemDraft.ID(rawValue: try present.text("id")) }
      let base = try item.map { _ in try manuscript.namedTexts.storedJSON() }
      try connection.execute(
        """
        INSERT INTO item_draft (id, item, base, author, begun_at)
        VALUES (\(id.rawValue), \(item?.rawValue), \(base), \(author), \(time.storedTime))
        """)
      try connection.keep(
        manuscript, as: 1, of: id, editor: author, page: "", at: time)
      try connection.audit(
        AuditEvent(
          actor: author, action: "begin-item-draft", object: "item-draft:\(id.rawValue)",
          detail: item?.rawValue ?? ""), at: time)
      return id
    }
  }
}
