/// The numbers that measurement and recommendation use with one framework.
///
/// They are data with a version beside the framework, never constants in code. Abilities and
/// locations are in logits.
public struct MeasurementConstants: Hashable, Sendable {
  /// The version of these numbers; stored with every result.
  public var version: String
  /// The prior mean of every point's ability.
  public var priorMean: Double
  /// The prior variance shared by all points.
  public var generalVariance: Double
  /// The prior variance shared by points of one dimension.
  public var dimensionVariance: Double
  /// The prior variance shared by points of one environment.
  public var environmentVariance: Double
  /// The prior variance a point has for itself.
  public var specificVariance: Double
  /// The variance that items of one scenario share beyond ability.
  public var testletVariance: Double
  /// The ability a teacher is helped to reach on every point.
  public var target: Double
  /// The standard error of ``target``.
  public var targetStandardError: Double
  /// The variance added for item parameters that nobody has calibrated yet.
  public var provisionalVariance: Double
  /// The proficiency levels of a dimension and of the whole, lowest first.
  public var levels: [ProficiencyLevel]
  /// Where courses of each level teach best, lowest level first.
  public var courseLevelLocations: [Double]
  /// How far from its location a course still teaches well.
  public var courseLevelWidth: Double
  /// The probability of having reached a prerequisite's level from which it is waived.
  public var prerequisiteWaivedAt: Double
  /// The utility an hour of study costs.
  public var hourPenalty: Double

  /// Creates the constants.
  public init(
    version: String, priorMean: Double, generalVariance: Double, dimensionVariance: Double,
    environmentVariance: Double, specificVariance: Double, testletVariance: Double,
    target: Double, targetStandardError: Double, provisionalVariance: Double,
    levels: [ProficiencyLevel], courseLevelLocations: [Double], courseLevelWidth: Double,
    prerequisiteWaivedAt: Double, hourPenalty: Double
  ) {
    self.version = version
    self.priorMean = priorMean
    self.generalVariance = generalVariance
    self.dimensionVariance = dimensionVariance
    self.environmentVariance = environmentVariance
    self.specificVariance = specificVariance
    self.testletVariance = testletVariance
    self.target = target
    self.targetStandardError = targetStandardError
    self.provisionalVariance = provisionalVariance
    self.levels = levels
    self.courseLevelLocations = courseLevelLocations
    self.courseLevelWidth = courseLevelWidth
    self.prerequisiteWaivedAt = prerequisiteWaivedAt
    self.hourPenalty = hourPenalty
  }
}

/// A proficiency level of a dimension or of the whole; points have none (one or two items cannot
/// carry a level).
public struct ProficiencyLevel: Hashable, Sendable {
  /// Identifies a level.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the data writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The level's identifier.
  public var id: ID
  /// Its name.
  public var name: LocalizedName
  /// What a teacher at this level does, in a sentence.
  public var description: LocalizedName
  /// The ability from which the level begins; nil for the lowest.
  public var cutScore: CutScore?

  /// Creates a level.
  public init(id: ID, name: LocalizedName, description: LocalizedName, cutScore: CutScore?) {
    self.id = id
    self.name = name
    self.description = description
    self.cutScore = cutScore
  }
}

/// The border between two levels, with its own uncertainty.
public struct CutScore: Hashable, Sendable {
  /// The ability at the border, in logits.
  public var location: Double
  /// The standard error of the border.
  public var standardError: Double
  /// Whether a panel has set it.
  ///
  /// Until then pages mark the levels as an example (示例).
  public var isSetByPanel: Bool

  /// Creates a cut score.
  public init(location: Double, standardError: Double, isSetByPanel: Bool) {
    self.location = location
    self.standardError = standardError
    self.isSetByPanel = isSetByPanel
  }
}
