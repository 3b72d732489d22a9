import CSodium

/// The key to the sessions of one browser, or of one program that uses the API.
///
/// 256 random bits. The database holds only its hash, so a copy of the database opens no session.
struct AccessToken: Hashable, Sendable {
  /// The token as the browser keeps it: 43 characters that need no escaping in a cookie or a header.
  let text: String

  /// Makes a new token.
  init() {
    text = Self.randomText(byteCount: 32)
  }

  /// Takes a token that a browser or program sent.
  ///
  /// - Returns: nil if it cannot be one of ours.
  init?(_ text: some StringProtocol) {
    let isOurs = { (byte: UInt8) in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard text.utf8.count == 43, text.utf8.allSatisfy(isOurs) else { return nil }
    self.text = String(text)
  }

  /// What the database holds of it.
  var hash: [UInt8] {
    Digest(of: [UInt8](text.utf8)).bytes
  }

  /// A random name that a person can read out: 16 letters and digits of which none looks like
  /// another, 78 bits.
  static func randomName() -> String {
    let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz")
    return String((0..<16).map { _ in alphabet[Int(randombytes_uniform(UInt32(alphabet.count)))] })
  }

  /// Random text of the URL-safe base64 alphabet, without padding.
  static func randomText(byteCount: Int) -> String {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    randombytes_buf(&bytes, byteCount)
    let capacity = sodium_base64_encoded_len(byteCount, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
    var characters = [CChar](repeating: 0, count: capacity)
    sodium_bin2base64(
      &characters, capacity, bytes, byteCount, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
    // The last character is C's end of text.
    return String(decoding: characters.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
