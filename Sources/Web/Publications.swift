import Competency
import Courses
import Diagnostics
import Foundation
import ItemBank
import Storage
import Synchronization

/// The bank and the courses in service, and the older versions that sessions and plans are pinned
/// to.
///
/// Older versions are read back from the store when the first visitor needs one, and kept: there
/// are as many as there were publications, not as many as there are sessions.
final class Publications: Sendable {
  /// A catalogue with the programmes published beside it.
  struct Courses: Sendable {
    let catalogue: Catalogue
    let programmes: [Programme]

    init(_ catalogue: Catalogue, _ programmes: [Programme]) {
      self.catalogue = catalogue
      self.programmes = programmes
    }

    func programme(_ id: String) -> Programme? {
      programmes.first { $0.id.rawValue == id }
    }

    /// The programmes about a framework, in the order they are shown.
    func programmes(of framework: Framework.ID?) -> [Programme] {
      programmes.filter { $0.framework == framework }
    }
  }

  /// Why an older version cannot be had.
  struct Missing: Error, Hashable {
    var kind: PublicationKind
    var version: String
  }

  let courses: Courses
  private let store: Store
  private let bankInService: Mutex<Bank>
  private let olderBanks = Mutex<[Bank.Version: Bank]>([:])
  private let olderCourses = Mutex<[String: Courses]>([:])

  init(store: Store, bank: Bank, courses: Courses) {
    self.store = store
    bankInService = Mutex(bank)
    self.courses = courses
  }

  /// The bank that new sessions are started with.
  ///
  /// It can change between two calls: what belongs together takes it once.
  var bank: Bank { bankInService.withLock { $0 } }

  /// Takes over the bank that the store has in service, if it is another one.
  ///
  /// Sessions keep theirs. A bank that cannot be read without errors is not taken over.
  ///
  /// - Returns: the version that was taken over; nil if there is nothing new.
  /// - Throws: ``Missing`` if the bank cannot be used; the database's error.
  func takeOverBank() async throws -> Bank.Version? {
    let current = bank
    guard let version = try await store.bankInService(.public), version != current.version else {
      return nil
    }
    let files = try await store.publishedFiles(.bank, version: version.rawValue)
    let (read, diagnostics) = BankReader.read(files: files, name: version.rawValue)
    guard let read, !diagnostics.contains(where: { $0.severity == .error }) else {
      throw Missing(kind: .bank, version: version.rawValue)
    }
    olderBanks.withLock { $0[current.version] = current }
    bankInService.withLock { $0 = read }
    return version
  }

  /// The programmes on offer whose framework has a test, in the order they are shown.
  var offeredProgrammes: [Programme] {
    let tested = Set(bank.blueprints.map(\.framework))
    return courses.programmes.filter { tested.contains($0.framework) }
  }

  /// The bank of a version.
  ///
  /// - Throws: ``Missing`` if that version was never published to this store.
  func bank(_ version: Bank.Version) async throws -> Bank {
    let bank = bank
    if version == bank.version { return bank }
    if let known = olderBanks.withLock({ $0[version] }) { return known }
    let files = try await store.publishedFiles(.bank, version: version.rawValue)
    guard !files.isEmpty,
      let found = BankReader.read(files: files, name: version.rawValue).bank
    else { throw Missing(kind: .bank, version: version.rawValue) }
    olderBanks.withLock { $0[version] = found }
    return found
  }

  /// The courses of a version.
  ///
  /// - Throws: ``Missing`` if that version was never published to this store.
  func courses(_ version: String) async throws -> Courses {
    if version == courses.catalogue.version { return courses }
    if let known = olderCourses.withLock({ $0[version] }) { return known }
    let frameworks = bank.frameworks
    let found = try await unpackedCourses(version) { folder -> Courses? in
      guard !frameworks.isEmpty,
        let catalogue = CatalogueReader.read(folder: folder, frameworks: frameworks).catalogue
      else { return nil }
      let programmes = ProgrammeReader.read(
        folder: folder.appending(path: "programmes"), frameworks: frameworks
      ).programmes
      return Courses(catalogue, programmes)
    }
    olderCourses.withLock { $0[version] = found }
    return found
  }

  /// Lays the files of older courses in a folder for as long as it takes to read them.
  private func unpackedCourses(
    _ version: String, read: (URL) -> Courses?
  ) async throws -> Courses {
    let files = try await store.publishedFiles(.courses, version: version)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "bianque-courses-\(UUID().uuidString)")
    defer {
      do {
        try FileManager.default.removeItem(at: folder)
      } catch {
        // A folder left in the temporary directory harms nobody and is the system's to clear.
      }
    }
    for (path, content) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content).write(to: file)
    }
    guard !files.isEmpty, let content = read(folder) else {
      throw Missing(kind: .courses, version: version)
    }
    return content
  }
}
