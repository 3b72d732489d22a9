public import Diagnostics

/// One demand of a programme on hours.
public enum RuleBound: Hashable, Sendable {
  /// At least.
  case minimum(ProgrammeRule)
  /// At most.
  case maximum(ProgrammeRule)

  /// The rule it belongs to.
  public var rule: ProgrammeRule {
    switch self {
    case .minimum(let rule), .maximum(let rule): rule
    }
  }
}

extension ProgrammeRules {
  /// Rules on hours that cannot hold together, and would if any one of them were gone; empty when
  /// they can all hold.
  ///
  /// The set is found by leaving out one demand after the other (deletion), each time asking whether
  /// the rest can hold (Fourier–Motzkin elimination over video hours chosen, other online hours and
  /// practice hours). Whether courses of such hours exist is another question.
  ///
  /// - Parameter compulsory: the hours of the compulsory courses, where they are known.
  /// - Returns: the demands, in the order of the rules.
  public func conflict(compulsory: EarnedHours = EarnedHours()) -> [RuleBound] {
    var demands = self.demands(compulsory: compulsory)
    guard !LinearDemand.canHold(demands.map(\.demand)) else { return [] }
    for candidate in demands.map(\.bound) {
      let rest = demands.filter { $0.bound != candidate }
      if !LinearDemand.canHold(rest.map(\.demand)) { demands = rest }
    }
    return demands.map(\.bound)
  }

  /// Every demand as an inequality over (video chosen, other online, practice).
  private func demands(
    compulsory: EarnedHours
  ) -> [(bound: RuleBound, demand: LinearDemand)] {
    var demands: [(RuleBound, LinearDemand)] = []
    func add(_ rule: ProgrammeRule, _ range: HoursRange, over coefficients: [Double]) {
      if range.minimum > 0 {
        demands.append((.minimum(rule), LinearDemand(coefficients, atLeast: range.minimum)))
      }
      if let maximum = range.maximum {
        demands.append(
          (.maximum(rule), LinearDemand(coefficients.map { -$0 }, atLeast: -maximum)))
      }
    }
    add(.hours, hours, over: [1, 1, 1])
    add(.online, online, over: [1, 1, 0])
    add(.practice, practice, over: [0, 0, 1])
    if let video { add(.video, video, over: [1, 0, 0]) }
    if let share = practiceShare {
      let (part, rest) = (1 - share.minimum, -share.minimum)
      demands.append(
        (
          .minimum(.practiceShare),
          LinearDemand(
            [rest, rest, part],
            atLeast: share.minimum * share.earnedHours - share.earnedPractice)
        ))
    }
    // Compulsory courses are not chosen, so their online hours are no chosen video.
    if compulsory.online > 0 {
      demands.append((.minimum(.compulsory), LinearDemand([0, 1, 0], atLeast: compulsory.online)))
    }
    if compulsory.practice > 0 {
      demands.append(
        (.minimum(.compulsory), LinearDemand([0, 0, 1], atLeast: compulsory.practice)))
    }
    return demands.map { (bound: $0.0, demand: $0.1) }
  }

  /// A demand in words, such as “practice at least 25”.
  public func words(for bound: RuleBound) -> Text {
    switch bound {
    case .minimum(.practiceShare):
      let percent = ((practiceShare?.minimum ?? 0) * 100).formatted(decimals: 0)
      return Text("实践学时占比至少 \(percent)%", "practice at least \(percent)% of all hours")
    case .minimum(.compulsory):
      return Text("必修课", "the compulsory courses")
    case .minimum(let rule):
      let hours = range(of: rule)?.minimum.formatted(decimals: 1) ?? ""
      return Text("\(rule.words.chinese)至少 \(hours)", "\(rule.words.english) at least \(hours)")
    case .maximum(let rule):
      let hours = range(of: rule)?.maximum?.formatted(decimals: 1) ?? ""
      return Text("\(rule.words.chinese)至多 \(hours)", "\(rule.words.english) at most \(hours)")
    }
  }

  private func range(of rule: ProgrammeRule) -> HoursRange? {
    switch rule {
    case .hours: hours
    case .online: online
    case .practice: practice
    case .video: video
    case .practiceShare, .compulsory, .points, .dimensions: nil
    }
  }
}

extension ProgrammeRule {
  /// What the rule counts, in words.
  public var words: Text {
    switch self {
    case .hours: Text("总学时", "all hours")
    case .online: Text("线上学时", "online hours")
    case .practice: Text("实践学时", "practice hours")
    case .points: Text("能力点", "points")
    case .dimensions: Text("能力维度", "dimensions")
    case .video: Text("自主选学视频学时", "hours of video chosen")
    case .practiceShare: Text("实践学时占比", "the share of practice")
    case .compulsory: Text("必修课", "compulsory courses")
    }
  }
}

extension Double {
  /// The number with at most so many decimals, and none that say nothing.
  fileprivate func formatted(decimals: Int) -> String {
    let factor = decimals == 0 ? 1.0 : 10.0
    let rounded = (self * factor).rounded() / factor
    return rounded == rounded.rounded() && rounded.magnitude < 1e15
      ? "\(Int(rounded))" : "\(rounded)"
  }
}

/// A sum of three hours, each at least 0, that has to reach a bound: Σ aᵢxᵢ ≥ b.
struct LinearDemand {
  var coefficients: [Double]
  var bound: Double

  init(_ coefficients: [Double], atLeast bound: Double) {
    self.coefficients = coefficients
    self.bound = bound
  }

  /// Whether some hours meet all demands: each variable is eliminated in turn.
  static func canHold(_ demands: [LinearDemand]) -> Bool {
    let count = demands.map(\.coefficients.count).max() ?? 0
    var system = demands
    for variable in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[variable] = 1
      system.append(LinearDemand(unit, atLeast: 0))
    }
    for variable in 0..<count { system = eliminating(variable, from: system) }
    return system.allSatisfy { $0.bound <= 1e-9 }
  }

  private static func eliminating(
    _ variable: Int, from system: [LinearDemand]
  ) -> [LinearDemand] {
    let lower = system.filter { $0.coefficients[variable] > 1e-12 }
    let upper = system.filter { $0.coefficients[variable] < -1e-12 }
    var rest = system.filter { $0.coefficients[variable].magnitude <= 1e-12 }
    for low in lower {
      for high in upper {
        let (scale, other) = (1 / low.coefficients[variable], -1 / high.coefficients[variable])
        rest.append(
          LinearDemand(
            zip(low.coefficients, high.coefficients).map { scale * $0 + other * $1 },
            atLeast: scale * low.bound + other * high.bound))
      }
    }
    return rest
  }
}
