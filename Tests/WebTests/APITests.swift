import Delivery
import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import Storage
import TestSupport
import Testing
@testable import Web

struct APITests {
  private static let wish = [
    "test": "diagnostic-2.0", "environment": "B", "schoolStage": "junior", "subject": "english",
    "programme": "jiangsu-2020",
  ]

  private func begun(_ visitor: Visitor) async throws -> (session: String, stage: [String: Any]) {
    let reply = try await visitor.json(.post, "/api/v1/sessions", Self.wish)
    #expect(reply.status == 201)
    let body = try reply.json()
    visitor.bearer = try #require(body["token"] as? String)
    return (
      try #require(body["session"] as? String), try #require(body["stage"] as? [String: Any])
    )
  }

  /// The items that are answered with one choice.
  private func items(_ stage: [String: Any]) throws -> [(id: String, choices: [String])] {
    try #require(stage["items"] as? [[String: Any]]).compactMap { item in
      let interactions = try #require(item["interactions"] as? [[String: Any]])
      guard interactions.count == 1, interactions[0]["type"] as? String == "choiceInteraction",
        interactions[0]["cardinality"] as? String == "single"
      else { return nil }
      let choices = try #require(interactions.first?["choices"] as? [[String: Any]])
      return (
        try #require(item["id"] as? String), choices.compactMap { $0["id"] as? String }
      )
    }
  }

  private func response(_ choice: String) -> [String: Any] {
    ["RESPONSE": ["base": ["identifier": choice]]]
  }

  @Test func `a program goes from the tests on offer to a plan`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let tests = try await visitor.get("/api/v1/tests")
      #expect(tests.text.contains("\"length\":16"))
      var (session, stage) = try await begun(visitor)
      for number in 1...4 {
        #expect(stage["number"] as? Int == number)
        for (place, item) in try items(stage).enumerated() {
          let saved = try await visitor.json(
            .put, "/api/v1/sessions/\(session)/responses/\(item.id)",
            ["response": response(item.choices[0]), "sequence": place + 1])
          #expect(saved.status == 200)
          #expect(try saved.json()["saved"] as? Int == place + 1)
        }
        let next = try await visitor.json(.post, "/api/v1/sessions/\(session)/stages/\(number)")
        let body = try next.json()
        #expect(body["finished"] as? Bool == (number == 4))
        if number < 4 { stage = try #require(body["stage"] as? [String: Any]) }
      }
      let result = try await visitor.get("/api/v1/sessions/\(session)/result").json()
      #expect((result["points"] as? [Any])?.count == 30)
      #expect((result["dimensions"] as? [Any])?.count == 4)
      let plan = try await visitor.get(
        "/api/v1/sessions/\(session)/plan?programme=ziyuan-2020&exclude=A1-V1"
      ).json()
      #expect(plan["programme"] as? String == "ziyuan-2020")
      #expect(plan["violation"] as? Double == 0)
      let ids = try #require(plan["courses"] as? [[String: Any]]).compactMap { $0["id"] as? String }
      #expect(!ids.isEmpty && !ids.contains("A1-V1"))
    }
  }

  @Test func `a stage may carry its responses`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let (session, stage) = try await begun(visitor)
      let items = try items(stage)
      let next = try await visitor.json(
        .post, "/api/v1/sessions/\(session)/stages/1",
        [
          "responses": [
            items[0].id: ["response": response(items[0].choices[1])],
            items[1].id: ["unsure": true],
          ]
        ])
      #expect(next.status == 200)
      // Two answers, the submission, the choice of what comes.
      #expect(try await events(of: session, visitor, site).count == 4)
      let following = try #require(try next.json()["stage"] as? [String: Any])
      let item = try #require(try self.items(following).first)
      let bare = try await visitor.json(
        .post, "/api/v1/sessions/\(session)/stages/2",
        ["responses": [item.id: response(item.choices[0])]])
      #expect(bare.status == 200)
      #expect(try await events(of: session, visitor, site).count == 7)
    }
  }

  @Test func `the highest sequence wins, and the same one twice is one answer`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let (session, stage) = try await begun(visitor)
      let item = try items(stage)[0]
      let path = "/api/v1/sessions/\(session)/responses/\(item.id)"
      for (choice, sequence, saved, isSuperseded) in [
        (0, 5, 5, false), (1, 3, 5, true), (0, 5, 5, false), (1, 5, 5, true), (2, 6, 6, false),
      ] {
        let reply = try await visitor.json(
          .put, path, ["response": response(item.choices[choice]), "sequence": sequence])
        #expect(try reply.json()["saved"] as? Int == saved)
        // Whoever's answer is not the one that counts is told so, also where both counted alike.
        #expect(try (reply.json()["superseded"] as? Bool ?? false) == isSuperseded)
      }
      let events = try await events(of: session, visitor, site)
      // The first, and the one that came with a higher number; the others changed nothing.
      #expect(events.count == 2)
    }
  }

  /// What the database keeps of a session.
  private func events(
    of session: String, _ visitor: Visitor, _ site: TestSite
  ) async throws -> [TestSession.Event] {
    let token = try #require(visitor.bearer.flatMap { AccessToken($0) })
    let stored = try await site.site.store.session(
      .init(id: .init(rawValue: session), owner: SessionOwner(tokenHash: token.hash)))
    return try #require(stored).events
  }

  @Test func `requests that cannot be served are problems with a stable type`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let (session, stage) = try await begun(visitor)
      let item = try items(stage)[0]
      let responses = "/api/v1/sessions/\(session)/responses"
      let cases: [(HTTPRequest.Method, String, Any?, Int, String)] = [
        (.post, "/api/v1/sessions", ["environment": "Z"], 422, "invalid-field"),
        (.post, "/api/v1/sessions", ["environment": 3], 422, "invalid-field"),
        (.put, "\(responses)/\(item.id)", ["sequence": 1], 422, "invalid-field"),
        (.put, "\(responses)/\(item.id)", ["unsure": true], 422, "invalid-field"),
        (.put, "\(responses)/\(item.id)", ["unsure": true, "sequence": -1], 422, "invalid-field"),
        (
          .put, "\(responses)/\(item.id)", ["response": response("A"), "sequence": 1], 422,
          "response-does-not-fit"
        ),
        (
          .put, "\(responses)/\(item.id)", ["unsure": true, "sequence": true], 422, "invalid-field"
        ),
        (.put, "\(responses)/\(item.id)", ["unsure": 1, "sequence": 1], 422, "invalid-field"),
        (.put, "\(responses)/none", ["unsure": true, "sequence": 1], 404, "item-not-presented"),
        (.post, "/api/v1/sessions/\(session)/stages/3", nil, 409, "stage-not-reached"),
        (.get, "/api/v1/sessions/\(session)/result", nil, 409, "not-finished"),
        (.get, "/api/v1/sessions/\(session)/plan", nil, 409, "not-finished"),
        (.get, "/api/v1/sessions/none/result", nil, 404, "not-found"),
        (.get, "/api/v1/nowhere", nil, 404, "not-found"),
      ]
      for (method, path, body, status, type) in cases {
        let reply = try await visitor.json(method, path, body)
        #expect(reply.status == status, "\(method) \(path)")
        #expect(reply.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        #expect((try reply.json()["type"] as? String)?.hasSuffix("/\(type)") == true, "\(path)")
      }
      visitor.bearer = nil
      visitor.clearCookies()
      let reply = try await visitor.get("/api/v1/sessions/\(session)/result")
      #expect(reply.status == 401)
    }
  }

  @Test func `an empty response takes an answer back and is never counted as zero`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let (session, stage) = try await begun(visitor)
      let item = try items(stage)[0]
      let path = "/api/v1/sessions/\(session)/responses/\(item.id)"
      for (response, sequence) in [
        (response(item.choices[0]), 1), (["RESPONSE": ["base": NSNull()]], 2),
      ] as [([String: Any], Int)] {
        let reply = try await visitor.json(
          .put, path, ["response": response, "sequence": sequence])
        #expect(reply.status == 200)
      }
      for number in 1...4 {
        _ = try await visitor.json(.post, "/api/v1/sessions/\(session)/stages/\(number)")
      }
      let result = try await visitor.get("/api/v1/sessions/\(session)/result").json()
      let points = try #require(result["points"] as? [[String: Any]])
      #expect(points.allSatisfy { $0["evidence"] as? Int == 0 })
    }
  }

  @Test func `more answers than a person gives are refused, and those before are kept`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let (session, stage) = try await begun(visitor)
      let path = "/api/v1/sessions/\(session)/responses/\(try items(stage)[0].id)"
      var statuses: [Int] = []
      for sequence in [1, 2] + Array(3...405) {
        statuses.append(
          try await visitor.json(.put, path, ["unsure": true, "sequence": sequence]).status)
      }
      #expect(statuses.prefix(400).allSatisfy { $0 == 200 })
      #expect(statuses.suffix(5).allSatisfy { $0 == 429 })
    }
  }

  @Test func `malformed JSON is refused and nothing is kept`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let (session, stage) = try await begun(visitor)
      let reply = try await visitor.send(
        .put, "/api/v1/sessions/\(session)/responses/\(try items(stage)[0].id)", headers: [:],
        body: [UInt8]("{\"unsure\":".utf8))
      #expect(reply.status == 400)
      #expect(try await events(of: session, visitor, site).isEmpty)
    }
  }

  @Test func `erasing says what stays, and then there is nothing`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let (session, _) = try await begun(visitor)
      let reply = try await visitor.json(.delete, "/api/v1/sessions/\(session)")
      #expect((try reply.json()["stays"] as? String)?.contains("作答") == true)
      #expect(try await visitor.get("/api/v1/sessions/\(session)/result").status == 404)
    }
  }

  @Test func `the description names every call of the API and no other`() async throws {
    try await TestSite.with { site in
      let document = try await site.visitor().get("/api/v1/openapi.json").json()
      #expect((document["openapi"] as? String)?.hasPrefix("3.1") == true)
      let paths = try #require(document["paths"] as? [String: [String: Any]])
      let described = Set(
        paths.flatMap { path, calls in
          calls.keys.filter { $0 != "parameters" }.map { "\($0.uppercased()) \(path)" }
        })
      let served = Set(
        site.site.endpoints.filter { $0.path.hasPrefix("/api/") }
          .map { "\($0.method.rawValue) \($0.path)" })
      #expect(described == served)
      for (path, calls) in paths {
        let parameters = path.matches(of: #/\{(\w+)\}/#).map { String($0.1) }
        let named = (calls["parameters"] as? [[String: Any]] ?? []).compactMap {
          $0["name"] as? String
        }
        #expect(Set(parameters).isSubset(of: Set(named)), "\(path)")
      }
    }
  }
}
