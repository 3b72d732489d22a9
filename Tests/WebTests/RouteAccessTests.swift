import Foundation
import Hummingbird
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// Who gets what at every address of the site.
struct RouteAccessTests {
  /// The columns of the table below, each asking about the school 东一小, its group 数学组 and the
  /// session of its teacher 王丽.
  private static let columns = [
    "stranger", "王丽", "other teacher", "operator", "institution", "her school", "other school",
    "her group", "her county", "other county", "auditor",
  ]

  /// One row for each address: a new one without a row fails.
  private static let expected: [String: [Int]] = [
    "GET /": all(200), "GET /start": all(200), "GET /help": all(200), "GET /erased": all(200),
    "GET /static/{file}": all(404), "POST /language": all(422), "POST /sessions": all(422),
    "GET /sessions/{session}/stages/{stage}": owner(200),
    "POST /sessions/{session}/stages/{stage}": owner(303),
    "GET /sessions/{session}/check": owner(200), "GET /sessions/{session}/saved": owner(200),
    "GET /sessions/{session}/done": owner(303), "GET /sessions/{session}/result": owner(303),
    "GET /sessions/{session}/result/points/{point}": owner(303),
    "POST /sessions/{session}/further": owner(303),
    "POST /sessions/{session}/plans": owner(409), "GET /plans/{plan}": all(404),
    "POST /plans/{plan}/changes": all(404), "GET /plans/{plan}/print": all(404),
    "POST /plans/{plan}/sheets": all(404), "GET /plans/{plan}/courses": all(404),
    "GET /plans/{plan}/courses/{course}": all(404), "GET /plans/{plan}/plan.csv": all(404),
    "GET /plans/{plan}/plan.xlsx": all(404), "GET /plans/{plan}/plan.json": all(404),
    "GET /v/{code}": all(404),
    "GET /institution": institution(200), "GET /institution/items": institution(200),
    "GET /institution/items/{item}": institution(404),
    "POST /institution/analyses": institution(303),
    "GET /institution/import": institution(200), "POST /institution/import": institution(400),
    "GET /institution/items.zip": institution(404),
    "POST /institution/items/states": institution(422),
    "GET /institution/drafts": institution(200), "POST /institution/drafts": institution(303),
    "GET /institution/drafts/{draft}": institution(404),
    "POST /institution/drafts/{draft}": institution(404),
    "GET /institution/drafts/{draft}/preview": institution(404),
    "GET /institution/drafts/{draft}/hand-in": institution(404),
    "POST /institution/drafts/{draft}/hand-in": institution(404),
    "POST /institution/drafts/{draft}/deletion": institution(404),
    "GET /institution/courses": institution(200), "POST /institution/courses": institution(400),
    "GET /institution/courses.csv": institution(200),
    "GET /institution/providers.csv": institution(200),
    "GET /institution/courses/demand": institution(200),
    "GET /institution/courses/demand.csv": institution(200),
    "GET /institution/courses/gains": institution(200),
    "POST /institution/courses/gains": institution(200),
    "POST /institution/courses/slot": institution(422),
    "GET /institution/returned/{sheet}": institution(404),
    "GET /institution/courses/{course}/edit": institution(404),
    "POST /institution/courses/{course}/edit": institution(404),
    "GET /institution/releases": institution(200),
    "POST /institution/releases/{release}/back": institution(404),
    "GET /institution/what-if": institution(200), "POST /institution/what-if": institution(422),
    "GET /institution/forms": institution(200),
    "GET /institution/forms/{test}": institution(404),
    "POST /institution/forms/{test}": institution(404),
    "POST /institution/forms/{test}/release": institution(404),
    "POST /institution/forms/{test}/trials": institution(404),
    "GET /institution/forms/{test}/trials/{trial}": institution(404),
    "POST /institution/forms/{test}/trials/{trial}": institution(404),
    "POST /institution/forms/{test}/windows": institution(404),
    "POST /institution/forms/{test}/windows/{window}": institution(404),
    "GET /institution/calibrations": institution(200),
    "POST /institution/calibrations": institution(422),
    "GET /institution/calibrations/{run}": institution(404),
    "POST /institution/calibrations/{run}": institution(404),
    "GET /institution/panels": institution(200), "POST /institution/panels": institution(422),
    "GET /institution/panel-guide": institution(200),
    "GET /institution/panels/{panel}": institution(404),
    "POST /institution/panels/{panel}": institution(404),
    "POST /institution/panels/{panel}/cuts": institution(404),
    "GET /institution/panels/{panel}/results.csv": institution(404),
    "GET /institution/panels/{panel}/scores.csv": institution(404),
    // Judges' accounts, which have no column here, reach these and nothing else of the bank:
    // `JudgingTests`.
    "GET /panels": institution(200), "GET /panels/{panel}": institution(404),
    "GET /panels/{panel}/items/{item}": institution(404),
    "POST /panels/{panel}/items/{item}": institution(404),
    "GET /api/v1/tests": all(200), "POST /api/v1/sessions": all(422),
    "PUT /api/v1/sessions/{session}/responses/{item}": program(422, others: 422),
    "POST /api/v1/sessions/{session}/stages/{stage}": program(200, others: 404),
    "GET /api/v1/sessions/{session}/result": program(409, others: 404),
    "GET /api/v1/sessions/{session}/plan": program(409, others: 404),
    "GET /healthz": all(200),
    "GET /readyz": all(200), "GET /metrics": all(200), "GET /api/v1/openapi.json": all(200),
    "GET /sign-in": all(200), "POST /sign-in": all(422), "GET /sign-in/staff": all(200),
    "POST /sign-in/staff": all(422), "GET /activate": all(200), "POST /activate": all(422),
    "GET /invitations/{token}": all(404), "POST /invitations/{token}": all(404),
    "GET /roster-template.csv": all(200),
    "GET /me": teachers(200), "POST /me/claim": teachers(303), "GET /me/data": teachers(200),
    "GET /me/data/export.json": teachers(200), "GET /me/data/export.csv": teachers(200),
    // Staff go to their desk, teachers to their page.
    "GET /desk": [401, 303, 303, 200, 200, 200, 200, 200, 200, 200, 200],
    "GET /schools/{unit}/people": school(200), "GET /schools/{unit}/people/notice": school(200),
    "GET /schools/{unit}/people/export.csv": school(200),
    "POST /schools/{unit}/people/codes": school(422),
    "GET /groups/{group}/people": group(200), "GET /groups/{group}/people/notice": group(200),
    "GET /groups/{group}/people/export.csv": group(200),
    "POST /groups/{group}/leader": school(200),
    "GET /schools/{unit}/paper": school(200), "POST /schools/{unit}/paper": school(422),
    // No form of that code.
    "GET /schools/{unit}/paper/{form}": school(404),
    "GET /schools/{unit}/paper/{form}/entry": school(404),
    "POST /schools/{unit}/paper/{form}/entry": school(404),
    "GET /schools/{unit}/roster": [401, 403, 403, 200, 403, 200, 403, 403, 403, 403, 403],
    "POST /schools/{unit}/roster": [401, 403, 403, 400, 403, 400, 403, 403, 403, 403, 403],
    "GET /schools/{unit}": summary(200), "GET /schools/{unit}/report.csv": summary(200),
    "GET /schools/{unit}/report.xlsx": summary(200),
    "GET /schools/{unit}/progress.csv": summary(200),
    // To one's own: a school's staff to the school, those above it to their region.
    "GET /school": [401, 403, 403, 403, 403, 303, 303, 303, 403, 403, 403],
    "GET /regions": [401, 403, 403, 403, 303, 403, 403, 403, 303, 303, 303],
    // A school has no page under the address of regions.
    "GET /regions/{unit}": summary(404), "GET /regions/{unit}/report.csv": summary(404),
    "GET /regions/{unit}/report.xlsx": summary(404),
    "GET /regions/{unit}/progress.csv": summary(404),
    "GET /operator/roster": operators(200), "POST /operator/roster": operators(400),
    "GET /operator/staff": operators(200), "POST /operator/staff/invitations": operators(422),
    "POST /operator/staff/{account}/closing": operators(303),
    "GET /operator/audit": [401, 403, 403, 200, 403, 403, 403, 403, 403, 403, 200],
    // These end what the others need, so they come last.
    "POST /sessions/{session}/erasure": owner(303),
    "DELETE /api/v1/sessions/{session}": program(404, others: 404),
    "POST /me/erasure": teachers(303),
    "POST /sign-out": all(303),
  ]
  private static let last = [
    "POST /sessions/{session}/erasure", "DELETE /api/v1/sessions/{session}", "POST /me/erasure",
    "POST /sign-out",
  ]

