import Delivery
import Foundation
import Hummingbird
import ItemBank
import Storage

/// The first page, help, the choice of language, and the files that pages load.
struct LandingRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.landing, landing),
      Endpoint(.get, SitePath.help, help),
      Endpoint(.post, SitePath.language, chooseLanguage),
      Endpoint(.get, "/static/{file}", staticFile),
    ]
  }

  private func landing(_ request: Request, context: VisitorContext) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    var values: [String: Any] = [
      "lengthText": phrases("landing.length", site.testLength.merging(["minutes": "20–25"]) { $1 })
    ]
    if let owner = context.owner,
      let open = try await site.store.openSession(of: owner)
    {
      let bank = try await site.publications.bank(open.start.bankVersion)
      let session = try open.replayed(bank: bank)
      if let stage = session.currentStage {
        let left = session.stages.count - stage.number + 1
        values["continue"] = [
          "url": SitePath.stage(stage.number, of: open.id),
          "stageText": phrases(
            session.base == nil ? "landing.continueStage" : "further.continue",
            [
              "stage": "\(stage.number)", "stages": "\(session.stages.count)",
              "minutes": "\(left * StagePage.minutesPerStage)",
            ]),
        ]
      }
    }
    if let owner = context.owner,
      let finished = try await site.store.finishedSession(of: owner)
    {
      values["lastResult"] = [
        "url": SitePath.result(finished.id),
        "dateText": phrases(
          "landing.resultDate", ["date": phrases.date(finished.finishedAt ?? finished.startedAt)]),
      ]
    }
    return try site.renderer.response(
      Page(
        template: "teacher/landing", title: phrases("landing.title"), address: SitePath.landing,
        isCanonical: false, values: values),
      to: request, context: context)
  }

  private func help(_ request: Request, context: VisitorContext) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let length = site.testLength
    let values: [String: Any] = [
      "doText": phrases(
        "help.do1", ["stages": length["stages"] ?? "", "items": length["perStage"] ?? ""]),
      "eraseText": phrases("help.eraseLink"),
      "retentionText": phrases("help.retention"),
      "contactText": site.settings.contact ?? phrases("help.contactNone"),
      "versions": [
        ["name": phrases("result.versionBank"), "value": site.publications.bank.version.rawValue]
      ],
    ]
    return try site.renderer.response(
      Page(
        template: "teacher/help", title: phrases("help.title"), address: SitePath.help,
        isCanonical: false, values: values),
      to: request, context: context)
  }

  private func chooseLanguage(
    _ request: Request, context: VisitorContext
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    guard let language = form["lang"].flatMap(Language.init(rawValue:)) else {
      throw Refusal.invalid(field: "lang")
    }
    // Only a path of this site: `//host` would be another one.
    let wanted = form["return"] ?? SitePath.landing
    let isOurs =
      wanted.hasPrefix("/") && !wanted.hasPrefix("//")
      && wanted.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\\") && $0 != 0x7f }
    var response = Response.seeOther(isOurs ? wanted : SitePath.landing)
    response.headers[values: .setCookie] = [site.cookies.keep(language)]
    return response
  }

  private func staticFile(_ request: Request, context: VisitorContext) async throws -> Response {
    guard let file = site.renderer.staticFiles.byAddress[try context.parameter("file")] else {
      throw Refusal.notFound
    }
    var headers: HTTPFields = [
      .contentType: file.contentType,
      .cacheControl: "public, max-age=31536000, immutable",
      .vary: "Accept-Encoding",
    ]
    var bytes = file.bytes
    if request.acceptsGzip, let gzipped = file.gzipped {
      headers[.contentEncoding] = "gzip"
      bytes = gzipped
    }
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension Site {
  /// The length of the public test, as words of a text.
  var testLength: [String: String] {
    guard let blueprint = publicTest else { return [:] }
    return [
      "items": "\(blueprint.length)", "stages": "\(blueprint.stages)",
      "perStage": "\(blueprint.itemsPerStage)",
    ]
  }
}

extension Phrases {
  /// A date in prose: 2026年11月21日, or 21 November 2026.
  func date(_ date: Date) -> String {
    let parts = Calendar.served.dateComponents([.year, .month, .day], from: date)
    return self(
      "site.date",
      [
        "year": "\(parts.year ?? 0)", "month": self("site.month\(parts.month ?? 1)"),
        "day": "\(parts.day ?? 0)",
      ])
  }

  /// A day and its time in words.
  func moment(_ date: Date) -> String {
    let parts = Calendar.served.dateComponents([.hour, .minute], from: date)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(self.date(date)) \(two(parts.hour ?? 0)):\(two(parts.minute ?? 0))"
  }
}
