public import Foundation
public import ItemBank

/// A blueprint that is being edited and that no teacher gets yet.
public struct BlueprintDraft: Hashable, Sendable {
  /// The blueprint as it was saved last.
  public var blueprint: Blueprint
  /// How often blueprints of the test were saved, from 1; no number comes twice, even where a draft
  /// was thrown away between.
  public var revision: Int
  /// Who saved it last.
  public var actor: String
  /// When.
  public var savedAt: Date
}

extension Store {
  /// The draft of a test's blueprint; nil when none is being edited.
  ///
  /// - Throws: the database's error; ``StoreError/unreadable(table:)`` for a draft of another
  ///   program.
  public func blueprintDraft(of test: AssessmentTest.ID) async throws -> BlueprintDraft? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT revision, blueprint, actor, saved_at FROM blueprint_draft
        WHERE test = \(test.rawValue) AND blueprint <> ''
        """
      ).map(BlueprintDraft.init(row:))
    }
  }

  /// Saves a draft.
  ///
  /// - Parameters:
  ///   - blueprint: the blueprint.
  ///   - revision: the one it was made from; nil when there was no draft.
  ///   - actor: who saves it.
  ///   - time: when.
  /// - Returns: whether it was saved; false if somebody else saved or discarded it meanwhile.
  /// - Throws: the database's error if it cannot be kept.
  public func saveBlueprintDraft(
    _ blueprint: Blueprint, after revision: Int?, actor: String, at time: Date
  ) async throws -> Bool {
    let content = String(decoding: try blueprint.written(), as: UTF8.self)
    return try await commits.commit { connection in
      let known = try connection.row(
        "SELECT revision, blueprint FROM blueprint_draft WHERE test = \(blueprint.test.rawValue)")
      let last = try known.map { Int(try $0.integer("revision")) }
      // A draft that is no more has left its number behind.
      let present = try known.flatMap { try $0.text("blueprint").isEmpty ? nil : last }
      guard present == revision else { return false }
      let next = (last ?? 0) + 1
      try connection.execute(
        """
        INSERT INTO blueprint_draft (test, revision, blueprint, actor, saved_at)
        VALUES (\(blueprint.test.rawValue), \(next), \(content), \(actor), \(time.storedTime))
        ON CONFLICT (test) DO UPDATE SET revision = excluded.revision,
          blueprint = excluded.blueprint, actor = excluded.actor, saved_at = excluded.saved_at
        """)
      try connection.audit(
        AuditEvent(
          actor: actor, action: "save-blueprint", object: "test:\(blueprint.test.rawValue)",
          detail: "revision: \(next)"), at: time)
      return true
    }
  }

  /// Throws a draft away, or takes it off the desk once it is in service.
  ///
  /// - Parameters:
  ///   - test: the test.
  ///   - revision: the draft that is meant; one that was saved since stays.
  ///   - actor: who does it.
  ///   - time: when.
  /// - Throws: the database's error.
  public func discardBlueprintDraft(
    of test: AssessmentTest.ID, revision: Int, actor: String, at time: Date
  ) async throws {
    try await commits.commit { connection in
      let removed = try connection.execute(
        """
        UPDATE blueprint_draft SET blueprint = ''
        WHERE test = \(test.rawValue) AND revision = \(revision) AND blueprint <> ''
        """)
      guard removed == 1 else { return }
      try connection.audit(
        AuditEvent(actor: actor, action: "discard-blueprint", object: "test:\(test.rawValue)"),
        at: time)
    }
  }
}

extension BlueprintDraft {
  fileprivate init(row: Row) throws {
    blueprint = try Blueprint(stored: try row.text("blueprint"), table: "blueprint_draft")
    revision = Int(try row.integer("revision"))
    actor = try row.text("actor")
    savedAt = try Date(storedTime: try row.text("saved_at"))
  }
}

extension Blueprint {
  /// Reads a blueprint as it is stored.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if it cannot be read.
  init(stored text: String, table: String) throws {
    guard let blueprint = Blueprint.read(bytes: Array(text.utf8), file: table).blueprint else {
      throw StoreError.unreadable(table: table)
    }
    self = blueprint
    file = ""
  }
}
