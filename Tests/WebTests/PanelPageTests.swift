import Competency
import Foundation
import ItemAnalysis
import ItemBank
import People
import Psychometrics
import Storage
import TestSupport
import Testing

@testable import Web

/// The institution's side of panels: opened, closed, read, and taken over into the bank.
struct PanelPageTests {
  private let panels = "/institution/panels"

  @Test
  func `a panel is opened from ticked items or from a filter, and faults stand by their fields`()
    async throws
  {
    try await PanelWorld.with(judges: 2) { world in
      let item = world.items[0]
      let ticked = try await world.institution.post(
        panels, [("then", "prepare"), ("item", item.id.rawValue)])
      #expect(
        ticked.status == 200 && ticked.text.contains(#"value="\#(item.id.rawValue)" checked"#))
      let point = try #require(item.points.first?.rawValue)
      let list = try await world.institution.get("/institution/items?point=\(point)")
      #expect(list.text.contains("\(panels)?point=\(point)"))
      let filtered = try await world.institution.get("\(panels)?point=\(point)")
      #expect(filtered.text.contains(#"value="\#(item.id.rawValue)" checked"#))
      #expect(try await world.institution.get(panels).text.contains("先到题目列表里筛选"))

      let empty = try await world.institution.post(
        panels, [("then", "open"), ("item", item.id.rawValue), ("item", "nobody")])
      #expect(empty.status == 422)
      for words in ["请写名称", "请至少选两位评委", "有 1 道题不是按选项给分的单选题"] {
        #expect(empty.text.contains(words), "\(words)")
      }
      #expect(empty.text.contains(##"href="#name""##) && empty.text.contains(#"id="judges""#))
      let none = try await world.institution.post(panels, [("then", "open"), ("name", "空")])
      #expect(none.status == 422 && none.text.contains("请至少选一道题"))
      #expect(try await world.site.site.store.panels().isEmpty)

      let panel = try await world.open()
      #expect(panel.judges.count == 2 && panel.items.count == 2)
      let twice = try await world.institution.post(
        panels,
        [("then", "open"), ("name", "第一轮"), ("kind", "options"), ("item", item.id.rawValue)]
          + world.judges.map { ("judge", $0.account.rawValue) })
      #expect(twice.status == 422 && twice.text.contains("请换个名称"))
      let line = try #require(try await world.site.site.store.auditPage(limit: 1).events.first)
      #expect(line.event.action == "open-panel" && line.event.object == "panel:1")
    }
  }

  @Test func `until a panel is closed the institution sees how much is done and no score`()
    async throws
  {
    try await PanelWorld.with(judges: 2) { world in
      let panel = try await world.open()
      let address = "\(panels)/\(panel.number)"
      let before = try await world.institution.get(address).text
      #expect(before.contains("0／2"))
      let fields = try world.fields(
        world.items[0].item.scoredChoices, judge: 1, place: 1, of: panel)
      _ = try await world.visitor(1, of: panel).post(
        "/panels/\(panel.number)/items/1", fields + [("remark", "题干有歧义")])
      let after = try await world.institution.get(address).text
      #expect(after.contains("1／2") && after.contains("0／2"))
      #expect(!after.contains("题干有歧义") && !after.contains("评委 1"))
      for file in ["results.csv", "scores.csv"] {
        #expect(try await world.institution.get("\(address)/\(file)").status == 404)
      }
      let unsure = try await world.institution.post(address, [("then", "close")])
      #expect(unsure.status == 422 && unsure.text.contains("请先勾选确认"))
      // Somebody else of the institution cannot end it while its opener is there.
      let other = try await world.people.staff(
        Grant(.institution, .unit(world.people.unit("示范市").id)))
      #expect(try await other.get(address).text.contains("由开这一轮的人关闭"))
      let refused = try await other.post(address, [("then", "close"), ("confirm", "1")])
      #expect(refused.status == 422)
      #expect(try await world.site.site.store.panel(1)?.isOpen == true)
    }
  }

  @Test func `fewer judges than it takes are told as not enough data, not as a number`()
    async throws
  {
    try await PanelWorld.with(judges: 6) { world in
      let panel = try await world.open()
      let worth = world.items[0].item.scoredChoices
      // The sixth leaves after the first item.
      for judge in 1...6 { try await world.score(worth, judge: judge, place: 1, of: panel) }
      for judge in 1...5 {
        try await world.score(
          world.items[1].item.scoredChoices, judge: judge, place: 2, of: panel)
      }
      try await world.end(panel)
      let page = try await world.institution.get("\(panels)/1").text
      #expect(page.contains("1 题可以采用，0 题要再议，1 题数据不足；0 题和现在的分值不同"))
      #expect(page.contains("数据不足（5 位评委，满 6 位才给数）"))
      let sheet = try await world.institution.get("\(panels)/1/results.csv").text
      let rows = sheet.split(separator: "\r\n").filter { $0.contains(world.items[1].id.rawValue) }
      #expect(rows.count == world.items[1].item.scoredChoices.count)
      #expect(rows.allSatisfy { $0.hasSuffix(",5" + String(repeating: ",数据不足", count: 6)) })
    }
  }

  @Test func `what a panel says leads to the change of the key with its reason, and is made`()
    async throws
  {
    try await PanelWorld.with(judges: 6) { world in
      let item = world.items[0]
      let panel = try await world.open(items: 1)
      let turned = item.item.scoredChoices.mapValues { 4 - $0 }
      let best = try #require(turned.max { $0.value < $1.value }).key
      let worst = try #require(turned.min { $0.value < $1.value }).key
      for judge in 1...5 { try await world.score(turned, judge: judge, place: 1, of: panel) }
      var dissenting = turned
      dissenting[best] = 2
      dissenting[worst] = 1
      let fields = try world.fields(dissenting, judge: 6, place: 1, of: panel)
      _ = try await world.visitor(6, of: panel).post(
        "/panels/1/items/1", fields + [("remark", "题干有歧义")])
      try await world.end(panel)
      let page = try await world.institution.get("\(panels)/1").text
      #expect(page.contains("1 题可以采用，0 题要再议，0 题数据不足；1 题和现在的分值不同"))
      #expect(page.contains("和现在不同"))
      #expect(page.contains("评委 6：选项 \(best.rawValue) 给 2 分（评委的分值 4）"))
      #expect(page.contains("评委 6：<span lang=\"zh-CN\">题干有歧义</span>"))
      #expect(!page.contains(world.judges[0].account.rawValue))
      let agreement = try #require(
        panel.keying(
          of: item, entries: try await world.site.site.store.entries(of: 1))?.agreement)
      let interval = try #require(agreement.interval)
      #expect(
        page.contains(
          "\(Numeral.hundredths(agreement.alpha))（\(Numeral.hundredths(interval.lower)) 至 \(Numeral.hundredths(interval.upper))）"
        ))

      let link = try #require(page.firstMatch(of: #/href="(\/institution\/what-if\?[^"]+)"/#)?.1)
      let address = String(link).replacing("&amp;", with: "&")
      let looked = try await world.institution.get(address)
      #expect(looked.status == 200)
      let reason = "第 1 轮评委打分“第一轮”，6 位评委背靠背"
      #expect(
        looked.text.contains(#"id="reason" name="reason" maxlength="500" value="\#(reason)""#))
      let made = try await world.institution.post(
        "/institution/what-if",
        [
          ("item", item.id.rawValue), ("base", world.site.site.publications.bank.version.rawValue),
          ("reason", reason),
        ] + turned.map { ("points.\(item.id.rawValue).\($0.key.rawValue)", "\($0.value)") })
      #expect(made.location == "/institution/releases", "\(made.text)")
      #expect(world.site.site.publications.bank.item(item.id)?.item.scoredChoices == turned)
      #expect(try await world.institution.get("/institution/releases").text.contains(reason))
      // Taken over, nothing differs any more.
      #expect(
        try await world.institution.get("\(panels)/1").text.contains("0 题和现在的分值不同"))
    }
  }

  // Cut scores

  private func expectations(_ values: [Double], round: Int = 1, revision: Int = 0)
    -> [(String, String)]
  {
    [("round", "\(round)"), ("revision", "\(revision)")]
      + zip(["applying", "innovating"], values).map { ("level-\($0)", "\($1)") }
  }

  @Test func `expected scores in two rounds set borders, and the second shows no names`()
    async throws
  {
    try await PanelWorld.with(judges: 7) { world in
      let panel = try await world.open(.angoff, items: 3, name: "定线")
      // The seventh judge leaves after one item.
      for judge in 1...7 {
        for place in judge == 7 ? 1...1 : 1...3 {
          let low = 1.0 + 0.1 * Double(judge)
          let reply = try await world.visitor(judge, of: panel).post(
            "/panels/1/items/\(place)", expectations([low, low + 1.5]))
          #expect(reply.status == 303, "\(reply.text)")
        }
      }
      let first = try await world.visitor(1, of: panel).get("/panels/1/items/1").text
      #expect(!first.contains("大家："))
      // Somebody types while the first round ends.
      let typing = try world.visitor(7, of: panel)
      try await world.end(panel, "second")
      let late = try await typing.post("/panels/1/items/2", expectations([1.5, 3]))
      #expect(late.status == 200 && late.text.contains("第一轮结束了"))
      #expect(late.text.contains(#"name="round" value="2""#) && late.text.contains(#"value="1.5""#))

      let second = try await world.visitor(1, of: panel).get("/panels/1/items/1").text
      #expect(
        second.contains("你第一轮填 1.1。大家：最低 1.1，中间 1.4，最高 1.7；从低到高：1.1 1.2 1.3 1.4 1.5 1.6 1.7。"))
      #expect(!second.contains("工作人员") && !second.contains("评委 "))
      let changed = try await world.visitor(1, of: panel).post(
        "/panels/1/items/1", expectations([2, 3], round: 2))
      #expect(changed.status == 303)
      let fallen = try await world.visitor(1, of: panel).post(
        "/panels/1/items/2", expectations([3, 2], round: 2))
      #expect(fallen.status == 422 && fallen.text.contains("“创新”的估分不能低于“应用”"))
      try await world.end(panel)

      let entries = try await world.site.site.store.entries(of: 1)
      let closed = try #require(try await world.site.site.store.panel(1))
      let judgements = closed.judgements(in: world.site.content.bank, entries: entries)
      let scores = judgements.expectations(of: "applying", upTo: 2)
      #expect(scores.count == 6 && scores[1]?[0] == 2 && scores[2]?[0] == 1.2)
      let cut = try Angoff.cut(
        judgements: scores.sorted { $0.key < $1.key }.map(\.value),
        models: closed.models(in: world.site.content.bank))
      let page = try await world.institution.get("\(panels)/1").text
      let half = ConfidenceInterval.normalHalfWidth * cut.standardError
      #expect(
        page.contains("\(Numeral.hundredths(cut.location)) ± \(Numeral.hundredths(half))"))
      #expect(page.contains("评委 7 评了 1／3 题，没有评全，不计入"))
      #expect(page.contains("结束以后又存了 1 处"))
      #expect(page.contains("新的等级线作为题库的新一版发布"))
      let sheet = try await world.institution.get("\(panels)/1/results.csv").text
      #expect(sheet.contains("applying,2,6,\(cut.location),\(cut.standardError),"))
    }
  }

  @Test func `bookmarks set borders, and the people who would move are counted`() async throws {
    try await PanelWorld.with(judges: 6) { world in
      let teacher = world.site.visitor()
      try await teacher.finish(try await teacher.begin())
      let panel = try await world.open(.bookmark, items: 3, name: "放书签")
      let booklet = Bookmark(models: panel.models(in: world.site.content.bank)).booklet
      let page = try await world.visitor(1, of: panel).get("/panels/1/items/1")
      #expect(page.text.matches(of: #/id="page-\d+"/#).count == booklet.count)
      let outside = try await world.visitor(1, of: panel).post(
        "/panels/1/items/1",
        [
          ("round", "1"), ("level-applying", "１"), ("level-innovating", "\(booklet.count + 1)"),
        ])
      #expect(outside.status == 422)
      #expect(!outside.text.contains("“应用”要填"), "full-width digits are digits")
      #expect(outside.text.contains("“创新”要填 1 到 \(booklet.count) 的页码"))
      let marks = [2, 3, 3, 4, 3, 2]
      for (place, mark) in marks.enumerated() {
        let reply = try await world.visitor(place + 1, of: panel).post(
          "/panels/1/items/1",
          [("round", "1"), ("level-applying", "\(mark)"), ("level-innovating", "\(mark + 3)")])
        #expect(reply.location == "/panels/1")
      }
      try await world.end(panel)
      let result = try await world.institution.get("\(panels)/1").text
      let cut = try Bookmark(models: panel.models(in: world.site.content.bank)).cut(marks: marks)
      #expect(result.contains("\(Numeral.hundredths(cut.location)) ± "))
      #expect(result.contains("看了 1 份做完的自测"))
      #expect(result.contains("各等级能做到什么"))
    }
  }

  @Test
  func `items that are being scored blind set no levels, and neither do other frameworks' items`()
    async throws
  {
    try await PanelWorld.with(judges: 2) { world in
      _ = try await world.open()
      let fields =
        [("then", "open"), ("kind", "angoff"), ("name", "定线")]
        + world.judges.map { ("judge", $0.account.rawValue) }
      let blind = try await world.institution.post(
        panels, fields + [("item", world.items[0].id.rawValue)])
      #expect(blind.status == 422 && blind.text.contains("有的题正在给选项打分"))
      let bank = world.site.content.bank
      if let other = bank.items.first(where: {
        $0.framework != world.items[0].framework && !$0.item.scoredChoices.isEmpty
      }) {
        let mixed = try await world.institution.post(
          panels,
          fields + [("item", world.items[2].id.rawValue), ("item", other.id.rawValue)])
        #expect(mixed.status == 422 && mixed.text.contains("要属于同一个框架"))
      }
    }
  }
}
