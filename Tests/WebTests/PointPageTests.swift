import Competency
import Delivery
import Foundation
import HTTPTypes
import ItemBank
import Storage
import TestSupport
import Testing

@testable import Web

/// The page about one point of a result.
struct PointPageTests {
  private func finished(_ visitor: Visitor) async throws -> String {
    let session = try await visitor.begin()
    try await visitor.finish(session)
    return session
  }

  /// The result as a program reads it.
  private func points(_ session: String, of visitor: Visitor) async throws -> [[String: Any]] {
    visitor.bearer = visitor.cookies["bianque"]
    defer { visitor.bearer = nil }
    let body = try await visitor.json(.get, "/api/v1/sessions/\(session)/result").json()
    return try #require(body["points"] as? [[String: Any]])
  }

  @Test func `every point has a page that says what the result says, with its questions`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await finished(visitor)
      let result = try await visitor.get("/sessions/\(session)/result").text
      let phrases = site.site.renderer.phrases(.chinese)
      for point in try await points(session, of: visitor) {
        let id = try #require(point["id"] as? String)
        let address = "/sessions/\(session)/result/points/\(id)"
        #expect(result.contains("href=\"\(address)\""), "\(id) can be reached")
        let page = try await visitor.get(address)
        #expect(page.status == 200)
        let verdict = phrases("verdict.\(point["verdict"] as? String ?? "untested")")
        #expect(page.text.contains("</span>\(verdict)</span>"), "\(id)")
        let stems = page.text.components(separatedBy: "class=\"stem-number\"").count - 1
        #expect(stems == point["evidence"] as? Int, "\(id)")
        #expect(page.text.contains("chart-point") == (point["inScope"] as? Bool))
      }
    }
  }

  @Test func `it names courses that raise the point, those of the plan first`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await finished(visitor)
      let before = try await visitor.get("/sessions/\(session)/result/points/A1").text
      #expect(before.contains("哪些课能补它") && !before.contains("在你的计划里"))
      let plan = try await visitor.post(
        "/sessions/\(session)/plans", [("programme", "jiangsu-2020")])
      let address = try #require(plan.location)
      var isNamed = false
      for point in try await points(session, of: visitor) {
        let id = try #require(point["id"] as? String)
        let page = try await visitor.get("/sessions/\(session)/result/points/\(id)").text
        guard page.contains("在你的计划里") else { continue }
        isNamed = true
        let link = try #require(page.firstMatch(of: #/<a href="(/plans/[^"]*)">/#))
        #expect(link.1.hasPrefix(address))
        #expect(try await visitor.get(String(link.1)).status == 200)
      }
      #expect(isNamed)
    }
  }

  @Test func `there is none before the end, for a stranger, or about an unknown point`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let early = try await visitor.get("/sessions/\(session)/result/points/A1")
      #expect(early.location == "/sessions/\(session)/stages/1")
      try await visitor.finish(session)
      #expect(try await visitor.get("/sessions/\(session)/result/points/Z9").status == 404)
      let stranger = site.visitor()
      _ = try await stranger.begin()
      #expect(try await stranger.get("/sessions/\(session)/result/points/A1").status == 404)
    }
  }

  @Test func `of a bank that is in use only stems are shown, never the message of a choice`()
    async throws
  {
    let shipped = try ShippedContent().bank
    let enrolled = Bank(
      version: shipped.version, title: shipped.title, frameworks: shipped.frameworks,
      items: shipped.items, stimuli: shipped.stimuli, tests: shipped.tests,
      blueprints: shipped.blueprints.map {
        var blueprint = $0
        blueprint.audience = .enrolled
        return blueprint
      })
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await finished(visitor)
      let key = try #require(visitor.cookies["bianque"].flatMap { AccessToken($0) })
      let opened = try await OpenedSession(
        .init(id: .init(rawValue: session), owner: .init(tokenHash: key.hash)), site: site.site)
      let result = try #require(try await site.site.store.result(opened.key))
      let phrases = site.site.renderer.phrases(.chinese)
      let messages = { (bank: Bank) -> [String] in
        EvidenceRows(
          opened: opened, phrases: phrases,
          isPractice: bank.isPractice(opened.session.start.test)
        ).rows(result.evidence)
          .compactMap { ($0["chosen"] as? [String: Any])?["feedback"] as? [String] }
          .flatMap { $0 }
      }
      #expect(!messages(shipped).isEmpty)
      #expect(messages(enrolled).isEmpty)
    }
  }
}
