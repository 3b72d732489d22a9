public import Competency
public import Courses
public import Psychometrics

/// One teacher's diagnosis before and after courses.
public struct GainEvidence: Hashable, Sendable {
  /// An answer of the second diagnosis as a normal observation of a predictor (a Laplace site).
  public struct Site: Hashable, Sendable {
    /// How the predictor is made of the abilities: places of points and weights.
    public var loadings: [Loading]
    /// The observation: η̂ + (x − κ₁)/κ₂.
    public var observation: Double
    /// Its variance: 1/κ₂.
    public var variance: Double
    /// What the item shares with others beyond ability, such as a scenario; nil for nothing.
    public var testlet: Int?

    /// Creates a site.
    public init(
      loadings: [Loading], observation: Double, variance: Double, testlet: Int? = nil
    ) {
      self.loadings = loadings
      self.observation = observation
      self.variance = variance
      self.testlet = testlet
    }

    /// The slope of the item: the sum of its loadings.
    var slope: Double { loadings.reduce(0) { $0 + $1.weight } }

    /// The site of a scored answer at the predictor found for it.
    ///
    /// - Parameters:
    ///   - response: the answer.
    ///   - predictor: η̂, the item's linear predictor at the posterior mode.
    public init(_ response: ScoredResponse, predictor: Double) {
      let moments = response.model.moments(at: predictor)
      // A predictor at the end of the scale says next to nothing.
      let information = max(moments.variance, 1e-6)
      self.init(
        loadings: response.loadings,
        observation: predictor + (Double(response.score) - moments.mean) / information,
        variance: 1 / information, testlet: response.testlet)
    }
  }

  /// The course of the plan that was drawn by chance.
  public struct Draw: Hashable, Sendable {
    /// The course drawn.
    public var drawn: Course.ID
    /// Every course that could have been drawn, with its probability.
    public var propensities: [Course.ID: Double]
    /// How well the level of each of them suited the teacher on each point, 0…1.
    public var suitability: [Course.ID: [CompetencyPoint.ID: Double]]

    /// Creates a draw.
    public init(
      drawn: Course.ID, propensities: [Course.ID: Double],
      suitability: [Course.ID: [CompetencyPoint.ID: Double]]
    ) {
      self.drawn = drawn
      self.propensities = propensities
      self.suitability = suitability
    }
  }

  /// The expected abilities before, in the order of the points.
  public var mean: [Double]
  /// Their covariance, row after row.
  public var covariance: [Double]
  /// The courses taken between, each with how well its level suited the teacher on each point, 0…1.
  public var courses: [Course.ID: [CompetencyPoint.ID: Double]]
  /// The answers after.
  public var sites: [Site]
  /// The variance of what items of one testlet share beyond ability, for a slope of one.
  public var testletVariance: Double
  /// What was drawn by chance; nil where nothing was.
  public var draw: Draw?

  /// Creates evidence.
  public init(
    mean: [Double], covariance: [Double], courses: [Course.ID: [CompetencyPoint.ID: Double]],
    sites: [Site], testletVariance: Double = 0, draw: Draw? = nil
  ) {
    self.testletVariance = testletVariance
    self.mean = mean
    self.covariance = covariance
    self.courses = courses
    self.sites = sites
    self.draw = draw
  }
}

extension GainEvidence {
  /// Whether the numbers fit each other, and there are answers after.
  var isSound: Bool {
    !sites.isEmpty && covariance.count == mean.count * mean.count
      && sites.allSatisfy { $0.loadings.allSatisfy { $0.point < mean.count } }
  }

  /// C: the covariance of the observations before the gains are known, with what answers share within
  /// one testlet: σ² times the slopes of both.
  ///
  /// - Parameter change: the variance of what abilities change beside courses.
  /// - Returns: a symmetric matrix of as many rows as there are answers after, row after row.
  func observed(change: Double) -> [Double] {
    var matrix = [Double](repeating: 0, count: sites.count * sites.count)
    for (row, first) in sites.enumerated() {
      for (column, second) in sites.enumerated() {
        var sum = row == column ? first.variance : 0
        if let testlet = first.testlet, testlet == second.testlet {
          sum += testletVariance * first.slope * second.slope
        }
        for one in first.loadings {
          for other in second.loadings {
            let variance =
              covariance[one.point * mean.count + other.point]
              + (one.point == other.point ? change : 0)
            sum += one.weight * other.weight * variance
          }
        }
        matrix[row * sites.count + column] = sum
      }
    }
    return matrix
  }

  /// z − Am: how far each answer after lies above what the diagnosis before lets expect.
  var surprise: [Double] {
    sites.map { site in
      site.observation - site.loadings.reduce(0) { $0 + $1.weight * mean[$1.point] }
    }
  }

  /// How well the level of a course suits a teacher on each of its points, as a plan reckons it.
  ///
  /// - Parameters:
  ///   - course: the course.
  ///   - mean: the expected abilities, in the framework's order of points.
  ///   - covariance: their covariance, row after row.
  ///   - framework: the framework.
  /// - Returns: of each point the share of the gain that can be expected, 0…1.
  public static func suitability(
    of course: Course, mean: [Double], covariance: [Double], framework: Framework
  ) -> [CompetencyPoint.ID: Double] {
    let constants = framework.measurement
    var shares: [CompetencyPoint.ID: Double] = [:]
    for (place, point) in framework.points.enumerated() where course.gains[point.id] != nil {
      shares[point.id] = ExpectedGapClosure.fit(
        ofLocation: constants.courseLevelLocations[course.level],
        width: constants.courseLevelWidth, mean: mean[place],
        standardError: covariance[place * mean.count + place].squareRoot())
    }
    return shares
  }
}
