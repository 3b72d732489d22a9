/// Random numbers that are the same for the same seed, on every machine.
///
/// Source: Steele, Lea & Flood (2014), *Fast splittable pseudorandom number generators*, OOPSLA
/// (SplitMix64). Good enough to draw forms and shuffle choices; not for secrets.
struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts a stream of numbers.
  ///
  /// - Parameters:
  ///   - seed: the session's seed.
  ///   - purpose: keeps the streams of one session apart; the same for the same purpose.
  init(seed: UInt64, purpose: some StringProtocol) {
    // FNV-1a, to turn the purpose into a number that does not change between runs.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    state = seed ^ hash
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
