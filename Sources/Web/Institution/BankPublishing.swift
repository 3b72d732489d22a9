import Competency
import Delivery
import Diagnostics
import Foundation
import ItemBank
import Storage

/// Puts changed banks into service, and earlier ones back.
///
/// The public bank's: what an institution changes here every visitor gets from the next session on;
/// sessions that have begun keep theirs.
struct BankPublishing: Sendable {
  /// Why a bank does not go into service; nothing is then changed.
  enum Fault: Error, Hashable, Sendable {
    /// Another bank came into service in the meantime.
    case changedMeanwhile
    /// Teachers of these environments could not take these tests any more.
    case unfilled([UnfilledForm])
    /// The bank would have an item of another audience.
    case audience(item: String)
    /// There is no such release to go back to.
    case unknownRelease
  }

  let site: Site

  /// The files of the bank in service.
  ///
  /// - Throws: the store's error; ``Publications/Missing`` if they cannot be read.
  func files(of version: Bank.Version) async throws -> PackageFiles {
    let files = try await site.store.publishedFiles(.bank, version: version.rawValue)
    guard !files.isEmpty else {
      throw Publications.Missing(kind: .bank, version: version.rawValue)
    }
    return PackageFiles(files, name: "bank")
  }

  /// The bank as it is in service by now, whoever put it there.
  func current() async throws -> Bank {
    _ = try await site.takeOverBank()
    return site.publications.bank
  }

  /// Puts a changed bank into service.
  ///
  /// - Parameters:
  ///   - change: the bank with its files.
  ///   - base: what it was made from.
  ///   - kind: how it came about.
  ///   - actor: who does it.
  ///   - reason: why.
  /// - Throws: ``Fault``; the store's error.
  func release(
    _ change: BankImport, madeFrom base: Bank, kind: BankRelease.Kind, actor: String,
    reason: String
  ) async throws {
    guard let bank = change.bank, let files = change.files else { return }
    let unfilled = bank.unfilledForms
    guard unfilled.isEmpty else { throw Fault.unfilled(unfilled) }
    do {
      try await site.store.publish(
        bank, as: .public, files: files.contents, publishedAt: site.now(),
        replacing: .version(base.version),
        note: BankRelease.Note(
          kind: kind, actor: actor, reason: reason, differences: bank.differences(from: base)))
    } catch StoreError.bankChanged {
      throw Fault.changedMeanwhile
    } catch StoreError.audience(let item) {
      throw Fault.audience(item: item)
    }
    _ = try await site.takeOverBank()
  }

  /// Puts the version before a release back into service.
  ///
  /// - Parameters:
  ///   - number: the release that is undone.
  ///   - actor: who does it.
  ///   - reason: why.
  /// - Throws: ``Fault``; the store's error.
  func goBack(before number: Int, actor: String, reason: String) async throws {
    let bank = try await current()
    let releases = try await site.store.releases(of: .public)
    guard let undone = releases.first(where: { $0.number == number }),
      let version = undone.previous, version != bank.version
    else { throw Fault.unknownRelease }
    let earlier = try await site.publications.bank(version)
    do {
      try await site.store.putBack(
        version, as: .public, replacing: bank.version,
        note: BankRelease.Note(
          kind: .rollback, actor: actor, reason: reason,
          differences: earlier.differences(from: bank)), at: site.now())
    } catch StoreError.bankChanged {
      throw Fault.changedMeanwhile
    }
    _ = try await site.takeOverBank()
  }
}

extension BankPublishing.Fault {
  /// What a person is told.
  func text(_ phrases: Phrases) -> String {
    switch self {
    case .changedMeanwhile: phrases("releases.changedMeanwhile")
    case .unfilled(let forms):
      phrases(
        "releases.unfilled",
        [
          "forms": forms.map { "\($0.test.rawValue) \($0.environment.rawValue)" }
            .joined(separator: phrases("result.listSeparator"))
        ])
    case .audience(let item): phrases("releases.audience", ["item": item])
    case .unknownRelease: phrases("releases.unknown")
    }
  }
}
