public import Foundation
public import ItemAnalysis
public import ItemBank

/// An analysis as it is kept.
public struct StoredAnalysis: Sendable {
  /// Its number, from 1; the newest has the highest.
  public var number: Int
  /// When it was made.
  public var takenAt: Date
  /// What it says, without the details of items.
  public var overview: AnalysisOverview
}

extension Store {
  /// Of how many analyses the details of the items are kept.
  private static let keptDetails = 2

  /// Keeps an analysis as the newest; the details of items of older ones are dropped.
  ///
  /// - Returns: its number.
  /// - Throws: the database's error if it cannot be kept; nothing has then changed.
  @discardableResult
  public func keep(_ analysis: BankAnalysis, at time: Date) async throws -> Int {
    let overview = try AnalysisOverview(analysis).storedJSON()
    let details = try analysis.items.map { ($0.item.rawValue, try $0.storedJSON()) }
    return try await commits.commit { connection in
      let last = try connection.row("SELECT max(number) AS number FROM item_analysis")?
        .optionalInteger("number")
      let number = Int(last ?? 0) + 1
      try connection.execute(
        """
        INSERT INTO item_analysis (number, bank_version, engine, taken_at, body)
        VALUES (\(number), \(analysis.bankVersion), \(analysis.engine), \(time.storedTime),
          \(overview))
        """)
      for (item, body) in details {
        try connection.execute(
          "INSERT INTO item_statistics (analysis, item, body) VALUES (\(number), \(item), \(body))")
      }
      try connection.execute(
        "DELETE FROM item_statistics WHERE analysis <= \(number - Self.keptDetails)")
      return number
    }
  }

  /// The number of the newest analysis; nil before the first.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func newestAnalysis() async throws -> Int? {
    try await engine.read { connection in
      try connection.row("SELECT max(number) AS number FROM item_analysis")?
        .optionalInteger("number").map(Int.init)
    }
  }

  /// An analysis without the details of its items.
  ///
  /// - Parameter number: its number.
  /// - Returns: nil if there is none of that number.
  /// - Throws: the database's error, or the decoder's for a damaged one.
  public func analysis(_ number: Int) async throws -> StoredAnalysis? {
    try await engine.read { connection in
      guard
        let row = try connection.row(
          "SELECT taken_at, body FROM item_analysis WHERE number = \(number)")
      else { return nil }
      return StoredAnalysis(
        number: number, takenAt: try Date(storedTime: try row.text("taken_at")),
        overview: try JSONDecoder().decode(
          AnalysisOverview.self, from: Data(try row.text("body").utf8)))
    }
  }

  /// What an analysis says of one item.
  ///
  /// - Parameters:
  ///   - item: the item.
  ///   - analysis: the number of the analysis.
  /// - Returns: nil if it says nothing of it, or its details are not kept any more.
  /// - Throws: the database's error, or the decoder's for damaged statistics.
  public func statistics(
    of item: AssessmentItem.ID, in analysis: Int
  ) async throws -> ItemStatistics? {
    try await engine.read { connection in
      let row = try connection.row(
        """
        SELECT body FROM item_statistics WHERE analysis = \(analysis) AND item = \(item.rawValue)
        """)
      return try row.map {
        try JSONDecoder().decode(ItemStatistics.self, from: Data(try $0.text("body").utf8))
      }
    }
  }
}
