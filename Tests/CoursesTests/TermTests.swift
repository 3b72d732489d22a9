import Courses
import Foundation
import Testing

struct TermTests {
  private let china = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt

  private func term(_ day: String) throws -> Term {
    Term(of: try Date("\(day)T20:00:00Z", strategy: .iso8601), in: china)
  }

  @Test
  func `August begins the autumn term, February the spring term, and January ends the former`()
    throws
  {
    #expect(try term("2026-07-30").name == "2026-spring")
    // Already the first of August where the schools are.
    #expect(try term("2026-07-31").name == "2026-autumn")
    #expect(try term("2027-01-30").name == "2026-autumn")
    #expect(try term("2027-01-31").name == "2027-spring")
  }

  @Test func `a term begins at its first midnight`() throws {
    #expect(
      try term("2026-11-26").start == Date("2026-07-31T16:00:00Z", strategy: .iso8601))
    #expect(
      try term("2027-03-01").start == Date("2027-01-31T16:00:00Z", strategy: .iso8601))
  }

  @Test func `a stored name reads back, and anything else is none`() {
    #expect(Term(name: "2026-autumn")?.season == .autumn)
    #expect(Term(name: "2026-summer") == nil && Term(name: "autumn") == nil)
  }
}
