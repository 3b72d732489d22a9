/// At what age people of one sex and post retire, as data: the law of the day decides it.
public struct RetirementAge: Hashable, Sendable {
  /// A sex, as the law tells ages apart.
  public enum Sex: String, Hashable, Sendable, CaseIterable {
    /// 男.
    case male
    /// 女.
    case female
  }

  /// A kind of post, as the law tells ages apart.
  public enum Post: String, Hashable, Sendable, CaseIterable {
    /// 管理岗位或专业技术岗位: teachers as a rule.
    case professional
    /// 工勤技能岗位.
    case worker
  }

  /// How the age rises for those born later.
  public struct Delay: Hashable, Sendable {
    /// The first day of birth that retires later.
    public var bornFrom: CalendarDay
    /// For each so many months of birth the age rises by one month, above 0.
    public var birthMonths: Int
    /// The age at which it stops rising, in years.
    public var untilYears: Int

    /// Creates a delay.
    public init(bornFrom: CalendarDay, birthMonths: Int, untilYears: Int) {
      self.bornFrom = bornFrom
      self.birthMonths = birthMonths
      self.untilYears = untilYears
    }
  }

  /// Whom it is about.
  public var sex: Sex
  /// The post it is about; nil for all posts.
  public var post: Post?
  /// The age in years, before any delay.
  public var years: Int
  /// How the age rises; nil when it does not.
  public var delay: Delay?

  /// Creates an age.
  public init(sex: Sex, post: Post? = nil, years: Int, delay: Delay? = nil) {
    self.sex = sex
    self.post = post
    self.years = years
    self.delay = delay
  }

  /// The day someone reaches the age.
  public func day(bornOn birth: CalendarDay) -> CalendarDay {
    birth.adding(months: 12 * years + monthsOfDelay(bornOn: birth))
  }

  private func monthsOfDelay(bornOn birth: CalendarDay) -> Int {
    guard let delay, delay.birthMonths > 0 else { return 0 }
    let later = delay.bornFrom.months(to: birth)
    guard later >= 0 else { return 0 }
    return min(later / delay.birthMonths + 1, 12 * (delay.untilYears - years))
  }
}

/// What the register says of a teacher's retirement.
public struct RetirementFacts: Hashable, Sendable {
  /// The day of birth.
  public var birth: CalendarDay
  /// The sex.
  public var sex: RetirementAge.Sex
  /// The post.
  public var post: RetirementAge.Post

  /// Creates facts.
  public init(birth: CalendarDay, sex: RetirementAge.Sex, post: RetirementAge.Post) {
    self.birth = birth
    self.sex = sex
    self.post = post
  }
}

extension ProgrammeTerms.Exemption {
  /// The day someone retires by the ages of this programme; nil when none is for that sex and post.
  public func retirement(of facts: RetirementFacts) -> CalendarDay? {
    ages.first { $0.sex == facts.sex && ($0.post == nil || $0.post == facts.post) }?
      .day(bornOn: facts.birth)
  }

  /// Whether someone is exempt on a day: fewer years are left than the rule says.
  ///
  /// - Returns: nil when no age is for that sex and post.
  public func applies(to facts: RetirementFacts, on day: CalendarDay) -> Bool? {
    retirement(of: facts).map {
      $0 < day.adding(months: Int((12 * yearsToRetirementBelow).rounded()))
    }
  }
}
