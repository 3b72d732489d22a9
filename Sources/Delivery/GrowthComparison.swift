public import Competency
public import ItemBank
import Psychometrics

/// Two results of one teacher side by side, as far as they measure the same.
public struct GrowthComparison: Hashable, Sendable {
  /// Why two results cannot be compared.
  public enum Obstacle: Error, Hashable, Sendable, CaseIterable {
    /// They are about different environments, so about different points.
    case otherEnvironment
    /// The framework's measurement constants have changed.
    case otherMeasurement
    /// The item parameters come from different calibrations, which nobody has put on one scale.
    case otherCalibration
    /// One of them has hardly an answer in it.
    case tooFewAnswers
  }

  /// One thing that was measured twice.
  public struct Pair: Hashable, Sendable {
    /// The earlier composite.
    public var before: TestResult.Composite
    /// The later one.
    public var after: TestResult.Composite
    /// The difference with its error.
    public var growth: Growth

    init(_ before: TestResult.Composite, _ after: TestResult.Composite) {
      self.before = before
      self.after = after
      growth = Growth(from: before.measured, to: after.measured)
    }
  }

  /// The fewest answered items from which a result can be compared: half of a form of sixteen.
  public static let minimumEvidence = 8

  /// The whole.
  public var overall: Pair
  /// The dimensions, in the framework's order.
  public var dimensions: [(id: Dimension.ID, pair: Pair)] {
    zip(dimensionIDs, dimensionPairs).map { ($0, $1) }
  }
  /// How many items stood in both forms.
  public var repeatedItemCount: Int

  private var dimensionIDs: [Dimension.ID]
  private var dimensionPairs: [Pair]

  /// Compares two results of one test.
  ///
  /// - Parameters:
  ///   - before: the earlier result, with its session's start and the items of its form.
  ///   - after: the later one.
  /// - Throws: ``Obstacle`` if a difference would say something else than growth.
  public init(
    before: (result: TestResult, start: TestSession.Start, items: Set<AssessmentItem.ID>),
    after: (result: TestResult, start: TestSession.Start, items: Set<AssessmentItem.ID>)
  ) throws(Obstacle) {
    guard before.start.environment == after.start.environment else { throw .otherEnvironment }
    let (first, second) = (before.result, after.result)
    guard first.versions.measurement == second.versions.measurement,
      first.dimensions.map(\.id) == second.dimensions.map(\.id)
    else { throw .otherMeasurement }
    guard first.evidence.count >= Self.minimumEvidence,
      second.evidence.count >= Self.minimumEvidence
    else { throw .tooFewAnswers }
    // One bank is on one scale.
    guard
      first.versions.bank == second.versions.bank
        || first.versions.calibration == second.versions.calibration
    else {
      throw .otherCalibration
    }
    overall = Pair(first.overall, second.overall)
    dimensionIDs = first.dimensions.map(\.id)
    dimensionPairs = zip(first.dimensions, second.dimensions).map {
      Pair($0.composite, $1.composite)
    }
    repeatedItemCount = before.items.intersection(after.items).count
  }
}

extension TestResult.Composite {
  fileprivate var measured: CompositeAbility {
    CompositeAbility(mean: ability, standardError: standardError)
  }
}
