import Foundation
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// A judge whose sign-in runs out while an item is filled in.
struct CarriedJudgementTests {
  private let password = "correct horse battery"

  /// A panel with one judge who can sign in by hand, and another like it.
  private func withJudges(
    _ body: (PanelWorld, Panel, _ keys: [String], _ accounts: [StaffAccount.ID]) async throws ->
      Void
  ) async throws {
    try await PanelWorld.with(judges: 0) { world in
      let city = Grant.Scope.unit(try world.people.unit("示范市").id)
      var keys: [String] = []
      var judges: [(StaffAccount.ID, Visitor)] = []
      for login in ["judge.li", "judge.wang"] {
        let key = try await world.site.site.makeStaff(
          Grant(.judge, city), login: login, name: login, password: password)
        keys.append(key)
        let account = try #require(try await world.site.site.store.account(login: login)).account
        judges.append((account.id, world.site.visitor()))
      }
      let panels = PanelWorld(
        site: world.site, people: world.people, institution: world.institution, judges: judges,
        items: world.items)
      try await body(panels, try await panels.open(), keys, judges.map(\.0))
    }
  }

  /// The hidden fields of a sign-in page that carry something.
  private func carried(in reply: Reply) -> [(String, String)] {
    reply.text.matches(of: #/name="(carried\.[^"]+)" value="([^"]*)"/#).map {
      (
        String($0.1),
        String($0.2).replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
          .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
      )
    }
  }

  /// What a visitor whose sign-in has run out gets for an entry of a judge.
  private func sent(
    _ remark: String, by account: StaffAccount.ID, to panel: Panel, of world: PanelWorld
  ) async throws -> (visitor: Visitor, reply: Reply) {
    let number = try #require(panel.judge(account)).number
    let visitor = world.site.visitor()
    visitor.host = "localhost"
    let reply = try await visitor.post(
      "/panels/\(panel.number)/items/1",
      [("judge", "\(number)"), ("score-1", "3"), ("remark", remark)])
    return (visitor, reply)
  }

