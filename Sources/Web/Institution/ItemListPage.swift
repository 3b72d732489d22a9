import Competency
import ItemAnalysis
import ItemBank
import Storage

/// The list of items.
struct ItemListPage {
  let index: ItemIndex
  let analysis: StoredAnalysis?
  let query: ItemQuery
  let phrases: Phrases
  let bank: Bank

  private static let perPage = 50

  private var summaries: [AssessmentItem.ID: ItemSummary] {
    (analysis?.overview.items ?? []).reduce(into: [:]) { $0[$1.item] = $1 }
  }

  private var flags: [AssessmentItem.ID: [Finding.Kind]] {
    (analysis?.overview.findings ?? []).reduce(into: [:]) { flags, finding in
      if let item = finding.item, flags[item]?.contains(finding.kind) != true {
        flags[item, default: []].append(finding.kind)
      }
    }
  }

  /// The items that are looked for, on whatever page of the list they stand.
  var found: [ItemIndex.Entry] {
    let (summaries, flags) = (summaries, flags)
    return index.entries(matching: query.search).filter { entry in
      fits(entry, summary: summaries[entry.item.id], flags: flags[entry.item.id] ?? [])
    }
  }

  func page() -> Page {
    let (summaries, flags, found) = (summaries, flags, found)
    let pages = max(1, (found.count + Self.perPage - 1) / Self.perPage)
    let number = min(query.page, pages)
    let shown = found.dropFirst((number - 1) * Self.perPage).prefix(Self.perPage)
    var values: [String: Any] = [
      "action": SitePath.institutionItems, "search": query.search,
      "countText": phrases(
        "items.count", ["found": "\(found.count)", "all": "\(index.entries.count)"]),
      "filters": filters(),
      "rows": shown.map {
        row($0, summary: summaries[$0.item.id], flags: flags[$0.item.id] ?? [])
      },
      "draftsAction": SitePath.institutionDrafts, "isEmpty": found.isEmpty,
      "moveAction": SitePath.institutionStates,
      "states": ItemStateRoutes.options(phrases), "panelsAction": SitePath.institutionPanels,
    ]
    if !query.asksForNothing, !found.isEmpty {
      values["panel"] = [
        "url": query.address(page: 1, of: SitePath.institutionPanels),
        "text": phrases("panels.fromFilter", ["count": "\(found.count)"]),
      ]
    }
    if pages > 1 { values["pages"] = self.pages(number, of: pages) }
    if let analysis {
      values["whenText"] = phrases(
        "items.when", ["time": AnalysisTime.text(analysis.takenAt)])
    }
    return Page(
      template: "institution/items", title: phrases("items.title"),
      address: query.address(page: number), values: values)
  }

  private func fits(
    _ entry: ItemIndex.Entry, summary: ItemSummary?, flags: [Finding.Kind]
  ) -> Bool {
    if let point = query.point, !entry.item.points.contains(point) { return false }
    if let environment = query.environment, entry.point?.environment != environment { return false }
    if let status = query.status {
      guard status == "idle" ? !entry.isInTest : entry.item.state.rawValue == status else {
        return false
      }
    }
    switch query.flag {
    case nil: break
    case "any": if !flags.contains(where: \.isDefect) { return false }
    case "none": if flags.contains(where: \.isDefect) { return false }
    case let flag?: if !flags.contains(where: { $0.rawValue == flag }) { return false }
    }
    switch query.exposure {
    case "over": return (summary?.exposure?.value ?? 0) > AnalysisRules.maximumExposure
    case "never": return (summary?.count ?? 0) == 0
    default: return true
    }
  }

  private func row(
    _ entry: ItemIndex.Entry, summary: ItemSummary?, flags: [Finding.Kind]
  ) -> [String: Any] {
    let few = phrases("item.tooFew")
    let count = summary?.count ?? 0
    return [
      "url": SitePath.item(entry.item.id), "id": entry.item.id.rawValue,
      "selectText": phrases("itemMove.select", ["item": entry.item.id.rawValue]),
      "title": entry.item.item.title, "beginning": entry.beginning,
      "point": entry.point?.id.rawValue ?? "",
      "status": status(of: entry), "count": "\(count)",
      "mean": summary?.mean.map { "\(Numeral.wholePercent($0.value)) %" } ?? few,
      "location": summary?.location.map(Self.withHalfWidth) ?? few,
      "slope": summary?.slope.map(Self.withHalfWidth) ?? few,
      "exposure": summary?.exposure.map { "\(Numeral.wholePercent($0.value)) %" } ?? few,
      "flags": flags.map {
        ["text": FindingText.flag($0, phrases), "class": $0.isDefect ? "defect" : "ready"]
      },
    ]
  }

  private func status(of entry: ItemIndex.Entry) -> String {
    let state = phrases("itemState.\(entry.item.state.rawValue)")
    return entry.isInTest || entry.item.state != .live
      ? state : phrases("items.idle")
  }

  private static func withHalfWidth(_ estimate: Estimate) -> String {
    Numeral.hundredths(estimate.value) + " ± "
      + Numeral.hundredths((estimate.upper - estimate.lower) / 2)
  }

  private func filters() -> [[String: Any]] {
    [
      filter(
        "point", chosen: query.point?.rawValue,
        index.points.map {
          ($0.id.rawValue, "\($0.id.rawValue) \($0.name.text(in: phrases.language))")
        }
      ),
      filter(
        "environment", chosen: query.environment?.rawValue,
        index.environments.map { ($0.id.rawValue, $0.name.text(in: phrases.language)) }),
      filter(
        "status", chosen: query.status,
        ItemState.allCases.map { ($0.rawValue, phrases("itemState.\($0.rawValue)")) }
          + [("idle", phrases("items.idle"))]),
      filter(
        "flag", chosen: query.flag,
        ["any", "none"].map { ($0, phrases("items.flag\($0 == "any" ? "Any" : "None")")) }
          + Finding.Kind.allCases.filter { $0 != .thinInformation }
          .map { ($0.rawValue, FindingText.flag($0, phrases)) }),
      filter(
        "exposure", chosen: query.exposure,
        ["over", "never"].map { ($0, phrases("items.exposure\($0 == "over" ? "Over" : "Never")")) }),
    ]
  }

  private func filter(
    _ name: String, chosen: String?, _ options: [(String, String)]
  ) -> [String: Any] {
    [
      "name": name, "label": phrases("items.\(name)"), "allText": phrases("items.all"),
      "options": options.map { value, text in
        ["value": value, "text": text, "selected": value == chosen] as [String: Any]
      },
    ]
  }

  private func pages(_ number: Int, of pages: Int) -> [String: Any] {
    var values: [String: Any] = [
      "text": phrases("items.page", ["page": "\(number)", "pages": "\(pages)"])
    ]
    if number > 1 { values["previous"] = ["url": query.address(page: number - 1)] }
    if number < pages { values["next"] = ["url": query.address(page: number + 1)] }
    return values
  }
}
