/// Random numbers that depend on nothing but their seed: the same on every machine, with every
/// toolchain, for good.
///
/// Drawing and shuffling are written out here because a stored session is drawn again years later,
/// and the standard library may change how it draws. Not for secrets.
///
/// Source: Steele, Lea & Flood (2014), *Fast splittable pseudorandom number generators*, OOPSLA
/// (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
  @usableFromInline var state: UInt64

  /// Starts the stream of a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// Starts one of many streams of a seed.
  ///
  /// - Parameters:
  ///   - seed: the seed.
  ///   - purpose: what the stream is for; another purpose has a stream of its own.
  public init(seed: UInt64, purpose: String) {
    // FNV-1a turns the purpose into a number that does not change between runs.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    state = seed ^ hash
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number in 0..<bound.
  ///
  /// The bias of the remainder is below 2⁻⁵⁰ for the bounds used here.
  ///
  /// - Precondition: the bound is at least 1.
  @inlinable
  public mutating func number(below bound: Int) -> Int {
    precondition(bound >= 1, "there is no number below \(bound)")
    return Int(next() % UInt64(bound))
  }

  /// The elements in a random order (Fisher–Yates).
  ///
  /// - Returns: the same elements, every order equally likely.
  @inlinable
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, number(below: last + 1))
    }
    return elements
  }
}
