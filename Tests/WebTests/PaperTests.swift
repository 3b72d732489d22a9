import Competency
import Delivery
import Foundation
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// Forms on paper: made, printed, keyed in twice, owned by the teacher.
struct PaperTests {
  /// A school's administrator with a form, and how the school is addressed.
  private struct School {
    var visitor: Visitor
    var path: String
    var form: String
    var code: PaperForm.Code
    var entry: String { "\(form)/entry" }
  }

  private func school(_ world: PeopleWorld) async throws -> School {
    let unit = try world.unit("东一小").id
    let visitor = try await world.staff(Grant(.schoolAdministrator, .unit(unit)))
    let path = "/schools/\(unit.rawValue)/paper"
    let made = try await visitor.post(
      path, [("environment", "A"), ("programme", "jiangsu-2020")])
    let form = try #require(made.location)
    return School(
      visitor: visitor, path: path, form: form,
      code: PaperForm.Code(rawValue: String(try #require(form.split(separator: "/").last))))
  }

  private func keyed(_ prefix: String, _ letters: String) -> [(String, String)] {
    letters.enumerated().map { ("\(prefix)\($0.offset + 1)", String($0.element)) }
  }

  private func hidden(_ name: String, on page: String) throws -> String {
    let found = page.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first
    return try #require(found).components(separatedBy: "\"")[0]
  }

  @Test func `a form has letters and boxes, no key, and is the same whenever it is printed`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try await school(world)
      let page = try await school.visitor.get(school.form)
      #expect(page.status == 200)
      #expect(try await school.visitor.get(school.form).text == page.text)
      #expect(page.text.contains(SignInCode.grouped(school.code.rawValue)))
      #expect(page.text.components(separatedBy: "class=\"handout-item\"").count == 17)
      let bank = site.content.bank
      for item in bank.items where page.text.contains(item.item.question) {
        for feedback in item.item.modalFeedback {
          #expect(!page.text.contains(feedback.content.text), "\(item.id)")
        }
        for tag in item.misconceptions.values { #expect(!page.text.contains("“\(tag)”")) }
      }
      let list = try await school.visitor.get(school.path).text
      #expect(list.contains(school.entry) && list.contains("已录入 0 份"))
    }
  }

  @Test func `nothing is kept until both passes agree, and what differs is listed item by item`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try await school(world)
      let person = try world.person("王丽")
      let store = site.site.store
      let (first, second) = ("AABBCCA?-ABCABCA", "AABBCCA?-ABCABBA")
      let chosen = [("person", person.id.rawValue)]
      let missing = try await school.visitor.post(
        school.entry, chosen + keyed("a", String(first.dropLast())))
      #expect(missing.status == 422 && missing.text.contains("第 16 题还没有录"))
      let nobody = try await school.visitor.post(school.entry, keyed("a", first))
      #expect(nobody.status == 422 && nobody.text.contains("请选择这是谁的卷"))
      let next = try await school.visitor.post(school.entry, chosen + keyed("a", first))
      #expect(next.status == 200 && next.text.contains("第二遍"))
      #expect(!next.text.contains(" selected>"), "the first pass is not shown again")
      let carried = [("first", try hidden("first", on: next.text))] + chosen
      let compared = try await school.visitor.post(school.entry, carried + keyed("a", second))
      #expect(compared.text.contains("两遍有 1 处不一样"))
      #expect(compared.text.contains("<legend>第 15 题</legend>"))
      #expect(compared.text.components(separatedBy: "<legend>").count == 2)
      #expect(try await store.sessions(of: person.id).isEmpty)
      let again = carried + [("second", try hidden("second", on: compared.text))]
      let still = try await school.visitor.post(
        school.entry, again + [("f15", "C"), ("s15", "A")])
      #expect(still.text.contains("两遍有 1 处不一样"))
      #expect(try await store.sessions(of: person.id).isEmpty)
      let kept = try await school.visitor.post(
        school.entry, again + [("f15", "C"), ("s15", "C")])
      #expect(kept.location == "\(school.entry)?kept=1")
      let sessions = try await store.sessions(of: person.id)
      #expect(sessions.count == 1 && sessions[0].paperForm == school.code)
      try await check(first, kept: sessions[0], of: person, site: site)
      let repeated = try await school.visitor.post(
        school.entry, again + [("f15", "C"), ("s15", "C")])
      #expect(repeated.status == 422 && repeated.text.contains("已经录过"))
      #expect(try await store.sessions(of: person.id).count == 1)
    }
  }

