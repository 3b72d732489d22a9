import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Web

struct SignInTests {
  /// The activation code on the first card of a sheet, and the school's code.
  private func card(_ page: String, of name: String) throws -> String {
    let card = try #require(page.split(separator: "code-card-text").first { $0.contains(name) })
    return try String(#require(card.firstMatch(of: #/[0-9A-Z]{4}-[0-9A-Z]{4}/#)).0)
  }

  @Test
  func `a teacher opens the account with the printed code, once, and signs in with the other`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try world.unit("东一小")
      let administrator = try await world.staff(
        Grant(.schoolAdministrator, .unit(school.id)))
      let sheet = try await administrator.post(
        "/schools/\(school.id.rawValue)/people/codes", [("all", "1")])
      let code = try card(sheet.text, of: "王丽")
      let teacher = site.visitor()
      teacher.host = "localhost"
      let fields = [("school", school.code ?? ""), ("code", code.lowercased())]
      let unread = try await teacher.post("/activate", fields)
      #expect(unread.status == 422)
      let opened = try await teacher.post("/activate", fields + [("notice", "read")])
      #expect(opened.status == 200)
      let personal = try String(
        #require(opened.text.firstMatch(of: #/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/#)).0)
      #expect(try await teacher.get("/me").text.contains("王丽，你好"))

      let again = site.visitor()
      again.host = "localhost"
      #expect(try await again.post("/activate", fields + [("notice", "read")]).status == 422)
      let wrong = try await again.post("/sign-in", [fields[0], ("code", "0000-0000-0000")])
      #expect(wrong.status == 422)
      let right = try await again.post("/sign-in", [fields[0], ("code", personal)])
      #expect(right.location == "/me")
      #expect(try await again.get("/me").status == 200)
      _ = try await again.post("/sign-out")
      #expect(try await again.get("/me").status == 401)
    }
  }

