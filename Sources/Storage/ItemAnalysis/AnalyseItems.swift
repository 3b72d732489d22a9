public import Foundation
import ItemAnalysis
public import ItemBank

extension Store {
  /// Analyses the answers of all finished sessions with a bank, and keeps what came of it as the
  /// newest analysis.
  ///
  /// - Parameters:
  ///   - bank: the bank in service; all answers are scored with it.
  ///   - time: the time.
  /// - Returns: the number of the analysis.
  /// - Throws: the database's error if answers cannot be read or the analysis not kept.
  @discardableResult
  public func analyseItems(of bank: Bank, at time: Date) async throws -> Int {
    try await collectAnswerSheets()
    let sheets = try await answerSheets()
    var older: [Bank.Version: Bank] = [:]
    for version in Set(sheets.map(\.bankVersion)) where version != bank.version {
      let files = try await publishedFiles(.bank, version: version.rawValue)
      if let former = BankReader.read(files: files, name: version.rawValue).bank {
        older[version] = former
      }
    }
    let banks = older
    // On a thread of its own: the few that serve answers must not wait for seconds of arithmetic.
    let analysis = await withCheckedContinuation { continuation in
      let thread = Thread {
        continuation.resume(returning: BankAnalysis(sheets, bank: bank, older: banks))
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    return try await keep(analysis, at: time)
  }
}