  private func signIn(_ login: String, key: String) throws -> [(String, String)] {
    [
      ("login", login), ("password", password),
      ("otp", try #require(Site.oneTimeCode(key: key, at: TestSite.noon))),
    ]
  }

  @Test
  func `what was filled in when the sign-in ran out comes back after signing in, and can be saved`()
    async throws
  {
    try await withJudges { world, panel, keys, accounts in
      let number = try #require(panel.judge(accounts[0])).number
      let worth = world.items[0].item.scoredChoices
      let visitor = world.site.visitor()
      visitor.host = "localhost"
      visitor.hold(account: AccessToken())
      let remark = "题干\"有歧义\" <b>&"
      let filled = try world.fields(worth, judge: number, place: 1, of: panel)
      let away = try await visitor.post(
        "/panels/\(panel.number)/items/1",
        filled + [("judge", "\(number)"), ("remark", remark)])
      #expect(away.status == 401 && away.text.contains("还没有保存，但没有丢"))
      #expect(!away.text.contains("<b>"))
      #expect(try await world.site.site.store.entries(of: panel.number).isEmpty)
      // A wrong code loses nothing either.
      let wrong = try await visitor.post(
        "/sign-in/staff",
        carried(in: away) + [("login", "judge.li"), ("password", password), ("otp", "000000")])
      #expect(wrong.status == 422 && carried(in: wrong).count == carried(in: away).count)
      let back = try await visitor.post(
        "/sign-in/staff", carried(in: wrong) + signIn("judge.li", key: keys[0]))
      #expect(back.status == 200 && back.text.contains("登录过期以前填的都在下面"))
      #expect(back.text.matches(of: #/ checked>/#).count == worth.count)
      for (name, points) in filled where name.hasPrefix("score-") {
        #expect(
          back.text.contains(
            #"id="\#(name)-\#(points)" name="\#(name)" value="\#(points)" checked"#))
      }
      #expect(back.text.contains("题干&quot;有歧义&quot; &lt;b&gt;&amp;"))
      #expect(back.text.contains(#"action="/panels/\#(panel.number)/items/1""#))
      // The page's own form is good: it has the secret of the new sign-in.
      let secret = try #require(back.text.firstMatch(of: #/name="csrf" value="(\w+)"/#)).1
      let saved = try await visitor.post(
        "/panels/\(panel.number)/items/1",
        filled + [("remark", remark), ("csrf", String(secret))])
      #expect(saved.status == 303)
      let entries = try await world.site.site.store.entries(of: panel.number)
      #expect(entries.map(\.remark) == [remark] && entries[0].judge == number)
    }
  }

  @Test func `a form from before signing in again in another tab comes back to be sent once more`()
    async throws
  {
    try await withJudges { world, panel, keys, accounts in
      let number = try #require(panel.judge(accounts[0])).number
      let visitor = world.site.visitor()
      visitor.host = "localhost"
      #expect(
        try await visitor.post("/sign-in/staff", signIn("judge.li", key: keys[0])).status == 303)
      let place = "/panels/\(panel.number)/items/1"
      let filled = try world.fields(
        world.items[0].item.scoredChoices, judge: number, place: 1, of: panel)
      let old =
        filled + [
          ("judge", "\(number)"), ("remark", "换了一页登录"), ("csrf", String(repeating: "0", count: 32)),
        ]
      let back = try await visitor.post(place, old)
      #expect(back.status == 200 && back.text.contains("换了一页登录"))
      #expect(back.text.contains("登录过期以前填的都在下面"))
      #expect(try await world.site.site.store.entries(of: panel.number).isEmpty)
      // What belongs to another judge is refused as a form from elsewhere is.
      let others = old.map { $0.0 == "judge" ? ("judge", "\(number + 1)") : $0 }
      let refused = try await visitor.post(place, others)
      #expect(refused.status == 403 && !refused.text.contains("换了一页登录"))
    }
  }

  @Test func `another judge who signs in at the same desk is shown nothing of it`() async throws {
    try await withJudges { world, panel, keys, accounts in
      let (visitor, away) = try await sent(
        "只给自己看", by: accounts[0], to: panel, of: world)
      #expect(away.status == 401)
      let other = try await visitor.post(
        "/sign-in/staff", carried(in: away) + signIn("judge.wang", key: keys[1]))
      #expect(other.location == "/desk" && !other.text.contains("只给自己看"))
    }
  }

  @Test func `a panel that closes in the meantime says so and still shows what was filled in`()
    async throws
  {
    try await withJudges { world, panel, keys, accounts in
      let (visitor, away) = try await sent(
        "来晚了", by: accounts[0], to: panel, of: world)
      try await world.end(panel)
      let back = try await visitor.post(
        "/sign-in/staff", carried(in: away) + signIn("judge.li", key: keys[0]))
      #expect(back.status == 200 && back.text.contains("登录过期的时候，这一轮关闭了"))
      #expect(back.text.contains("来晚了"))
      #expect(try await world.site.site.store.entries(of: panel.number).isEmpty)
    }
  }

  @Test func `without anything filled in, and with anything else, signing in is all there is`()
    async throws
  {
    try await withJudges { world, panel, _, _ in
      let visitor = world.site.visitor()
      #expect(try await visitor.post("/panels/\(panel.number)/items/1", []).status == 401)
      // What no page of a panel has is not carried, nor more than a page can hold.
      let long = try await visitor.post(
        "/panels/1/items/1", [("judge", "1"), ("remark", String(repeating: "长", count: 5_000))])
      #expect(long.status == 401 && !long.text.contains("carried."))
      let other = try await visitor.post(
        "/panels/1/items/1",
        [("judge", "1"), ("score-1", "2"), ("next", "https://elsewhere.example")])
      #expect(carried(in: other).map(\.0).contains("carried.score-1"))
      #expect(!other.text.contains("elsewhere"))
    }
  }
}
