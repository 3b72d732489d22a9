/// Nodes laid out in groups of eight, the last group filled up with nodes of no weight.
///
/// Sums over nodes then run in vector registers in an order that does not depend on the processor.
struct NodeGrid: Sendable {
  typealias Lane = SIMD8<Double>

  /// How many nodes there are before filling up.
  let count: Int
  /// The abilities, filled up with 0.
  let nodes: [Lane]

  init(_ nodes: [Double]) {
    count = nodes.count
    self.nodes = Self.lanes(nodes)
  }

  /// How many groups of eight there are.
  var lanes: Int { nodes.count }

  /// Numbers in groups of eight, filled up with zeros.
  static func lanes(_ values: [Double]) -> [Lane] {
    stride(from: 0, to: values.count, by: 8).map { start in
      var lane = Lane.zero
      for place in start..<min(start + 8, values.count) { lane[place - start] = values[place] }
      return lane
    }
  }
}
