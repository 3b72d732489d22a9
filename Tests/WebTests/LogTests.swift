import Foundation
import GRDB
import HTTPTypes
import Logging
import People
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Web

/// Keeps every line that is logged, with everything that came with it.
final class CapturedLog: Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  func keep(_ line: String) { kept.withLock { $0.append(line) } }

  var logger: Logger {
    var logger = Logger(label: "captured") { _ in Handler(log: self) }
    logger.logLevel = .trace
    return logger
  }

  private struct Handler: LogHandler {
    let log: CapturedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      log.keep("\(event.level) \(event.message) \(all)")
    }
  }
}

/// What is written to the log names nobody (O3).
struct LogTests {
  @Test func `no name, code, token or answer is logged, not even when requests fail`()
    async throws
  {
    let log = CapturedLog()
    try await TestSite.with(logger: log.logger) { site in
      let world = try await PeopleWorld(site)
      let school = try world.unit("东一小")
      let administrator = try await world.staff(
        Grant(.schoolAdministrator, .unit(school.id)))
      let staff = try await world.staff(Grant(.operating, .everything))
      let rosters = ["工号,姓名,学校\nPLANTED77,孙洁,东一小\n", "工号,姓名,学校\nPLANTED78,=cmd,东一小\n"]
      for (roster, status) in zip(rosters, [200, 422]) {
        #expect(try await upload(roster, staff).status == status)
      }
      let link = AccessToken().text
      var secrets = ["王丽", "李强", "孙洁", "PLANTED", "correct horse", school.code ?? "", link]
      let sheet = try await administrator.post(
        "/schools/\(school.id.rawValue)/people/codes", [("all", "1")])
      secrets += sheet.text.matches(of: #/[0-9A-Z]{4}-[0-9A-Z]{4}/#).map { String($0.0) }
      #expect(secrets.count > 7)
      let teacher = site.visitor()
      teacher.host = "localhost"
      let opened = try await teacher.post(
        "/activate",
        [("school", school.code ?? ""), ("code", secrets[7]), ("notice", "read")])
      secrets += opened.text.matches(of: #/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/#)
        .map { String($0.0) }
      let session = try await teacher.begin()
      let page = try await teacher.get("/sessions/\(session)/stages/1")
      let fields = teacher.choices(on: page.text).map { ($0.name, $0.values[0]) }
      _ = try await teacher.post("/sessions/\(session)/stages/1", fields)
      secrets += fields.map(\.1) + [session] + teacher.cookies.values
      #expect(!log.lines.contains { $0.hasPrefix("error") })

      try breakTables(in: site.folder)
      let failing = [
        "/invitations/\(link)", "/me", "/sessions/\(session)/stages/1",
        "/plans/planted-plan", "/schools/\(school.id.rawValue)/people?planted=query",
      ]
      var failed = 0
      for path in failing where try await teacher.get(path).status == 500 {
        failed += 1
      }
      _ = try await teacher.post(
        "/sign-in", [("school", school.code ?? ""), ("code", "ABCD-EFGH-JKMN")])
      _ = try await teacher.post(
        "/sign-in/staff",
        [("login", "planted-login"), ("password", "correct horse"), ("otp", "123456")])
      _ = try await administrator.post(
        "/schools/\(school.id.rawValue)/people/codes", [("planted", "field"), ("all", "1")])
      #expect(failed >= 3)
      #expect(log.lines.count >= failed)
      secrets += ["planted", "ABCD", "EFGH", school.id.rawValue]
      for secret in secrets where !secret.isEmpty {
        #expect(!log.lines.contains { $0.contains(secret) }, "“\(secret)” is in the log.")
      }
      // Enough is left to look into it.
      #expect(log.lines.contains { $0.contains("/invitations/{") && $0.contains("reference") })
    }
  }

  /// Takes away what the pages read, as a defect would.
  private func breakTables(in folder: URL) throws {
    let queue = try DatabaseQueue(path: folder.appending(path: "bianque.sqlite").path)
    try queue.write { database in
      for table in ["invitation", "session_event", "sign_in_code", "study_plan"] {
        try database.execute(sql: "ALTER TABLE \(table) RENAME TO lost_\(table)")
      }
    }
    try queue.close()
  }

  /// Sends a roster as the form of the page does.
  private func upload(_ sheet: String, _ visitor: Visitor) async throws -> Reply {
    let token = try #require(visitor.cookies["bianque-account"].flatMap { AccessToken($0) })
    let parts = [("csrf", FormGuard.secret(for: token)), ("then", "keep")].map { name, value in
      "--mark\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    let file =
      "--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"planted.csv\"\r\n\r\n"
    return try await visitor.send(
      .post, SitePath.roster, headers: [.contentType: "multipart/form-data; boundary=mark"],
      body: [UInt8]((parts.joined() + file + sheet + "\r\n--mark--\r\n").utf8))
  }
}
