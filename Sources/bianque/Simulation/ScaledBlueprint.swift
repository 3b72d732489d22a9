import Competency
import ItemBank

extension Blueprint {
  /// The blueprint for a test of another length, its proportions kept.
  ///
  /// - Parameter length: a multiple of ``itemsPerStage``, at least one stage.
  /// - Returns: nil for another length.
  func scaled(to length: Int) -> Blueprint? {
    guard length > 0, length.isMultiple(of: itemsPerStage) else { return nil }
    guard length != self.length else { return self }
    let factor = Double(length) / Double(self.length)
    var scaled = self
    scaled.stages = length / itemsPerStage
    scaled.forms = forms.map { form in
      var form = form
      form.fromEnvironment = Self.shares(form.fromEnvironment, factor: factor, total: length)
      form.fromDimension = form.fromDimension.mapValues { range in
        Int(
          (Double(range.lowerBound) * factor).rounded(.down))...Int(
            (Double(range.upperBound) * factor).rounded(.up))
      }
      form.perPointMaximum = Int((Double(form.perPointMaximum) * factor).rounded(.up))
      form.perPointException = form.perPointException.mapValues {
        Int((Double($0) * factor).rounded(.up))
      }
      return form
    }
    return scaled
  }

  /// Whole numbers in proportion that sum to a total: the largest remainders are rounded up.
  private static func shares(
    _ counts: [Environment.ID: Int], factor: Double, total: Int
  ) -> [Environment.ID: Int] {
    let exact = counts.mapValues { Double($0) * factor }
    var whole = exact.mapValues { Int($0.rounded(.down)) }
    let missing = total - whole.values.reduce(0, +)
    let byRemainder = exact.sorted {
      let (first, second) = (
        $0.value - $0.value.rounded(.down), $1.value - $1.value.rounded(.down)
      )
      return (second, $0.key.rawValue) < (first, $1.key.rawValue)
    }
    for (environment, _) in byRemainder.prefix(max(0, missing)) {
      whole[environment, default: 0] += 1
    }
    return whole
  }

  /// Whether a form obeys the blueprint: length, environments, dimensions and points.
  func isFulfilled(
    by items: [AssessmentItem.ID], environment: Environment.ID, bank: Bank, framework: Framework
  ) -> Bool {
    guard let form = form(for: environment), items.count == length,
      Set(items).count == items.count
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
}

extension Bank {
  /// The same bank with another blueprint for one test.
  func replacing(_ blueprint: Blueprint) -> Bank {
    Bank(
      version: version, title: title, frameworks: frameworks, items: items, stimuli: stimuli,
      tests: tests,
      blueprints: blueprints.map { $0.test == blueprint.test ? blueprint : $0 })
  }
}
