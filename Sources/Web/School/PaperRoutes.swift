import Competency
import Courses
import Delivery
import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// Forms on paper for teachers without a network: made, printed, and keyed in twice.
struct PaperRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let path = "/schools/{unit}/paper"
    return [
      endpoint(.get, path, list), endpoint(.post, path, make),
      endpoint(.get, "\(path)/{form}", print),
      endpoint(.get, "\(path)/{form}/entry", entry),
      endpoint(.post, "\(path)/{form}/entry", keyIn),
    ]
  }

  private func endpoint(
    _ method: HTTPRequest.Method, _ path: String,
    _ answer: @escaping @Sendable (Request, VisitorContext, Permission) async throws -> Response
  ) -> Endpoint {
    Endpoint(method, path, may: .keepPaperForms, on: .unit, site: site, answer)
  }

  private func list(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try await list(PaperFormAnswers(), faults: [], request, context, permission)
  }

  private func list(
    _ answers: PaperFormAnswers, faults: [String], _ request: Request, _ context: VisitorContext,
    _ permission: Permission
  ) async throws -> Response {
    let unit = try permission.unit
    guard unit.kind.hasTeachers else { throw Refusal.notFound }
    let page = PaperListPage(
      site: site, unit: unit, forms: try await site.store.paperForms(of: unit.id),
      answers: answers, faults: faults, phrases: site.renderer.phrases(context.language))
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func make(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let sent = try await Form(request, context: context)
    try FormGuard.check(sent, context: context)
    let unit = try permission.unit
    guard unit.kind.hasTeachers else { throw Refusal.notFound }
    let answers = PaperFormAnswers(sent)
    let faults = answers.faults(site: site)
    guard faults.isEmpty, let start = answers.start(site: site) else {
      return try await list(answers, faults: faults, request, context, permission)
    }
    let bank = try await site.publications.bank(start.bankVersion)
    let session: TestSession
    do throws(BlueprintError) {
      session = try TestSession(onPaper: start, bank: bank)
    } catch {
      return try await list(answers, faults: ["tooFew"], request, context, permission)
    }
    let form = PaperForm(
      code: PaperForm.Code(rawValue: SignInCode.activation()), unit: unit.id, start: start,
      stages: session.stages, madeAt: site.now())
    try await site.store.keepPaperForm(form, actor: permission.signedIn.auditName)
    return .seeOther(SitePath.paper(form.code, of: unit.id))
  }

  private func print(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let paper = try await OpenedPaper(context, permission, site: site)
    let page = PaperPrintPage(paper: paper, phrases: site.renderer.phrases(context.language))
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func entry(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let paper = try await OpenedPaper(context, permission, site: site)
    let page = PaperEntryPage(
      paper: paper, step: .first(PaperKeying(count: paper.items.count)),
      hasKept: request.uri.queryParameters["kept"] == "1",
      phrases: site.renderer.phrases(context.language))
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func keyIn(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let sent = try await Form(request, context: context)
    try FormGuard.check(sent, context: context)
    let paper = try await OpenedPaper(context, permission, site: site)
    let phrases = site.renderer.phrases(context.language)
    let keyed = PaperKeyedForm(sent, paper: paper)
    var step = keyed.step
    var faults = keyed.faults
    if case .agreed(let keying, let person) = step {
      let outcome = try await keep(keying, of: person, on: paper, permission)
      if outcome == .kept {
        return .seeOther("\(SitePath.paperEntry(paper.form.code, of: paper.unit.id))?kept=1")
      }
      step = .first(keying)
      faults = [("person", outcome == .known ? "paper.known" : "paper.unknownPerson")]
    }
    let page = PaperEntryPage(
      paper: paper, step: step, person: keyed.person, faults: faults, phrases: phrases)
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func keep(
    _ keying: PaperKeying, of person: Person.ID, on paper: OpenedPaper, _ permission: Permission
  ) async throws -> PaperEntry {
    var answers: [AssessmentItem.ID: TestSession.Answer] = [:]
    for (item, mark) in zip(paper.items, keying.marks) {
      answers[item.id] = mark.flatMap { paper.session.answer($0, to: item) }
    }
    let outcome = try await site.store.enterPaperAnswers(
      answers, on: paper.form, of: person,
      as: TestSession.ID(rawValue: AccessToken.randomName()), unclaimed: AccessToken().hash,
      actor: permission.signedIn.auditName, at: site.now(), bank: paper.bank)
    if outcome == .kept { site.counters.count(.sessionStarted) }
    return outcome
  }
}

/// A form of the school in the path, with its teachers.
///
/// Only this initialiser makes one.
struct OpenedPaper: Sendable {
  let unit: AdministrativeUnit
  let form: PaperForm
  let bank: Bank
  /// The form as a session before anybody has answered.
  let session: TestSession
  /// Its items, in the order they are printed.
  let items: [AssessmentItem]
  /// The teachers of the school.
  let persons: [Person]

  /// - Throws: ``Refusal/notFound`` if the school has no form of that code.
  init(_ context: VisitorContext, _ permission: Permission, site: Site) async throws {
    unit = try permission.unit
    let code = PaperForm.Code(rawValue: SignInCode.normalised(try context.parameter("form")))
    guard let form = try await site.store.paperForm(code, of: unit.id) else {
      throw Refusal.notFound
    }
    self.form = form
    let bank = try await site.publications.bank(form.start.bankVersion)
    self.bank = bank
    session = TestSession(start: form.start, stages: form.stages)
    items = form.stages.flatMap(\.items).compactMap { bank.item($0)?.item }
    persons = try await site.store.participation(of: unit.id).map(\.person)
  }
}

/// What a school said about a form it wants, not yet checked.
struct PaperFormAnswers: Sendable {
  var environment: String?
  var programme: String?

  init() {}

  init(_ form: Form) {
    environment = form["environment"]
    programme = form["programme"]
  }

  /// The test of the programme; the first on offer while none is chosen.
  func blueprint(site: Site) -> Blueprint? {
    let known = programme.flatMap(site.publications.courses.programme)
    return site.offeredTests.first { known == nil || $0.framework == known?.framework }
  }

  /// The fields that are missing or have no such value.
  func faults(site: Site) -> [String] {
    var faults: [String] = []
    if chosenEnvironment(site: site) == nil { faults.append("environment") }
    if programme.flatMap(site.publications.courses.programme) == nil { faults.append("programme") }
    return faults
  }

  /// What the form is started with; nil while something is missing.
  func start(site: Site) -> TestSession.Start? {
    guard let test = blueprint(site: site)?.test,
      let environment = chosenEnvironment(site: site), let programme
    else { return nil }
    return TestSession.Start(
      test: test, bankVersion: site.publications.bank.version, environment: environment.id,
      schoolStage: nil, subject: nil, programme: programme, seed: site.random())
  }

  private func chosenEnvironment(site: Site) -> Competency.Environment? {
    blueprint(site: site).map(site.environments)?.first { $0.id.rawValue == environment }
  }
}
