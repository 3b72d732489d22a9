import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Recommendation
import Storage
import TestSupport
import Testing

@testable import Web

/// A finished session of a teacher who answers in one manner, and a browser that holds it.
struct PlanWorld {
  let site: TestSite
  let visitor: Visitor
  let session: String
  let token: AccessToken

  /// - Parameters:
  ///   - site: the site.
  ///   - manner: how the teacher answers.
  ///   - environment: the classroom.
  ///   - programme: the programme chosen before the test.
  /// - Throws: what is missing.
  init(
    _ site: TestSite, _ manner: TestSession.Manner, environment: String = "A",
    programme: String = "jiangsu-2020"
  ) async throws {
    self.site = site
    let (bank, store) = (site.content.bank, site.site.store)
    token = AccessToken()
    let key = SessionKey(
      id: TestSession.ID(rawValue: AccessToken.randomName()),
      owner: SessionOwner(tokenHash: token.hash))
    let framework = try #require(
      site.content.programmes.first { $0.id.rawValue == programme }?.framework)
    let test = try #require(
      bank.blueprints.first { $0.framework == framework && $0.audience == .public }?.test)
    var start = Cast.wang(in: bank)
    start.test = test
    start.environment = .init(rawValue: environment)
    start.programme = programme
    var opened = try TestSession(start: start, bank: bank)
    try await store.startSession(
      key, session: opened, startedAt: TestSite.noon, unclaimed: [])
    while let stage = opened.currentStage {
      let answers = stage.items.compactMap { item in
        TestSession.answer(to: item, in: manner, bank: bank).map { (item, $0) }
      }
      opened = try #require(
        try await store.submitStage(
          stage.number, changes: Dictionary(uniqueKeysWithValues: answers), after: 0,
          closes: true, in: key, receivedAt: TestSite.noon, bank: bank))
    }
    session = key.id.rawValue
    visitor = site.visitor()
    visitor.hold(session: token)
  }

  /// Makes a plan.
  ///
  /// - Returns: its address.
  func plan(programme: String = "jiangsu-2020") async throws -> String {
    try #require(
      try await visitor.post("/sessions/\(session)/plans", [("programme", programme)]).location)
  }

  /// Changes a plan as its page would.
  @discardableResult
  func change(_ plan: String, _ fields: [(String, String)]) async throws -> Reply {
    try await visitor.post("\(plan)/changes", fields)
  }

  /// The courses on a plan's page.
  static func courses(_ page: String) -> [String] {
    page.matches(of: #/<article class="course[^"]*" id="course-([^"]+)"/#).map { String($0.1) }
  }

  /// The version that the forms of a plan's page carry.
  static func version(_ page: String) throws -> Int {
    try #require(page.firstMatch(of: #/name="version" value="(\d+)"/#).flatMap { Int($0.1) })
  }
}
