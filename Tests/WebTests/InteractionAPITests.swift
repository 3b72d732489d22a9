import Delivery
import Foundation
import HTTPTypes
import ItemBank
import Storage
import TestSupport
import Testing

@testable import Web

/// Every kind of question through the API, as a program and as the pages' script answer it.
struct InteractionAPITests {
  private let bank: Bank

  init() throws { bank = try InteractionBank.read() }

  /// Every item of a new session as the API describes it, by identifier, the stage being open that
  /// holds the item asked for.
  private func withItem(
    _ id: String, _ body: (TestSite, Visitor, String, [String: Any]) async throws -> Void
  ) async throws {
    try await TestSite.with(bank: bank) { site in
      let visitor = site.visitor()
      let begun = try await visitor.json(
        .post, "/api/v1/sessions", ["environment": "A", "programme": "jiangsu-2020"]
      ).json()
      visitor.bearer = try #require(begun["token"] as? String)
      let session = try #require(begun["session"] as? String)
      var stage = try #require(begun["stage"] as? [String: Any])
      for number in 1...3 {
        let items = try #require(stage["items"] as? [[String: Any]])
        if let item = items.first(where: { $0["id"] as? String == id }) {
          try await body(site, visitor, session, item)
          return
        }
        let next = try await visitor.json(.post, "/api/v1/sessions/\(session)/stages/\(number)")
        stage = try #require(try next.json()["stage"] as? [String: Any])
      }
      Issue.record("no item \(id)")
    }
  }

  private func interactions(_ item: [String: Any]) throws -> [[String: Any]] {
    try #require(item["interactions"] as? [[String: Any]])
  }

  /// The identifier of the choice with a label.
  private func id(_ label: String, in key: String, of interaction: [String: Any]) throws -> String {
    let choices = try #require(interaction[key] as? [[String: Any]])
    let choice = try #require(choices.first { $0["label"] as? String == label }, "\(label)")
    return try #require(choice["id"] as? String)
  }

