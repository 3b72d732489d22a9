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
    let (bank, bankDiagnostics) = BankReader.read(folder: Project.root.appending(path: "ItemBank"))
    guard let bank else {
      throw Unreadable(diagnostics: bankDiagnostics)
    }
    let folder = Project.root.appending(path: "Courses")
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
