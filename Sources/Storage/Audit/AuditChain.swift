import CSodium

/// The chain that makes a changed, removed or inserted line of the audit log show.
///
/// Each line's hash is taken over the hash before it and the line's own text, so that every later
/// hash depends on every earlier line. Whoever can write the file can also compute a new chain from
/// a changed line on: the last hash, noted elsewhere, shows that too.
enum AuditChain {
  /// What stands before the first line.
  static let start = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))

  /// The hash of a line.
  ///
  /// - Parameters:
  ///   - event: what the line says.
  ///   - position: its place.
  ///   - time: its time as it is stored.
  ///   - previous: the hash of the line before it.
  /// - Returns: 32 bytes.
  static func hash(
    _ event: AuditEvent, position: Int, time: String, after previous: [UInt8]
  ) -> [UInt8] {
    var content = previous
    // Each field with its length: no field can run into the next.
    for field in [
      "\(position)", time, event.actor, event.action, event.object, event.outcome.rawValue,
      event.detail,
    ] {
      content += [UInt8]("\(field.utf8.count):".utf8) + [UInt8](field.utf8)
    }
    var hash = start
    crypto_hash_sha256(&hash, content, UInt64(content.count))
    return hash
  }
}
