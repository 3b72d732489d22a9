import CSodium

/// SHA-256 over content.
enum ContentHash {
  /// The hash of pieces of content.
  ///
  /// - Parameter pieces: the pieces, hashed one after another as if they were one.
  /// - Returns: 64 hexadecimal digits.
  static func hexadecimal(_ pieces: [[UInt8]]) -> String {
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    for piece in pieces {
      crypto_hash_sha256_update(&state, piece, UInt64(piece.count))
    }
    var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &hash)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
