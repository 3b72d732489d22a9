import Competency
import Delivery
import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// Calibrations: begun, watched, compared with what was, published or not.
struct CalibrationRoutes: Sendable {
  let site: Site

  /// The fewest answers an item needs unless somebody asks for another number: with fewer its
  /// location hardly moves from the judges'.
  static let minimumAnswers = 50

  var endpoints: [Endpoint] {
    let runs = SitePath.institutionCalibrations
    return [
      Endpoint(.get, runs, may: .tuneContent, on: .service, site: site, page),
      Endpoint(.post, runs, may: .tuneContent, on: .service, site: site, start),
      Endpoint(.get, "\(runs)/{run}", may: .tuneContent, on: .service, site: site, run),
      Endpoint(.post, "\(runs)/{run}", may: .tuneContent, on: .service, site: site, decide),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try await list([:], to: request, context)
  }

  private func list(
    _ more: [String: Any], to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let bank = try await BankPublishing(site: site).current()
    var tests: [[String: Any]] = []
    for blueprint in bank.blueprints {
      let count = try await site.store.finishedSessionCount(of: blueprint.test)
      tests.append([
        "value": blueprint.test.rawValue,
        "label": phrases(
          "calibrations.test",
          ["test": blueprint.title.text(in: phrases.language), "count": "\(count)"]),
      ])
    }
    let runs = try await site.store.calibrations()
    let values: [String: Any] = [
      "action": SitePath.institutionCalibrations, "tests": tests,
      "minimum": "\(Self.minimumAnswers)", "isEmpty": runs.isEmpty,
      "runs": runs.map { run in
        [
          "url": SitePath.calibration(run.number), "number": "\(run.number)",
          "dateText": phrases.date(run.startedAt),
          "statusText": phrases("calibrations.status.\(run.status.rawValue)"),
          "sizeText": phrases(
            "calibrations.size",
            ["persons": "\(run.progress.persons)", "items": "\(run.results.count)"]),
        ]
      },
    ]
    return try site.renderer.response(
      Page(
        template: "institution/calibrations", title: phrases("calibrations.title"),
        address: SitePath.institutionCalibrations,
        status: more["errorSummary"] == nil ? .ok : .unprocessableContent,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  private func start(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let bank = try await BankPublishing(site: site).current()
    var faults: [(String, String)] = []
    let test = form["test"].map(AssessmentTest.ID.init(rawValue:))
    if test.flatMap(bank.blueprint) == nil { faults.append(("test", "calibrations.noTest")) }
    let from = form["from"] ?? ""
    if !from.isEmpty, CalibrationJob.date(from) == nil {
      faults.append(("from", "calibrations.badDay"))
    }
    let minimum = form["minimum"].map { Int($0) ?? 0 } ?? Self.minimumAnswers
    if !(10...100_000).contains(minimum) { faults.append(("minimum", "calibrations.badMinimum")) }
    guard faults.isEmpty, let test else {
      return try await list(
        ["errorSummary": FormFaults.summary(faults, phrases)], to: request, context)
    }
    let settings = CalibrationRun.Settings(
      test: test.rawValue, from: from, keepsCalibrated: form["anchors"] == "1",
      minimumAnswers: minimum)
    guard
      let number = try await site.calibrations.start(
        settings, actor: permission.signedIn.auditName)
    else {
      return try await list(
        ["errorSummary": FormFaults.summary([("test", "calibrations.alreadyRunning")], phrases)],
        to: request, context)
    }
    return .seeOther(SitePath.calibration(number))
  }

  private func found(_ context: VisitorContext) async throws -> CalibrationRun {
    guard let number = Int(try context.parameter("run")),
      let run = try await site.store.calibration(number)
    else { throw Refusal.notFound }
    return run
  }

  private func run(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try await show(try await found(context), [:], to: request, context)
  }

  private func show(
    _ run: CalibrationRun, _ more: [String: Any], to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let page = CalibrationPage(run: run, phrases: phrases)
    var values = page.values
    if run.status == .finished {
      let bank = try await BankPublishing(site: site).current()
      let changes = try await changes(run, to: bank, promotes: false)
      let files = try await BankPublishing(site: site).files(of: bank.version)
      if let then = BankImporter.preview(changes, of: bank, in: files).bank,
        let blueprint = bank.blueprint(of: AssessmentTest.ID(rawValue: run.settings.test)),
        let outcome = try await WhatIf(site: site).outcome(
          of: changes, in: blueprint, now: bank, then: then)
      {
        values["effectText"] = page.effect(outcome.comparison)
      }
    }
    return try site.renderer.response(
      Page(
        template: "institution/calibration", title: page.title,
        address: SitePath.calibration(run.number),
        status: more["errorSummary"] == nil && more["faultText"] == nil
          ? .ok : .unprocessableContent, values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  /// What a run has found, as changes of a bank.
  ///
  /// Items that have been written anew since the run began keep their parameters.
  private func changes(
    _ run: CalibrationRun, to bank: Bank, promotes: Bool
  ) async throws -> [ItemChange] {
    let then = try await site.publications.bank(run.bankVersion)
    let day = (run.finishedAt ?? run.startedAt).formatted(
      Date.ISO8601FormatStyle(timeZone: .served).year().month().day())
    return run.results.compactMap { result -> ItemChange? in
      let id = AssessmentItem.ID(rawValue: result.item)
      guard let item = bank.item(id), let used = then.item(id),
        item.item.contentHash == used.item.contentHash
      else { return nil }
      var parameters = item.parameters ?? .judged(item)
      parameters.slope = result.slope
      parameters.stepLocations = result.steps
      parameters.calibration = "urn:bianque:calibration:\(run.number)"
      parameters.isProvisional = false
      parameters.caseCount = result.answers
      parameters.lastUpdated = day
      let isReady = promotes && item.state == .pilot && result.answers >= Self.pilotAnswers
      return ItemChange(item: id, state: isReady ? .live : nil, parameters: parameters)
    }
  }

  /// The answers a tried-out item needs before it may count: with 200 its location is known to about
  /// a tenth of a logit.
  static let pilotAnswers = 200

  private func decide(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let run = try await found(context)
    let actor = permission.signedIn.auditName
    switch form["then"] {
    case "cancel":
      _ = try await site.store.endCalibration(
        run.number, as: .cancelled, from: .running, actor: actor, at: site.now())
    case "discard":
      _ = try await site.store.endCalibration(
        run.number, as: .discarded, from: .finished, actor: actor, at: site.now())
    case "publish":
      guard run.status == .finished else { break }
      let publishing = BankPublishing(site: site)
      let bank = try await publishing.current()
      do throws(any Error) {
        let change = BankImporter.change(
          try await changes(run, to: bank, promotes: form["promote"] == "1"),
          in: try await publishing.files(of: bank.version))
        try await publishing.release(
          change, madeFrom: bank, kind: .calibration, actor: actor,
          reason: phrases("calibrations.reason", ["number": "\(run.number)"]))
      } catch let fault as BankPublishing.Fault {
        return try await show(run, ["faultText": fault.text(phrases)], to: request, context)
      }
      _ = try await site.store.endCalibration(
        run.number, as: .published, from: .finished, actor: actor, at: site.now())
    default: throw Refusal.unreadable
    }
    return .seeOther(SitePath.calibration(run.number))
  }
}
