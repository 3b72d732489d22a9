@testable import MixedInteger
import Testing

/// What cbc 2.10.8 wrote about small programmes, read.
struct CBCReportTests {
  private func program() -> MixedIntegerProgram {
    var program = MixedIntegerProgram()
    let first = program.addBinary("x1", cost: 0.02)
    let second = program.addBinary("x2", cost: 0.04)
    let value = program.addReal("y1", to: 0.6, cost: -1)
    program.addRow([.init(value, 1), .init(first, -0.5), .init(second, -0.7)], .atMost, 0.1)
    return program
  }

  @Test func `an optimum has its values and, by the gap it stopped at, its bound`() {
    let report = CBCReport(
      log: "Result - Optimal solution found\n\nObjective value:                -0.58000000\n",
      solution: """
        Optimal - objective value -0.58000000
              0 x1                     1                   -0.48
              2 y1                   0.6                       0
        """)
    let outcome = report.outcome(of: program(), relativeGap: 1e-3)
    #expect(outcome.status == .optimal)
    #expect(outcome.values == [1, 0, 0.6])
    #expect(abs((outcome.bound ?? 0) - -0.58058) < 1e-12)
  }

  @Test func `a run out of time keeps the solver's own bound`() {
    let report = CBCReport(
      log: """
        Result - Stopped on time limit

        Objective value:                -0.50000000
        Lower bound:                    -0.570
        Gap:                            0.14
        """,
      solution: """
        Stopped on time - objective value -0.50000000
              0 x1                     1                   -0.48
              2 y1                   0.52                      0
        """)
    let outcome = report.outcome(of: program(), relativeGap: 1e-3)
    #expect(outcome == SolverOutcome(status: .stopped, values: [1, 0, 0.52], bound: -0.57))
  }

  @Test func `a programme nothing keeps to is proved to be that`() {
    for head in ["Infeasible - objective value -1.24", "Integer infeasible - objective value 0"] {
      let report = CBCReport(log: "", solution: head + "\n      0 x1   1   0\n")
      #expect(report.outcome(of: program(), relativeGap: 0).status == .infeasible)
    }
  }

  @Test func `values that break a row are not believed`() {
    let report = CBCReport(
      log: "",
      solution:
        "Stopped on time (no integer solution - continuous used)\n 0 x1 0.5 0\n 2 y1 0.6 0\n")
    #expect(report.outcome(of: program(), relativeGap: 0).values == nil)
    let broken = CBCReport(log: "", solution: "Optimal - objective value 0\n 2 y1 0.6 0\n")
    #expect(broken.outcome(of: program(), relativeGap: 0).values == nil)
  }
}
