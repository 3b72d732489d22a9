import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import People
import Recommendation
import Storage
import TestSupport
import Testing

@testable import Web

/// What courses raise, on the institution's page and on the teacher's.
struct GainPageTests {
  private let path = "/institution/courses/gains"

  /// Thirty teachers and more who took the test, planned courses, and took it again; of two courses,
  /// every other teacher drew the second.
  private func retested(
    _ site: TestSite, _ count: Int, course first: String, drawnBeside other: String? = nil
  ) async throws -> PeopleWorld {
    let world = try await PeopleWorld(site)
    let people = (0..<count).map { "R\($0),复某\($0)号,东二小,小学,数学,数学组," }
    let sheet = "工号,姓名,学校,学段,学科,教研组,临近退休\n" + people.joined(separator: "\n")
    let store = site.site.store
    let school = try world.unit("东二小").id
    let roster = try #require(RosterReader.read([UInt8](sheet.utf8), file: "名册.csv").roster)
    _ = try await store.importRoster(
      roster, within: nil, keeps: true, actor: "command", at: TestSite.noon,
      newID: AccessToken.randomName, newCode: SignInCode.school)
    for (place, row) in try await store.participation(of: school).enumerated() {
      let course = Course.ID(rawValue: place.isMultiple(of: 2) ? first : other ?? first)
      let owner = SessionOwner(tokenHash: nil, person: row.person.id)
      let before = try await diagnosis(
        .weakest, of: owner, at: TestSite.noon - 90 * 86_400, site)
      let plan = StoredPlan(
        id: .init(rawValue: AccessToken.randomName()), session: before,
        programme: .init(rawValue: "jiangsu-2020"), version: 1, coursesVersion: "c",
        wishes: PlanWishes(), unlockedUtility: nil,
        plan: StudyPlan(
          environment: .init(rawValue: "A"), courses: [course], utility: 1,
          violation: 0,
          balance: RuleBalance(
            hours: 3, online: 3, practice: 0, points: 1, dimensions: 1, requiredPoints: 1,
            requiredDimensions: 1), violatedRules: [], explanations: []),
        createdAt: TestSite.noon - 80 * 86_400,
        slot: other.map { other in
          RandomisedSlot(
            planned: Course.ID(rawValue: other),
            propensities: [Course.ID(rawValue: first): 0.5, Course.ID(rawValue: other): 0.5],
            drawn: course, utilityChange: 0)
        })
      #expect(try await store.savePlan(plan, of: owner))
      _ = try await diagnosis(.best, of: owner, at: TestSite.noon - 86_400, site)
    }
    return world
  }

