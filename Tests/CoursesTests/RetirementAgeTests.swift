import Courses
import Foundation
import Testing

/// Retirement by the ages in Quanzhou's file, against the tables annexed to the decision of the
/// Standing Committee of the National People's Congress of 13 September 2024 on raising the statutory
/// retirement age: month of birth, age in years and months, month of retirement.
struct RetirementAgeTests {
  private let exemption: ProgrammeTerms.Exemption

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Courses/programmes/quanzhou-2016.json").standardized
    let (programme, _) = ProgrammeReader.read(file: file, frameworks: FrameworkSamples.shipped)
    exemption = try #require(programme?.terms.exemption)
  }

  @Test(arguments: [
    ("1964-12-15", "2024-12-15"), ("1965-01-15", "2025-02-15"), ("1965-04-15", "2025-05-15"),
    ("1965-05-15", "2025-07-15"), ("1970-01-15", "2031-05-15"), ("1976-08-15", "2039-07-15"),
    ("1976-09-15", "2039-09-15"), ("1985-06-15", "2048-06-15"),
  ])
  func `men retire at 60 and up to three years later`(born: String, retires: String) throws {
    try expect(.male, .professional, born, retires)
    try expect(.male, .worker, born, retires)
  }

  @Test(arguments: [
    ("1969-12-15", "2024-12-15"), ("1970-01-15", "2025-02-15"), ("1970-05-15", "2025-07-15"),
    ("1981-09-15", "2039-09-15"), ("1990-01-15", "2048-01-15"),
  ])
  func `women in professional posts retire at 55 and up to three years later`(
    born: String, retires: String
  ) throws {
    try expect(.female, .professional, born, retires)
  }

  @Test(arguments: [
    ("1974-12-15", "2024-12-15"), ("1975-01-15", "2025-02-15"), ("1975-02-15", "2025-03-15"),
    ("1975-03-15", "2025-05-15"), ("1984-11-15", "2039-11-15"), ("1990-01-15", "2045-01-15"),
  ])
  func `women in other posts retire at 50 and up to five years later`(
    born: String, retires: String
  ) throws {
    try expect(.female, .worker, born, retires)
  }

  private func expect(
    _ sex: RetirementAge.Sex, _ post: RetirementAge.Post, _ born: String, _ retires: String
  ) throws {
    let facts = RetirementFacts(birth: try #require(CalendarDay(born)), sex: sex, post: post)
    #expect(exemption.retirement(of: facts)?.description == retires)
  }

  @Test func `fewer than five years exempt; five years to the day do not`() throws {
    let facts = RetirementFacts(
      birth: try #require(CalendarDay("1964-12-15")), sex: .male, post: .professional)
    let day = try #require(CalendarDay("2019-12-15"))
    #expect(exemption.applies(to: facts, on: day) == false)
    let next = try #require(CalendarDay("2019-12-16"))
    #expect(exemption.applies(to: facts, on: next) == true)
    #expect(exemption.applies(to: facts, on: day.adding(months: -1)) == false)
  }

  @Test func `a day that the calendar lacks is none, and months are added to its end`() throws {
    for text in [
      "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-00-10", "x", "+026-01-01",
    ] {
      #expect(CalendarDay(text) == nil)
    }
    let leap = try #require(CalendarDay("2024-02-29"))
    #expect(leap.adding(months: 12).description == "2025-02-28")
    #expect(leap.adding(months: 48).description == "2028-02-29")
    #expect(leap.adding(months: -3).description == "2023-11-29")
  }
}
