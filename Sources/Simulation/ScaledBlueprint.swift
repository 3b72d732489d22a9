import Competency
public import ItemBank

extension Blueprint {
  /// The blueprint for a test of another length, its proportions kept.
  ///
  /// - Parameter length: a multiple of ``itemsPerStage``, at least one stage.
  /// - Returns: nil for another length.
  public func scaled(to length: Int) -> Blueprint? {
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
}
