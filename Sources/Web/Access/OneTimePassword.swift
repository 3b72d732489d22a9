import COath
import CSodium
import Foundation

/// The six digits of an authenticator app (TOTP, RFC 6238): SHA-1, 30 seconds.
enum OneTimePassword {
  /// The length of a secret, in bytes.
  static let secretByteCount = 20
  private static let period = 30
  private static let digits: UInt32 = 6

  /// A new secret.
  static func newSecret() -> [UInt8] {
    var secret = [UInt8](repeating: 0, count: secretByteCount)
    randombytes_buf(&secret, secret.count)
    return secret
  }

  /// The time step in which a password is right, one step early or late allowed; nil if in none.
  static func step(_ password: String, secret: [UInt8], at time: Date) -> Int? {
    let typed = SignInCode.normalised(password)
    let now = step(at: time)
    return [now, now - 1, now + 1].first { step in
      guard let right = text(secret: secret, step: step) else { return false }
      let (first, second) = ([UInt8](typed.utf8), [UInt8](right.utf8))
      return first.count == second.count && sodium_memcmp(first, second, first.count) == 0
    }
  }

  /// The password of a time step; nil if the library refuses the secret.
  static func text(secret: [UInt8], step: Int) -> String? {
    var output = [CChar](repeating: 0, count: Int(digits) + 1)
    let key = secret.map { CChar(bitPattern: $0) }
    let code = oath_totp_generate(
      key, key.count, step * period, UInt32(period), 0, digits, &output)
    guard code == Int32(OATH_OK.rawValue) else { return nil }
    return String(decoding: output.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A secret as people copy it by hand: base 32, in groups of four.
  static func readable(_ secret: [UInt8]) -> String {
    SignInCode.grouped(base32(secret))
  }

  /// The address that an authenticator app reads from a QR code.
  static func address(_ secret: [UInt8], account: String) -> String {
    let name =
      account.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "account"
    return "otpauth://totp/Bianque:\(name)?secret=\(base32(secret))&issuer=Bianque"
  }

  /// The secret that a person's copy of it stands for; nil if it is none.
  static func secret(readable text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (buffer, bits) = (0, 0)
    for letter in text.uppercased() where letter != "-" && letter != " " {
      guard let value = alphabet.firstIndex(of: letter) else { return nil }
      buffer = (buffer << 5 | value) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(buffer >> bits & 0xFF))
      }
    }
    return bytes.count == secretByteCount ? bytes : nil
  }

  /// The time step of a time.
  static func step(at time: Date) -> Int { Int(time.timeIntervalSince1970) / period }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

  private static func base32(_ bytes: [UInt8]) -> String {
    var text = ""
    var (buffer, bits) = (0, 0)
    for byte in bytes {
      buffer = (buffer << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[buffer >> bits & 31])
      }
    }
    if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
    return text
  }
}
