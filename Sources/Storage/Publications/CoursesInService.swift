public import Foundation

extension Store {
  /// Keeps a version of the courses and puts it into service, both or neither.
  ///
  /// It stays until the next one, or until the folder of courses holds something else than it held
  /// then: whoever changes the folder means it. Plans keep the version they were made from.
  ///
  /// - Parameters:
  ///   - version: the version, which names the content.
  ///   - files: the files by their path in the folder.
  ///   - replaced: the version that it was made from and that must still be in service.
  ///   - folder: the version of the folder of courses now.
  ///   - actor: who does it, for the audit log.
  ///   - detail: what changed, for the audit log.
  ///   - time: the time.
  /// - Throws: ``StoreError/coursesChanged`` if another version came into service meanwhile; the
  ///   database's error if it cannot be kept.
  public func publishCourses(
    _ version: String, files: [String: [UInt8]], replacing replaced: String, folder: String,
    actor: String, detail: String, at time: Date
  ) async throws {
    try await commits.commit { connection in
      guard try connection.coursesInService(folder: folder) ?? folder == replaced else {
        throw StoreError.coursesChanged
      }
      _ = try connection.publish(.courses, version: version, files: files, publishedAt: time)
      let last = try connection.row(
        "SELECT max(position) AS position FROM courses_in_service")?.optionalInteger("position")
      try connection.execute(
        """
        INSERT INTO courses_in_service (position, kind, version, folder_version, actor, set_at)
        VALUES (\(Int(last ?? 0) + 1), \(PublicationKind.courses.rawValue), \(version), \(folder),
          \(actor), \(time.storedTime))
        """)
      try connection.audit(
        AuditEvent(
          actor: actor, action: "publish-courses", object: "service", detail: detail),
        at: time)
    }
  }

  /// The version of the courses that was brought in last.
  ///
  /// - Parameter folder: the version of the folder of courses now.
  /// - Returns: nil if none was brought in since the folder is what it is.
  /// - Throws: the database's error if it cannot be read.
  public func coursesInService(folder: String) async throws -> String? {
    try await engine.read { try $0.coursesInService(folder: folder) }
  }
}

extension SQLiteConnection {
  fileprivate func coursesInService(folder: String) throws -> String? {
    let row = try row(
      """
      SELECT version, folder_version FROM courses_in_service ORDER BY position DESC LIMIT 1
      """)
    guard let row, try row.text("folder_version") == folder else { return nil }
    return try row.text("version")
  }
}
