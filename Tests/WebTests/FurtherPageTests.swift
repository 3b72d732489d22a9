import Foundation
import People
import TestSupport
import Testing

@testable import Web

/// One stage more, from the result page.
struct FurtherPageTests {
  private func finished(_ visitor: Visitor) async throws -> String {
    // Of the best-equipped classroom, whose form cannot ask about every point.
    let fields = [("environment", "C")] + Visitor.startFields.dropFirst()
    let reply = try await visitor.post("/sessions", fields)
    let session = String(try #require(reply.location).split(separator: "/")[1])
    try await visitor.finish(session)
    return session
  }

  /// Answers the one stage of a session that goes on, and submits it.
  private func answer(_ session: String, of visitor: Visitor) async throws {
    let address = "/sessions/\(session)/stages/1"
    let page = try await visitor.get(address)
    let items = ItemHTML.all(on: page.text)
    #expect(items.count == 4)
    _ = try await visitor.post(address, items.flatMap(\.someAnswer))
    #expect(try await visitor.post(address, [("then", "submit")]).status == 303)
  }

  @Test func `the result offers a stage, says what to expect, and later what came`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await finished(visitor)
      let first = try await visitor.get("/sessions/\(session)/result").text
      let offer = try #require(
        first.firstMatch(
          of:
            #/有 (\d+) 个能力点还说不准：证据不足 (\d+) 个，未测 (\d+) 个。再做 4 题（约 6 分钟），预计能/#
        ))
      #expect(Int(offer.1) == (Int(offer.2) ?? 0) + (Int(offer.3) ?? 0))
      let begun = try await visitor.post("/sessions/\(session)/further")
      let further = String(try #require(begun.location).split(separator: "/")[1])
      #expect(further != session)
      let stage = try await visitor.get("/sessions/\(further)/stages/1").text
      #expect(stage.contains("<h1>加做的一段</h1>"))
      #expect(stage.contains("第 17 题"), "the numbers go on")
      #expect(try await visitor.get("/").text.contains("加做的一段还没有做完"))
      let waiting = try await visitor.get("/sessions/\(session)/result").text
      #expect(waiting.contains("/sessions/\(further)/stages/1"))
      #expect(!waiting.contains("再做 4 题"))
      try await answer(further, of: visitor)
      let both = try await visitor.get("/sessions/\(further)/result").text
      #expect(both.contains("20 题"))
      #expect(both.contains("加做之前有 \(offer.1) 个能力点说不准"))
      #expect(both.contains("/sessions/\(session)/result"))
      #expect(!both.contains("和上次相比"), "it is the same test")
      #expect(both.contains("第 20 题"))
      let old = try await visitor.get("/sessions/\(session)/result").text
      #expect(old.contains("这是加做之前的结果") && old.contains("16 题"))
      #expect(old.contains("action=\"/sessions/\(further)/plans\""), "plans follow the newest")
    }
  }

  @Test func `pressing twice begins one stage, and after two stages the page says why not`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      var session = try await finished(visitor)
      for _ in 0..<2 {
        let first = try await visitor.post("/sessions/\(session)/further").location
        let again = try await visitor.post("/sessions/\(session)/further").location
        #expect(first == again)
        session = String(try #require(first).split(separator: "/")[1])
        try await answer(session, of: visitor)
      }
      let page = try await visitor.get("/sessions/\(session)/result").text
      #expect(page.contains("最多加做 2 段"))
      let refused = try await visitor.post("/sessions/\(session)/further")
      #expect(refused.location == "/sessions/\(session)/result")
    }
  }

  @Test
  func `a stranger cannot go on from somebody's session, nor can an open one be gone on from`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let open = try await visitor.post("/sessions/\(session)/further")
      #expect(open.location == "/sessions/\(session)/stages/1")
      try await visitor.finish(session)
      let stranger = site.visitor()
      _ = try await stranger.begin()
      #expect(try await stranger.post("/sessions/\(session)/further").status == 404)
    }
  }

  @Test func `a teacher's page shows the newest of both, and the export tells how they belong`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let teacher = try await world.teacher("王丽")
      let session = try await finished(teacher)
      let location = try await teacher.post("/sessions/\(session)/further").location
      let further = String(try #require(location).split(separator: "/")[1])
      try await answer(further, of: teacher)
      let page = try await teacher.get("/me").text
      #expect(page.contains("/sessions/\(further)/result"))
      #expect(!page.contains("/sessions/\(session)/result"))
      let export = try await teacher.get("/me/data/export.json").json()
      let sessions = try #require(export["sessions"] as? [[String: Any]])
      #expect(sessions.compactMap { $0["continues"] as? String } == [session])
      #expect(sessions.compactMap { $0["expectedUnclearPoints"] as? Double }.count == 1)
      #expect(try await teacher.post("/me/erasure").status == 303)
    }
  }
}