  private func diagnosis(
    _ manner: TestSession.Manner, of owner: SessionOwner, at time: Date, _ site: TestSite
  ) async throws -> TestSession.ID {
    let (bank, store) = (site.content.bank, site.site.store)
    let key = SessionKey(id: .init(rawValue: AccessToken.randomName()), owner: owner)
    var session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    try await store.startSession(
      key, session: session, startedAt: time, unclaimed: AccessToken().hash)
    while let stage = session.currentStage {
      let answers = stage.items.compactMap { item in
        TestSession.answer(to: item, in: manner, bank: bank).map { (item, $0) }
      }
      session = try #require(
        try await store.submitStage(
          stage.number, changes: Dictionary(uniqueKeysWithValues: answers), after: 0,
          closes: true, in: key, receivedAt: time, bank: bank))
    }
    return key.id
  }

  private func course(_ site: TestSite) throws -> Course {
    try #require(site.content.catalogue.courses(of: site.content.bank.frameworks[0].id).first)
  }

  @Test func `gains are looked at, frozen once a term, and shown on both sides from then on`()
    async throws
  {
    try await TestSite.with { site in
      let course = try course(site)
      let world = try await retested(site, 30, course: course.id.rawValue)
      let institution = try await world.staff(
        Grant(.institution, .unit(world.unit("示范市").id)))
      let before = try await institution.get("/institution/courses/demand").text
      #expect(before.contains("数据不足") && !before.contains("30 位老师"))
      let looked = try await institution.post(path, [("then", "look")]).text
      #expect(looked.contains("可以比较的复测有 30 次") && looked.contains("30 位老师"))
      let framework = site.content.bank.frameworks[0].id
      #expect(try await site.site.store.frozenGains(of: framework) == nil)

      let frozen = try await institution.post(path, [("then", "freeze")]).text
      #expect(frozen.contains("已冻结"))
      let kept = try #require(try await site.site.store.frozenGains(of: framework))
      #expect(kept.gains.version == 2 && kept.teachers == [course.id: 30])
      let judged = try #require(course.gains[course.primary])
      // All of them went from the weakest answers to the strongest: the course looks good.
      #expect((kept.gains.parameter(course.id, course.primary)?.mean ?? 0) > judged)
      #expect(
        try await institution.post(path, [("then", "freeze")]).text.contains("没有冻结"))
      let table = try await institution.get("/institution/courses/demand").text
      #expect(table.contains("30 位老师"))

      let teacher = try await PlanWorld(site, .weakest)
      let page = try await teacher.plan()
      let own = try await teacher.visitor.get("\(page)/courses/\(course.id.rawValue)").text
      #expect(own.contains("按 30 位老师的复测更新过") && own.contains("2026 年秋季学期"))
    }
  }

  @Test func `where enough teachers drew, the page says what the draw alone tells`() async throws {
    try await TestSite.with { site in
      let framework = site.content.bank.frameworks[0].id
      let courses = site.content.catalogue.courses(of: framework)
      let course = try #require(courses.first)
      let other = try #require(courses.first { $0.primary != course.primary })
      let world = try await retested(
        site, 62, course: course.id.rawValue, drawnBeside: other.id.rawValue)
      let institution = try await world.staff(
        Grant(.institution, .unit(world.unit("示范市").id)))
      let looked = try await institution.post(path, [("then", "look")]).text
      #expect(looked.contains("只按抽签算：折合抽中的 31 位、抽到别的课的 31 位老师"))
    }
  }

  @Test func `with twenty-nine teachers nothing is said and nothing is frozen`() async throws {
    try await TestSite.with { site in
      let course = try course(site)
      let world = try await retested(site, 29, course: course.id.rawValue)
      let institution = try await world.staff(
        Grant(.institution, .unit(world.unit("示范市").id)))
      let looked = try await institution.post(path, [("then", "look")]).text
      #expect(looked.contains("另有 1 门人数不够") && !looked.contains("29 位老师"))
      #expect(
        try await institution.post(path, [("then", "freeze")]).text.contains("没有冻结"))
    }
  }

  @Test func `a teacher's new plan has one drawn course while the institution draws, else none`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let institution = try await world.staff(
        Grant(.institution, .unit(world.unit("示范市").id)))
      let teacher = try await world.teacher("王丽")
      let person = try world.person("王丽")
      let session = try await diagnosis(
        .weakest, of: SessionOwner(tokenHash: nil, person: person.id), at: TestSite.noon, site)
      func plan() async throws -> StoredPlan {
        let location = try #require(
          try await teacher.post(
            "/sessions/\(session.rawValue)/plans", [("programme", "jiangsu-2020")]
          ).location)
        let id = StoredPlan.ID(rawValue: String(location.split(separator: "/").last ?? ""))
        return try #require(
          try await site.site.store.plan(
            id, of: SessionOwner(tokenHash: nil, person: person.id)))
      }
      let drawn = try await plan()
      let slot = try #require(drawn.slot)
      #expect(drawn.plan.courses.contains(slot.drawn) && drawn.plan.violation == 0)
      #expect(abs(slot.propensities.values.reduce(0, +) - 1) < 1e-12)
      #expect(slot.propensities.count >= 2)
      let page = try await teacher.get("/plans/\(drawn.id.rawValue)").text
      #expect(page.contains("抽签选的"))
      // Refused, it is gone, and the draw stays on record.
      _ = try await teacher.post(
        "/plans/\(drawn.id.rawValue)/changes",
        [("change", "exclude"), ("course", slot.drawn.rawValue)])
      let changed = try #require(
        try await site.site.store.plan(
          drawn.id, of: SessionOwner(tokenHash: nil, person: person.id)))
      #expect(!changed.plan.courses.contains(slot.drawn) && changed.slot == slot)

      #expect(
        try await institution.post("/institution/courses/slot", [("draw", "off")]).status == 303)
      #expect(try await institution.get(path).text.contains("现在：不抽签"))
      #expect(try await plan().slot == nil)
    }
  }

  @Test func `nobody who is not signed in gets a drawn course`() async throws {
    try await TestSite.with { site in
      let teacher = try await PlanWorld(site, .weakest)
      let page = try await teacher.visitor.get(try await teacher.plan()).text
      #expect(!page.contains("抽签"))
    }
  }
}
