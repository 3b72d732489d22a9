import Foundation

/// What each option of each item is worth.
struct AnswerKey {
  /// The score of each option, by item; an option not named scores 0.
  var scores: [String: [String: Int]] = [:]

  /// Reads a key: columns `item,key` or `item,option,score`, or a header of items over one row.
  ///
  /// - Returns: nil when the sheet has none of these forms.
  init?(_ sheet: ResponseSheet) {
    let names = sheet.columns.map { $0.name.lowercased() }
    func column(_ candidates: [String]) -> Int? {
      names.firstIndex { candidates.contains($0) }
    }
    if let item = column(["item", "id"]), let option = column(["option", "key", "answer"]),
      sheet.columns.count <= 4
    {
      let score = column(["score", "points"])
      for row in 0..<sheet.rowCount {
        guard let item = sheet.columns[item].label(row),
          let option = sheet.columns[option].label(row)
        else { continue }
        let worth = score.flatMap { sheet.columns[$0].label(row) } ?? "1"
        guard let worth = Int(worth), (0...1000).contains(worth) else { return nil }
        for part in option.split(separator: "|") {
          scores[item, default: [:]][String(part)] = worth
        }
      }
    } else if sheet.rowCount == 1 {
      for column in sheet.columns {
        guard let option = column.label(0) else { continue }
        for part in option.split(separator: "|") {
          scores[column.name, default: [:]][String(part)] = 1
        }
      }
    }
    if scores.isEmpty { return nil }
  }
}
