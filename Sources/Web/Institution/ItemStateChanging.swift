import Competency
import Delivery
import Diagnostics
import Foundation
import ItemBank
import Storage

/// Moves items of the bank in service to another state, and publishes the bank that comes of it.
struct ItemStateChanging: Sendable {
  /// Why nothing was changed.
  enum Refusal: Hashable, Sendable {
    /// These items cannot go there from where they are.
    case noStep([AssessmentItem.ID])
    /// These items have no parameters to be scored with.
    case noParameters([AssessmentItem.ID])
    /// The form of a test could not be filled any more, for teachers of an environment.
    case notFilled(test: AssessmentTest.ID, environment: String)
    /// The bank's checks say no.
    case faults([Diagnostic])
    /// Somebody else changed the bank meanwhile.
    case changedMeanwhile
  }

  let site: Site

  /// Moves items; all of them or none.
  ///
  /// - Parameters:
  ///   - items: the items.
  ///   - state: where to.
  ///   - reason: why, for the list of releases.
  ///   - actor: who, as the audit log calls them.
  /// - Returns: why nothing was changed; nil when it was.
  /// - Throws: the database's error.
  func move(
    _ items: [AssessmentItem.ID], to state: ItemState, reason: String, actor: String
  ) async throws -> Refusal? {
    let bank = site.publications.bank
    let known = items.compactMap(bank.item)
    let stuck = known.filter { $0.state != state && !$0.state.steps.contains(state) }
    guard stuck.isEmpty else { return .noStep(stuck.map(\.id)) }
    let bare = known.filter { state == .live && $0.parameters == nil }
    guard bare.isEmpty else { return .noParameters(bare.map(\.id)) }
    let files = PackageFiles(
      try await site.store.publishedFiles(.bank, version: bank.version.rawValue), name: "bank")
    let outcome = BankImporter.change(
      known.filter { $0.state != state }.map { ItemChange(item: $0.id, state: state) }, in: files)
    guard outcome.report.refused.isEmpty else {
      return .faults(outcome.report.refused.flatMap(\.diagnostics))
    }
    guard let changed = outcome.bank, let contents = outcome.files?.contents else { return nil }
    if let hole = Self.hole(in: changed, before: bank) { return hole }
    do {
      try await site.store.publish(
        changed, as: .public, files: contents, publishedAt: site.now(),
        replacing: .version(bank.version),
        note: BankRelease.Note(
          kind: .change, actor: actor, reason: reason, differences: changed.differences(from: bank))
      )
    } catch StoreError.bankChanged {
      return .changedMeanwhile
    }
    try await site.store.record(
      AuditEvent(
        actor: actor, action: "change-item-state", object: "service",
        detail: "\(known.count) items to \(state.rawValue); bank \(changed.version.rawValue)"),
      at: site.now())
    _ = try await site.takeOverBank()
    return nil
  }

  /// A form that could be filled before and could not be any more.
  private static func hole(in changed: Bank, before bank: Bank) -> Refusal? {
    for blueprint in changed.blueprints {
      let former = bank.blueprint(of: blueprint.test).map { BlueprintCoverage($0, bank: bank) }
      for form in BlueprintCoverage(blueprint, bank: changed).forms where !form.canBeFilled {
        let was = former?.forms.first { $0.environment == form.environment }
        if was?.canBeFilled ?? true {
          return .notFilled(test: blueprint.test, environment: form.environment.rawValue)
        }
      }
    }
    return nil
  }
}