  /// The answers are those of the letters as the form shows them, and the result is told again.
  private func check(
    _ letters: String, kept: StoredSession, of person: Person, site: TestSite
  ) async throws {
    let bank = site.content.bank
    let session = try kept.replayed(bank: bank)
    #expect(session.state == .closed)
    #expect(session.start.schoolStage == "小学" && session.start.subject == "数学")
    for (id, letter) in zip(session.stages.flatMap(\.items), letters) {
      let item = try #require(bank.item(id)?.item)
      switch letter {
      case "-": #expect(session.answers[id] == nil)
      case "?": #expect(session.answers[id] == .unsure)
      default:
        let place = try #require(TestSession.letters.firstIndex(of: letter))
        let choice = session.letteredChoices(of: item)[place].id
        #expect(session.answers[id] == .response(["RESPONSE": .choice(choice)]))
      }
    }
    let key = SessionKey(id: kept.id, owner: SessionOwner(tokenHash: nil, person: person.id))
    let result = try #require(session.result(bank: bank))
    #expect(
      try await site.site.store.storedResult(key) == (try Store.canonicalJSON(of: result)))
  }

  private func entered(_ person: Person, at school: School) async throws {
    let letters = keyed("a", "ABCABCABCABCABCA")
    let chosen = [("person", person.id.rawValue)]
    let next = try await school.visitor.post(school.entry, chosen + letters)
    let first = [("first", try hidden("first", on: next.text))]
    let kept = try await school.visitor.post(school.entry, first + chosen + letters)
    #expect(kept.status == 303)
  }

  @Test func `the result is the teacher's alone, and the page says where it came from`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try await school(world)
      let person = try world.person("王丽")
      try await entered(person, at: school)
      let session = try #require(try await site.site.store.sessions(of: person.id).first).id
      let address = "/sessions/\(session.rawValue)/result"
      #expect(try await school.visitor.get(address).status == 404)
      let list = try await school.visitor.get("\(school.path.replacing("/paper", with: "/people"))")
      #expect(list.text.contains("已完成") || list.text.contains("完成"))
      let teacher = try await world.teacher("王丽")
      let page = try await teacher.get(address)
      #expect(page.status == 200)
      #expect(
        page.text.contains("从纸质卷录入（卷号 \(SignInCode.grouped(school.code.rawValue))）"))
      #expect(try await world.teacher("陈静").get(address).status == 404)
    }
  }

  @Test func `every step is a line of the audit log, without an answer`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try await school(world)
      let person = try world.person("王丽")
      try await entered(person, at: school)
      let lines = try await site.site.store.auditPage(limit: 20).events.map(\.event)
      let entry = try #require(lines.first { $0.action == "enter-paper-answers" })
      #expect(entry.object == "person:\(person.id.rawValue)")
      #expect(entry.detail == school.code.rawValue)
      #expect(lines.contains { $0.action == "make-paper-form" })
    }
  }

  @Test func `a form of one school is nothing in another, and somebody else's teacher is refused`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try await school(world)
      let west = try world.unit("西一小").id
      let other = try await world.staff(Grant(.schoolAdministrator, .unit(west)))
      let path = "/schools/\(west.rawValue)/paper/\(school.code.rawValue)"
      for address in [path, "\(path)/entry"] {
        #expect(try await other.get(address).status == 404)
      }
      #expect(try await other.get(school.entry).status == 403)
      let stranger = try world.person("陈静")
      let refused = try await school.visitor.post(
        school.entry,
        [("person", stranger.id.rawValue)] + keyed("a", "ABCABCABCABCABCA"))
      #expect(refused.status == 422)
      #expect(try await site.site.store.sessions(of: stranger.id).isEmpty)
    }
  }

  @Test(arguments: ["A", "B", "C"])
  func `every classroom has forms of items with letters only`(environment: String) throws {
    let bank = try ShippedContent().bank
    for seed in 0..<20 as Range<UInt64> {
      var start = Cast.wang(seed: seed, in: bank)
      start.environment = .init(rawValue: environment)
      let session = try TestSession(onPaper: start, bank: bank)
      let items = session.stages.flatMap(\.items).compactMap { bank.item($0)?.item }
      #expect(items.count == 16)
      #expect(items.allSatisfy { (2...8).contains(session.letteredChoices(of: $0).count) })
    }
  }
}
