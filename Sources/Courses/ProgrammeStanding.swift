public import Competency

/// Where a teacher stands in a programme on a day.
public struct ProgrammeStanding: Hashable, Sendable {
  /// Why hours do not count.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// They were earned before the period that ends on the day.
    case beforePeriod
    /// They are dated after the day.
    case inFuture
    /// The programme does not let this kind of work count.
    case unknownEvidence
    /// Work of this kind has already earned the most it can.
    case aboveMaximum
  }

  /// Hours that do not count.
  public struct Uncounted: Hashable, Sendable {
    /// The credit.
    public var credit: TeacherAccount.Credit
    /// How many of its hours do not count.
    public var hours: Double
    /// Why.
    public var reason: Reason
  }

  /// Whether the teacher has to take part.
  public enum Participation: Hashable, Sendable {
    /// The programme exempts nobody, or not this teacher.
    case required
    /// The programme exempts teachers near retirement, and it is not known when this one retires.
    case unknown
    /// The teacher retires on a day so near that nothing is required.
    case exempt(retires: CalendarDay)
    /// The teacher need not take part, but does.
    case optedIn(retires: CalendarDay)
  }

  /// The hours that count, the diagnosis's own among them.
  public var counted: EarnedHours
  /// Hours that do not count, and why.
  public var uncounted: [Uncounted]
  /// Whether the teacher has to take part.
  public var participation: Participation
  /// How far the teacher is with each gate.
  public var gates: [ProgrammeGates.Standing]
  /// The rules for the courses still to be taken.
  public var rules: ProgrammeRules
  /// Courses that were taken and earn nothing more.
  public var taken: Set<Course.ID>
}

extension Programme {
  /// Where a teacher stands on a day.
  ///
  /// Hours count for the years of the programme's period that end on the day; without a period all
  /// hours up to the day count. Whoever is exempt and does not opt in has nothing required: the
  /// minimums are 0, and a plan is a suggestion.
  ///
  /// - Parameters:
  ///   - account: what the teacher has earned.
  ///   - day: the day in question.
  ///   - framework: the programme's framework, for the dimensions of results handed in.
  /// - Returns: what counts, what does not and why, and the rules for what is left.
  public func standing(
    of account: TeacherAccount, on day: CalendarDay, framework: Framework
  ) -> ProgrammeStanding {
    var (counted, uncounted) = count(account.credits, on: day)
    if let credited = terms.structure?.credited {
      counted.online += credited.online
      counted.practice += credited.practice
    }
    let participation = participation(of: account, on: day)
    let taken = Set(
      account.credits.compactMap { credit -> Course.ID? in
        if case .course(let id) = credit.origin { id } else { nil }
      })
    var rules = rules.less(counted)
    rules.compulsory.removeAll { taken.contains($0) }
    rules.minimumPoints = max(0, rules.minimumPoints - account.results.count)
    let dimensions = Set(account.results.compactMap { framework.point($0)?.dimension })
    rules.minimumDimensions = max(0, rules.minimumDimensions - dimensions.count)
    if terms.provider?.chooser != .teacher { rules.provider = account.provider }
    if case .exempt = participation { rules = rules.withoutMinimums }
    return ProgrammeStanding(
      counted: counted, uncounted: uncounted, participation: participation,
      gates: terms.gates?.standings(
        hours: counted, activities: account.activities, results: account.results) ?? [],
      rules: rules, taken: taken)
  }

  private func participation(
    of account: TeacherAccount, on day: CalendarDay
  ) -> ProgrammeStanding.Participation {
    guard let exemption = terms.exemption else { return .required }
    guard let facts = account.retirement, let retires = exemption.retirement(of: facts),
      let isExempt = exemption.applies(to: facts, on: day)
    else { return .unknown }
    guard isExempt else { return .required }
    return account.takesPart ? .optedIn(retires: retires) : .exempt(retires: retires)
  }

  private func count(
    _ credits: [TeacherAccount.Credit], on day: CalendarDay
  ) -> (EarnedHours, [ProgrammeStanding.Uncounted]) {
    var counted = EarnedHours()
    var uncounted: [ProgrammeStanding.Uncounted] = []
    var ofActivity: [String: Double] = [:]
    // Oldest first, so that a limit takes the hours that came later.
    let ordered = credits.enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }
    for credit in ordered.map(\.element) {
      var hours = credit.hours
      func refuse(_ refused: Double, _ reason: ProgrammeStanding.Reason) {
        uncounted.append(.init(credit: credit, hours: refused, reason: reason))
        hours -= refused
      }
      if credit.day > day {
        refuse(hours, .inFuture)
      } else if let period = terms.period, credit.day <= day.adding(months: -12 * period.years) {
        refuse(hours, .beforePeriod)
      }
      var mode = credit.mode
      if hours > 0, case .evidence(let name) = credit.origin {
        guard let evidence = terms.evidence, let activity = evidence.activity(name) else {
          refuse(hours, .unknownEvidence)
          continue
        }
        mode = evidence.mode
        let room = max(0, (activity.maximumHours ?? .infinity) - (ofActivity[name] ?? 0))
        if hours > room { refuse(hours - room, .aboveMaximum) }
        ofActivity[name, default: 0] += hours
      }
      if mode == .online { counted.online += hours } else { counted.practice += hours }
      if mode == .online, credit.isChosenVideo { counted.video += hours }
    }
    return (counted, uncounted)
  }
}

extension ProgrammeRules {
  /// The rules for what is left when some hours are there already.
  public func less(_ earned: EarnedHours) -> ProgrammeRules {
    var rules = self
    rules.hours = hours.less(earned.total)
    rules.online = online.less(earned.online)
    rules.practice = practice.less(earned.practice)
    rules.video = video?.less(earned.video)
    rules.practiceShare?.earnedHours += earned.total
    rules.practiceShare?.earnedPractice += earned.practice
    return rules
  }

  /// The same rules with nothing demanded; what is at most stays.
  public var withoutMinimums: ProgrammeRules {
    var rules = self
    rules.hours.minimum = 0
    rules.online.minimum = 0
    rules.practice.minimum = 0
    rules.video?.minimum = 0
    rules.practiceShare = nil
    rules.compulsory = []
    rules.minimumPoints = 0
    rules.minimumDimensions = 0
    return rules
  }
}

extension ProgrammeRules.HoursRange {
  func less(_ hours: Double) -> ProgrammeRules.HoursRange {
    .init(minimum: max(0, minimum - hours), maximum: maximum.map { max(0, $0 - hours) })
  }
}
