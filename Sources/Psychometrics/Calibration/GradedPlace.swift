/// One category of a graded item at one node: its probability, and the derivatives of its logarithm
/// in the logits of its two boundaries.
struct GradedPlace {
  /// A boundary's part: first and second derivative of the logarithm of its factor.
  struct Boundary {
    var slope = 0.0
    var curvature = 0.0
  }

  /// P(X = category).
  let probability: Double
  /// The boundary below the category, σ(u).
  let lower: Boundary
  /// The boundary above it, σ(−v).
  let upper: Boundary
  /// What both boundaries share: 1 / (e^(u − v) − 1) and its negated derivative.
  private let shared: (slope: Double, curvature: Double)

  init(_ parameters: [Double], categories: Int, category: Int, node: Double) {
    var factor = 1.0
    var (lower, upper) = (Boundary(), Boundary())
    if category > 0 {
      let logit = parameters[0] * node + parameters[category]
      let (above, below) = (Logistic.probability(logit), Logistic.probability(-logit))
      factor *= above
      lower = Boundary(slope: below, curvature: -above * below)
    }
    if category < categories - 1 {
      let logit = parameters[0] * node + parameters[category + 1]
      let (above, below) = (Logistic.probability(logit), Logistic.probability(-logit))
      factor *= below
      upper = Boundary(slope: -above, curvature: -above * below)
    }
    if category > 0, category < categories - 1 {
      let gap = parameters[category + 1] - parameters[category]
      // 1 − e^−(u − v), for u − v = −gap > 0.
      let share = -Elementary.expMinusOne(gap)
      let rest = Elementary.exp(gap)
      factor *= share
      shared = (rest / share, rest / (share * share))
    } else {
      shared = (0, 0)
    }
    probability = factor
    (self.lower, self.upper) = (lower, upper)
  }

  /// ∂ log P / ∂ (intercept below).
  var lowerSlope: Double { lower.slope + shared.slope }
  /// ∂ log P / ∂ (intercept above).
  var upperSlope: Double { upper.slope - shared.slope }
  /// ∂² log P / ∂ (intercept below)².
  var lowerCurvature: Double { lower.curvature - shared.curvature }
  /// ∂² log P / ∂ (intercept above)².
  var upperCurvature: Double { upper.curvature - shared.curvature }
  /// ∂² log P / ∂ (intercept below) ∂ (intercept above).
  var mixedCurvature: Double { shared.curvature }
}
