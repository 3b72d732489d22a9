import Foundation
import Hummingbird
import ItemAnalysis
import ItemBank
import People
import Storage

/// One item: how it works, for whom, since when, and how a teacher sees it.
struct ItemRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "\(SitePath.institutionItems)/{item}", may: .tuneContent, on: .service, site: site,
        page)
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let bank = site.publications.bank
    let id = AssessmentItem.ID(rawValue: try context.parameter("item"))
    guard let item = bank.item(id) else { throw Refusal.notFound }
    let analysis = try await site.itemDesk.analysis()
    var statistics: ItemStatistics?
    if let analysis {
      statistics = try await site.store.statistics(of: item.id, in: analysis.number)
    }
    let editions = try await site.store.editions(of: item.id)
    var page = ItemPage(
      item: item, bank: bank, analysis: analysis, statistics: statistics, editions: editions,
      phrases: site.renderer.phrases(context.language))
    if let version = request.uri.queryParameters["since"].map(String.init),
      let place = editions.firstIndex(where: { $0.version.rawValue == version })
    {
      // An older bank is read only when somebody asks what was otherwise in it.
      let former = try await site.publications.bank(editions[place].version)
      page.compared = (editions[place], former.item(item.id))
    }
    return try site.renderer.response(page.page(), to: request, context: context)
  }
}
