import Diagnostics
import Sheets

/// Checks that identifiers are unique and that prerequisites exist and lead somewhere.
struct PrerequisiteCheck {
  private var records: [String: SheetRecord] = [:]
  private var order: [String] = []

  /// Takes a row in; false, with a diagnostic, when its identifier is taken.
  mutating func add(_ record: SheetRecord, faults: inout [Diagnostic]) -> Bool {
    let id = record.text("id")
    guard !id.isEmpty else { return false }
    if let first = records[id] {
      faults.append(record.duplicateIdentifier(id, firstLine: first.line))
      return false
    }
    records[id] = record
    order.append(id)
    return true
  }

  /// The faults of the prerequisites, each cycle once.
  func faults() -> [Diagnostic] {
    let unknown = order.compactMap { id -> Diagnostic? in
      guard let record = records[id], let next = prerequisite(of: id), records[next] == nil else {
        return nil
      }
      return record.fault(
        "unknown-prerequisite", in: "prerequisite",
        Text("没有先修课程“\(next)”。", "There is no course “\(next)” to take before."),
        remedy: Text("请写目录中的课程编号，或留空。", "Write a course of the catalogue, or nothing."))
    }
    return unknown + cycles()
  }

  private func prerequisite(of id: String) -> String? {
    let text = records[id]?.text("prerequisite") ?? ""
    return text.isEmpty ? nil : text
  }

  /// Follows each course to its first prerequisite.
  ///
  /// A course has at most one, so a walk that comes back to a course of its own is a cycle.
  private func cycles() -> [Diagnostic] {
    var settled: Set<String> = []
    var cycles: [Diagnostic] = []
    for start in order {
      var path: [String] = []
      var current: String? = start
      while let id = current, !settled.contains(id), records[id] != nil {
        if let first = path.firstIndex(of: id) {
          cycles += cycle(Array(path[first...]))
          break
        }
        path.append(id)
        current = prerequisite(of: id)
      }
      settled.formUnion(path)
    }
    return cycles
  }

  private func cycle(_ ids: [String]) -> [Diagnostic] {
    guard let first = ids.first, let record = records[first] else { return [] }
    let chain = (ids + [first]).joined(separator: " → ")
    return [
      record.fault(
        "prerequisite-cycle", in: "prerequisite",
        Text("先修课程首尾相接：\(chain)。", "The prerequisites go round in a circle: \(chain)."),
        remedy: Text("请去掉其中一条先修要求。", "Remove one of these prerequisites."))
    ]
  }
}
