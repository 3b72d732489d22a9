/// How many people of a group do something, as far as it is published: a range of at least K numbers.
///
/// A number that is counted and not estimated would tell of single people, night after night. So
/// only a range is published, and the next range is cut so that it says nothing new about the former
/// one: every number of the former range can still be the true one, and so can every number of the
/// new one. Nights follow each other like the links of a chain, so what holds for each pair of
/// neighbours holds for all nights together: however many are laid side by side, each number keeps
/// its whole range, and so does how many of those who joined are among them.
public struct CountRange: Hashable, Sendable {
  /// The smallest number it can be.
  public var lowest: Int
  /// The largest number it can be.
  public var highest: Int

  /// Creates a range.
  public init(lowest: Int, highest: Int) {
    self.lowest = lowest
    self.highest = highest
  }

  /// A number that everybody knows to be nought: nobody is counted yet.
  static let nobody = CountRange(lowest: 0, highest: 0)

  /// The middle: what to sort by.
  public var middle: Double { Double(lowest + highest) / 2 }

  /// Whether a number lies in it.
  func contains(_ number: Int) -> Bool { (lowest...highest).contains(number) }

  /// Two groups without a person in common, together.
  public static func + (left: Self, right: Self) -> Self {
    CountRange(lowest: left.lowest + right.lowest, highest: left.highest + right.highest)
  }

  /// The range to publish when people have joined.
  ///
  /// - Parameters:
  ///   - joined: how many joined; nobody leaves.
  ///   - number: the number with them.
  ///   - width: of how many numbers a range is made at least.
  /// - Returns: the range that holds the number.
  /// - Precondition: at least twice `width` people joined a number that was nought, or as many as the
  ///   former range has numbers and once `width` another; the number is possible.
  func after(joined: Int, number: Int, width: Int) -> CountRange {
    CountRange.cut(self, joined: joined, width: width).first { $0.contains(number) }
      ?? CountRange(lowest: lowest, highest: highest + joined)
  }

  /// All ranges that could follow a range, ascending and without a gap.
  ///
  /// A range that begins above `lowest + joined` would say that the former number was not the lowest,
  /// and one that ends below `highest` that it was not the highest.
  static func cut(_ former: CountRange, joined: Int, width: Int) -> [CountRange] {
    let end = former.highest + joined
    // Nothing is hidden in a nought that everybody knows.
    let first = former == .nobody ? width : former.highest + 1
    let last = former == .nobody ? joined - width + 1 : former.lowest + joined
    guard last >= first else { return [CountRange(lowest: former.lowest, highest: end)] }
    var starts = [former.lowest] + stride(from: first, through: last - width, by: width)
    starts.append(last)
    return starts.indices.map { place in
      CountRange(
        lowest: starts[place],
        highest: place + 1 < starts.count ? starts[place + 1] - 1 : end)
    }
  }
}
