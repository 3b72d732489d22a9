import Foundation
import HTTPTypes
import Hummingbird
import ItemBank
import TestSupport
import Testing

@testable import Web

struct SafetyTests {
  @Test func `every answer carries the headers that keep strangers out`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      for path in ["/", "/start", "/help", "/nowhere", "/healthz", "/api/v1/tests", "/api/v1/none"]
      {
        let headers = try await visitor.get(path).headers
        #expect(headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        #expect(headers[.xContentTypeOptions] == "nosniff")
      }
    }
  }

  @Test func `behind TLS the token is bound to the host and to TLS`() async throws {
    try await TestSite.with(isBehindTLS: true) { site in
      let reply = try await site.visitor().post("/sessions", Visitor.startFields)
      let cookie = try #require(reply.headers[.setCookie])
      #expect(cookie.hasPrefix("__Host-bianque="))
      for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        #expect(cookie.contains(part))
      }
      #expect(reply.headers[.strictTransportSecurity] != nil)
    }
  }

  @Test func `a form of another site is refused, whatever it knows`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let path = "/sessions/\(session)/stages/1"
      let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
      for headers: HTTPFields in [
        [fetchSite: "cross-site"], [fetchSite: "same-site"], [.origin: "https://evil.example"],
        [.origin: "null"],
      ] {
        let reply = try await visitor.post(path, [("then", "submit")], headers: headers)
        #expect(reply.status == 403)
      }
      let authorization = try await visitor.post(
        path, [("then", "submit")],
        headers: [.authorization: "Basic eDp5", .origin: "https://evil.example"])
      #expect(authorization.status == 403)
      let wrongSecret = try await visitor.post(path, [("then", "submit"), ("csrf", "0")])
      #expect(wrongSecret.status == 403)
      #expect(try await visitor.get(path).status == 200)
      let own = try await visitor.post(
        path, [("then", "submit")], headers: [.origin: "http://bianque.example"])
      #expect(own.status == 303)
    }
  }

  @Test func `what is read of a session before its end holds no key, score or note`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      var sent = ""
      for stage in 1...4 {
        sent += try await visitor.get("/sessions/\(session)/stages/\(stage)").text
        let fields = visitor.choices(on: sent).suffix(4).map { ($0.name, $0.values[0]) }
        _ = try await visitor.post("/sessions/\(session)/stages/\(stage)", fields)
        sent += try await visitor.get("/sessions/\(session)/check").text
        let begun = try await site.visitor().json(
          .post, "/api/v1/sessions", ["environment": "C", "programme": "jiangsu-2020"])
        sent += begun.text
        _ = try await visitor.post("/sessions/\(session)/stages/\(stage)", [("then", "submit")])
      }
      for item in site.content.bank.items {
        for feedback in item.item.modalFeedback {
          #expect(!sent.contains(feedback.content.text), "\(item.id.rawValue)")
          #expect(!sent.contains(HTML(escaping: feedback.content.text).markup))
        }
        for note in item.item.rubricBlocks { #expect(!sent.contains(note.text)) }
        #expect(!sent.contains(item.item.title + "<"))
      }
      #expect(sent.firstMatch(of: #/value="[A-E]"|"id":"[A-E]"/#) == nil)
      #expect(!sent.contains("SCORE"))
    }
  }

  @Test func `the name of a choice tells nothing and changes with the item's version`() throws {
    let bank = try ShippedContent().bank
    let item = try #require(bank.items.first?.item)
    let interaction = try #require(item.choiceInteractions.first)
    let tokens = interaction.choices.map { ChoiceToken.token(of: $0.id, in: item) }
    #expect(Set(tokens).count == tokens.count)
    var edited = item
    edited.contentHash = "another"
    for (choice, token) in zip(interaction.choices, tokens) {
      #expect(ChoiceToken.choice(token, in: .choice(interaction), of: item) == choice.id)
      #expect(ChoiceToken.token(of: choice.id, in: edited) != token)
    }
    #expect(ChoiceToken.choice("A", in: .choice(interaction), of: item) == nil)
  }

  @Test func `nobody but this machine reads the counts`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      #expect(try await visitor.get("/metrics").text.contains("bianque_requests_served_total"))
      let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
      let proxied = try await visitor.get("/metrics", headers: [forwarded: "203.0.113.9"])
      #expect(proxied.status == 404)
    }
  }

  @Test(arguments: ["%", "a=%zz", String(repeating: "x", count: 300_000)])
  func `a body that cannot be read is refused with words`(body: String) async throws {
    try await TestSite.with { site in
      let reply = try await site.visitor().send(
        .post, "/sessions", headers: [.contentType: "application/x-www-form-urlencoded"],
        body: [UInt8](body.utf8))
      #expect([400, 413, 422].contains(reply.status))
      #expect(reply.text.contains("<h1"))
    }
  }

  @Test func `text is escaped wherever it could be markup`() {
    #expect(
      HTML(escaping: "<a href=\"x\">'&</a>").markup
        == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&lt;/a&gt;")
  }

  @Test func `a compressed page is the page`() throws {
    let text = [UInt8](String(repeating: "扁鹊先诊后方。", count: 500).utf8)
    let compressed = try #require(Gzip.compress(text, level: 6))
    #expect(compressed.count < text.count / 10)
    let file = try Project.temporaryFolder().appending(path: "page.gz")
    try Data(compressed).write(to: file)
    let unpack = Process()
    unpack.executableURL = URL(filePath: "/bin/gzip")
    unpack.arguments = ["-dc", file.path]
    let output = Pipe()
    unpack.standardOutput = output
    try unpack.run()
    let unpacked = output.fileHandleForReading.readDataToEndOfFile()
    unpack.waitUntilExit()
    #expect([UInt8](unpacked) == text)
    try FileManager.default.removeItem(at: file.deletingLastPathComponent())
  }
}
