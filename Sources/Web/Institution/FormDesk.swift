import Competency
import Delivery
import Foundation
import Hummingbird
import ItemBank
import Storage

/// The page of one test's blueprint: what teachers get, what is being edited, what the bank lacks.
struct FormDesk: Sendable {
  let site: Site

  /// A test with its blueprint in service and the one that is being edited.
  struct Opened: Sendable {
    var bank: Bank
    var framework: Framework
    /// What teachers get.
    var inService: Blueprint
    var draft: BlueprintDraft?

    /// What the page is about: the draft where there is one.
    var shown: Blueprint { draft?.blueprint ?? inService }
  }

  /// Opens the test of the path.
  ///
  /// - Throws: ``Refusal/notFound`` if the bank in service has no blueprint of it; the store's error.
  func opened(_ context: VisitorContext) async throws -> Opened {
    let bank = try await BankPublishing(site: site).current()
    let test = AssessmentTest.ID(rawValue: try context.parameter("test"))
    guard let blueprint = bank.blueprint(of: test),
      let framework = bank.framework(blueprint.framework)
    else { throw Refusal.notFound }
    return Opened(
      bank: bank, framework: framework, inService: blueprint,
      draft: try await site.store.blueprintDraft(of: test))
  }

  /// What the bank lacks for a blueprint, in words.
  func feasibility(_ blueprint: Blueprint, in bank: Bank, _ phrases: Phrases) -> FeasibilityText {
    let chinese = site.renderer.phrases(.chinese)
    let stages = phrases.order(of: "options.stage").reduce(into: [String: String]()) {
      $0[chinese("options.stage.\($1)")] = phrases("options.stage.\($1)")
    }
    return FeasibilityText(
      feasibility: BlueprintFeasibility(blueprint, bank: bank.replacing(blueprint)),
      framework: bank.framework(blueprint.framework), phrases: phrases, schoolStages: stages)
  }

  /// The page.
  ///
  /// - Parameters:
  ///   - opened: the test.
  ///   - entry: what somebody typed that could not be taken; nil shows what is kept.
  ///   - faults: what is wrong, with the fields it is about.
  ///   - more: values beside; what a form held that could not be taken.
  ///   - request: the request it answers.
  ///   - context: who asked.
  /// - Returns: the page, 422 with faults.
  /// - Throws: the store's error.
  func response(
    _ opened: Opened, entry: BlueprintEntry? = nil, faults: [BlueprintEntry.Fault] = [],
    more: [String: Any] = [:], to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let test = opened.inService.test
    let fields = BlueprintFields(
      blueprint: opened.shown, framework: opened.framework, phrases: phrases)
    let title = opened.inService.title.text(in: context.language)
    var values: [String: Any] = [
      "headingText": title, "action": SitePath.form(test),
      "trialAction": SitePath.formTrials(test), "releaseAction": SitePath.formRelease(test),
      "revision": opened.draft.map { "\($0.revision)" } ?? "",
      "base": opened.bank.version.rawValue,
      "statusText": opened.draft.map {
        phrases("forms.draftFrom", ["date": phrases.date($0.savedAt)])
      } ?? phrases("forms.inService"),
      "editor": BlueprintPage(
        fields: fields, values: entry?.values ?? fields.values(of: opened.shown),
        faults: faults, opened: opened
      ).editor,
      "trials": try await trials(of: test, phrases),
      "teachers": "\(FormTrialJob.usualTeachers)", "seed": "\(site.random() % 100_000)",
    ]
    values.merge(lacks(of: opened, phrases)) { $1 }
    values["windows"] = try await TestWindowSection(site: site, phrases: phrases)
      .values(of: opened.inService)
    if let draft = opened.draft {
      let changes = fields.changes(from: opened.inService, to: draft.blueprint)
      values["draft"] = ["changes": changes, "isSame": changes.isEmpty] as [String: Any]
      let name = try await name(of: draft.actor, phrases)
      values["actor"] = ["name": name, "lang": Language.written(in: name).htmlLanguage]
    }
    if !faults.isEmpty {
      values["errorSummary"] = [
        "headingText": phrases("errors.heading", ["count": "\(faults.count)"]),
        "errors": faults.map { ["href": "#\($0.field)", "text": $0.text] },
      ]
    }
    return try site.renderer.response(
      Page(
        template: "institution/form",
        title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
        address: SitePath.form(test), status: faults.isEmpty ? .ok : .unprocessableContent,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  private func lacks(of opened: Opened, _ phrases: Phrases) -> [String: Any] {
    let feasibility = feasibility(opened.shown, in: opened.bank, phrases)
    let reasons = feasibility.reasons
    var values: [String: Any] = [
      "reasons": reasons, "tight": feasibility.tight, "isFilled": reasons.isEmpty,
    ]
    let (points, stories) = (feasibility.thinPoints, feasibility.stories)
    if !points.isEmpty {
      values["thin"] = [
        "summaryText": phrases("forms.thinPoints", ["count": "\(points.count)"]), "lines": points,
      ]
    }
    if !stories.isEmpty {
      values["stories"] = [
        "summaryText": phrases("forms.stories", ["count": "\(stories.count)"]), "lines": stories,
      ]
    }
    return values
  }

  private func name(of actor: String, _ phrases: Phrases) async throws -> String {
    try await site.store.accounts().first { "account:\($0.id.rawValue)" == actor }?.name
      ?? phrases("releases.program")
  }

  private func trials(of test: AssessmentTest.ID, _ phrases: Phrases) async throws -> [[String:
    Any]]
  {
    try await site.store.formTrials(of: test, limit: 20).map { run in
      [
        "url": SitePath.formTrial(run.number, of: test),
        "text": phrases(
          "forms.trialLine",
          [
            "number": "\(run.number)", "date": phrases.date(run.startedAt),
            "teachers": "\(run.teachers)",
          ]),
        "statusText": phrases("forms.status.\(run.status.rawValue)"),
      ]
    }
  }
}
