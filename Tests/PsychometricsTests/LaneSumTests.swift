import CLanes
import Testing

@testable import Psychometrics

/// The sums over the cells of a half grid, which are compiled for several processors.
struct LaneSumTests {
  private static let persons = 3
  private static let terms = 2
  /// 13 nodes, filled up to 16.
  private static let grid = NodeGrid((0..<13).map { -3 + 0.5 * Double($0) })

  /// A half with numbers that have all their digits, so that another order of a sum shows.
  private struct Case {
    var half: CLanesHalf
    var nodes: [Double]
    var outer: [Double]
    var inner: [Double]
    var factors: [Double]
    var others: [Double]
    var ranges: [CLanesRange]
    var weights: [Double] = [0.7, 1.3, 2.1]

    init(isPair: Bool) {
      var generator = SeededGenerator(seed: isPair ? 2 : 1)
      func numbers(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double.random(in: 0.1..<1, using: &generator) }
      }
      let (width, outers) = (8 * grid.lanes, isPair ? grid.count : 1)
      half = CLanesHalf(persons: persons, outer: outers, inner: width, is_pair: isPair)
      nodes = (0..<width).map { $0 < grid.count ? grid.nodes[$0 / 8][$0 % 8] : 0 }
      outer = numbers(persons * width)
      inner = numbers(persons * width)
      factors = numbers(8 * terms * outers * width)
      others = numbers(persons * 8 * terms)
      ranges = (0..<persons * outers).map { place in
        // Empty ones, short ones and whole ones.
        CLanesRange(first: place % 5, end: place % 7 == 0 ? place % 5 : 6 + place % 8)
      }
    }

    func weight(_ person: Int, _ node: Int) -> Double {
      half.is_pair ? outer[person * half.inner + node] : 1
    }
  }

  @Test(arguments: [false, true])
  func `integrals are Swift's to the last bit`(isPair: Bool) {
    let given = Case(isPair: isPair)
    let (half, size) = (given.half, Self.persons * Self.terms)
    var found = [SIMD8<Double>](repeating: .zero, count: 3 * size)
    clanes_integrate(
      half, Self.terms, given.factors, given.outer, given.inner, given.nodes, given.ranges, size,
      &found)
    for term in 0..<Self.terms {
      for person in 0..<Self.persons {
        var sums = [SIMD8<Double>](repeating: .zero, count: 3)
        for outer in 0..<half.outer {
          let range = given.ranges[person * half.outer + outer]
          var (total, moment) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
          for node in range.first..<range.end {
            let row = 8 * ((term * half.outer + outer) * half.inner + node)
            let part =
              SIMD8(given.factors[row..<row + 8]) * given.inner[person * half.inner + node]
            total += part
            moment += part * given.nodes[node]
          }
          let weight = given.weight(person, outer)
          sums[0] += total * weight
          sums[2] += moment * weight
          sums[1] += isPair ? total * (weight * given.nodes[outer]) : moment * weight
        }
        for moment in 0..<3 {
          #expect(found[moment * size + person * Self.terms + term] == sums[moment])
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func `posteriors are Swift's to the last bit`(isPair: Bool) {
    let given = Case(isPair: isPair)
    let (half, rank, lanes) = (given.half, 8 * Self.terms, given.half.inner / 8)
    var outer = [Double](repeating: 0, count: Self.persons * half.inner)
    var inner = outer
    let product = clanes_posteriors(
      half, rank, given.factors, given.others, given.outer, given.inner, given.nodes, given.ranges,
      given.weights, &outer, &inner)
    var expected = (outer: outer.map { _ in 0.0 }, inner: inner.map { _ in 0.0 }, product: 0.0)
    for node in 0..<half.outer {
      for person in 0..<Self.persons {
        let range = given.ranges[person * half.outer + node]
        guard range.first < range.end else { continue }
        let weight = given.weights[person] * given.weight(person, node)
        var (mass, moment) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        for lane in range.first / 8..<(range.end + 7) / 8 {
          var density = SIMD8<Double>.zero
          for term in 0..<rank {
            let row = 8 * ((node * rank + term) * lanes + lane)
            density += SIMD8(given.factors[row..<row + 8]) * given.others[person * rank + term]
          }
          let place = person * half.inner + 8 * lane
          let own = density * SIMD8(given.inner[place..<place + 8]) * weight
          for offset in 0..<8 { expected.inner[place + offset] += own[offset] }
          mass += own
          moment += own * SIMD8(given.nodes[8 * lane..<8 * lane + 8])
        }
        expected.outer[person * half.inner + node] = mass.sum()
        if isPair { expected.product += moment.sum() * given.nodes[node] }
      }
    }
    #expect(inner == expected.inner)
    #expect(outer == expected.outer)
    #expect(product == expected.product)
  }

  @Test(arguments: [false, true])
  func `a range holds every node that weighs more than the share of the largest, and ends with one`(
    isPair: Bool
  ) {
    var given = Case(isPair: isPair)
    let (half, count, share) = (given.half, Self.grid.count, 0.4)
    // A bump a person.
    for place in given.inner.indices {
      let distance = given.nodes[place % half.inner] - Double(place / half.inner)
      given.inner[place] = 1 / (1 + distance * distance)
    }
    let scales = Array(given.factors[..<(half.outer * half.inner)])
    clanes_ranges(half, count, share, given.outer, given.inner, scales, &given.ranges)
    for person in 0..<Self.persons {
      let cells = (0..<half.outer).map { outer in
        (0..<count).map {
          given.weight(person, outer) * given.inner[person * half.inner + $0]
            * scales[outer * half.inner + $0]
        }
      }
      let least = share * (cells.joined().max() ?? 0)
      for outer in 0..<half.outer {
        let matter = cells[outer].indices.filter { cells[outer][$0] > least }
        let range = given.ranges[person * half.outer + outer]
        if let first = matter.first, let last = matter.last {
          #expect([range.first, range.end] == [first, last + 1])
        } else {
          #expect(range.first == range.end)
        }
      }
    }
  }
}
