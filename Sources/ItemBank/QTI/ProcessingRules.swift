/// The rules of an item, or of a test, that turn variables into outcomes.
///
/// They are checked and bounded when they are read: nothing in them is looked up by an element's
/// name while scoring.
public struct ProcessingRules: Hashable, Sendable {
  let rules: [Rule]

  /// One rule.
  indirect enum Rule: Hashable, Sendable {
    /// Give an outcome variable the value of an expression.
    case set(outcome: Int, Expression)
    /// Give an outcome variable what its lookup table says of an expression.
    case lookUp(outcome: Int, Expression)
    /// Do the rules of the first branch whose condition is true, or else the last ones.
    case condition([Branch], otherwise: [Rule])
    /// Do no further rule at all.
    case exit
  }

  /// Rules under a condition.
  struct Branch: Hashable, Sendable {
    var condition: Expression
    var rules: [Rule]
  }

  /// Every expression in the rules, those within expressions included.
  var expressions: [Expression] {
    rules.flatMap(\.expressions)
  }

  /// The places of the outcome variables that some rule sets.
  var outcomesSet: Set<Int> { Set(rules.flatMap(\.outcomesSet)) }
}

extension ProcessingRules.Rule {
  fileprivate var outcomesSet: [Int] {
    switch self {
    case .set(let outcome, _), .lookUp(let outcome, _): [outcome]
    case .condition(let branches, let otherwise):
      (branches.flatMap(\.rules) + otherwise).flatMap(\.outcomesSet)
    case .exit: []
    }
  }

  fileprivate var expressions: [Expression] {
    switch self {
    case .set(_, let expression), .lookUp(_, let expression): expression.all
    case .condition(let branches, let otherwise):
      branches.flatMap { $0.condition.all + $0.rules.flatMap(\.expressions) }
        + otherwise.flatMap(\.expressions)
    case .exit: []
    }
  }
}
