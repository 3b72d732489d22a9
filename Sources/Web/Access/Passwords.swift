import CSodium
import NIOPosix

/// Hashes passwords with argon2id, at most two at a time and off the event loops: a school that
/// signs in at once must not hold up those who answer.
struct Passwords: Sendable {
  /// A hash that could not be made: the machine is out of memory.
  struct HashingFailed: Error {}

  /// OWASP's choice: 19 MiB, two passes; about 26 ms on the machine of `Benchmarks/README.md`.
  private static let memory = 19 * 1024 * 1024
  private static let passes: UInt64 = 2

  /// Two threads of their own.
  private let threads = NIOThreadPool(numberOfThreads: 2)
  /// A hash of no password, so that a name that does not exist takes as long as one that does.
  private static let decoy =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

  init() {
    threads.start()
  }

  /// The hash of a password, with its parameters, in libsodium's text form.
  func hash(_ password: String) async throws -> String {
    try await threads.runIfActive {
      var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
      let bytes = password.utf8.map { CChar(bitPattern: $0) }
      guard
        crypto_pwhash_str(&text, bytes, UInt64(bytes.count), Self.passes, Self.memory) == 0
      else { throw HashingFailed() }
      return String(
        decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// Whether a password is the one of a hash.
  ///
  /// - Parameters:
  ///   - password: what was typed.
  ///   - hash: the hash; nil if there is no such account, which is then never right.
  /// - Returns: whether it is right.
  /// - Throws: an error if the service is ending.
  func verify(_ password: String, against hash: String?) async throws -> Bool {
    try await threads.runIfActive {
      let bytes = password.utf8.map { CChar(bitPattern: $0) }
      let isRight = crypto_pwhash_str_verify(hash ?? Self.decoy, bytes, UInt64(bytes.count)) == 0
      return isRight && hash != nil
    }
  }
}

/// Which passwords are refused, after OWASP ASVS 6.2: length counts, not kinds of characters.
enum PasswordRule {
  /// Why a password is refused; texts under `account.` in the locales.
  enum Fault: String, Hashable, Sendable, CaseIterable {
    case passwordShort
    case passwordLong
    case passwordCommon
    case passwordContext
  }

  /// The fewest characters.
  static let minimum = 8
  /// The most characters.
  static let maximum = 128

  /// Why a password is refused; nil if it is taken.
  ///
  /// - Parameters:
  ///   - password: what was typed.
  ///   - context: words that must not make it up: the login, the name, the product.
  /// - Returns: the first reason.
  static func fault(_ password: String, context: [String]) -> Fault? {
    guard password.count >= minimum else { return .passwordShort }
    guard password.count <= maximum else { return .passwordLong }
    let plain = password.lowercased()
    if common.contains(where: { plain.hasPrefix($0) && plain.count - $0.count <= 4 }) {
      return .passwordCommon
    }
    if Set(plain).count < 4 || isRun(plain) { return .passwordCommon }
    let words = context.map { $0.lowercased() }.filter { $0.count >= 3 }
    if words.contains(where: { plain.contains($0) && plain.count - $0.count < minimum }) {
      return .passwordContext
    }
    return nil
  }

  /// Whether it only counts up or down: 12345678, abcdefgh.
  private static func isRun(_ text: String) -> Bool {
    let values = text.unicodeScalars.map { Int($0.value) }
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    return steps.allSatisfy { $0 == 1 } || steps.allSatisfy { $0 == -1 }
  }

  /// The beginnings of passwords that everybody tries first.
  private static let common = [
    "password", "passw0rd", "p@ssw0rd", "qwerty", "qwertyuiop", "1q2w3e4r", "1qaz2wsx", "asdfgh",
    "zxcvbn", "123456", "1234567", "12345678", "123123", "111111", "000000", "666666", "888888",
    "5201314", "1314520", "woaini", "iloveyou", "abc123", "abcd1234", "a123456", "admin",
    "administrator", "letmein", "welcome", "jiaoshi", "laoshi", "xuexiao", "jiaoyu", "teacher",
    "school", "test", "changeme", "root", "guest", "bianque",
  ]
}
