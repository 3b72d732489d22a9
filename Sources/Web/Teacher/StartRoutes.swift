import Competency
import Courses
import Delivery
import Foundation
import Hummingbird
import ItemBank
import Storage

/// The questions before the test, and the start of a session.
struct StartRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.start, start),
      Endpoint(.post, SitePath.sessions, begin),
    ]
  }

  private func start(_ request: Request, context: VisitorContext) async throws -> Response {
    var answers = StartAnswers()
    answers.test = request.uri.queryParameters["test"].map(String.init)
    answers.programme = request.uri.queryParameters["programme"].map(String.init)
    let page = StartPage(
      site: site, language: context.language, answers: answers, faults: [],
      openings: try await openings(of: answers, context))
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  /// When a teacher who is signed in may begin, by programme.
  private func openings(
    of answers: StartAnswers, _ context: VisitorContext
  ) async throws -> [String: TestOpening] {
    guard context.signedIn != nil, let test = answers.blueprint(site: site)?.test else {
      return [:]
    }
    var openings: [String: TestOpening] = [:]
    for programme in answers.programmes(site: site) {
      let name = programme.id.rawValue
      openings[name] = try await site.opening(of: test, programme: name, for: context)
    }
    return openings
  }

  private func begin(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let answers = StartAnswers(form)
    let faults = answers.faults(site: site)
    guard faults.isEmpty, let wanted = answers.start(site: site) else {
      let page = StartPage(site: site, language: context.language, answers: answers, faults: faults)
      return try site.renderer.response(page.page(), to: request, context: context)
    }
    let opening = try await site.opening(
      of: wanted.test, programme: wanted.programme, for: context)
    guard opening == .open else {
      let page = StartPage(
        site: site, language: context.language, answers: answers, faults: ["programme"],
        openings: [wanted.programme: opening])
      return try site.renderer.response(page.page(), to: request, context: context)
    }
    let token = context.token ?? AccessToken()
    var known = context
    known.token = token
    let (id, session) = try await site.begin(
      wanted, device: request.deviceClass, selfRating: answers.selfRating(site: site),
      owner: known.owner ?? SessionOwner(tokenHash: token.hash))
    var response: Response
    if form.wantsPage {
      let bank = try await site.publications.bank(wanted.bankVersion)
      let page = StagePage(
        site: site, id: id, session: session, bank: bank, language: context.language)
      response = try site.renderer.response(page.page(), to: request, context: known)
    } else {
      response = .seeOther(SitePath.stage(1, of: id))
    }
    response.headers[values: .setCookie] = [site.cookies.keep(token)]
    return response
  }
}

extension Site {
  /// Starts a session, with other items than the owner was asked before as far as the bank has them.
  ///
  /// - Returns: its identifier and the session.
  /// - Throws: ``BlueprintError`` if the bank cannot fill the form; nothing is then kept.
  func begin(
    _ start: TestSession.Start, device: DeviceClass? = nil,
    selfRating: [Competency.Dimension.ID: Int] = [:], owner: SessionOwner
  ) async throws -> (id: TestSession.ID, session: TestSession) {
    let seen = try await store.seenItems(of: owner, in: start.test)
    let bank = try await publications.bank(start.bankVersion)
    let session = try TestSession(start: start, bank: bank, avoiding: seen)
    let key = SessionKey(
      id: TestSession.ID(rawValue: AccessToken.randomName()), owner: owner)
    try await store.startSession(
      key, session: session, device: device, selfRating: selfRating, startedAt: now(),
      unclaimed: AccessToken().hash)
    counters.count(.sessionStarted)
    return (key.id, session)
  }

  /// The test that anybody may take; nil if the bank has none.
  var publicTest: Blueprint? { publications.bank.publicTest }

  /// The tests a visitor may choose from: those that anybody may take and a programme asks for.
  var offeredTests: [Blueprint] {
    publications.bank.blueprints.filter { test in
      test.audience == .public
        && !publications.courses.programmes(of: test.framework).isEmpty
    }
  }

  /// The environments that a visitor may say to teach in: those a form of the test is for.
  func environments(of test: Blueprint) -> [Competency.Environment] {
    (publications.bank.framework(test.framework)?.environments ?? []).filter {
      test.form(for: $0.id) != nil
    }
  }
}

