import CSodium

/// The code on a printed plan: 16 characters of Crockford's alphabet, 80 bits.
///
/// It is worked out from the plan and its version under the key of codes, so that the same version
/// printed again has the same code, while the database holds only its hash.
struct SheetCode: Hashable, Sendable {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  private static let length = 16

  /// The characters, without hyphens.
  let text: String

  /// The code of a version of a plan.
  init(plan: String, version: Int, key: CodeKey) {
    let bytes = key.keyedHash("sheet \(plan) \(version)")
    text = String(bytes.prefix(Self.length).map { Self.alphabet[Int($0 & 31)] })
  }

  /// A code that somebody typed or a phone read; nil if it cannot be one.
  init?(typed: String) {
    let text = SignInCode.normalised(typed)
    guard text.count == Self.length else { return nil }
    self.text = text
  }

  /// The code in groups of four, as it is printed.
  var grouped: String { SignInCode.grouped(text) }

  /// What the database holds of it.
  func hash(_ key: CodeKey) -> [UInt8] { key.keyedHash("sheet code \(text)") }
}

extension CodeKey {
  /// The keyed hash of a text, 32 bytes.
  func keyedHash(_ text: String) -> [UInt8] {
    let (content, bytes) = ([UInt8](text.utf8), self.content)
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_generichash(&hash, hash.count, content, UInt64(content.count), bytes, bytes.count)
    return hash
  }
}