  @Test func `a number that nobody has, or none, makes no codes and voids none`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try world.unit("东一小")
      let path = "/schools/\(school.id.rawValue)/people/codes"
      let administrator = try await world.staff(Grant(.schoolAdministrator, .unit(school.id)))
      let sheet = try await administrator.post(path, [("all", "1")])
      let code = try card(sheet.text, of: "王丽")
      for number in ["", "T99"] {
        let reply = try await administrator.post(path, [("staffNumber", number)])
        #expect(reply.status == 422)
        #expect(reply.text.contains("名册里没有这个工号"))
        #expect(reply.text.contains("value=\"\(number)\""))
      }
      let teacher = site.visitor()
      teacher.host = "localhost"
      let opened = try await teacher.post(
        "/activate", [("school", school.code ?? ""), ("code", code), ("notice", "read")])
      #expect(opened.status == 200, "the sheet that was handed out is still good")
    }
  }

  @Test func `whoever has answered on paper gets a sheet too, whoever has an account does not`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try world.unit("东一小")
      _ = try await world.teacher("李强")
      // As it is keyed in: a session of the teacher, who has never signed in.
      let bank = site.content.bank
      let start = Cast.wang(in: bank)
      _ = try await site.site.begin(
        start, owner: SessionOwner(tokenHash: nil, person: try world.person("王丽").id))
      let administrator = try await world.staff(Grant(.schoolAdministrator, .unit(school.id)))
      let sheet = try await administrator.post(
        "/schools/\(school.id.rawValue)/people/codes", [("all", "1")])
      #expect(sheet.text.contains("王丽") && sheet.text.contains("赵敏"))
      #expect(!sheet.text.contains("李强"))
    }
  }

  @Test func `codes are kept as hashes that the database alone cannot check`() async throws {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let school = try world.unit("东一小")
      let administrator = try await world.staff(
        Grant(.schoolAdministrator, .unit(school.id)))
      let sheet = try await administrator.post(
        "/schools/\(school.id.rawValue)/people/codes", [("all", "1")])
      let code = try card(sheet.text, of: "李强").replacingOccurrences(of: "-", with: "")
      let database = try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
        .map { try Data(contentsOf: site.folder.appending(path: $0)) }
      #expect(!database.contains { $0.range(of: Data(code.utf8)) != nil })
      let hash = CodeKey().hash(school: school.code ?? "", code: code)
      #expect(try await site.site.store.person(activationHash: hash, at: TestSite.noon) == nil)
    }
  }

  @Test func `sixty teachers behind one address sign in although others typed wrong`()
    async throws
  {
    let throttle = SignInThrottle()
    for _ in 0..<60 { _ = throttle.delayAfterFailure(from: "10.0.0", at: TestSite.noon) }
    // Wrong codes wait; there is nothing that a right one would have to ask.
    #expect(throttle.delayAfterFailure(from: "10.0.0", at: TestSite.noon) == .seconds(5))
    #expect(throttle.delayAfterFailure(from: "10.0.1", at: TestSite.noon) == .zero)
  }

  @Test func `ten wrong passwords close a staff account for a while that doubles`() {
    let throttle = SignInThrottle()
    for _ in 0..<9 { throttle.noteFailure(account: "li", at: TestSite.noon) }
    #expect(throttle.closedUntil(account: "li", at: TestSite.noon) == nil)
    throttle.noteFailure(account: "li", at: TestSite.noon)
    #expect(throttle.closedUntil(account: "li", at: TestSite.noon) == TestSite.noon + 30)
    throttle.noteFailure(account: "li", at: TestSite.noon + 31)
    #expect(throttle.closedUntil(account: "li", at: TestSite.noon + 60) == TestSite.noon + 91)
    #expect(throttle.closedUntil(account: "wang", at: TestSite.noon) == nil)
    throttle.noteSuccess(account: "li")
    #expect(throttle.closedUntil(account: "li", at: TestSite.noon + 60) == nil)
  }

  @Test
  func `an operator makes the first account from the one-time link and signs in with three things`()
    async throws
  {
    try await TestSite.with { site in
      let path = try #require(try await site.site.firstOperatorInvitation())
      let visitor = site.visitor()
      visitor.host = "localhost"
      let page = try await visitor.get(path)
      let secretText = try String(
        #require(page.text.firstMatch(of: #/name="secret" value="(\w+)"/#)).1)
      let secret = stride(from: 0, to: 40, by: 2).compactMap {
        UInt8(secretText.dropFirst($0).prefix(2), radix: 16)
      }
      let step = Int(TestSite.noon.timeIntervalSince1970) / 30
      let otp = try #require(OneTimePassword.text(secret: secret, step: step))
      let fields = [
        ("secret", secretText), ("login", "Ops.Li"), ("name", "李运维"),
        ("password", "correct horse battery"), ("otp", otp),
      ]
      let weak = fields.map { $0.0 == "password" ? ("password", "12345678") : $0 }
      #expect(try await visitor.post(path, weak).status == 422)
      #expect(try await visitor.post(path, fields).location == "/sign-in/staff")
      #expect(try await visitor.get(path).status == 404)
      #expect(try await site.site.firstOperatorInvitation() == nil)

      let later = try #require(OneTimePassword.text(secret: secret, step: step + 1))
      let right = [("login", "ops.li"), ("password", "correct horse battery"), ("otp", later)]
      for missing in 0..<3 {
        var wrong = right
        wrong[missing].1 = "nonsense"
        #expect(try await visitor.post("/sign-in/staff", wrong).status == 422)
      }
      #expect(try await visitor.post("/sign-in/staff", right).location == "/desk")
      #expect(try await visitor.get("/operator/staff").status == 200)
      // A one-time password works once.
      #expect(try await site.visitor().post("/sign-in/staff", right).status == 422)
    }
  }

  @Test func `nobody signs in over a line that others can read`() async throws {
    try await TestSite.with { site in
      let reply = try await site.visitor().post("/sign-in", [("school", "123456"), ("code", "x")])
      #expect(reply.status == 422)
      #expect(reply.text.contains("不是加密连接"))
    }
  }

  @Test
  func `staff are signed out after half an hour, teachers after eight hours without a request`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PeopleWorld(site)
      let store = site.site.store
      let staff = try await world.staff(Grant(.operating, .everything))
      let teacher = try await world.teacher("李强")
      for (visitor, idle) in [(staff, 1800.0), (teacher, 8 * 3600)] {
        let token = try #require(visitor.cookies["bianque-account"].flatMap { AccessToken($0) })
        let inTime = TestSite.noon + idle - 1
        #expect(try await store.signedIn(tokenHash: token.hash, at: inTime + idle) == nil)
        #expect(try await store.signedIn(tokenHash: token.hash, at: inTime) != nil)
        #expect(try await store.signedIn(tokenHash: token.hash, at: inTime + idle - 1) != nil)
      }
    }
  }

  @Test(arguments: [
    ("12345678", PasswordRule.Fault.passwordCommon), ("password1", .passwordCommon),
    ("jiaoshi123", .passwordCommon), ("aaaaaaaa", .passwordCommon), ("short", .passwordShort),
    ("abcdefgh", .passwordCommon), ("dongyixiao1", .passwordContext),
    (String(repeating: "长", count: 129), .passwordLong),
  ])
  func `a password that others try first is refused`(password: String, fault: PasswordRule.Fault) {
    #expect(PasswordRule.fault(password, context: ["dongyixiao"]) == fault)
  }

  @Test(arguments: ["correct horse battery", "八个字以上的一句话", "Tj7!kd92"])
  func `a password needs no kinds of characters`(password: String) {
    #expect(PasswordRule.fault(password, context: ["dongyixiao"]) == nil)
  }

  /// RFC 6238, appendix B, SHA-1: the last six of the eight digits.
  @Test(arguments: [
    (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
    (1_234_567_890, "005924"), (2_000_000_000, "279037"),
  ])
  func `one-time passwords are those of RFC 6238`(seconds: Int, password: String) {
    let secret = [UInt8]("12345678901234567890".utf8)
    #expect(OneTimePassword.text(secret: secret, step: seconds / 30) == password)
    let time = Date(timeIntervalSince1970: TimeInterval(seconds))
    #expect(OneTimePassword.step(password, secret: secret, at: time) == seconds / 30)
    #expect(OneTimePassword.step(password, secret: secret, at: time + 90) == nil)
  }

  @Test func `what a person types for a code is read as it was meant`() {
    #expect(SignInCode.normalised(" ab1o-ｌ９i ") == "AB10191")
    #expect(SignInCode.grouped("7K4M2QXD9TRA") == "7K4M-2QXD-9TRA")
  }
}
