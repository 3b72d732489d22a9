import Foundation
import Hummingbird
import Mustache

/// Turns a template and its values into the bytes of a page.
struct PageRenderer: Sendable {
  /// A template that is not there: a defect of the program.
  struct MissingTemplate: Error, Hashable {
    var name: String
  }

  let staticFiles: StaticFiles
  /// Whether every page says that people and answers are simulated.
  private let isSimulated: Bool
  private let library: MustacheLibrary
  private let phrasesByLanguage: [Language: Phrases]

  /// Reads all templates, texts and static files.
  ///
  /// - Throws: the fault of the first that cannot be read.
  init(webFolder: URL, isSimulated: Bool) async throws {
    self.isSimulated = isSimulated
    library = try await MustacheLibrary(directory: webFolder.appending(path: "templates").path)
    staticFiles = try StaticFiles(folder: webFolder.appending(path: "static"))
    var phrases: [Language: Phrases] = [:]
    for language in Language.allCases {
      phrases[language] = try Phrases(
        language: language, folder: webFolder.appending(path: "locales"))
    }
    phrasesByLanguage = phrases
  }

  /// The texts of a language.
  func phrases(_ language: Language) -> Phrases {
    guard let phrases = phrasesByLanguage[language] else {
      preconditionFailure("the initialiser reads the texts of every language")
    }
    return phrases
  }

  /// Renders a page.
  ///
  /// - Parameters:
  ///   - page: the page.
  ///   - request: the request it answers.
  ///   - context: who asked.
  /// - Returns: the page as an answer.
  /// - Throws: ``MissingTemplate`` if the page names a template that is not there.
  func response(_ page: Page, to request: Request, context: VisitorContext) throws -> Response {
    var values = page.values
    let phrases = phrases(context.language)
    values["lang"] = context.language.rawValue
    values["htmlLang"] = context.language.htmlLanguage
    values["t"] = phrases.tree
    values["title"] = page.title
    // A judge's pages look like the institution's, and lead nowhere but to what is judged.
    if page.template.hasPrefix("institution/") || page.template.hasPrefix("panel/") {
      values["institution"] = InstitutionMenu.values(page: page.address, phrases)
        .merging(["style": staticFiles.path(of: "desk.css")]) { $1 }
    }
    values["path"] = page.address
    values["assets"] = [
      "style": staticFiles.path(of: "style.css"), "script": staticFiles.path(of: "answer.js"),
      "icon": staticFiles.path(of: "icon.svg"), "account": staticFiles.path(of: "account.js"),
    ]
    if let other = Language.allCases.first(where: { $0 != context.language }) {
      values["otherLang"] = ["code": other.rawValue, "htmlLang": other.htmlLanguage]
    }
    if let secret = FormGuard.secret(for: context) { values["csrf"] = secret }
    if isSimulated { values["simulated"] = phrases("site.simulated") }
    values["account"] = AccountMenu.values(context, phrases)
    if page.isCanonical { values["pageURL"] = page.address }
    guard let text = library.render(values, withTemplate: page.template) else {
      throw MissingTemplate(name: page.template)
    }
    return Response.content(
      [UInt8](text.utf8), type: "text/html; charset=utf-8", status: page.status,
      acceptsGzip: request.acceptsGzip)
  }
}

/// A page: which template, with which values.
struct Page {
  /// The template's path below `Web/templates`, without extension.
  var template: String
  /// The page's own title.
  var title: String
  /// The address by which the page can be read again.
  var address: String
  var status = HTTPResponse.Status.ok
  /// Whether the page may stand in answer to a POST, so that the browser shall show ``address``.
  var isCanonical = true
  /// The values of the template.
  ///
  /// An optional key is absent when there is nothing to say.
  var values: [String: Any]
}

extension Request {
  /// Whether the answer may be compressed.
  var acceptsGzip: Bool {
    headers[.acceptEncoding]?.lowercased().contains("gzip") ?? false
  }
}

extension Response {
  /// An answer that concerns one visitor: compressed if that helps, and kept by nobody.
  static func content(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, acceptsGzip: Bool
  ) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = type
    headers[.cacheControl] = "no-store"
    headers[.vary] = "Accept-Encoding, Accept-Language, Cookie"
    var body = bytes
    // Below one packet there is nothing to win.
    if acceptsGzip, bytes.count > 1000, let compressed = Gzip.compress(bytes, level: 6) {
      headers[.contentEncoding] = "gzip"
      body = compressed
    }
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }

  /// The way to another page, after a form was taken.
  static func seeOther(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
  }
}
