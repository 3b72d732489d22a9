import Foundation
import ItemBank
import Storage

/// Moves items of the bank in service to another state, and publishes the bank that comes of it.
struct ItemStateChanging: Sendable {
  /// Why nothing was changed, where the bank itself is not the reason.
  enum Refusal: Error, Hashable, Sendable {
    /// These items cannot go there from where they are.
    case noStep([AssessmentItem.ID])
    /// These items have no parameters to be scored with.
    case noParameters([AssessmentItem.ID])
  }

  let site: Site

  /// Moves items; all of them or none.
  ///
  /// - Parameters:
  ///   - items: the items.
  ///   - state: where to.
  ///   - reason: why, for the list of releases.
  ///   - actor: who, as the audit log calls them.
  /// - Throws: ``Refusal``; ``BankPublishing/Fault``; the database's error.
  func move(
    _ items: [AssessmentItem.ID], to state: ItemState, reason: String, actor: String
  ) async throws {
    let publishing = BankPublishing(site: site)
    let bank = try await publishing.current()
    let moved = items.compactMap(bank.item).filter { $0.state != state }
    let stuck = moved.filter { !$0.state.steps.contains(state) }
    guard stuck.isEmpty else { throw Refusal.noStep(stuck.map(\.id)) }
    let bare = moved.filter { state == .live && $0.parameters == nil }
    guard bare.isEmpty else { throw Refusal.noParameters(bare.map(\.id)) }
    let change = BankImporter.change(
      moved.map { ItemChange(item: $0.id, state: state) },
      in: try await publishing.files(of: bank.version))
    try await publishing.release(
      change, madeFrom: bank, kind: .change, actor: actor, reason: reason)
  }
}

extension ItemState {
  /// Where an item may go from here; what is in use has been tried out, or was in use before.
  var steps: [ItemState] {
    switch self {
    case .draft: [.review, .retired]
    case .review: [.draft, .pilot, .retired]
    case .pilot: [.review, .live, .retired]
    case .live: [.pilot, .retired]
    case .retired: [.draft, .live]
    }
  }
}
