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
  var hex: String { bytes.hex }
}

extension [UInt8] {
  /// The bytes in lower-case hexadecimal, two digits each.
  var hex: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
