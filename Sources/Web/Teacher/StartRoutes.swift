import Competency
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
    let page = StartPage(
      site: site, language: context.language, answers: StartAnswers(), faults: [])
    return try site.renderer.response(page.page(), to: request, context: context)
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
    let token = context.token ?? AccessToken()
    var known = context
    known.token = token
    let id = try await site.begin(
      wanted, owner: known.owner ?? SessionOwner(tokenHash: token.hash))
    var response: Response
    if form.wantsPage {
      let session = try TestSession(start: wanted, bank: site.publications.bank)
      let page = StagePage(
        site: site, id: id, session: session, bank: site.publications.bank,
        language: context.language)
      response = try site.renderer.response(page.page(), to: request, context: known)
    } else {
      response = .seeOther(SitePath.stage(1, of: id))
    }
    response.headers[values: .setCookie] = [site.cookies.keep(token)]
    return response
  }
}

extension Site {
  /// Starts a session.
  ///
  /// - Returns: its identifier.
  /// - Throws: ``BlueprintError`` if the bank cannot fill the form; nothing is then kept.
  func begin(
    _ start: TestSession.Start, owner: SessionOwner
  ) async throws -> TestSession.ID {
    let session = try TestSession(start: start, bank: publications.bank)
    let key = SessionKey(
      id: TestSession.ID(rawValue: AccessToken.randomName()), owner: owner)
    try await store.startSession(
      key, session: session, startedAt: now(), unclaimed: AccessToken().hash)
    counters.count(.sessionStarted)
    return key.id
  }

  /// The test that anybody may take; nil if the bank has none.
  var publicTest: Blueprint? {
    publications.bank.blueprints.first { $0.audience == .public }
  }

  /// The framework of the public test.
  var framework: Framework? {
    publicTest.flatMap { publications.bank.framework($0.framework) }
  }
}

/// What a visitor answered before the test, not yet checked.
struct StartAnswers: Sendable {
  var environment: String?
  var schoolStage: String?
  var subject: String?
  var programme: String?

  /// Nothing answered.
  init() {}

  init(_ form: Form) {
    environment = form["environment"]
    schoolStage = form["schoolStage"]
    subject = form["subject"]
    programme = form["programme"]
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
    if programme.flatMap(site.publications.courses.programme) == nil {
      faults.append("programme")
    }
    return faults
  }

  /// What a session shall be started with; nil while something is missing.
  func start(site: Site) -> TestSession.Start? {
    guard let test = site.publicTest?.test, let environment = resolvedEnvironment(site: site),
      let programme
    else { return nil }
    return TestSession.Start(
      test: test, bankVersion: site.publications.bank.version, environment: environment,
      schoolStage: word(schoolStage, of: "options.stage", site: site),
      subject: word(subject, of: "options.subject", site: site), programme: programme,
      seed: site.random())
  }

  /// The environment meant.
  ///
  /// Whoever is not sure is asked about the one that every classroom has: the one that includes no
  /// other.
  private func resolvedEnvironment(site: Site) -> Competency.Environment.ID? {
    guard let framework = site.framework, let environment else { return nil }
    if environment == Self.unknownEnvironment {
      return framework.environments.min { $0.includes.count < $1.includes.count }?.id
    }
    return framework.environment(Competency.Environment.ID(rawValue: environment))?.id
  }

  /// The word of an option as the bank's stories use it, which is the Chinese one.
  private func word(_ value: String?, of key: String, site: Site) -> String? {
    value.map { site.renderer.phrases(.chinese)("\(key).\($0)") }
  }

  private func isOption(_ value: String?, of key: String, in phrases: Phrases) -> Bool {
    value.map { phrases.byKey["\(key).\($0)"] != nil } ?? false
  }
}
