public import Foundation

/// The files of a bank or of a course catalogue as they were when they were put into service.
public enum PublicationKind: String, Hashable, Sendable, CaseIterable {
  /// An item bank. Sessions are pinned to a version of it.
  case bank
  /// Courses, providers and programmes. Plans are pinned to a version of them.
  case courses
}

extension Store {
  /// Keeps the files of a publication, so that what is pinned to it can be shown and worked out
  /// again when the folder they came from has changed.
  ///
  /// A version that is kept already stays as it is.
  ///
  /// - Parameters:
  ///   - kind: what is published.
  ///   - version: the version, which names the content.
  ///   - files: the files by their path in the folder.
  ///   - publishedAt: the time.
  /// - Throws: the database's error if they cannot be kept.
  public func publish(
    _ kind: PublicationKind, version: String, files: [String: [UInt8]], publishedAt: Date
  ) async throws {
    try await commits.commit { connection in
      _ = try connection.publish(kind, version: version, files: files, publishedAt: publishedAt)
    }
  }

  /// The files of a publication.
  ///
  /// - Parameters:
  ///   - kind: what was published.
  ///   - version: the version.
  /// - Returns: the files by their path; empty if the version was never published here.
  /// - Throws: the database's error if they cannot be read.
  public func publishedFiles(
    _ kind: PublicationKind, version: String
  ) async throws -> [String: [UInt8]] {
    try await engine.read { connection in
      let rows = try connection.rows(
        """
        SELECT path, content FROM publication_file
        WHERE kind = \(kind.rawValue) AND version = \(version)
        """)
      var files: [String: [UInt8]] = [:]
      for row in rows { files[try row.text("path")] = try row.blob("content") }
      return files
    }
  }
}

extension SQLiteConnection {
  /// Keeps the files of a publication.
  ///
  /// - Returns: whether the version was not there yet.
  func publish(
    _ kind: PublicationKind, version: String, files: [String: [UInt8]], publishedAt: Date
  ) throws -> Bool {
    let added = try execute(
      """
      INSERT INTO publication (kind, version, published_at)
      VALUES (\(kind.rawValue), \(version), \(publishedAt.storedTime))
      ON CONFLICT (kind, version) DO NOTHING
      """)
    guard added == 1 else { return false }
    for (path, content) in files.sorted(by: { $0.key < $1.key }) {
      try execute(
        """
        INSERT INTO publication_file (kind, version, path, content)
        VALUES (\(kind.rawValue), \(version), \(path), \(content))
        """)
    }
    return true
  }
}
