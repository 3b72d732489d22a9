import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// Blueprints tried on simulated teachers: begun, watched, read, ended.
struct FormTrialRoutes: Sendable {
  let site: Site

  /// The largest seed that the page takes.
  private static let largestSeed = 1_000_000_000

  var endpoints: [Endpoint] {
    let trials = "\(SitePath.institutionForms)/{test}/trials"
    return [
      Endpoint(.post, trials, may: .tuneContent, on: .service, site: site, start),
      Endpoint(.get, "\(trials)/{trial}", may: .tuneContent, on: .service, site: site, page),
      Endpoint(.post, "\(trials)/{trial}", may: .tuneContent, on: .service, site: site, end),
    ]
  }

  private func start(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let desk = FormDesk(site: site)
    let opened = try await desk.opened(context)
    var faults: [BlueprintEntry.Fault] = []
    let counts = FormTrialJob.teacherCounts
    let teachers = form["teachers"].flatMap { Int($0) }.flatMap { counts.contains($0) ? $0 : nil }
    if teachers == nil {
      faults.append(
        .init(
          field: "teachers",
          text: phrases(
            "forms.badTeachers",
            ["least": "\(counts.lowerBound)", "most": "\(counts.upperBound)"])))
    }
    let seed = form["seed"].flatMap { Int($0) }.flatMap {
      (0...Self.largestSeed).contains($0) ? $0 : nil
    }
    if seed == nil {
      faults.append(
        .init(
          field: "seed", text: phrases("forms.badSeed", ["most": "\(Self.largestSeed)"])))
    }
    if let teachers, let seed {
      let number = try await site.formTrials.start(
        opened.shown, bank: opened.bank, teachers: teachers, seed: seed,
        actor: permission.signedIn.auditName)
      if let number { return .seeOther(SitePath.formTrial(number, of: opened.inService.test)) }
      faults.append(.init(field: "teachers", text: phrases("forms.trialRunning")))
    }
    let typed = ["teachers": form["teachers"] ?? "", "seed": form["seed"] ?? ""]
    return try await desk.response(
      opened, faults: faults, more: typed, to: request, context)
  }

  private func found(_ context: VisitorContext) async throws -> FormTrialRun {
    guard let number = Int(try context.parameter("trial")),
      let run = try await site.store.formTrial(number),
      run.blueprint.test.rawValue == (try context.parameter("test"))
    else { throw Refusal.notFound }
    return run
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let run = try await found(context)
    let bank = try await site.publications.bank(run.bankVersion)
    let page = FormTrialPage(
      run: run, framework: bank.framework(run.blueprint.framework),
      phrases: site.renderer.phrases(context.language))
    return try site.renderer.response(
      Page(
        template: "institution/trial", title: page.title,
        address: SitePath.formTrial(run.number, of: run.blueprint.test), values: page.values),
      to: request, context: context)
  }

  private func end(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let run = try await found(context)
    _ = try await site.store.endFormTrial(
      run.number, as: .cancelled, actor: permission.signedIn.auditName, at: site.now())
    return .seeOther(SitePath.formTrial(run.number, of: run.blueprint.test))
  }
}
