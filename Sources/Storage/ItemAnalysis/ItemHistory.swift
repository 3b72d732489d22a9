public import Foundation
public import ItemBank

/// A version of a bank in which an item reads or is scored otherwise than in the one before.
public struct ItemEdition: Hashable, Sendable {
  /// The bank.
  public var version: Bank.Version
  /// SHA-256 of the item's content in it.
  public var contentHash: String
  /// When the bank was published.
  public var publishedAt: Date
}

extension Store {
  /// The editions of an item in the banks that were published here, oldest first.
  ///
  /// - Throws: the database's error if they cannot be read.
  public func editions(of item: AssessmentItem.ID) async throws -> [ItemEdition] {
    try await engine.read { connection in
      let rows = try connection.rows(
        """
        SELECT publication.version AS version, content_hash, published_at
        FROM publication JOIN published_item
          ON published_item.kind = publication.kind AND published_item.version = publication.version
        WHERE publication.kind = 'bank' AND item = \(item.rawValue)
        ORDER BY published_at, publication.version
        """)
      var editions: [ItemEdition] = []
      for row in rows {
        let hash = try row.text("content_hash")
        if editions.last?.contentHash == hash { continue }
        editions.append(
          ItemEdition(
            version: Bank.Version(rawValue: try row.text("version")), contentHash: hash,
            publishedAt: try Date(storedTime: try row.text("published_at"))))
      }
      return editions
    }
  }
}
