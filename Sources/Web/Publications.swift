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

  private let coursesInService: Mutex<Courses>
  /// The version of the folder of courses the service was started with.
  let folderVersion: String
  private let store: Store
  private let bankInService: Mutex<Bank>
  private let olderBanks = Mutex<[Bank.Version: Bank]>([:])
  private let olderCourses = Mutex<[String: Courses]>([:])

  init(store: Store, bank: Bank, courses: Courses) {
    self.store = store
    bankInService = Mutex(bank)
    folderVersion = courses.catalogue.version
    coursesInService = Mutex(courses)
    olderCourses.withLock { $0[courses.catalogue.version] = courses }
  }

  /// The courses in service: those of the folder, or those that were brought in since.
  var courses: Courses { coursesInService.withLock { $0 } }

  /// Takes the courses into service that were brought in last, here or by the command.
  ///
  /// - Throws: ``Missing`` if what was brought in cannot be read; what was in service stays.
  func refreshCourses() async throws {
    let wanted = try await store.coursesInService(folder: folderVersion) ?? folderVersion
    guard wanted != courses.catalogue.version else { return }
    let found = try await courses(wanted)
    coursesInService.withLock { $0 = found }
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

  /// The programmes on offer, in the order they are shown: one whose framework has no public test
  /// cannot be diagnosed for yet.
  var offeredProgrammes: [Programme] {
    let tested = Set(bank.blueprints.filter { $0.audience == .public }.map(\.framework))
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
    let present = courses
    if version == present.catalogue.version { return present }
    if let known = olderCourses.withLock({ $0[version] }) { return known }
    let frameworks = bank.frameworks
    let files = try await store.publishedFiles(.courses, version: version)
    let read = try CourseFiles.withFolder(of: files) { folder -> Courses? in
      guard !frameworks.isEmpty,
        let catalogue = CatalogueReader.read(folder: folder, frameworks: frameworks).catalogue
      else { return nil }
      let programmes = ProgrammeReader.read(
        folder: folder.appending(path: "programmes"), frameworks: frameworks
      ).programmes
      return Courses(catalogue, programmes)
    }
    guard !files.isEmpty, let found = read else {
      throw Missing(kind: .courses, version: version)
    }
    olderCourses.withLock { $0[version] = found }
    return found
  }
}

extension Site {
  /// Takes the courses into service that were brought in since the folder is what it is.
  ///
  /// - Throws: the store's error, or that what was brought in cannot be read.
  public func useCoursesInService() async throws {
    try await publications.refreshCourses()
  }
}
