import Courses
import Foundation
import HTTPTypes
import Hummingbird
import ItemBank
import Logging
import NIOCore
import NIOEmbedded
import Storage
import TestSupport
import Testing

@testable import Web

/// The site on a real database in a folder of its own, asked without a socket.
struct TestSite {
  let site: Site
  let folder: URL
  let content: ShippedContent

  static let noon = Date(timeIntervalSince1970: 1_795_262_400)

  /// Runs a test on a new site and removes it.
  static func with(
    isBehindTLS: Bool = false, bank: Bank? = nil,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ body: (TestSite) async throws -> Void
  ) async throws {
    let folder = try Project.temporaryFolder()
    let content = try ShippedContent()
    let store = try Store(folder: folder, now: noon)
    let site = try await Site(
      store: store, bank: bank ?? content.bank, catalogue: content.catalogue,
      programmes: content.programmes, webFolder: Project.root.appending(path: "Web"),
      settings: Site.Settings(
        isBehindTLS: isBehindTLS, publicHost: nil, contact: nil, codeKey: CodeKey()),
      logger: logger, now: { noon }, random: { 7 })
    try await body(TestSite(site: site, folder: folder, content: content))
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }

  /// Publishes the shipped bank, as a service does when it starts.
  func publishBank() async throws {
    try await site.store.publish(
      content.bank, as: .public,
      files: PackageFiles(folder: Project.root.appending(path: "ItemBank")).contents,
      publishedAt: Self.noon)
  }

  /// Publishes the shipped courses, as a service does when it starts.
  func publishCourses() async throws {
    let root = Project.root.appending(path: "Courses")
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path)
    where path.hasSuffix(".csv") || path.hasSuffix(".json") {
      files[path] = [UInt8](try Data(contentsOf: root.appending(path: path)))
    }
    try await site.store.publish(
      .courses, version: content.catalogue.version, files: files, publishedAt: Self.noon)
  }

  func visitor(language: String? = nil) -> Visitor {
    Visitor(site: site, language: language)
  }
}

/// What came back.
struct Reply {
  var status: Int
  var headers: HTTPFields
  var body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
  var location: String? { headers[.location] }

  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
  }
}

/// A browser or a program: keeps its cookies, follows nothing by itself.
final class Visitor {
  private let site: Site
  private let responder: RouterResponder<VisitorContext>
  private(set) var cookies: [String: String] = [:]
  private let language: String?
  var bearer: String?
  /// The host the site is asked by.
  var host = "bianque.example"

  init(site: Site, language: String?) {
    self.site = site
    responder = site.responder()
    self.language = language
  }

  /// The same browser once more, in another tab.
  var inAnotherTab: Tab { Tab(site: site, cookies: cookies, language: language) }

  /// What two tabs of a browser share; forms can be sent from several at the same time.
  struct Tab: Sendable {
    var site: Site
    var cookies: [String: String]
    var language: String?

    func post(_ path: String, _ fields: [(String, String)]) async throws -> Reply {
      let visitor = Visitor(site: site, language: language)
      visitor.cookies = cookies
      return try await visitor.post(path, fields)
    }
  }

  /// Holds the token of somebody who is signed in.
  func hold(account token: AccessToken) { cookies["bianque-account"] = token.text }

  /// Holds the token of a session.
  func hold(session token: AccessToken) { cookies["bianque"] = token.text }

  /// Forgets everything, as another browser would.
  func clearCookies() { cookies = [:] }

  func get(_ path: String, headers: HTTPFields = [:]) async throws -> Reply {
    try await send(.get, path, headers: headers, body: [])
  }

  /// Sends a form with the secret that the site gave this browser.
  func post(_ path: String, _ fields: [(String, String)] = [], headers: HTTPFields = [:])
    async throws -> Reply
  {
    var fields = fields
    if let token = ["bianque-account", "bianque"].compactMap({ cookies[$0] })
      .compactMap({ AccessToken($0) }).first,
      !fields.contains(where: { $0.0 == "csrf" })
    {
      fields.append(("csrf", FormGuard.secret(for: token)))
    }
    let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_."))
    let text = fields.map { name, value in
      [name, value].map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        .joined(separator: "=")
    }.joined(separator: "&")
    var headers = headers
    headers[.contentType] = "application/x-www-form-urlencoded"
    return try await send(.post, path, headers: headers, body: [UInt8](text.utf8))
  }

  func json(_ method: HTTPRequest.Method, _ path: String, _ body: Any? = nil) async throws -> Reply
  {
    let data = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
    return try await send(
      method, path, headers: [.contentType: "application/json"], body: [UInt8](data))
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: [UInt8]
  ) async throws -> Reply {
    var fields = headers
    if let language { fields[.acceptLanguage] = language }
    if let bearer { fields[.authorization] = "Bearer \(bearer)" }
    if !cookies.isEmpty {
      fields[.cookie] = cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ")
    }
    let request = Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: host, path: path,
        headerFields: fields),
      body: RequestBody(buffer: ByteBuffer(bytes: body)))
    let context = VisitorContext(
      source: ApplicationRequestContextSource(
        channel: EmbeddedChannel(), logger: site.logger))
    let response = try await responder.respond(to: request, context: context)
    for cookie in response.headers[values: .setCookie] {
      let pair = cookie.split(separator: ";")[0].split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      cookies[String(pair[0])] = String(pair[1])
    }
    let collected = Collected()
    try await response.body.write(collected)
    return Reply(
      status: Int(response.status.code), headers: response.headers, body: collected.bytes)
  }
}

/// Where a response's body is written to.
final class Collected: ResponseBodyWriter {
  private(set) var bytes: [UInt8] = []

  func write(_ buffer: ByteBuffer) async throws {
    bytes.append(contentsOf: buffer.readableBytesView)
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Visitor {
  static let startFields = [
    ("environment", "A"), ("schoolStage", "primary"), ("subject", "mathematics"),
    ("programme", "jiangsu-2020"),
  ]

  /// Starts a session with the form.
  ///
  /// - Returns: its identifier.
  func begin() async throws -> String {
    let reply = try await post("/sessions", Self.startFields)
    #expect(reply.status == 303)
    let parts = try #require(reply.location).split(separator: "/")
    return String(parts[1])
  }

  /// The names of the answers that are one choice with the values offered for each.
  func choices(on page: String) -> [(name: String, values: [String])] {
    ItemHTML.all(on: page).compactMap { item in
      guard item.takesOne, let name = item.controls.first?.name else { return nil }
      return (name, item.controls.map(\.value))
    }
  }

  /// Answers every stage with what is shown first and submits it.
  func finish(_ session: String) async throws {
    for stage in 1...4 {
      let page = try await get("/sessions/\(session)/stages/\(stage)")
      #expect(page.status == 200)
      let items = ItemHTML.all(on: page.text)
      #expect(items.count == 4)
      let check = try await post(
        "/sessions/\(session)/stages/\(stage)", items.flatMap(\.someAnswer))
      #expect(check.location == "/sessions/\(session)/check")
      let next = try await post(
        "/sessions/\(session)/stages/\(stage)", [("then", "submit")])
      #expect(next.status == 303)
    }
  }
}
