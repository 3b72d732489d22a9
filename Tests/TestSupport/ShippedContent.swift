public import Courses
public import Diagnostics
import Foundation
public import ItemBank

/// The bank, courses and programmes that the project ships.
public struct ShippedContent: Sendable {
  /// The bank.
  public let bank: Bank
  /// The courses.
  public let catalogue: Catalogue
  /// The programmes.
  public let programmes: [Programme]
  /// Everything the readers said about them.
  public let diagnostics: [Diagnostic]

  /// What could not be read.
  public struct Unreadable: Error {
    /// The reasons.
    public let diagnostics: [Diagnostic]
  }

  /// Reads the shipped content.
  ///
  /// - Throws: ``Unreadable`` if a part of it cannot be read at all.
  public init() throws {
    self = try Self.read.get()
  }

  /// Read once: hundreds of tests ask for it, and it never changes while they run.
  private static let read = Result { try ShippedContent(reading: Project.root) }

  private init(reading root: URL) throws {
    let (bank, bankDiagnostics) = BankReader.read(folder: root.appending(path: "ItemBank"))
    guard let bank else {
      throw Unreadable(diagnostics: bankDiagnostics)
    }
    let folder = root.appending(path: "Courses")
    let (catalogue, courseDiagnostics) = CatalogueReader.read(
      folder: folder, frameworks: bank.frameworks)
    let (programmes, ruleDiagnostics) = ProgrammeReader.read(
      folder: folder.appending(path: "programmes"), frameworks: bank.frameworks)
    guard let catalogue else { throw Unreadable(diagnostics: courseDiagnostics) }
    self.bank = bank
    self.catalogue = catalogue
    self.programmes = programmes
    diagnostics = bankDiagnostics + courseDiagnostics + ruleDiagnostics
  }
}