  private static func all(_ status: Int) -> [Int] { [Int](repeating: status, count: 11) }
  private static func owner(_ status: Int) -> [Int] {
    [404, status] + [Int](repeating: 404, count: 9)
  }
  /// Calls of a program that is signed in as a browser is; of the others one is a teacher too, and
  /// opens no session of hers.
  private static func program(_ status: Int, others: Int) -> [Int] {
    [401, status, others] + [Int](repeating: 401, count: 8)
  }
  private static func teachers(_ status: Int) -> [Int] {
    [401, status, status] + [Int](repeating: 403, count: 8)
  }
  private static func operators(_ status: Int) -> [Int] {
    [401, 403, 403, status] + [Int](repeating: 403, count: 7)
  }
  private static func institution(_ status: Int) -> [Int] {
    [401, 403, 403, 403, status] + [Int](repeating: 403, count: 6)
  }
  private static func school(_ status: Int) -> [Int] {
    [401, 403, 403, 403, 403, status, 403, 403, 403, 403, 403]
  }
  /// Of a school; an institution reads of regions only.
  private static func summary(_ status: Int) -> [Int] {
    [401, 403, 403, 403, 403, status, 403, status, status, 403, status]
  }
  private static func group(_ status: Int) -> [Int] {
    [401, 403, 403, 403, 403, status, 403, status, 403, 403, 403]
  }

