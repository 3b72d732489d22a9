public import Foundation
public import ItemBank

/// A text of a draft that somebody wants to be kept.
public struct ItemDraftSaving: Hashable, Sendable {
  /// The text.
  public var manuscript: ItemManuscript
  /// The number of the text it was made from.
  public var revision: Int
  /// The page it was written on.
  public var page: String
  /// Whether it may follow later texts of the same page: a form that a person sends does, what a
  /// script sends by itself does not, since it may arrive late.
  public var followsOwnPage: Bool
  /// What the bank has of the item by now, when the text was compared with it; nil leaves it.
  public var base: ItemManuscript?
  /// The account.
  public var editor: String

  /// Creates a wish.
  public init(
    _ manuscript: ItemManuscript, from revision: Int, page: String, followsOwnPage: Bool,
    base: ItemManuscript? = nil, editor: String
  ) {
    self.manuscript = manuscript
    self.revision = revision
    self.page = page
    self.followsOwnPage = followsOwnPage
    self.base = base
    self.editor = editor
  }
}

/// What came of keeping a text.
public enum ItemDraftSaved: Hashable, Sendable {
  /// The draft as it is by now.
  case kept(ItemDraft)
  /// Somebody else kept another text meanwhile, which is here; nothing changed.
  case stale(ItemDraft)
  /// There is no such draft any more.
  case gone
}

extension Store {
  /// Keeps a text of a draft, unless it would overwrite what its author has not seen.
  ///
  /// The same text once more makes no new revision.
  ///
  /// - Throws: the database's error if it cannot be kept.
  public func saveItemDraft(
    _ id: ItemDraft.ID, _ saving: ItemDraftSaving, at time: Date
  ) async throws -> ItemDraftSaved {
    try await commits.commit { connection in
      guard let present = try connection.itemDraft(id) else { return .gone }
      let isSame = saving.manuscript == present.manuscript
      if !isSame, saving.revision != present.revision {
        let others = try connection.row(
          """
          SELECT revision FROM item_draft_revision
          WHERE draft = \(id.rawValue) AND revision > \(saving.revision) AND page <> \(saving.page)
          LIMIT 1
          """)
        let isOwn = saving.followsOwnPage && saving.revision < present.revision && others == nil
        guard isOwn else { return .stale(present) }
      }
      if let base = saving.base {
        try connection.execute(
          "UPDATE item_draft SET base = \(try base.namedTexts.storedJSON()) WHERE id = \(id.rawValue)"
        )
      }
      if !isSame {
        try connection.keep(
          saving.manuscript, as: present.revision + 1, of: id, editor: saving.editor,
          page: saving.page, at: time)
      }
      return try connection.itemDraft(id).map { .kept($0) } ?? .gone
    }
  }
}
