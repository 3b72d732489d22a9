import Psychometrics

/// What a heat map says about one group and one point.
///
/// The empty states are different things and are drawn differently; see ``Absence``.
public enum GapCell: Hashable, Sendable {
  /// Why there is no number.
  public enum Absence: String, Hashable, Sendable, CaseIterable {
    /// 无能力点: nobody of the group teaches in the point's environment.
    case noSuchPoint
    /// 未测: nobody has been asked about the point.
    case notMeasured
    /// 证据不足: too few were asked, or the range is too wide to say anything.
    case tooLittleEvidence
    /// 人数少不显示: too few people to be shown.
    case suppressed
  }

  /// A number, with how it may be said.
  public struct Shown: Hashable, Sendable {
    /// The need.
    public var need: ExpectedNeed
    /// Whether it is a number or a band.
    public var form: Figure.Form

    /// Creates a shown cell.
    public init(need: ExpectedNeed, form: Figure.Form) {
      self.need = need
      self.form = form
    }

    /// How many are expected to be in need, in whole people.
    public var count: Int { Int(need.expected.rounded()) }

    /// The standard error in whole people, rounded up so that nothing looks surer than it is.
    public var plusMinus: Int { Int(need.standardError.rounded(.up)) }

    /// The share in need in fifths, 0…4: how dark the cell is drawn.
    public var darkness: Int { min(4, Int((need.share ?? 0) * 5)) }
  }

  /// No number.
  case absent(Absence)
  /// A number.
  case shown(Shown)

  /// The cell of a unit.
  ///
  /// - Parameters:
  ///   - need: the published need; people 0 where nothing is published.
  ///   - finished: how many people of the unit have finished.
  ///   - inScope: how many of these teach in the point's environment.
  ///   - rules: the rules.
  public init(need: ExpectedNeed, finished: Int, inScope: Int, rules: DisclosureRules) {
    if need.people == 0 {
      self = .absent(
        finished == 0 ? .notMeasured : inScope == 0 ? .noSuchPoint : .suppressed)
    } else if need.asked == 0 {
      self = .absent(.notMeasured)
    } else if !need.isEvidence(share: rules.evidenceShare) {
      self = .absent(.tooLittleEvidence)
    } else {
      self = .shown(Shown(need: need, form: need.form(share: rules.extremeShare)))
    }
  }
}

extension ExpectedNeed {
  /// Whether it says enough to be shown: a share of the people was asked, and the 80 % range spans
  /// at most half of them.
  func isEvidence(share: Double) -> Bool {
    Double(asked) >= share * Double(people)
      && 2 * Normal.eightyPercentHalfWidth * standardError <= Double(people) / 2
  }

  /// A share at either end is said as a band, in totals too.
  func form(share extreme: Double) -> Figure.Form {
    guard let share else { return .exact }
    return share < extreme ? .lowBand : share > 1 - extreme ? .highBand : .exact
  }
}
