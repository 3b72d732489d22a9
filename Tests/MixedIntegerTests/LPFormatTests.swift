import MixedInteger
import Testing

struct LPFormatTests {
  /// A knapsack with one real variable: small enough to look at every set.
  private static func knapsack(_ seed: Int) -> MixedIntegerProgram {
    var program = MixedIntegerProgram()
    let sizes = (0..<6).map { Double((seed * 7 + $0 * 5) % 9 + 1) }
    let items = sizes.indices.map { place in
      program.addBinary("x\(place)", cost: -(sizes[place] * 1.25 + Double((seed + place) % 3)))
    }
    let spare = program.addReal("spare", to: 4, cost: 0.3)
    program.addRow(
      items.indices.map { .init(items[$0], sizes[$0]) } + [.init(spare, -1)], .atMost, 11)
    program.addRow([.init(items[0], 1), .init(items[1], 1)], .atMost, 1)
    program.addRow([.init(items[2], 1), .init(items[3], -1)], .atLeast, 0)
    return program
  }

  /// The least cost over all sets, the real variable at the ends of what the rows allow.
  private static func least(_ program: MixedIntegerProgram) -> Double {
    let count = program.variables.count { $0.isBinary }
    var least = Double.infinity
    for set in 0..<(1 << count) {
      for spare in stride(from: 0.0, through: 4, by: 1) {
        let values = (0..<count).map { Double(set >> $0 & 1) } + [spare]
        if program.allows(values) { least = min(least, program.cost(of: values)) }
      }
    }
    return least
  }

  @Test(arguments: 1...6)
  func `what the file says is the programme: read back, it has the same least cost`(seed: Int)
    throws
  {
    let program = Self.knapsack(seed)
    let read = try LPReading(program.lpText)
    #expect(read.program.variables == program.variables)
    #expect(read.program.rows == program.rows)
    #expect(Self.least(read.program) == Self.least(program))
  }

  @Test func `numbers read back exactly, whatever their size`() throws {
    var program = MixedIntegerProgram()
    let numbers = [0.1, 1.0 / 3, 1e-7, 123456.789, -2.5e-12, 7, -3, 1e15]
    let variables = numbers.indices.map { program.addBinary("x\($0)", cost: numbers[$0]) }
    program.addRow(variables.map { .init($0, numbers[$0]) }, .atMost, 1.0 / 7)
    let read = try LPReading(program.lpText).program
    #expect(read.variables.map(\.cost) == numbers)
    #expect(read.rows == program.rows)
  }

  @Test func `no line is so long that a reader stumbles`() {
    var program = MixedIntegerProgram()
    let variables = (0..<2000).map { program.addBinary("x\($0)", cost: 0.123456789012345) }
    program.addRow(variables.map { .init($0, 0.123456789012345) }, .atLeast, 1)
    let longest = program.lpText.split(separator: "\n").map(\.count).max() ?? 0
    #expect(longest < 255)
  }

  @Test func `values that break a row, a bound or a whole number are not allowed`() {
    let program = Self.knapsack(1)
    let none = [Double](repeating: 0, count: 7)
    #expect(program.allows(none))
    #expect(!program.allows([0.5] + none.dropFirst()))
    #expect(!program.allows([1, 1] + none.dropFirst(2)))
    #expect(!program.allows(none.dropLast() + [5]))
    #expect(!program.allows([0]))
  }
}

/// An LP file read by the grammar of its format, for these tests only.
struct LPReading {
  enum Fault: Error { case unexpected(String) }
  var program = MixedIntegerProgram()

  init(_ text: String) throws {
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("\\") }
    var sections: [String: [String]] = [:]
    var section = ""
    for line in lines {
      let name = line.trimmingPrefix { $0 == " " }
      if !line.hasPrefix(" ") {
        section = String(name)
        sections[section] = []
      } else if name.first == "+" || name.first == "-", !(sections[section] ?? []).isEmpty {
        let last = (sections[section]?.count ?? 1) - 1
        sections[section]?[last] += " " + name
      } else {
        sections[section]?.append(String(name))
      }
    }
    let binaries = Set(
      (sections["Binaries"] ?? []).flatMap { $0.split(separator: " ").map(String.init) })
    let rows = try (sections["Subject To"] ?? []).map(Self.row)
    let objective = try Self.terms(
      (sections["Minimize"] ?? []).joined(separator: " ").dropFirst("obj:".count))
    var bounds: [String: (Double, Double?)] = [:]
    for line in sections["Bounds"] ?? [] {
      let cells = line.split(separator: " ").map(String.init)
      if cells.count == 5 {
        bounds[cells[2]] = (Double(cells[0]) ?? .nan, Double(cells[4]))
      } else {
        bounds[cells[0]] = (Double(cells[2]) ?? .nan, nil)
      }
    }
    let costs = Dictionary(uniqueKeysWithValues: objective.map { ($0.0, $0.1) })
    var places: [String: Int] = [:]
    let names = Set(objective.map(\.0) + rows.flatMap { $0.0.map(\.0) }).union(binaries)
      .union(bounds.keys)
    // Binaries first, in the order the file lists them; then the others as their bounds stand.
    let ordered =
      (sections["Binaries"] ?? []).flatMap { $0.split(separator: " ").map(String.init) }
      + (sections["Bounds"] ?? []).map { line in
        let cells = line.split(separator: " ").map(String.init)
        return cells.count == 5 ? cells[2] : cells[0]
      }
    guard names == Set(ordered) else { throw Fault.unexpected("a name") }
    for name in ordered {
      if binaries.contains(name) {
        places[name] = program.addBinary(name, cost: costs[name] ?? 0)
      } else {
        let bound = bounds[name] ?? (0, nil)
        places[name] = program.addReal(
          name, from: bound.0, to: bound.1, cost: costs[name] ?? 0)
      }
    }
    for (terms, relation, bound) in rows {
      program.addRow(
        terms.map { .init(places[$0.0] ?? -1, $0.1) }, relation, bound)
    }
  }

  private static func row(
    _ line: String
  ) throws -> ([(String, Double)], MixedIntegerProgram.Relation, Double) {
    guard let colon = line.firstIndex(of: ":") else { throw Fault.unexpected(line) }
    for relation in [MixedIntegerProgram.Relation.atMost, .atLeast, .equal] {
      let text = line[line.index(after: colon)...]
      guard let range = text.firstRange(of: " \(relation.rawValue) ") else { continue }
      guard let bound = Double(text[range.upperBound...]) else { throw Fault.unexpected(line) }
      return (try terms(text[..<range.lowerBound]), relation, bound)
    }
    throw Fault.unexpected(line)
  }

  private static func terms(_ text: Substring) throws -> [(String, Double)] {
    let cells = text.split(separator: " ").map(String.init)
    guard cells.count.isMultiple(of: 3) else { throw Fault.unexpected(String(text)) }
    return try stride(from: 0, to: cells.count, by: 3).map { place in
      guard ["+", "-"].contains(cells[place]), let size = Double(cells[place + 1]) else {
        throw Fault.unexpected(cells[place])
      }
      return (cells[place + 2], cells[place] == "-" ? -size : size)
    }
  }
}
