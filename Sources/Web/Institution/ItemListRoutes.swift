import Competency
import Foundation
import Hummingbird
import ItemAnalysis
import ItemBank
import People
import Storage

/// The items of the bank in service: search, filters, pages, flags.
struct ItemListRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, SitePath.institutionItems, may: .tuneContent, on: .service, site: site, page)
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let bank = site.publications.bank
    let query = ItemQuery { request.uri.queryParameters[Substring($0)].map(String.init) }
    let page = ItemListPage(
      index: site.itemDesk.index(of: bank), analysis: try await site.itemDesk.analysis(),
      query: query, phrases: site.renderer.phrases(context.language), bank: bank)
    return try site.renderer.response(page.page(), to: request, context: context)
  }
}

/// What somebody looks for among the items; what is empty or unknown asks for nothing.
struct ItemQuery: Hashable, Sendable {
  /// Words that have to stand in the item.
  var search = ""
  var point: CompetencyPoint.ID?
  var environment: Competency.Environment.ID?
  /// An ``ItemState``, or `idle` for what is in no test.
  var status: String?
  /// A kind of finding, `any` of them, or `none`.
  var flag: String?
  /// `over` the limit, or `never` given.
  var exposure: String?
  /// From 1.
  var page = 1

  /// Reads the query of an address.
  ///
  /// - Parameter parameter: the value of a name.
  init(_ parameter: (String) -> String?) {
    func value(_ name: String) -> String? { parameter(name).flatMap { $0.isEmpty ? nil : $0 } }
    // A search of a page's length is no search.
    search = String((value("q") ?? "").prefix(80))
    point = value("point").map(CompetencyPoint.ID.init(rawValue:))
    environment = value("environment").map(Competency.Environment.ID.init(rawValue:))
    status = value("status")
    flag = value("flag")
    exposure = value("exposure")
    page = max(1, value("page").flatMap(Int.init) ?? 1)
  }

  /// Whether all items are meant, page by page.
  var asksForNothing: Bool {
    search.isEmpty
      && [point?.rawValue, environment?.rawValue, status, flag, exposure]
        .allSatisfy { $0 == nil }
  }

  /// The address of one page of what is looked for.
  func address(page: Int, of list: String = SitePath.institutionItems) -> String {
    var parts: [String] = []
    func add(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty,
        let written = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
      else { return }
      parts.append("\(name)=\(written)")
    }
    add("q", search)
    add("point", point?.rawValue)
    add("environment", environment?.rawValue)
    add("status", status)
    add("flag", flag)
    add("exposure", exposure)
    if page > 1 { add("page", "\(page)") }
    return list + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
  }
}