  /// The answer that is kept for an item.
  private func kept(
    _ item: String, in session: String, _ visitor: Visitor, _ site: TestSite
  ) async throws -> TestSession.Answer? {
    let token = try #require(visitor.bearer.flatMap { AccessToken($0) })
    let stored = try #require(
      try await site.site.store.session(
        .init(id: .init(rawValue: session), owner: SessionOwner(tokenHash: token.hash))))
    return try stored.replayed(bank: bank).answers[.init(rawValue: item)]
  }

  @Test(arguments: [
    ("x01-choice", "choiceInteraction", "single", "identifier"),
    ("x02-multiple", "choiceInteraction", "multiple", "identifier"),
    ("x03-inline", "inlineChoiceInteraction", "single", "identifier"),
    ("x04-order", "orderInteraction", "ordered", "identifier"),
    ("x05-match", "matchInteraction", "multiple", "directedPair"),
    ("x07-gap", "gapMatchInteraction", "multiple", "directedPair"),
    ("x08-text", "textEntryInteraction", "single", "float"),
    ("x09-hottext", "hottextInteraction", "multiple", "identifier"),
    ("x10-associate", "associateInteraction", "multiple", "pair"),
  ])
  func `an interaction is described by QTI's own name`(
    id: String, type: String, cardinality: String, baseType: String
  ) async throws {
    try await withItem(id) { _, _, _, item in
      let interaction = try #require(try interactions(item).first)
      #expect(interaction["type"] as? String == type)
      #expect(interaction["cardinality"] as? String == cardinality)
      #expect(interaction["baseType"] as? String == baseType)
      #expect(interaction["choices"] is [Any])
      let hasEnds = ["matchInteraction", "gapMatchInteraction", "inlineChoiceInteraction"]
        .contains(type)
      #expect((interaction["sources"] != nil) == hasEnds)
      #expect((interaction["targets"] != nil) == hasEnds)
    }
  }

  @Test func `pairs are answered under the names they were sent with`() async throws {
    try await withItem("x05-match") { site, visitor, session, item in
      let interaction = try #require(try interactions(item).first)
      let pair = [
        try id("投票小程序", in: "sources", of: interaction),
        try id("当堂了解全班", in: "targets", of: interaction),
      ]
      let path = "/api/v1/sessions/\(session)/responses/x05-match"
      let saved = try await visitor.json(
        .put, path,
        ["response": ["RESPONSE": ["list": ["directedPair": [pair]]]], "sequence": 1])
      #expect(saved.status == 200)
      #expect(
        try await kept("x05-match", in: session, visitor, site)
          == .response(["RESPONSE": .list(.directedPair, [.directedPair("P4", "U1")])]))
      let authors = try await visitor.json(
        .put, path,
        ["response": ["RESPONSE": ["list": ["directedPair": [["P4", "U1"]]]]], "sequence": 2])
      #expect(authors.status == 422)
    }
  }

  @Test func `a gap is named in the text where it stands, and answered by that name`()
    async throws
  {
    try await withItem("x07-gap") { site, visitor, session, item in
      let interaction = try #require(try interactions(item).first)
      let text = try #require(interaction["text"] as? String)
      let gaps = text.matches(of: #/data-target="([0-9a-f]{12})"/#).map { String($0.1) }
      #expect(
        gaps == (interaction["targets"] as? [[String: Any]])?.compactMap { $0["id"] as? String })
      #expect(gaps.count == 3)
      let pair = [try id("分工", in: "sources", of: interaction), gaps[1]]
      let saved = try await visitor.json(
        .put, "/api/v1/sessions/\(session)/responses/x07-gap",
        ["response": ["RESPONSE": ["list": ["directedPair": [pair]]]], "sequence": 1])
      #expect(saved.status == 200)
      #expect(
        try await kept("x07-gap", in: session, visitor, site)
          == .response(["RESPONSE": .list(.directedPair, [.directedPair("W2", "G2")])]))
    }
  }

  @Test func `an item of several questions takes all its responses at once`() async throws {
    try await withItem("x11-composite") { site, visitor, session, item in
      let questions = try interactions(item)
      #expect(
        questions.compactMap { $0["responseIdentifier"] as? String } == ["ONE", "MANY", "COUNT"])
      let body = try #require(item["body"] as? String)
      for name in ["ONE", "MANY", "COUNT"] { #expect(body.contains("data-response=\"\(name)\"")) }
      let response: [String: Any] = [
        "ONE": ["base": ["identifier": try id("动手之前", in: "choices", of: questions[0])]],
        "MANY": ["list": ["identifier": [try id("态度端正", in: "choices", of: questions[1])]]],
        "COUNT": ["base": ["integer": 4]],
      ]
      let saved = try await visitor.json(
        .put, "/api/v1/sessions/\(session)/responses/x11-composite",
        ["response": response, "sequence": 1])
      #expect(saved.status == 200)
      #expect(
        try await kept("x11-composite", in: session, visitor, site)
          == .response([
            "ONE": .choice(.init(rawValue: "b")), "MANY": .choices([.init(rawValue: "q")]),
            "COUNT": .single(.integer(4)),
          ]))
    }
  }

  @Test func `the script is told in words what half an order lacks, and nothing of it is kept`()
    async throws
  {
    try await withItem("x04-order") { site, visitor, session, _ in
      let path = "/api/v1/sessions/\(session)/responses/x04-order"
      let half = try await visitor.json(.put, path, ["fields": "1||2|", "sequence": 1])
      #expect(half.status == 422)
      let problem = try half.json()
      #expect((problem["type"] as? String)?.hasSuffix("/answer-incomplete") == true)
      #expect((problem["detail"] as? String)?.contains("还有 2 项没有选序号") == true)
      #expect(try await kept("x04-order", in: session, visitor, site) == nil)
      let whole = try await visitor.json(.put, path, ["fields": "1|4|2|3", "sequence": 2])
      #expect(whole.status == 200)
      #expect(try await kept("x04-order", in: session, visitor, site) != nil)
      let cleared = try await visitor.json(.put, path, ["fields": "", "sequence": 3])
      #expect(try cleared.json()["superseded"] == nil, "taking an answer back is an answer")
      #expect(cleared.status == 200)
      #expect(try await kept("x04-order", in: session, visitor, site) == nil)
      for fields in ["1|2", "1|2|3|4|5", "A|B|C|D"] {
        let reply = try await visitor.json(.put, path, ["fields": fields, "sequence": 4])
        #expect(reply.status == 422, "\(fields)")
      }
    }
  }

  @Test func `a text comes from the script with its own marks, and a book of it is refused`()
    async throws
  {
    try await withItem("x08-text") { site, visitor, session, _ in
      let path = "/api/v1/sessions/\(session)/responses/x08-text"
      let saved = try await visitor.json(
        .put, path, ["fields": "75|%E4%B8%AD%2C%7C%2B%25", "sequence": 1])
      #expect(saved.status == 200)
      #expect(
        try await kept("x08-text", in: session, visitor, site)
          == .response(["RATE": .single(.float(75)), "WORD": .single(.string("中,|+%"))]))
      let book = String(repeating: "字", count: 501)
      for body: [String: Any] in [
        ["fields": "|\(book)"], ["response": ["WORD": ["base": ["string": book]]]],
      ] {
        let reply = try await visitor.json(.put, path, body.merging(["sequence": 2]) { $1 })
        #expect(reply.status == 422)
      }
    }
  }
}
