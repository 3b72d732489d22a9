import CSodium

/// A code that a person types to sign in: letters and digits of which none looks like another.
///
/// An activation code has 8 characters (40 bits) and works once; a personal code has 12 (60 bits).
/// With the school's code in front, either finds its person by itself: no list of names is shown.
enum SignInCode {
  /// Crockford's alphabet of 32: no I, L, O and U.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// A new activation code.
  static func activation() -> String { random(8) }

  /// A new personal code.
  static func personal() -> String { random(12) }

  /// Six digits for a school.
  static func school() -> String { "\(100_000 + randombytes_uniform(900_000))" }

  /// A code in groups of four, as it is printed.
  static func grouped(_ code: String) -> String {
    stride(from: 0, to: code.count, by: 4).map { start in
      String(code.dropFirst(start).prefix(4))
    }.joined(separator: "-")
  }

  /// What a person typed, as it was meant: full-width letters, small letters, spaces and hyphens are
  /// taken for what they stand for, O for 0, I and L for 1.
  static func normalised(_ text: String) -> String {
    var code = ""
    for scalar in text.unicodeScalars {
      let narrow =
        (0xFF01...0xFF5E).contains(scalar.value)
        ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      switch Character(narrow).uppercased() {
      case "O": code += "0"
      case "I", "L": code += "1"
      case let letter where letter.utf8.count == 1 && alphabet.contains(Character(letter)):
        code += letter
      default: continue
      }
    }
    return code
  }

  private static func random(_ length: Int) -> String {
    String((0..<length).map { _ in alphabet[Int(randombytes_uniform(UInt32(alphabet.count)))] })
  }
}

/// The key with which codes are hashed, so that a copy of the database alone lets nobody try codes.
public struct CodeKey: Hashable, Sendable {
  private let bytes: [UInt8]

  /// The length of a key, in bytes.
  public static let byteCount = 32

  /// Wraps a key.
  ///
  /// - Parameter bytes: ``byteCount`` secret random bytes.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Makes a new key.
  public init() {
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    randombytes_buf(&bytes, bytes.count)
    self.bytes = bytes
  }

  /// The key as it is kept in a file.
  public var content: [UInt8] { bytes }

  /// The keyed hash of a school's code and a person's.
  func hash(school: String, code: String) -> [UInt8] {
    let text = [UInt8]("\(SignInCode.normalised(school)) \(SignInCode.normalised(code))".utf8)
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_generichash(&hash, hash.count, text, UInt64(text.count), bytes, bytes.count)
    return hash
  }
}
