import CSodium

/// The SHA-256 of some bytes.
struct Digest: Hashable, Sendable {
  /// 32 bytes.
  let bytes: [UInt8]

  /// Hashes bytes.
  init(of content: [UInt8]) {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256(&digest, content, UInt64(content.count))
    bytes = digest
  }

  /// The digest in lower-case hexadecimal.
  var hex: String {
    bytes.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
