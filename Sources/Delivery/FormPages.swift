import ItemBank
import Psychometrics

/// The pages of a form: equally many items on each, at most two scenarios.
struct FormPages {
  /// The most scenarios on one page: a third is more than a phone's reader keeps in mind.
  static let scenarioMaximum = 2

  let pool: FormPool

  /// Lays groups on pages.
  ///
  /// - Parameters:
  ///   - groups: the groups.
  ///   - count: how many pages there are.
  ///   - first: what stands on the first page already; that page then stays the first.
  ///   - generator: the dice.
  /// - Returns: the pages; nil when the groups do not fit.
  func packed(
    _ groups: [FormDraw.Group], count: Int, first: [FormDraw.Group] = [],
    using generator: inout SeededGenerator
  ) -> [[FormDraw.Group]]? {
    var pages = [[FormDraw.Group]](repeating: [], count: count)
    if !pages.isEmpty { pages[0] = first }
    for group in Self.largestFirst(
      generator.shuffled(groups), size: { $0.items.count })
    {
      let fitting = pages.indices.filter { fits(group, on: pages[$0]) }
      // The emptiest page first spreads the scenarios over the stages.
      guard let page = fitting.min(by: { Self.size(pages[$0]) < Self.size(pages[$1]) }) else {
        return nil
      }
      pages[page].append(group)
    }
    guard !first.isEmpty else { return generator.shuffled(pages) }
    return [pages[0]] + generator.shuffled(Array(pages.dropFirst()))
  }

  /// Whether a group may be added to a page.
  func fits(_ group: FormDraw.Group, on page: [FormDraw.Group]) -> Bool {
    Self.size(page) + group.items.count <= pool.blueprint.itemsPerStage
      && (pool.units[group.unit].stimulus == nil
        || page.count { pool.units[$0.unit].stimulus != nil } < Self.scenarioMaximum)
  }

  /// How many items stand on a page.
  static func size(_ page: [FormDraw.Group]) -> Int {
    page.reduce(0) { $0 + $1.items.count }
  }

  /// Pages as stages.
  ///
  /// - Parameters:
  ///   - pages: the pages.
  ///   - number: the number of the first.
  /// - Returns: one stage for each page.
  func stages(_ pages: [[FormDraw.Group]], from number: Int) -> [Stage] {
    pages.enumerated().map { index, groups in
      Stage(
        number: number + index,
        groups: groups.map { group in
          Stage.Group(
            stimulus: pool.units[group.unit].stimulus, items: group.items.map(\.id))
        })
    }
  }

  /// Elements by size; of equal ones the first stays first, whatever the library's sort does.
  static func largestFirst<Element>(_ elements: [Element], size: (Element) -> Int) -> [Element] {
    elements.enumerated()
      .sorted { (size($1.element), $0.offset) < (size($0.element), $1.offset) }
      .map(\.element)
  }
}
