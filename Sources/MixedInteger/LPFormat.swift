extension MixedIntegerProgram {
  /// The programme in CPLEX's LP format, which cbc, HiGHS, GLPK and SCIP read.
  ///
  /// Numbers are written so that they read back exactly. A row without terms, which no format can
  /// write, is written with a variable of coefficient 0.
  public var lpText: String {
    var text = "\\ written by bianque\nMinimize\n obj:"
    let costs = variables.indices.filter { variables[$0].cost != 0 }
      .map { Term($0, variables[$0].cost) }
    text += sum(costs)
    text += "\nSubject To\n"
    for (place, row) in rows.enumerated() {
      text += " r\(place + 1):\(sum(row.terms)) \(row.relation.rawValue) \(number(row.bound))\n"
    }
    text += "Bounds\n"
    for variable in variables where !variable.isBinary {
      if let upper = variable.upper {
        text += " \(number(variable.lower)) <= \(variable.name) <= \(number(upper))\n"
      } else {
        text += " \(variable.name) >= \(number(variable.lower))\n"
      }
    }
    let binaries = variables.filter(\.isBinary).map(\.name)
    if !binaries.isEmpty {
      text += "Binaries\n"
      for start in stride(from: 0, to: binaries.count, by: 12) {
        text +=
          " " + binaries[start..<min(start + 12, binaries.count)].joined(separator: " ") + "\n"
      }
    }
    return text + "End\n"
  }

  /// A sum, eight terms to a line: readers have a limit on lines.
  private func sum(_ terms: [Term]) -> String {
    guard !terms.isEmpty else { return variables.first.map { " 0 \($0.name)" } ?? " 0" }
    var text = ""
    for (place, term) in terms.enumerated() {
      if place > 0, place.isMultiple(of: 8) { text += "\n " }
      let sign = term.coefficient < 0 ? "-" : "+"
      text += " \(sign) \(number(term.coefficient.magnitude)) \(variables[term.variable].name)"
    }
    return text
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e9 ? "\(Int(value))" : "\(value)"
  }
}