  private func visitors(_ world: PeopleWorld) async throws -> [Visitor] {
    let unit = { (name: String) in Grant.Scope.unit(try world.unit(name).id) }
    return [
      world.site.visitor(), try await world.teacher("王丽"), try await world.teacher("陈静"),
      try await world.staff(Grant(.operating, .everything)),
      try await world.staff(Grant(.institution, unit("示范市"))),
      try await world.staff(Grant(.schoolAdministrator, unit("东一小"))),
      try await world.staff(Grant(.schoolAdministrator, unit("西一小"))),
      try await world.staff(
        Grant(.groupLeader, .group(world.group.id, of: try world.unit("东一小").id))),
      try await world.staff(Grant(.regionViewer, unit("东县"))),
      try await world.staff(Grant(.regionViewer, unit("西县"))),
      try await world.staff(Grant(.auditor, unit("示范市"))),
    ]
  }

  @Test func `every address gives every role what the table says`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let visitors = try await visitors(world)
      // The visitor's own language, so that a token's form is not what is tested.
      for visitor in visitors { visitor.host = "localhost" }
      let session = try await visitors[1].begin()
      let served = site.site.endpoints.map { "\($0.method.rawValue) \($0.path)" }
      #expect(Set(served) == Set(Self.expected.keys))
      #expect(Set(served).count == served.count)
      let endpoints = site.site.endpoints.sorted { first, second in
        let place = { (endpoint: Endpoint) in
          Self.last.firstIndex(of: "\(endpoint.method.rawValue) \(endpoint.path)") ?? -1
        }
        return place(first) < place(second)
      }
      for endpoint in endpoints {
        let row = "\(endpoint.method.rawValue) \(endpoint.path)"
        let path = try endpoint.path.replacingOccurrences(of: "{session}", with: session)
          .replacingOccurrences(of: "{stage}", with: "1")
          .replacingOccurrences(of: "{unit}", with: world.unit("东一小").id.rawValue)
          .replacingOccurrences(of: "{group}", with: world.group.id.rawValue)
          .replacingOccurrences(of: #"\{\w+\}"#, with: "x", options: .regularExpression)
        // The owner comes last: what she does to her session must not be what the others see.
        for column in visitors.indices.sorted(by: { ($0 == 1 ? 99 : $0) < ($1 == 1 ? 99 : $1) }) {
          let reply =
            endpoint.method == .post && !endpoint.path.hasPrefix("/api/")
            ? try await visitors[column].post(path, [])
            : try await visitors[column].send(endpoint.method, path, headers: [:], body: [])
          #expect(
            reply.status == Self.expected[row]?[column],
            "\(row) for \(Self.columns[column])")
        }
      }
    }
  }

  @Test func `no address shows a school or anybody above it a person's ability`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let teacher = try await world.teacher("王丽")
      let session = try await teacher.begin()
      try await teacher.finish(session)
      let result = try await teacher.get("/sessions/\(session)/result")
      #expect(result.status == 200)
      let words = ["需要补", "证据不足", "不需要", "verdict", "ability", "probability", session]
      for visitor in try await visitors(world).dropFirst(3) {
        for endpoint in site.site.endpoints where endpoint.method == .get {
          let path = try endpoint.path.replacingOccurrences(of: "{session}", with: session)
            .replacingOccurrences(of: "{unit}", with: world.unit("东一小").id.rawValue)
            .replacingOccurrences(of: "{group}", with: world.group.id.rawValue)
            .replacingOccurrences(of: #"\{\w+\}"#, with: "1", options: .regularExpression)
          let reply = try await visitor.get(path)
          // Pages that are the same for everybody may use the words; those that name her may not.
          guard reply.text.contains("王丽") else { continue }
          for word in words { #expect(!reply.text.contains(word), "\(path) holds \(word)") }
        }
      }
    }
  }

  @Test func `what a teacher is shown of the school's page is what the school is shown`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let row = try Regex(#"<tr><th scope="row">王丽</th>.*</tr>"#)
      let school = try await world.staff(
        Grant(.schoolAdministrator, .unit(world.unit("东一小").id)))
      let teacher = try await world.teacher("王丽")
      let shown = try await teacher.get("/me/data").text.firstMatch(of: row)?.0
      let seen = try await school.get("/schools/\(world.unit("东一小").id.rawValue)/people").text
        .firstMatch(of: row)?.0
      #expect(try #require(shown) == #require(seen))
    }
  }

  @Test func `the short addresses lead everybody to their own unit`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try world.unit("东一小").id
      let leader = try await world.staff(
        Grant(.groupLeader, .group(world.group.id, of: school)))
      #expect(try await leader.get("/school").location == "/schools/\(school.rawValue)")
      let county = try world.unit("西县").id
      let viewer = try await world.staff(Grant(.regionViewer, .unit(county)))
      #expect(try await viewer.get("/regions").location == "/regions/\(county.rawValue)")
      #expect(try await viewer.get("/school").status == 403)
      let last = try #require(try await site.site.store.auditPage(limit: 1).events.first)
      #expect(last.event.outcome == .refused && last.event.object == "own-school")
    }
  }

  @Test func `a refusal is written into the audit log`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let visitor = try await world.staff(
        Grant(.schoolAdministrator, .unit(world.unit("西一小").id)))
      _ = try await visitor.get("/schools/\(world.unit("东一小").id.rawValue)/people")
      let last = try #require(try await site.site.store.auditPage(limit: 1).events.first)
      #expect(last.event.outcome == .refused)
      #expect(last.event.action == "view-participation")
      #expect(last.event.object == "unit:\(try world.unit("东一小").id.rawValue)")
    }
  }

  @Test func `a forged cookie signs nobody in`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      visitor.hold(account: AccessToken())
      let reply = try await visitor.get("/me")
      #expect(reply.status == 401)
      #expect(reply.text.contains("请先登录"))
    }
  }
}
