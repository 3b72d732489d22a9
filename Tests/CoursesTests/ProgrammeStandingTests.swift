import Competency
import Courses
import Foundation
import Testing

/// Where teachers stand under the shipped programmes.
struct ProgrammeStandingTests {
  private let programmes: [Programme]

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Courses/programmes").standardized
    programmes =
      ProgrammeReader.read(folder: folder, frameworks: FrameworkSamples.shipped).programmes
    try #require(programmes.count == 5)
  }

  private func standing(
    _ id: String, _ account: TeacherAccount, on day: String = "2026-11-26"
  ) throws -> ProgrammeStanding {
    let programme = try #require(programmes.first { $0.id.rawValue == id })
    let framework = try #require(
      FrameworkSamples.shipped.first { $0.id == programme.framework })
    return programme.standing(
      of: account, on: try #require(CalendarDay(day)), framework: framework)
  }

  private func credit(
    _ day: String, _ hours: Double, _ mode: Course.Mode,
    _ origin: TeacherAccount.Credit.Origin = .earlier, isChosenVideo: Bool = false
  ) throws -> TeacherAccount.Credit {
    TeacherAccount.Credit(
      day: try #require(CalendarDay(day)), hours: hours, mode: mode, origin: origin,
      isChosenVideo: isChosenVideo)
  }

  @Test func `with nothing earned the rules are the programme's courses' rules`() throws {
    for programme in programmes {
      let found = try standing(programme.id.rawValue, TeacherAccount())
      #expect(found.rules == programme.courseRules)
      #expect(found.uncounted.isEmpty)
    }
  }

  @Test func `hours count for the five years that end on the day`() throws {
    let account = TeacherAccount(credits: [
      try credit("2021-11-26", 10, .online), try credit("2021-11-27", 8, .online),
      try credit("2026-11-26", 6, .practice), try credit("2026-11-27", 4, .practice),
    ])
    let found = try standing("ziyuan-2020", account)
    #expect(found.counted == EarnedHours(online: 8, practice: 6))
    #expect(found.uncounted.map(\.reason) == [.beforePeriod, .inFuture])
    #expect(found.rules.hours == .init(minimum: 36, maximum: 41))
    #expect(found.rules.online == .init(minimum: 17))
    #expect(found.rules.practice == .init(minimum: 19))
    #expect(found.rules.practiceShare == .init(minimum: 0.5, earnedHours: 14, earnedPractice: 6))
    // A year later the first of them has left the window.
    #expect(try standing("ziyuan-2020", account, on: "2027-11-26").counted.online == 0)
  }

  @Test func `a programme without a period lets all earlier hours count`() throws {
    let account = TeacherAccount(credits: [try credit("2001-01-01", 10, .online)])
    #expect(try standing("jiangsu-2020", account).counted.online == 10)
  }

  @Test func `online teaching work counts as practice in Jiangsu, and nowhere else`() throws {
    let account = TeacherAccount(credits: [
      try credit("2026-03-01", 6, .online, .evidence("在线教学资源制作")),
      try credit("2026-04-01", 5, .practice, .evidence("写诗")),
    ])
    let jiangsu = try standing("jiangsu-2020", account)
    #expect(jiangsu.counted == EarnedHours(practice: 6))
    #expect(jiangsu.rules.practice.minimum == 19)
    #expect(jiangsu.uncounted.map(\.reason) == [.unknownEvidence])
    let ziyuan = try standing("ziyuan-2020", account)
    #expect(ziyuan.counted == EarnedHours())
    #expect(ziyuan.uncounted.count == 2)
  }

  @Test func `work with a limit earns no more than that, the earliest first`() throws {
    var programme = try #require(programmes.first { $0.id.rawValue == "jiangsu-2020" })
    programme.terms.evidence?.activities[0].maximumHours = 8
    let framework = try #require(FrameworkSamples.shipped.first { $0.id == programme.framework })
    let account = TeacherAccount(credits: [
      try credit("2026-05-01", 5, .practice, .evidence("在线教学资源制作")),
      try credit("2026-03-01", 6, .practice, .evidence("在线教学资源制作")),
    ])
    let found = programme.standing(
      of: account, on: try #require(CalendarDay("2026-11-26")), framework: framework)
    #expect(found.counted.practice == 8)
    #expect(found.uncounted.map(\.hours) == [3])
    #expect(found.uncounted.first?.credit.day.description == "2026-05-01")
  }

  @Test func `who moves keeps the hours, and the new county's institution teaches`() throws {
    var account = TeacherAccount(
      credits: [try credit("2026-03-01", 20, .online, .course(Course.ID(rawValue: "T1-V1")))],
      provider: Provider.ID(rawValue: "jia"))
    let before = try standing("quanzhou-2016", account)
    account.provider = Provider.ID(rawValue: "yi")
    let after = try standing("quanzhou-2016", account)
    #expect(before.counted == after.counted)
    #expect(before.rules.hours == after.rules.hours)
    // 80 less the diagnosis's own 4 and the 20 earned.
    #expect(after.rules.hours.minimum == 80 - 4 - 20)
    #expect(after.rules.provider?.rawValue == "yi")
    #expect(after.taken == [Course.ID(rawValue: "T1-V1")])
  }

  @Test func `only Quanzhou's county chooses the institution`() throws {
    let account = TeacherAccount(provider: Provider.ID(rawValue: "jia"))
    #expect(try standing("quanzhou-2016", account).rules.provider != nil)
  }

  @Test func `who retires within five years need not take part, but may`() throws {
    var account = TeacherAccount(
      retirement: RetirementFacts(
        birth: try #require(CalendarDay("1968-06-01")), sex: .male, post: .professional))
    let exempt = try standing("quanzhou-2016", account)
    let retires = try #require(CalendarDay("2029-05-01"))
    #expect(exempt.participation == .exempt(retires: retires))
    #expect(exempt.rules.hours == .init(minimum: 0, maximum: 84))
    #expect(exempt.rules.online.minimum == 0 && exempt.rules.minimumPoints == 0)

    account.takesPart = true
    let optedIn = try standing("quanzhou-2016", account)
    #expect(optedIn.participation == .optedIn(retires: retires))
    #expect(optedIn.rules.hours.minimum == 76)

    // Nobody is exempt where the document exempts nobody, and nobody by a guess.
    #expect(try standing("jiangsu-2020", account).participation == .required)
    #expect(try standing("quanzhou-2016", TeacherAccount()).participation == .unknown)
    account.retirement?.birth = try #require(CalendarDay("1980-06-01"))
    #expect(try standing("quanzhou-2016", account).participation == .required)
  }

  @Test func `Ziyuan's gates open one after the other`() throws {
    var account = TeacherAccount(credits: [try credit("2026-03-01", 20, .online)])
    func states() throws -> [ProgrammeGates.State] {
      try standing("ziyuan-2020", account).gates.map(\.state)
    }
    #expect(try states() == [.open, .closed, .closed, .closed])
    account.credits.append(try credit("2026-04-01", 5, .online))
    #expect(try states() == [.done, .open, .closed, .closed])
    account.activities = ["研课", "磨课", "授课"]
    #expect(try standing("ziyuan-2020", account).gates[1].missing == 1)
    account.activities.insert("评课")
    #expect(try states() == [.done, .done, .open, .closed])
    account.results = ["A1", "B3"].map { CompetencyPoint.ID(rawValue: $0) }.reduce(into: []) {
      $0.insert($1)
    }
    #expect(try states() == [.done, .done, .done, .open])
    account.credits.append(try credit("2026-05-01", 25, .practice))
    #expect(try states() == [.done, .done, .done, .done])
    // Two results are handed in: no course has to bring one any more.
    #expect(try standing("ziyuan-2020", account).rules.minimumPoints == 0)
  }

  @Test func `courses are ordered by the gates and never before their prerequisite`() throws {
    let gates = try #require(
      programmes.first { $0.id.rawValue == "ziyuan-2020" }?.terms.gates)
    func course(_ id: String, _ mode: Course.Mode, after: String? = nil) -> Course {
      let point = CompetencyPoint.ID(rawValue: "A1")
      return Course(
        id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
        provider: Provider.ID(rawValue: "x"), form: .video, mode: mode, hours: 1, level: 0,
        gains: [point: 0.1], primary: point, prerequisite: after.map { Course.ID(rawValue: $0) })
    }
    let order = gates.order([
      course("p1", .practice), course("o2", .online, after: "o1"), course("o1", .online),
      course("o3", .online, after: "p2"), course("p2", .practice),
    ])
    #expect(order.courses.map(\.rawValue) == ["o1", "o2", "p2", "o3", "p1"])
    #expect(order.contradictions.map(\.rawValue) == ["o3"])
  }
}
