import Competency
import Delivery
import Foundation
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// Items written in the browser: kept, checked, handed in, and never lost.
struct DraftPageTests {
  private let drafts = "/institution/drafts"

  private func withInstitution(
    _ body: (TestSite, PeopleWorld, Visitor) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      try await site.publishBank()
      let world = try await PeopleWorld(site)
      try await body(
        site, world, try await world.institution())
    }
  }

  /// A new draft.
  ///
  /// - Returns: its address.
  private func begin(_ visitor: Visitor, item: String? = nil) async throws -> String {
    let reply = try await visitor.post(drafts, item.map { [("item", $0)] } ?? [])
    #expect(reply.status == 303)
    return try #require(reply.location)
  }

  private func draft(_ address: String, _ site: TestSite) async throws -> ItemDraft? {
    let name = String(address.split(separator: "/")[2].prefix { $0 != "?" })
    return try await site.site.store.itemDraft(ItemDraft.ID(rawValue: name))
  }

  @Test(arguments: ["-1", "9223372036854775807", "-9223372036854775808", "x"])
  func `any number of choices that is sent is answered`(rows: String) async throws {
    try await withInstitution { site, _, visitor in
      let address = try await begin(visitor)
      let revision = try #require(try await draft(address, site)).revision
      let reply = try await visitor.post(
        address, Self.fields() + [("revision", "\(revision)"), ("rows", rows), ("then", "add")])
      #expect(reply.status == 303)
      #expect(try await visitor.get("\(address)?rows=\(rows)").status == 200)
    }
  }

  /// The fields of a manuscript with nothing wrong.
  private static func fields(_ changes: [String: String] = [:]) -> [(String, String)] {
    var texts = [
      "id": "new-01", "title": "新课前怎样摸底", "point": "A1", "stage": "初中", "subject": "数学",
      "instruction": "knowledge", "difficulty": "medium",
      "scenario": "你教七年级数学，下周学“一元一次方程”。全班48人，离上课还有三天。",
      "question": "要为新课找准起点，哪种做法最有效？",
    ]
    let choices = [
      "课前让学生各写一个不懂的问题，按想法归类，再定从哪里讲起。",
      "用上次单元测验的平均分判断起点，平均分高就加快进度讲新课。",
      "布置十道新课预习题，家长当晚在群里拍照上传，第二天公布名单。",
      "上课先做五道与前备知识有关的小题，统计正确率后再讲新课内容。",
    ]
    for (index, choice) in choices.enumerated() {
      let letter = ["a", "b", "c", "d"][index]
      texts["choice-\(letter)"] = choice
      texts["score-\(letter)"] = ["3", "1", "0", "2"][index]
      texts["feedback-\(letter)"] = "下一步可以再看一看。"
      texts["misconception-\(letter)"] = index == 0 ? "" : "以总分代替学情"
    }
    return texts.merging(changes) { $1 }.sorted { $0.key < $1.key }
  }

  private func fields(
    _ changes: [String: String] = [:], revision: Int, page: String = "p1", then: String = "save"
  ) -> [(String, String)] {
    Self.fields(changes) + [("revision", "\(revision)"), ("page", page), ("then", then)]
  }

  @Test func `an item is written, looked at and handed in, and nobody gets it before review`()
    async throws
  {
    try await withInstitution { site, world, author in
      let address = try await begin(author)
      let empty = try await author.get(address)
      #expect(empty.status == 200)
      #expect(!empty.text.contains("必须改："), "an empty page is not scolded")
      let saved = try await author.post(address, fields(revision: 1))
      #expect(saved.status == 303 && saved.location == address)
      let page = try await author.get(address)
      #expect(page.text.contains("没有要改的地方") && page.text.contains("第 2 稿"))
      let preview = try await author.get("\(address)/preview")
      #expect(preview.text.contains("哪种做法最有效？") && preview.text.contains("class=\"preview\""))
      #expect(!preview.text.contains("以总分代替学情") && !preview.text.contains("下一步可以"))

      let asked = try await author.post(address, fields(revision: 2, then: "hand-in"))
      #expect(asked.location == "\(address)/hand-in")
      let silent = try await author.post("\(address)/hand-in", [("revision", "2")])
      #expect(silent.status == 422 && silent.text.contains("请写明原因"))
      #expect(site.site.publications.bank.version == site.content.bank.version)
      let done = try await author.post(
        "\(address)/hand-in",
        [("revision", "2"), ("reason", "补学情分析的题"), ("test", "diagnostic-2.0")])
      #expect(done.location == "/institution/releases")
      let bank = site.site.publications.bank
      let item = try #require(bank.item(AssessmentItem.ID(rawValue: "new-01")))
      #expect(item.state == .review && item.schoolStage == "初中")
      let test = AssessmentTest.ID(rawValue: "diagnostic-2.0")
      #expect(bank.items(of: test).contains { $0.id == item.id })
      let release = try #require(try await site.site.store.releases(of: .public).first)
      #expect(release.note.reason == "补学情分析的题" && release.note.actor.hasPrefix("account:"))
      #expect(try await draft(address, site) == nil)
      #expect(try await author.get(address).status == 404)
      for seed in 0..<40 {
        let session = try TestSession(start: Cast.wang(seed: UInt64(seed), in: bank), bank: bank)
        #expect(!session.stages.flatMap(\.items).contains(item.id))
      }
      let events = try await site.site.store.auditPage(limit: 4).events.map(\.event.action)
      #expect(events.contains("hand-in-item") && events.contains("release-bank"))
    }
  }

  @Test func `a refused hand-in names every field, and what was written is kept`() async throws {
    try await withInstitution { site, _, author in
      let address = try await begin(author)
      let wrong = ["id": "a1-01", "question": "", "score-b": "", "point": "Z9"]
      let reply = try await author.post(
        address, fields(wrong, revision: 1, then: "hand-in"))
      #expect(reply.status == 422)
      for field in ["id", "question", "score-b", "point"] {
        #expect(reply.text.contains("<a href=\"#\(field)\">"), "\(field)")
        #expect(reply.text.contains("id=\"\(field)\""))
      }
      #expect(reply.text.contains("题库里已经有题目 a1-01"))
      #expect(reply.text.contains("还不能交审：有 4 处要改"))
      let kept = try #require(try await draft(address, site))
      #expect(kept.revision == 2 && kept.manuscript[.choice(3)].hasPrefix("上课先做五道"))
      let direct = try await author.post(
        "\(address)/hand-in", [("revision", "2"), ("reason", "硬交")])
      #expect(direct.status == 422 && direct.text.contains("<a href=\"#question\">"))
      #expect(site.site.publications.bank.version == site.content.bank.version)
    }
  }

  @Test func `warnings are told beside their fields and do not keep anybody from handing in`()
    async throws
  {
    try await withInstitution { site, _, author in
      let address = try await begin(author)
      let reply = try await author.post(
        address, fields(["scenario": "用微信群收作业,离上课还有三天。"], revision: 1, then: "hand-in"))
      #expect(reply.location == "\(address)/hand-in")
      let page = try await author.get(address).text
      let part = try #require(page.components(separatedBy: "id=\"scenario-findings\"").last)
      let beside = part.prefix(900)
      #expect(beside.contains("出现了产品名“微信”") && beside.contains("请改用全角标点"))
      #expect(try await author.get("\(address)/hand-in").text.contains("还有 2 处请看一看"))
      let english = site.visitor(language: "en")
      let cookies = author.cookies
      english.hold(account: try #require(AccessToken(cookies["bianque-account"] ?? "")))
      let other = try await english.get(address).text
      #expect(other.contains("A product is named: “<span lang=\"zh-CN\">微信</span>”"))
    }
  }

  @Test func `a stale save loses nothing: both texts are shown and either can be taken`()
    async throws
  {
    try await withInstitution { site, world, first in
      let second = try await world.institution()
      let address = try await begin(first)
      _ = try await first.post(address, fields(revision: 1, page: "p1"))
      _ = try await second.post(
        address, fields(["question": "第二个人的问题？"], revision: 2, page: "p2"))
      let mine = ["choice-a": "第一个人的选项。", "title": "</textarea><script>x</script>"]
      let stale = try await first.post(address, fields(mine, revision: 2, page: "p1"))
      #expect(stale.status == 409)
      for text in ["第二个人的问题？", "第一个人的选项。", "&lt;/textarea&gt;&lt;script&gt;"] {
        #expect(stale.text.contains(text), "\(text)")
      }
      #expect(!stale.text.contains("<script>x"))
      #expect(stale.text.contains("name=\"take-question\" value=\"theirs\" checked"))
      #expect(stale.text.contains("name=\"take-choice-a\" value=\"mine\" checked"))
      #expect(stale.text.contains("name=\"misconception-b\" value=\"以总分代替学情\""), "all is sent on")
      let present = try #require(try await draft(address, site))
      #expect(present.revision == 3 && present.manuscript[.stem] == "第二个人的问题？")

      // Part by part.
      let merged = try await first.post(
        address,
        fields(mine, revision: 3, page: "", then: "merge") + [
          ("take-question", "theirs"), ("take-choice-a", "mine"), ("take-title", "mine"),
        ])
      #expect(merged.status == 303)
      let kept = try #require(try await draft(address, site)).manuscript
      #expect(kept[.stem] == "第二个人的问题？" && kept[.choice(0)] == "第一个人的选项。")
      #expect(kept[.title] == "</textarea><script>x</script>")
      // Or all of one's own.
      _ = try await first.post(address, fields(mine, revision: 4, page: "", then: "mine"))
      let all = try #require(try await draft(address, site)).manuscript
      #expect(all[.stem] == "要为新课找准起点，哪种做法最有效？")
    }
  }

  @Test func `a decision about two texts is itself stale when a third came meanwhile`()
    async throws
  {
    try await withInstitution { site, _, author in
      let address = try await begin(author)
      _ = try await author.post(address, fields(revision: 1, page: "p1"))
      _ = try await author.post(address, fields(["title": "三"], revision: 2, page: "p3"))
      let late = try await author.post(
        address, fields(["title": "二"], revision: 2, page: "p4", then: "mine"))
      #expect(late.status == 409 && late.text.contains("三") && late.text.contains("二"))
    }
  }

  @Test func `the script keeps by itself, late sends change nothing, and a page follows itself`()
    async throws
  {
    try await withInstitution { site, _, author in
      let address = try await begin(author)
      let sent = try await author.post(
        address, fields(["title": "一"], revision: 1, page: "p1", then: "autosave"))
      #expect(sent.status == 200 && sent.text.contains("name=\"revision\" value=\"2\""))
      #expect(sent.text.contains("id=\"draft-state\"") && sent.text.contains("已保存"))
      // The button was pressed before the page knew of revision 2: it is the same page's.
      let pressed = try await author.post(
        address, fields(["title": "二"], revision: 1, page: "p1"))
      #expect(pressed.status == 303)
      // What the script sent before, and arrives only now, overwrites nothing.
      let late = try await author.post(
        address, fields(["title": "旧"], revision: 2, page: "p1", then: "autosave"))
      #expect(late.status == 409)
      #expect(try await draft(address, site)?.manuscript[.title] == "二")
      // The same once more is no new text.
      _ = try await author.post(address, fields(["title": "二"], revision: 3, page: "p1"))
      #expect(try await draft(address, site)?.revision == 3)
      // Another page of the same person is another author.
      let other = try await author.post(address, fields(["title": "四"], revision: 1, page: "p9"))
      #expect(other.status == 409)
    }
  }

  @Test func `an item is edited with its meaning kept, and sessions keep the former text`()
    async throws
  {
    try await withInstitution { site, world, author in
      let teacher = try await world.teacher("王丽")
      let session = try await teacher.begin()
      let before = try await teacher.get("/sessions/\(session)/stages/1").text
      let bank = site.site.publications.bank
      let asked = try #require(
        bank.items.first { item in
          guard let first = item.item.choiceInteractions.first?.choices.first else { return false }
          return before.contains(first.content.html) && ItemManuscript(of: item, in: bank) != nil
        })
      let address = try await begin(author, item: asked.id.rawValue)
      #expect(try await begin(author, item: asked.id.rawValue) == address, "one draft an item")
      let kept = try #require(try await draft(address, site))
      var texts = kept.manuscript.namedTexts
      texts["question"] = "换一种问法，哪种做法最有效？"
      texts["id"] = "another-name"
      _ = try await author.post(
        address,
        texts.sorted { $0.key < $1.key } + [("revision", "1"), ("then", "hand-in")])
      let page = try await author.get("\(address)/hand-in").text
      #expect(page.contains("仍然“在用”"))
      let unsaid = try await author.post(
        "\(address)/hand-in", [("revision", "2"), ("reason", "改问法")])
      #expect(unsaid.status == 422 && unsaid.text.contains("请选择这次改的是什么"))
      let done = try await author.post(
        "\(address)/hand-in", [("revision", "2"), ("reason", "改问法"), ("meaning", "same")])
      #expect(done.location == "/institution/releases", "\(done.status)")
      let now = try #require(site.site.publications.bank.item(asked.id))
      #expect(now.state == .live && now.calibrations == asked.calibrations)
      #expect(now.item.choiceInteractions[0].prompt?.text == "换一种问法，哪种做法最有效？")
      #expect(try await teacher.get("/sessions/\(session)/stages/1").text == before)
      let other = try await world.teacher("陈静")
      _ = try await other.begin()
      // And back, by the way every release has.
      let latest = try #require(try await site.site.store.releases(of: .public).first)
      _ = try await author.post(
        "/institution/releases/\(latest.number)/back", [("reason", "还是原来的好")])
      #expect(site.site.publications.bank.version == bank.version)
    }
  }

  @Test func `an edition that asks something else is reviewed first, with provisional parameters`()
    async throws
  {
    try await withInstitution { site, _, author in
      let bank = site.site.publications.bank
      let item = AssessmentItem.ID(rawValue: "a1-13")
      let address = try await begin(author, item: item.rawValue)
      var texts = try #require(try await draft(address, site)).manuscript.namedTexts
      texts["instruction"] = "tendency"
      _ = try await author.post(
        address, texts.sorted { $0.key < $1.key } + [("revision", "1"), ("then", "hand-in")])
      let page = try await author.get("\(address)/hand-in").text
      #expect(page.contains("旧的作答不能再说明它有多难") && !page.contains("name=\"meaning\""))
      let done = try await author.post(
        "\(address)/hand-in",
        [("revision", "2"), ("reason", "改问平时怎么做"), ("meaning", "same")])
      #expect(done.location == "/institution/releases", "\(done.status)")
      let now = try #require(site.site.publications.bank.item(item))
      #expect(now.state == .review && now.parameters?.isProvisional == true)
      #expect(now.instruction == .tendency)
      #expect(bank.item(item)?.state == .live)
    }
  }

  @Test func `an item that was changed in the bank since is shown beside the draft`() async throws {
    try await withInstitution { site, _, author in
      let item = AssessmentItem.ID(rawValue: "a1-13")
      let address = try await begin(author, item: item.rawValue)
      let begun = try #require(try await draft(address, site)).manuscript
      var mine = begun.namedTexts
      mine["title"] = "我起的名字"
      _ = try await author.post(
        address, mine.sorted { $0.key < $1.key } + [("revision", "1"), ("then", "save")])
      var other = begun
      other[.stem] = "别处改的问题？"
      let publishing = BankPublishing(site: site.site)
      let bank = try await publishing.current()
      try await publishing.release(
        BankImporter.write(
          ItemWriting(other, replacing: item, state: .live, keepsParameters: true),
          into: try await publishing.files(of: bank.version)),
        madeFrom: bank, kind: .change, actor: "command", reason: "别处")
      let reply = try await author.post(
        "\(address)/hand-in", [("revision", "2"), ("reason", "改名"), ("meaning", "same")])
      #expect(reply.status == 409 && reply.text.contains("别处改的问题？"))
      #expect(
        reply.text.contains("我起的名字") && reply.text.contains("name=\"against\" value=\"bank\""))
      _ = try await author.post(
        address,
        mine.sorted { $0.key < $1.key } + [
          ("revision", "2"), ("then", "merge"), ("against", "bank"), ("take-question", "theirs"),
        ])
      let merged = try #require(try await draft(address, site))
      #expect(merged.manuscript[.stem] == "别处改的问题？" && merged.manuscript[.title] == "我起的名字")
      let done = try await author.post(
        "\(address)/hand-in", [("revision", "3"), ("reason", "改名"), ("meaning", "same")])
      #expect(done.location == "/institution/releases", "\(done.status)")
      let now = try #require(site.site.publications.bank.item(item))
      #expect(now.item.title == "我起的名字" && now.version == "3")
    }
  }

  @Test func `a draft is deleted with a reason, and what was typed meanwhile becomes a new one`()
    async throws
  {
    try await withInstitution { site, _, author in
      let address = try await begin(author)
      let silent = try await author.post("\(address)/deletion")
      #expect(silent.status == 422 && silent.text.contains("请写为什么删除"))
      let gone = try await author.post("\(address)/deletion", [("reason", "与 a1-01 重复")])
      #expect(gone.location == drafts)
      let line = try #require(try await site.site.store.auditPage(limit: 1).events.first)
      #expect(line.event.action == "delete-item-draft" && line.event.detail == "与 a1-01 重复")
      let script = try await author.post(address, fields(revision: 1, then: "autosave"))
      #expect(script.status == 404)
      let late = try await author.post(address, fields(revision: 1))
      let new = try #require(late.location)
      #expect(new != address && new.hasSuffix("?kept=1"))
      #expect(try await draft(new, site)?.manuscript[.identifier] == "new-01")
      #expect(try await author.get(drafts).text.contains("新课前怎样摸底"))
    }
  }

  @Test func `an item of another structure says plainly that it is not edited here`() async throws {
    try await withInstitution { site, _, author in
      let bank = site.site.publications.bank
      let item = try #require(bank.items.first { $0.item.choiceInteractions.isEmpty })
      let page = try await author.get("/institution/items/\(item.id.rawValue)").text
      #expect(page.contains("这道题的结构不在网页上编辑") && !page.contains("编辑（新版本）"))
      let reply = try await author.post(drafts, [("item", item.id.rawValue)])
      #expect(reply.status == 422 && reply.text.contains("这道题的结构不在网页上编辑"))
      let other = try await author.get("/institution/items/a1-13").text
      #expect(other.contains("编辑（新版本）"))
    }
  }

  @Test func `a choice is added without anything written being lost`() async throws {
    try await withInstitution { site, _, author in
      let address = try await begin(author)
      let reply = try await author.post(
        address, fields(revision: 1, then: "add") + [("rows", "5")])
      #expect(reply.location == "\(address)?rows=6#choice-f")
      let page = try await author.get("\(address)?rows=6").text
      #expect(page.contains("id=\"choice-f\"") && !page.contains("value=\"add\""))
      #expect(try await draft(address, site)?.manuscript.choiceCount == 4)
    }
  }

  @Test func `the scenario of another item is taken up by its identifier`() async throws {
    try await withInstitution { site, _, author in
      let address = try await begin(author)
      let scenario = try #require(site.content.bank.stimuli.first)
      _ = try await author.post(
        address,
        fields(["scenario-id": scenario.id.rawValue], revision: 1, then: "scenario"))
      let kept = try #require(try await draft(address, site)).manuscript
      #expect(kept[.scenario] == scenario.content.text && kept[.scenarioTitle] == scenario.title)
      #expect(!kept.check(in: site.content.bank, replacing: nil).hasErrors)
    }
  }
}
