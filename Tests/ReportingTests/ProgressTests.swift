import Testing

@testable import Reporting

struct ProgressTests {
  private let quota = Quota(
    counting: .schools,
    years: [
      .init(year: 2020, share: 0.2), .init(year: 2021, share: 0.4), .init(year: 2022, share: 0.4),
    ])

  @Test func `a quota of 20, 40 and 40 per cent adds up over the years`() {
    #expect(quota.shareDue(by: 2019) == 0)
    #expect(abs(quota.shareDue(by: 2021) - 0.6) < 1e-12)
    #expect(quota.shareDue(by: 2030) == 1)
  }

  @Test func `progress by schools and by teachers are different things`() {
    let schools = [
      Participation(enrolled: 60, finished: 60), Participation(enrolled: 3, finished: 3),
      Participation(enrolled: 100, started: 20, finished: 20), Participation(exempt: 2),
      Participation(enrolled: 10), Participation(enrolled: 27, finished: 26),
    ]
    let bySchool = quota.progress(of: schools, by: 2021)
    #expect(bySchool.total == 5 && bySchool.finished == 2 && bySchool.due == 3)
    #expect(bySchool.missing == 1)
    let byTeacher = Quota(counting: .teachers, years: quota.years).progress(of: schools, by: 2021)
    #expect(byTeacher.total == 200 && byTeacher.finished == 109 && byTeacher.due == 120)
    let lenient = Quota(counting: .schools, years: quota.years, schoolFinishedFrom: 0.9)
    #expect(lenient.progress(of: schools, by: 2020).finished == 3)
  }

  @Test func `the exempt are counted apart and weigh on no share`() {
    let school =
      Participation(enrolled: 10, started: 2, finished: 5, exempt: 3, exemptFinished: 1)
      + Participation(enrolled: 10, finished: 10)
    #expect(school.share == 0.75 && school.notStarted == 3)
    #expect(school.exempt == 3 && school.exemptFinished == 1)
  }

  @Test func `participation adds up from group to province`() throws {
    let tree = try UnitTree([
      ReportingUnit(id: .init(rawValue: "p"), parent: nil, enrolled: 0),
      ReportingUnit(id: .init(rawValue: "s"), parent: .init(rawValue: "p"), enrolled: 1),
      ReportingUnit(id: .init(rawValue: "g"), parent: .init(rawValue: "s"), enrolled: 4),
    ])
    let totals = Participation.totals(
      [Participation(), Participation(enrolled: 1), Participation(enrolled: 4, finished: 2)],
      in: tree)
    #expect(totals[0] == Participation(enrolled: 5, finished: 2))
    #expect(totals[1] == totals[0])
  }

  @Test func `units that are no hierarchy are refused with the unit`() {
    let top = ReportingUnit(id: .init(rawValue: "p"), parent: nil, enrolled: 0)
    let orphan = ReportingUnit(id: .init(rawValue: "g"), parent: .init(rawValue: "s"), enrolled: 4)
    #expect(throws: UnitTreeError.duplicate(top.id)) { try UnitTree([top, top]) }
    #expect(throws: UnitTreeError.parentMissing(orphan.id)) { try UnitTree([top, orphan]) }
  }

  @Test func `eighty hours of a person cost 240 yuan at 3 yuan an hour`() {
    // 泉教人〔2016〕71号: 3 元/学时·人，即每人 240 元.
    #expect(TrainingCost(people: 1, hours: 80, rate: 3).yuan == 240)
    let city = TrainingCost(people: 2_400, hours: 80, rate: 3)
    #expect(city.personHours == 192_000 && city.yuan == 576_000)
  }
}
