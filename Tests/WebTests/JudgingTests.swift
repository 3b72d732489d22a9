import Foundation
import HTTPTypes
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// A judge's side of panels: blind, saved item by item, and nothing lost.
struct JudgingTests {
  @Test func `a judge is shown no byte of a key, of a colleague's scores or of who else judges`()
    async throws
  {
    try await PanelWorld.with(judges: 2) { world in
      let panel = try await world.open(items: 3)
      let colleague = world.items.prefix(3).enumerated()
      for (place, item) in colleague {
        let fields = try world.fields(
          item.item.scoredChoices, judge: 2, place: place + 1, of: panel)
        _ = try await world.visitor(2, of: panel).post(
          "/panels/\(panel.number)/items/\(place + 1)", fields + [("remark", "同行的话")])
      }
      let judge = try world.visitor(1, of: panel)
      let untouched = try await judge.get("/panels/\(panel.number)/items/1").text
      for (place, item) in world.items.prefix(3).enumerated() {
        let page = try await judge.get("/panels/\(panel.number)/items/\(place + 1)").text
        let correct = item.item.responseDeclarations.flatMap(\.correctResponse)
        #expect(!correct.isEmpty)
        let secrets =
          [item.item.title, item.id.rawValue, "同行的话", "checked", "工作人员"]
          + item.item.modalFeedback.map(\.content.text)
          + item.item.rubricBlocks.map(\.text)
          + item.misconceptions.values
        for secret in secrets where !secret.isEmpty {
          #expect(!page.contains(secret), "\(item.id.rawValue): \(secret.prefix(40))")
        }
        // Neither letters nor other names of choices, by which a key could be looked up.
        #expect(!page.contains(#"value="A""#) && !page.contains("score-A"))
        // Every rung stands under every choice, so what stands there says nothing about worth.
        for place in 1...item.item.scoredChoices.count {
          let rungs = (0...4).map { #"id="score-\#(place)-\#($0)""# }
          #expect(rungs.allSatisfy { page.contains($0) })
        }
      }
      // The key moves, and the judge's page stays the same to the byte.
      let rekeyed = try world.keyTurnedAround(of: world.items[0])
      try await world.site.site.store.publish(
        rekeyed.bank, as: .public, files: rekeyed.files, publishedAt: TestSite.noon)
      _ = try await world.site.site.takeOverBank()
      #expect(try await judge.get("/panels/\(panel.number)/items/1").text == untouched)
    }
  }

  @Test(arguments: ["0", "-9223372036854775808", "9223372036854775807", "1e3", ""])
  func `an address with any number in it is answered`(saved: String) async throws {
    try await PanelWorld.with(judges: 2) { world in
      let panel = try await world.open(items: 3)
      let page = try await world.visitor(1, of: panel).get(
        "/panels/\(panel.number)/items/1?saved=\(saved)")
      #expect(page.status == 200)
    }
  }

  @Test func `what a judge is shown is the same whatever the key and the colleagues say`()
    async throws
  {
    // Two worlds that differ in keys and in what a colleague said: one page.
    var pages: [String] = []
    for isTurned in [false, true] {
      try await PanelWorld.with(judges: 2) { world in
        if isTurned {
          let rekeyed = try world.keyTurnedAround(of: world.items[0])
          try await world.site.site.store.publish(
            rekeyed.bank, as: .public, files: rekeyed.files, publishedAt: TestSite.noon)
          _ = try await world.site.site.takeOverBank()
        }
        let panel = try await world.open(items: 1)
        let scores = world.items[0].item.scoredChoices.mapValues { isTurned ? 4 - $0 : $0 }
        try await world.score(scores, judge: 2, place: 1, of: panel)
        let page = try await world.visitor(1, of: panel).get("/panels/\(panel.number)/items/1")
        pages.append(page.text.replacing(#/name="csrf" value="\w+"/#, with: ""))
      }
    }
    #expect(pages.count == 2 && pages[0] == pages[1])
  }

  @Test func `choices stand in an order of each judge's own, the same every time`() async throws {
    try await PanelWorld.with(judges: 6) { world in
      let panel = try await world.open(items: 1)
      let item = world.items[0]
      let letters = item.item.interactions[0].choices.map(\.id)
      let orders = try (1...6).map { judge in
        try letters.map { try world.shown($0, to: judge, place: 1, of: panel) }
      }
      #expect(Set(orders).count > 3)
      let judge = try world.visitor(1, of: panel)
      let first = try await judge.get("/panels/\(panel.number)/items/1").text
      #expect(try await judge.get("/panels/\(panel.number)/items/1").text == first)
      // The text of the choice stands at the place where the order has it.
      let text = try #require(item.item.interactions[0].choices.first?.content.text.prefix(12))
      let legend = try #require(first.range(of: text)?.lowerBound)
      let place = try world.shown(letters[0], to: 1, place: 1, of: panel)
      #expect(first[..<legend].contains(#"id="score-\#(place)""#))
      #expect(!first[..<legend].contains(#"id="score-\#(place + 1)""#))
    }
  }

  @Test func `a judge's account reaches its panels and nothing else of the bank`() async throws {
    try await PanelWorld.with(judges: 2) { world in
      let panel = try await world.open()
      let judge = world.judges[0].visitor
      #expect(try await judge.get("/panels").text.contains("第一轮"))
      for endpoint in world.site.site.endpoints where endpoint.path.hasPrefix("/institution") {
        let path = endpoint.path.replacingOccurrences(
          of: #"\{\w+\}"#, with: "\(panel.number)", options: .regularExpression)
        let reply =
          endpoint.method == .get
          ? try await judge.get(path) : try await judge.post(path, [])
        #expect(reply.status == 403, "\(endpoint.method) \(path)")
      }
      // A panel that one does not judge in is not there.
      let stranger = try await world.people.staff(
        Grant(.judge, .unit(world.people.unit("示范市").id)))
      for path in ["/panels/\(panel.number)", "/panels/\(panel.number)/items/1"] {
        #expect(try await stranger.get(path).status == 404)
        #expect(try await judge.get(path).status == 200)
      }
      #expect(try await stranger.post("/panels/\(panel.number)/items/1").status == 404)
      #expect(try await judge.get("/panels/\(panel.number)/items/3").status == 404)
      #expect(try await judge.get("/desk").text.contains("等我打分的"))
    }
  }

  @Test
  func `an item without all its points is refused beside the choice, and nothing typed is lost`()
    async throws
  {
    try await PanelWorld.with(judges: 2) { world in
      let panel = try await world.open()
      let judge = try world.visitor(1, of: panel)
      let reply = try await judge.post(
        "/panels/\(panel.number)/items/1",
        [
          ("round", "1"), ("revision", "0"), ("score-1", "3"), ("score-2", "9"),
          ("remark", "题干有歧义"),
        ])
      #expect(reply.status == 422)
      #expect(reply.text.contains("第 2 个选项还没有打分"))
      #expect(reply.text.contains(##"href="#score-2-0""##))
      #expect(reply.text.contains(#"id="score-1-3" name="score-1" value="3" checked"#))
      #expect(reply.text.contains("题干有歧义"))
      #expect(try await world.site.site.store.entries(of: panel.number).isEmpty)
    }
  }

  @Test
  func `a form sent twice is one entry, and one from another window overwrites nothing unseen`()
    async throws
  {
    try await PanelWorld.with(judges: 2) { world in
      let panel = try await world.open()
      let judge = try world.visitor(1, of: panel)
      let worth = world.items[0].item.scoredChoices
      let address = "/panels/\(panel.number)/items/1"
      let first = try world.fields(worth, judge: 1, place: 1, of: panel)
      // Both at once, as a double click sends them.
      let tab = judge.inAnotherTab
      async let one = tab.post(address, first)
      async let two = tab.post(address, first)
      let replies = try await [one, two]
      #expect(replies.map(\.status) == [303, 303])
      #expect(replies[0].location == "/panels/\(panel.number)/items/2?saved=1")
      var entries = try await world.site.site.store.entries(of: panel.number)
      #expect(entries.count == 1 && entries[0].revision == 1)
      let next = try await judge.get(try #require(replies[0].location)).text
      #expect(next.contains("第 1 题已存"))

      let other = worth.mapValues { 4 - $0 }
      let stale = try await judge.post(
        address, world.fields(other, judge: 1, place: 1, of: panel))
      #expect(stale.status == 422)
      #expect(stale.text.contains("在另一个窗口存过别的分"))
      #expect(stale.text.contains(#"name="revision" value="1""#))
      entries = try await world.site.site.store.entries(of: panel.number)
      #expect(
        entries[0].values == worth.reduce(into: [:]) { $0[$1.key.rawValue] = Double($1.value) })
      let again = try await judge.post(
        address, world.fields(other, judge: 1, place: 1, of: panel, revision: 1))
      #expect(again.status == 303)
      entries = try await world.site.site.store.entries(of: panel.number)
      #expect(entries.count == 1 && entries[0].revision == 2)
    }
  }

  @Test
  func `a panel closed while somebody types says so, keeps what was typed and does not count it`()
    async throws
  {
    try await PanelWorld.with(judges: 2) { world in
      let panel = try await world.open()
      let judge = try world.visitor(1, of: panel)
      let worth = world.items[0].item.scoredChoices
      try await world.score(worth, judge: 1, place: 1, of: panel)
      try await world.end(panel)
      let second = world.items[1].item.scoredChoices
      let late = try await judge.post(
        "/panels/\(panel.number)/items/2",
        world.fields(second, judge: 1, place: 2, of: panel) + [("remark", "来晚了")])
      #expect(late.status == 200)
      #expect(late.text.contains("你填的时候，这一轮关闭了"))
      #expect(late.text.contains("来晚了"))
      #expect(late.text.matches(of: #/ checked>/#).count == second.count)
      let entries = try await world.site.site.store.entries(of: panel.number)
      #expect(entries.map(\.isLate) == [false, true])
      let result = try await world.institution.get("/institution/panels/\(panel.number)").text
      #expect(result.contains("结束以后又存了 1 处"))
      #expect(!result.contains("来晚了"))
      // The pages are over, without a dead end.
      let page = try await judge.get("/panels/\(panel.number)/items/2")
      #expect(page.location == "/panels/\(panel.number)")
      #expect(try await judge.get("/panels/\(panel.number)").text.contains("已关闭"))
    }
  }
}

extension PanelWorld {
  /// The bank with the worths of an item's choices the other way round.
  func keyTurnedAround(of item: BankItem) throws -> (bank: Bank, files: [String: [UInt8]]) {
    let change = BankImporter.change(
      [ItemChange(item: item.id, scores: item.item.scoredChoices.mapValues { 4 - $0 })],
      in: PackageFiles(folder: Project.root.appending(path: "ItemBank")))
    return (try #require(change.bank), try #require(change.files?.contents))
  }
}
