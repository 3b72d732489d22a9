import Psychometrics
import Testing

/// Where a count or a score is still good, and where not any more.
struct ResponseLimitTests {
  @Test func `250 is the largest score`() throws {
    let table = try CalibrationOracle.table(text: "a,b\n0,250\n250,0\n251,1\n1,1\n")
    #expect(table.scores == [0, 250, 250, 0, 255, 1, 1, 1])
    #expect(
      table.findings.list == [ResponseFinding(.outOfRange, line: 4, column: 1, detail: "251")])
  }

  @Test(arguments: [(20, 5.0, false), (80, 0.5, true), (49, 1, true), (50, 1, false)])
  func `a weight counts as so many persons where few are warned of`(
    rows: Int, weight: Double, isFew: Bool
  ) throws {
    let lines = (0..<rows).map { "\($0 % 2),\(($0 / 2) % 2),\(weight)" }
    let text = "a,b,w\n" + lines.joined(separator: "\n") + "\n"
    let screening = ResponseScreening(
      try CalibrationOracle.table(text: text, weights: "w"), model: .twoPL)
    #expect((screening.findings.counts[.fewPersons] == 1) == isFew)
  }
}
