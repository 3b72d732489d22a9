import Foundation
import ItemAnalysis
import ItemBank
import Logging
import Storage
import Synchronization

/// What the institution's pages about items stand on: the newest analysis and an index of the bank,
/// both read once and kept until there are newer ones.
final class ItemDesk: Sendable {
  private let store: Store
  private let newest = Mutex<StoredAnalysis?>(nil)
  private let index = Mutex<ItemIndex?>(nil)
  private let running = Mutex(false)

  init(store: Store) {
    self.store = store
  }

  /// The newest analysis; nil before the first.
  func analysis() async throws -> StoredAnalysis? {
    guard let number = try await store.newestAnalysis() else { return nil }
    if let known = newest.withLock({ $0 }), known.number == number { return known }
    let found = try await store.analysis(number)
    newest.withLock { $0 = found }
    return found
  }

  /// The index of a bank.
  func index(of bank: Bank) -> ItemIndex {
    if let known = index.withLock({ $0 }), known.version == bank.version { return known }
    let made = ItemIndex(bank)
    index.withLock { $0 = made }
    return made
  }

  /// Whether an analysis is being made.
  var isRunning: Bool { running.withLock { $0 } }

  /// Makes an analysis, unless one is being made.
  ///
  /// - Returns: whether it was made.
  func analyse(_ bank: Bank, at time: Date) async throws -> Bool {
    let isFirst = running.withLock { running in
      defer { running = true }
      return !running
    }
    guard isFirst else { return false }
    defer { running.withLock { $0 = false } }
    try await store.analyseItems(of: bank, at: time)
    return true
  }
}

extension Site {
  /// Indexes the items of the bank in service: of thousands it takes half a second, which nobody
  /// should wait for at the list.
  public func indexItems() {
    _ = itemDesk.index(of: publications.bank)
  }

  /// Analyses the items with the bank in service; a failure is logged, and the last analysis stays.
  public func analyseItems() async {
    let began = ContinuousClock.now
    do {
      guard try await itemDesk.analyse(publications.bank, at: now()) else { return }
      logger.info(
        "items analysed",
        metadata: ["seconds": "\((ContinuousClock.now - began) / .seconds(1))"])
    } catch {
      logger.error("items not analysed", metadata: ["error": "\(error)"])
    }
  }

  /// Analyses the items unless the newest analysis is of this bank and of today.
  func analyseItemsIfDue() async {
    do {
      if let last = try await itemDesk.analysis(),
        last.overview.bankVersion == publications.bank.version.rawValue,
        now().timeIntervalSince(last.takenAt) < 20 * 3600
      {
        return
      }
    } catch {
      logger.error("last analysis of items not read", metadata: ["error": "\(error)"])
    }
    await analyseItems()
  }
}