extension Bank {
  /// The first test that anybody may take.
  fileprivate var publicTest: Blueprint? { blueprints.first { $0.audience == .public } }
}

/// What a visitor answered before the test, not yet checked.
struct StartAnswers: Sendable {
  /// The test whose questions were shown.
  var test: String?
  var environment: String?
  var schoolStage: String?
  var subject: String?
  var programme: String?
  /// The values of the fields of the self-rating, by dimension.
  var selfRatings: [String: String] = [:]

  /// Nothing answered.
  init() {}

  init(_ form: Form) {
    test = form["test"]
    environment = form["environment"]
    schoolStage = form["schoolStage"]
    subject = form["subject"]
    programme = form["programme"]
    selfRatings = form.values(namedFrom: Self.selfRatingPrefix)
  }

  /// What the names of the fields of the self-rating begin with; the dimension follows.
  static let selfRatingPrefix = "self-"

  /// What was said of the dimensions of the test meant; what is no level of it was not said.
  func selfRating(site: Site) -> [Competency.Dimension.ID: Int] {
    guard let test = blueprint(site: site),
      let framework = site.publications.bank.framework(test.framework)
    else { return [:] }
    let levels = framework.measurement.levels.indices
    return framework.dimensions.reduce(into: [:]) { rating, dimension in
      guard let level = selfRatings[dimension.id.rawValue].flatMap(Int.init), levels.contains(level)
      else { return }
      rating[dimension.id] = level
    }
  }

  /// The value by which a visitor says that the environment is not clear.
  static let unknownEnvironment = "unknown"

  /// The fields that are missing or have no such value, in the order of the form.
  func faults(site: Site) -> [String] {
    let phrases = site.renderer.phrases(.chinese)
    var faults: [String] = []
    if resolvedEnvironment(site: site) == nil { faults.append("environment") }
    if !isOption(schoolStage, of: "options.stage", in: phrases) { faults.append("schoolStage") }
    if !isOption(subject, of: "options.subject", in: phrases) { faults.append("subject") }
    if !programmes(site: site).contains(where: { $0.id.rawValue == programme }) {
      faults.append("programme")
    }
    return faults
  }

  /// The test meant: the one that was named, or else the one of the programme's framework, or else
  /// the first.
  func blueprint(site: Site) -> Blueprint? {
    let offered = site.offeredTests
    if let test { return offered.first { $0.test.rawValue == test } }
    let known = programme.flatMap(site.publications.courses.programme)
    return offered.first { known == nil || $0.framework == known?.framework }
  }

  /// The programmes that the test meant is for.
  func programmes(site: Site) -> [Programme] {
    site.publications.courses.programmes(of: blueprint(site: site)?.framework)
  }

  /// What a session shall be started with; nil while something is missing.
  func start(site: Site) -> TestSession.Start? {
    // What is checked against one bank must be begun with the same one.
    let bank = site.publications.bank
    guard let test = blueprint(site: site)?.test, bank.test(test) != nil,
      let environment = resolvedEnvironment(site: site),
      let programme
    else { return nil }
    return TestSession.Start(
      test: test, bankVersion: bank.version, environment: environment,
      schoolStage: word(schoolStage, of: "options.stage", site: site),
      subject: word(subject, of: "options.subject", site: site), programme: programme,
      seed: site.random())
  }

  /// The environment meant.
  ///
  /// Whoever is not sure is asked about the one that every classroom has: the one that includes no
  /// other.
  private func resolvedEnvironment(site: Site) -> Competency.Environment.ID? {
    guard let test = blueprint(site: site), let environment else { return nil }
    if environment == Self.unknownEnvironment {
      return Self.plainest(site.environments(of: test))?.id
    }
    return site.environments(of: test).first { $0.id.rawValue == environment }?.id
  }

  /// The environment that every classroom has.
  static func plainest(_ environments: [Competency.Environment]) -> Competency.Environment? {
    environments.min { $0.includes.count < $1.includes.count }
  }

  /// The word of an option as the bank's stories use it, which is the Chinese one.
  private func word(_ value: String?, of key: String, site: Site) -> String? {
    value.map { site.renderer.phrases(.chinese)("\(key).\($0)") }
  }

  private func isOption(_ value: String?, of key: String, in phrases: Phrases) -> Bool {
    value.map { phrases.byKey["\(key).\($0)"] != nil } ?? false
  }
}
