import Competency
import Courses
import Diagnostics

/// What a teacher has earned so far, as a request gives it.
struct AccountRequest: Decodable, Hashable, Sendable {
  /// Hours earned: with a course, with evidence, or with neither, before.
  struct Credit: Decodable, Hashable, Sendable {
    var day: String
    var hours: Double
    var mode: String?
    var course: String?
    var evidence: String?
  }

  /// What the register says of retirement.
  struct Retirement: Decodable, Hashable, Sendable {
    var born: String
    var sex: String
    var post: String?
  }

  var credits: [Credit]?
  var activities: [String]?
  var results: [String]?
  /// The institution the county chose.
  var provider: String?
  var retirement: Retirement?
  var takesPart: Bool?

  /// The account.
  ///
  /// - Throws: ``RequestError`` naming the field that is wrong.
  func account(
    catalogue: Catalogue, framework: Framework
  ) throws(RequestError) -> TeacherAccount {
    var account = TeacherAccount(
      activities: Set(activities ?? []),
      results: Set((results ?? []).map(CompetencyPoint.ID.init(rawValue:))),
      provider: provider.map(Provider.ID.init(rawValue:)), takesPart: takesPart ?? false)
    for (place, credit) in (credits ?? []).enumerated() {
      account.credits.append(
        try Self.credit(credit, "account.credits[\(place)]", catalogue: catalogue))
    }
    for (place, result) in (results ?? []).enumerated()
    where framework.point(CompetencyPoint.ID(rawValue: result)) == nil {
      throw RequestError(
        "account.results[\(place)]",
        Text("没有能力点“\(result)”。", "There is no point \"\(result)\"."))
    }
    if let provider, catalogue.provider(Provider.ID(rawValue: provider)) == nil {
      throw RequestError(
        "account.provider",
        Text("没有培训机构“\(provider)”。", "There is no institution \"\(provider)\"."))
    }
    account.retirement = try retirement.map { facts throws(RequestError) in
      try Self.facts(facts)
    }
    return account
  }

  private static func credit(
    _ credit: Credit, _ field: String, catalogue: Catalogue
  ) throws(RequestError) -> TeacherAccount.Credit {
    guard let day = CalendarDay(credit.day) else {
      throw noDate("\(field).day", credit.day)
    }
    try RequestError.checkNotNegative(credit.hours, "\(field).hours")
    var mode: Course.Mode?
    if let name = credit.mode {
      mode = Course.Mode(rawValue: name)
      guard mode != nil else {
        throw RequestError(
          "\(field).mode", Text("应为 online 或 practice。", "It must be online or practice."))
      }
    }
    var origin = TeacherAccount.Credit.Origin.earlier
    var isChosenVideo = false
    if let name = credit.course {
      guard let course = catalogue.course(Course.ID(rawValue: name)) else {
        throw RequestError(
          "\(field).course", Text("没有课程“\(name)”。", "There is no course \"\(name)\"."))
      }
      origin = .course(course.id)
      mode = mode ?? course.mode
      isChosenVideo = course.form == .video
    } else if let evidence = credit.evidence {
      origin = .evidence(evidence)
    }
    guard let mode = mode ?? (credit.evidence == nil ? nil : .practice) else {
      throw RequestError("\(field).mode", Text("缺少这一字段。", "This field is missing."))
    }
    return TeacherAccount.Credit(
      day: day, hours: credit.hours, mode: mode, origin: origin, isChosenVideo: isChosenVideo)
  }

  private static func facts(_ retirement: Retirement) throws(RequestError) -> RetirementFacts {
    let field = "account.retirement"
    guard let birth = CalendarDay(retirement.born) else {
      throw noDate("\(field).born", retirement.born)
    }
    guard let sex = RetirementAge.Sex(rawValue: retirement.sex) else {
      throw RequestError(
        "\(field).sex", Text("应为 male 或 female。", "It must be male or female."))
    }
    guard let post = RetirementAge.Post(rawValue: retirement.post ?? "professional") else {
      throw RequestError(
        "\(field).post",
        Text("应为 professional 或 worker。", "It must be professional or worker."))
    }
    return RetirementFacts(birth: birth, sex: sex, post: post)
  }

  /// What is no date.
  static func noDate(_ field: String, _ text: String) -> RequestError {
    RequestError(
      field,
      Text("“\(text)”不是日期，应如 2026-11-26。", "\"\(text)\" is no date such as 2026-11-26."))
  }
}
