import Diagnostics
import Foundation
import Sheets
import Storage
import Synchronization

/// What is wrong with a sheet, so that five thousand rows with faults stay readable: how often each
/// fault occurs and where first, the first faults one by one, and the sheet itself with a column that
/// has them all.
struct SheetFaults {
  /// A fault with what it is about, where that is not a line of the sheet.
  struct Fault {
    var identifier: String?
    var diagnostic: Diagnostic
  }

  let faults: [Fault]
  /// The sheet's name as the sender knows it.
  let file: String
  let phrases: Phrases

  /// How many faults are shown one by one.
  static let shown = 50
  /// How many kinds are shown.
  private static let shownKinds = 20

  private var inChinese: Bool { phrases.language == .chinese }

  /// The values of the part `faults`.
  ///
  /// - Parameter address: where the marked sheet is; nil if there is none.
  /// - Returns: the values.
  func values(marked address: String?) -> [String: Any] {
    var values: [String: Any] = ["lines": faults.prefix(Self.shown).map(line)]
    if faults.count > Self.shown {
      values["moreText"] = phrases(
        "itemImport.more", ["count": "\(faults.count - Self.shown)"])
      values["kinds"] = ["rows": kinds().prefix(Self.shownKinds).map { $0 }]
    }
    if let address { values["marked"] = ["url": address] }
    return values
  }

  /// The sheet with its faults written in; nil for what is no sheet.
  func marked(_ bytes: [UInt8]) -> [UInt8]? {
    Sheet.marked(
      bytes, with: faults.compactMap(remark), inChinese: inChinese)
  }

  private func remark(_ fault: Fault) -> SheetRemark? {
    let diagnostic = fault.diagnostic
    var text =
      diagnostic.message(inChinese: inChinese) + phrases("site.sentenceGap")
      + diagnostic.remedy(inChinese: inChinese)
    if diagnostic.severity != .error { text = phrases("faults.warning", ["text": text]) }
    if diagnostic.file == file, diagnostic.line > 0 {
      return SheetRemark(.cell(line: diagnostic.line, column: diagnostic.column), text)
    }
    return fault.identifier.map { SheetRemark(.identifier($0), text) }
  }

  /// Each kind of fault with how often it occurs, the most frequent first.
  private func kinds() -> [[String: Any]] {
    var order: [String] = []
    var first: [String: Fault] = [:]
    var counts: [String: Int] = [:]
    for fault in faults {
      let kind = "\(fault.diagnostic.code) \(fault.diagnostic.column)"
      if first[kind] == nil {
        first[kind] = fault
        order.append(kind)
      }
      counts[kind, default: 0] += 1
    }
    return order.enumerated().sorted {
      (counts[$1.element] ?? 0, $0.offset) < (counts[$0.element] ?? 0, $1.offset)
    }.compactMap { _, kind in
      first[kind].map { fault -> [String: Any] in
        [
          "count": "\(counts[kind] ?? 0)", "place": place(of: fault),
          "remedy": fault.diagnostic.remedy(inChinese: inChinese),
          "message": fault.diagnostic.message(inChinese: inChinese),
        ]
      }
    }
  }

  private func line(_ fault: Fault) -> [String: String] {
    [
      "place": place(of: fault), "message": fault.diagnostic.message(inChinese: inChinese),
      "remedy": fault.diagnostic.remedy(inChinese: inChinese),
    ]
  }

  private func place(of fault: Fault) -> String {
    let diagnostic = fault.diagnostic
    let name = diagnostic.file == file ? nil : diagnostic.file
    var words = [fault.identifier == file ? nil : fault.identifier, name].compactMap { $0 }
      .filter { !$0.isEmpty }
    if diagnostic.line > 0 {
      words.append(
        diagnostic.column > 0
          ? phrases(
            "roster.cell", ["line": "\(diagnostic.line)", "column": "\(diagnostic.column)"])
          : phrases("roster.line", ["line": "\(diagnostic.line)"]))
    }
    return words.joined(separator: " · ")
  }
}

/// Sheets with their faults written in, for whoever sent them, for an hour.
///
/// Only in memory: a sheet with faults is nobody's record. After a restart it is sent again.
final class ReturnedSheets: Sendable {
  private struct Kept {
    var token: String
    var owner: String
    var bytes: [UInt8]
    var keptAt: Date
  }

  /// How many are kept, of five megabytes at most and what the column adds.
  private static let capacity = 10
  /// For how long, in seconds.
  private static let lifetime: TimeInterval = 3600

  private let kept = Mutex<[Kept]>([])

  /// Keeps a sheet.
  ///
  /// - Returns: where it can be had.
  func keep(_ bytes: [UInt8], for owner: String, at time: Date) -> String {
    let token = AccessToken.randomName()
    kept.withLock { kept in
      kept.removeAll { time.timeIntervalSince($0.keptAt) > Self.lifetime }
      kept = Array(kept.suffix(Self.capacity - 1))
      kept.append(Kept(token: token, owner: owner, bytes: bytes, keptAt: time))
    }
    return token
  }

  /// A sheet that was kept for somebody; nil if there is none of theirs any more.
  func sheet(_ token: String, of owner: String, at time: Date) -> [UInt8]? {
    kept.withLock { kept in
      kept.first {
        $0.token == token && $0.owner == owner
          && time.timeIntervalSince($0.keptAt) <= Self.lifetime
      }?.bytes
    }
  }
}
