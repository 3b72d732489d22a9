/// What cbc 2.10 writes, read.
struct CBCReport {
  var log: String
  var solution: String

  /// The outcome; the bound is the solver's own, or what the gap it stopped at allows.
  func outcome(of program: MixedIntegerProgram, relativeGap: Double) -> SolverOutcome {
    let lines = solution.split(separator: "\n", omittingEmptySubsequences: true)
    let head = lines.first.map(String.init) ?? ""
    if head.hasPrefix("Infeasible") || head.hasPrefix("Integer infeasible") {
      return SolverOutcome(status: .infeasible)
    }
    let isOptimal = head.hasPrefix("Optimal")
    let hasValues = !head.contains("no integer solution") && !head.isEmpty
    let values = hasValues ? values(lines.dropFirst(), of: program) : nil
    let found = values.flatMap { program.allows($0, tolerance: 1e-5) ? $0 : nil }
    var bound = number(after: "Lower bound:")
    if bound == nil, isOptimal, let cost = number(after: "Objective value:") {
      // The gap asked for, and the eight digits the number is printed with.
      bound = cost - max(relativeGap * cost.magnitude, 1e-7)
    }
    return SolverOutcome(status: isOptimal ? .optimal : .stopped, values: found, bound: bound)
  }

  /// Lines of place, name, value and reduced cost; what is not there is 0.
  private func values(
    _ lines: ArraySlice<Substring>, of program: MixedIntegerProgram
  ) -> [Double] {
    let places = [String: Int](
      program.variables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var values = [Double](repeating: 0, count: program.variables.count)
    for line in lines {
      let cells = line.split(separator: " ").drop { $0 == "**" }
      guard cells.count >= 3, let place = places[String(cells[cells.startIndex + 1])],
        let value = Double(cells[cells.startIndex + 2])
      else { continue }
      values[place] = program.variables[place].isBinary ? value.rounded() : value
    }
    return values
  }

  private func number(after label: String) -> Double? {
    log.split(separator: "\n").last { $0.hasPrefix(label) }
      .flatMap { Double($0.dropFirst(label.count).trimmingSpaces) }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = self
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return text
  }
}
