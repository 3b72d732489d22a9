import Courses
import Diagnostics
import Foundation
import ItemBank
import Storage

/// Brings a sheet of courses into service as a new version of the catalogue.
struct CataloguePublishing: Sendable {
  /// How it ended.
  enum State: String, Hashable, Sendable {
    /// Errors: nothing was kept.
    case refused
    /// It could be kept, and was not asked to be.
    case wouldKeep
    /// It says what is there already.
    case same
    /// It is in service.
    case kept
    /// Another version came into service meanwhile: nothing was kept.
    case changedMeanwhile
  }

  /// What came of it.
  struct Outcome: Sendable {
    var state: State
    var comparison: CatalogueComparison?
    var diagnostics: [Diagnostic]

    static let changedMeanwhile = Outcome(
      state: .changedMeanwhile, comparison: nil, diagnostics: [])
  }

  let site: Site

  /// Reads a sheet, compares it with what is in service, and keeps it if it is asked to.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - name: its name.
  ///   - isOffered: whether every course is really offered, so that pages stop calling it a sample.
  ///   - keeps: whether to keep it when nothing is wrong.
  ///   - base: the version the sheet was made from; nil where it stands for itself.
  ///   - actor: who asks, for the audit log.
  /// - Returns: what came of it.
  /// - Throws: the store's error, or the fault of laying the files in a folder.
  func take(
    _ bytes: [UInt8], name: String, isOffered: Bool, keeps: Bool, madeFrom base: String? = nil,
    actor: String
  ) async throws -> Outcome {
    try await site.publications.refreshCourses()
    let present = site.publications.courses.catalogue
    guard base ?? present.version == present.version else { return .changedMeanwhile }
    let files = try await site.store.publishedFiles(.courses, version: present.version)
    let read = try CatalogueImport(
      bytes, name: name, into: files, frameworks: site.publications.bank.frameworks,
      isSample: isOffered ? false : nil)
    guard let catalogue = read.catalogue else {
      return Outcome(state: .refused, comparison: nil, diagnostics: read.diagnostics)
    }
    let comparison = CatalogueComparison(from: present, to: catalogue)
    guard keeps, !comparison.isSame else {
      return Outcome(
        state: comparison.isSame ? .same : .wouldKeep, comparison: comparison,
        diagnostics: read.diagnostics)
    }
    do {
      try await site.store.publishCourses(
        catalogue.version, files: read.files, replacing: present.version,
        folder: site.publications.folderVersion, actor: actor,
        detail: comparison.auditDetail(version: catalogue.version), at: site.now())
    } catch StoreError.coursesChanged {
      return .changedMeanwhile
    }
    try await site.publications.refreshCourses()
    return Outcome(state: .kept, comparison: comparison, diagnostics: read.diagnostics)
  }
}
