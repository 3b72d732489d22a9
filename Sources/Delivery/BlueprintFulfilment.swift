public import Competency
public import ItemBank

extension Blueprint {
  /// Whether a form obeys the blueprint: length, environments, dimensions, points, and what may not
  /// meet.
  ///
  /// - Parameters:
  ///   - items: the items of the form that count.
  ///   - environment: the teacher's environment.
  ///   - bank: the bank.
  ///   - framework: the framework of the test.
  /// - Returns: whether it does.
  public func isFulfilled(
    by items: [AssessmentItem.ID], environment: Environment.ID, bank: Bank, framework: Framework
  ) -> Bool {
    guard let form = form(for: environment), items.count == length,
      Set(items).count == items.count, keepsApart(items, bank: bank)
    else { return false }
    let points = items.compactMap { id in
      bank.item(id)?.points.first.flatMap { framework.point($0) }
    }
    guard points.count == items.count else { return false }
    func count(_ isCounted: (CompetencyPoint) -> Bool) -> Int { points.count(where: isCounted) }
    return form.fromEnvironment.allSatisfy { id, wanted in
      count { $0.environment == id } == wanted
    }
      && form.fromDimension.allSatisfy { id, range in
        range.contains(count { $0.dimension == id })
      }
      && Set(points.map(\.id)).allSatisfy { id in
        count { $0.id == id } <= form.maximum(of: id)
      }
  }

  /// Whether no two of the items are enemies or parallel.
  private func keepsApart(_ items: [AssessmentItem.ID], bank: Bank) -> Bool {
    let families = items.compactMap { bank.item($0)?.parallelFamily }
    return Set(families).count == families.count
      && enemies.allSatisfy { Set($0).intersection(items).count <= 1 }
  }
}
