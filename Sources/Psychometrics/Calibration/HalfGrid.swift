/// The grid of one half of the abilities: one or two of them, each on the same nodes.
///
/// A cell is a node of the outer ability and one of the inner; the inner ones are filled up to
/// groups of eight. With one ability there is one outer cell.
struct HalfGrid: Sendable {
  /// The abilities, outer first.
  let abilities: [Int]
  /// The nodes of every ability.
  let grid: NodeGrid
  /// The same one by one, those that fill up included.
  let nodes: [Double]

  init(abilities: [Int], grid: NodeGrid) {
    self.abilities = abilities
    self.grid = grid
    nodes = grid.nodes.flatMap { lane in (0..<8).map { lane[$0] } }
  }

  /// Whether it has an outer ability.
  var isPair: Bool { abilities.count == 2 }
  /// The outer ability, or the only one.
  var outermost: Int { abilities[0] }
  /// The inner ability.
  var innermost: Int { abilities[abilities.count - 1] }
  /// How many outer cells there are.
  var outer: Int { isPair ? grid.count : 1 }
  /// How many inner cells there are, those filled up included.
  var inner: Int { 8 * grid.lanes }
  /// How many cells there are.
  var cells: Int { outer * inner }

  /// The abilities of a cell; nil for one that only fills up.
  func place(of cell: Int) -> [Double]? {
    let inside = cell % inner
    guard inside < grid.count else { return nil }
    let inmost = node(inside)
    return isPair ? [node(cell / inner), inmost] : [inmost]
  }

  /// The ability at a node.
  func node(_ number: Int) -> Double { nodes[number] }
}
