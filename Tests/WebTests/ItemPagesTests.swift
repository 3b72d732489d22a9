import Delivery
import Foundation
import HTTPTypes
import ItemAnalysis
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// The institution's pages about items.
struct ItemPagesTests {
  private func withInstitution(
    isPublished: Bool = false, _ body: (TestSite, PeopleWorld, Visitor) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      if isPublished { try await site.publishBank() }
      let world = try await PeopleWorld(site)
      try await body(
        site, world, try await world.institution())
    }
  }

  @Test func `before the first analysis the page says so, and a button makes one`() async throws {
    try await withInstitution { site, world, institution in
      #expect(try await institution.get("/institution").text.contains("还没有算过题目数据"))
      let teacher = try await world.teacher("王丽")
      try await teacher.finish(try await teacher.begin())
      let reply = try await institution.post("/institution/analyses")
      #expect(reply.status == 303 && reply.location == "/institution")
      let page = try await institution.get("/institution").text
      #expect(page.contains("1 次做完的自测，16 份作答"))
      #expect(page.contains("没有发现需要处理的题目"), "one teacher proves nothing")
    }
  }

  @Test func `below the fewest answers a page says so and gives no number, and names nobody`()
    async throws
  {
    try await withInstitution { site, world, institution in
      let teacher = try await world.teacher("王丽")
      let session = try await teacher.begin()
      try await teacher.finish(session)
      await site.site.analyseItems()
      let analysis = try #require(try await site.site.itemDesk.analysis())
      let item = try #require(analysis.overview.items.first { $0.count == 1 }).item
      let page = try await institution.get("/institution/items/\(item.rawValue)").text
      #expect(page.contains("现在有 1 份作答"))
      #expect(page.contains("数据不足"))
      #expect(!page.contains("chart-curve") && !page.contains("chart-options"))
      for path in [
        "/institution", "/institution/items", "/institution/items/\(item.rawValue)",
      ] {
        let text = try await institution.get(path).text
        for word in ["王丽", "东一小", "东县", session] { #expect(!text.contains(word), "\(path)") }
      }
    }
  }

  @Test func `the preview is what a teacher is shown, without what it is worth`() async throws {
    try await withInstitution { site, _, institution in
      let bank = site.site.publications.bank
      let item = try #require(bank.items.first { $0.item.asksForOneChoice && $0.scenario != nil })
      let page = try await institution.get("/institution/items/\(item.id.rawValue)").text
      let preview = try #require(page.components(separatedBy: "class=\"preview\"").last)
      for choice in item.item.choiceInteractions[0].choices {
        #expect(preview.contains(choice.content.html))
        let feedback = try #require(item.item.feedback(for: choice.id))
        #expect(!preview.contains(feedback.html), "feedback comes after the test")
      }
      let scenario = try #require(item.scenario.flatMap(bank.stimulus))
      #expect(preview.contains(scenario.content.html))
    }
  }

  @Test(arguments: [
    ("平衡", true), ("平衡 体检", true), ("BALANCE", false), ("a1-13", true), ("没有这个词", false),
  ])
  func `items are found by words of two characters, all of which have to be there`(
    search: String, isFound: Bool
  ) async throws {
    try await withInstitution { _, _, institution in
      let words = search.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      let page = try await institution.get("/institution/items?q=\(words)").text
      #expect(page.contains("/institution/items/a1-13\"") == isFound)
    }
  }

  @Test func `what nobody can mean is looked for without harm`() async throws {
    try await withInstitution { _, _, institution in
      for query in [
        "point=%3Cscript%3E", "page=-3", "page=99999999999999999999", "flag=nothing",
        "q=%00%FF", "q=" + String(repeating: "x", count: 5_000), "environment=&status=&exposure=",
      ] {
        let reply = try await institution.get("/institution/items?\(query)")
        #expect(reply.status == 200 && !reply.text.contains("<script>"), "\(query)")
      }
      #expect(try await institution.get("/institution/items/..%2F..").status == 404)
    }
  }

  @Test func `an item can be retired with a reason, and new sessions do without it`() async throws {
    try await withInstitution(isPublished: true) { site, _, institution in
      let bank = site.site.publications.bank
      let item = try #require(bank.items(of: bank.blueprints[0].test).first)
      let fields = [("item", item.id.rawValue), ("state", "retired")]
      let bare = try await institution.post("/institution/items/states", fields)
      #expect(bare.status == 422 && bare.text.contains("请写理由"))
      #expect(site.site.publications.bank.item(item.id)?.state == .live)

      let done = try await institution.post(
        "/institution/items/states", fields + [("reason", "疑似泄露")])
      #expect(done.status == 200 && done.text.contains("已把 1 道题改为“停用”"))
      #expect(site.site.publications.bank.item(item.id)?.state == .retired)
      let release = try #require(try await site.site.store.releases(of: .public).first)
      #expect(release.note.reason == "疑似泄露" && release.note.kind == .change)
      #expect(release.note.differences.map(\.item) == [item.id])

      let refused = try await institution.post(
        "/institution/items/states",
        [("item", item.id.rawValue), ("state", "pilot"), ("reason", "再试")])
      #expect(refused.status == 422, "what is retired is not tried out at once")
    }
  }

  @Test func `a test that could not be filled any more keeps its items`() async throws {
    try await withInstitution(isPublished: true) { site, _, institution in
      let bank = site.site.publications.bank
      let items = bank.items(of: bank.blueprints[0].test).prefix(200)
      let reply = try await institution.post(
        "/institution/items/states",
        items.map { ("item", $0.id.rawValue) } + [("state", "retired"), ("reason", "全部停用")])
      #expect(reply.status == 422 && reply.text.contains("组不出来"))
      #expect(site.site.publications.bank.version == bank.version)
    }
  }
}
