import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// A sign-in that runs out while a stage is open.
struct ExpiredSignInTests {
  @Test func `the page asks to sign in again instead of denying that there is a session`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let teacher = try await world.teacher("王丽")
      let session = try await teacher.begin()
      let address = "/sessions/\(session)/stages/1"
      #expect(try await teacher.get(address).status == 200)
      teacher.hold(account: AccessToken())
      #expect(try await teacher.get(address).status == 401)
      let form = try await teacher.post(address, [("then", "check")])
      #expect(form.status == 401 && form.text.contains("/sign-in"))
      let saved = try await teacher.json(
        .put, "/api/v1/sessions/\(session)/responses/a1-01",
        ["fields": "unsure", "sequence": 1])
      #expect(saved.status == 401, "the browser keeps the answer")
      // Whoever was never signed in here learns nothing of the session.
      let stranger = site.visitor()
      _ = try await stranger.begin()
      #expect(try await stranger.get(address).status == 404)
    }
  }
}
