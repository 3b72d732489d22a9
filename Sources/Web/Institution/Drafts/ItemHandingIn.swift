import Diagnostics
import Foundation
import ItemBank
import Storage

/// Hands a draft in: writes it as QTI, makes it part of the bank, and puts that into service.
///
/// Sessions that have begun keep the bank they began with, and so the item as it was.
struct ItemHandingIn: Sendable {
  /// What somebody asks for.
  struct Wish: Sendable {
    /// Whether a changed item still asks the same of teachers, so that it stays where it stands with
    /// the parameters it has.
    var keepsMeaning: Bool
    /// The test that a new item joins; nil for none.
    var test: AssessmentTest.ID?
    var reason: String
    var actor: String
  }

  /// Why nothing was handed in, where the bank as a whole is not the reason.
  enum Refusal: Error, Sendable {
    /// The draft cannot be written into the bank as it is.
    case faulty([Diagnostic])
    /// The bank's item is not what the draft was begun from.
    case changedInBank(ItemManuscript)
    /// The bank does not have the item any more, or as something that is not written here.
    case goneFromBank
  }

  let site: Site

  /// Hands a draft in.
  ///
  /// - Throws: ``Refusal``; ``BankPublishing/Fault``; the database's error. Nothing is then changed.
  func handIn(_ draft: ItemDraft, _ wish: Wish) async throws {
    let publishing = BankPublishing(site: site)
    let bank = try await publishing.current()
    if !isHandedIn(draft, in: bank) {
      let change = BankImporter.write(
        try writing(draft, wish, in: bank), into: try await publishing.files(of: bank.version))
      guard change.report.refused.isEmpty else {
        throw Refusal.faulty(change.report.refused.flatMap(\.diagnostics))
      }
      try await publishing.release(
        change, madeFrom: bank, kind: .change, actor: wish.actor, reason: wish.reason)
    }
    try await site.store.endItemDraft(handedIn: draft, actor: wish.actor, at: site.now())
  }

  /// What is to be written: a new item, or an edition of what the bank has.
  private func writing(
    _ draft: ItemDraft, _ wish: Wish, in bank: Bank
  ) throws(Refusal) -> ItemWriting {
    guard let base = draft.base else {
      return ItemWriting(draft.manuscript, state: .review, test: wish.test)
    }
    guard let former = bank.item(base.item), let present = ItemManuscript(of: former, in: bank)
    else { throw .goneFromBank }
    guard present == base.manuscript else { throw .changedInBank(present) }
    let edition = ItemEditing(draft, of: former, in: bank)
    let keeps = wish.keepsMeaning && edition.mayKeepMeaning
    return ItemWriting(
      draft.manuscript, replacing: base.item, state: former.state.onceEdited(keepsMeaning: keeps),
      keepsParameters: keeps && !edition.judgesDifficultyAnew)
  }

  /// Whether the bank has the new item just so already: the service stopped between putting it in
  /// and ending the draft.
  private func isHandedIn(_ draft: ItemDraft, in bank: Bank) -> Bool {
    guard draft.base == nil else { return false }
    let name = AssessmentItem.ID(rawValue: draft.manuscript[.identifier])
    return bank.item(name).flatMap { ItemManuscript(of: $0, in: bank) } == draft.manuscript
  }
}

/// What a draft would change of an item.
struct ItemEditing {
  /// Whether it may still ask the same of teachers: what choices are worth, the point and the kind of
  /// question are as they were.
  let mayKeepMeaning: Bool
  /// Whether teachers read something else.
  let readsOtherwise: Bool
  /// Whether the author judges the difficulty of an item that nothing else is known of otherwise.
  let judgesDifficultyAnew: Bool

  init(_ draft: ItemDraft, of former: BankItem, in bank: Bank) {
    let now = draft.manuscript.check(in: bank, replacing: former.id).item
    mayKeepMeaning =
      now?.item.scoredChoices == former.item.scoredChoices && now?.points == former.points
      && now?.instruction == former.instruction
    let base = draft.base?.manuscript ?? ItemManuscript()
    let changed = draft.manuscript.differences(from: base)
    readsOtherwise = changed.contains { column in
      switch column {
      case .scenarioIdentifier, .scenarioTitle, .scenario, .addition, .stem, .choice: true
      default: false
      }
    }
    judgesDifficultyAnew =
      changed.contains(.difficulty) && former.parameters?.isProvisional ?? true
  }
}

extension ItemState {
  /// Where an item stands once a new edition of it was handed in: what asks something else of
  /// teachers than before is read by others first.
  func onceEdited(keepsMeaning: Bool) -> ItemState {
    switch self {
    case .draft, .review: .review
    case .pilot, .live, .retired: keepsMeaning ? self : .review
    }
  }
}
