import Courses

/// The steps that a programme sets in an order (ZY-15), each with what the plan has for it: on the
/// printed plan, where they are ticked off.
struct ProgrammeGateSteps {
  let programme: Programme
  /// The plan's courses, in the order they are printed.
  let courses: [Course]
  let phrases: Phrases

  /// The steps; nil where the programme sets no order.
  func values() -> [String: Any]? {
    guard let gates = programme.terms.gates else { return nil }
    var values: [String: Any] = [
      "steps": gates.gates.enumerated().map { place, gate in step(gate, number: place + 1) },
      "sourceText": gates.source.paragraph,
    ]
    if let quote = gates.source.quote { values["quoteText"] = quote }
    return values
  }

  private func step(_ gate: ProgrammeGates.Gate, number: Int) -> [String: Any] {
    var step: [String: Any] = ["number": number, "planText": ""]
    switch gate {
    case .hours(let mode, let minimum):
      let held = courses.filter { $0.mode == mode }.reduce(0) { $0 + $1.hours }
      step["text"] = phrases(
        "print.gateHours.\(mode.rawValue)", ["hours": Numeral.hours(minimum)])
      step["planText"] = phrases("print.gateHeld", ["hours": Numeral.hours(held)])
    case .activities(let names):
      step["text"] = phrases("print.gateActivities")
      // The document's own words.
      step["activities"] = [names.joined(separator: "、")]
    case .results(let minimum):
      let points = Set(courses.filter { $0.evidence != nil }.map(\.primary))
      step["text"] = phrases("print.gateResults", ["count": "\(minimum)"])
      step["planText"] = phrases("print.gatePoints", ["count": "\(points.count)"])
    }
    return step
  }
}
