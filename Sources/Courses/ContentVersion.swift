/// The version of published content: 16 hexadecimal digits that change when a byte changes.
///
/// FNV-1a of 64 bits (offset basis 14695981039346656037, prime 1099511628211; Fowler, Noll, Vo). It
/// tells versions apart and is stable across machines. It is not a security measure: whoever wants
/// to can make two contents with the same version.
struct ContentVersion {
  private var state: UInt64 = 14_695_981_039_346_656_037

  /// Adds the bytes of one file.
  ///
  /// The length goes in too, so that moving bytes from one file to the next changes the version.
  mutating func add(_ bytes: some Collection<UInt8>) {
    for byte in bytes { add(byte) }
    var length = UInt64(bytes.count)
    for _ in 0..<8 {
      add(UInt8(truncatingIfNeeded: length))
      length >>= 8
    }
  }

  private mutating func add(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 1_099_511_628_211
  }

  /// The version as it is stored and shown.
  var hexadecimal: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
