public import Foundation
public import ItemBank

/// An item that is being written, as it was kept last.
public struct ItemDraft: Hashable, Sendable {
  /// Identifies a draft.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// A name that tells nothing.
    public var rawValue: String
    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// What is changed of the bank.
  public struct Base: Hashable, Sendable {
    /// The item that is changed.
    public var item: AssessmentItem.ID
    /// What the bank had of it when the draft was begun, or last compared with it.
    public var manuscript: ItemManuscript

    /// Creates a base.
    public init(item: AssessmentItem.ID, manuscript: ItemManuscript) {
      self.item = item
      self.manuscript = manuscript
    }
  }

  /// Its name.
  public var id: ID
  /// What it changes; nil for a new item.
  public var base: Base?
  /// The account that began it.
  public var author: String
  /// When it was begun.
  public var begunAt: Date
  /// The number of the text, from 1.
  public var revision: Int
  /// The text.
  public var manuscript: ItemManuscript
  /// The account that kept the text.
  public var editor: String
  /// When the text was kept.
  public var savedAt: Date
}

extension SQLiteConnection {
  /// The newest text of a draft; nil when there is no such draft.
  func itemDraft(_ id: ItemDraft.ID) throws -> ItemDraft? {
    try row(
      """
      SELECT id, item, base, author, begun_at, revision, manuscript, editor, saved_at
      FROM item_draft JOIN item_draft_revision ON draft = id
      WHERE id = \(id.rawValue) ORDER BY revision DESC LIMIT 1
      """
    ).map(ItemDraft.init(row:))
  }

  /// Keeps a text of a draft.
  func keep(
    _ manuscript: ItemManuscript, as revision: Int, of draft: ItemDraft.ID, editor: String,
    page: String, at time: Date
  ) throws {
    try execute(
      """
      INSERT INTO item_draft_revision (draft, revision, manuscript, editor, page, saved_at)
      VALUES (\(draft.rawValue), \(revision), \(try manuscript.namedTexts.storedJSON()),
        \(editor), \(page), \(time.storedTime))
      """)
  }
}

extension ItemDraft {
  init(row: Row) throws {
    id = ID(rawValue: try row.text("id"))
    if let item = try row.optionalText("item"), let kept = try row.optionalText("base") {
      base = Base(
        item: AssessmentItem.ID(rawValue: item), manuscript: try ItemManuscript(storedJSON: kept))
    }
    author = try row.text("author")
    begunAt = try Date(storedTime: try row.text("begun_at"))
    revision = Int(try row.integer("revision"))
    manuscript = try ItemManuscript(storedJSON: try row.text("manuscript"))
    editor = try row.text("editor")
    savedAt = try Date(storedTime: try row.text("saved_at"))
  }
}

extension ItemManuscript {
  /// Reads a manuscript as it is stored: texts by the names of their columns.
  init(storedJSON text: String) throws {
    self.init(named: try JSONDecoder().decode([String: String].self, from: Data(text.utf8)))
  }
}
