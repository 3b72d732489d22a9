extension CandidateContent {
  /// What stands in the controls when responses are shown again.
  ///
  /// - Parameter responses: the responses by response variable.
  /// - Returns: the entries by the field of the control; a field left empty is not there.
  public func entries(of responses: [String: ResponseValue]) -> [String: [CandidateEntry]] {
    var entries: [String: [CandidateEntry]] = [:]
    for part in parts {
      switch part {
      case .markup: continue
      case .control(let control):
        let values = responses[control.field]?.values ?? []
        entries[control.field] = values.first.map { [$0.entry] }
      case .group(let group):
        guard let values = responses[group.responseIdentifier]?.values, !values.isEmpty else {
          continue
        }
        entries.merge(group.entries(of: values)) { first, _ in first }
      }
    }
    return entries
  }
}

extension CandidateContent.Group {
  fileprivate func entries(of values: [BaseValue]) -> [String: [CandidateEntry]] {
    var entries: [String: [CandidateEntry]] = [:]
    let taken = values.flatMap(\.identifiers).map(SimpleChoice.ID.init(rawValue:))
    for (index, control) in controls.enumerated() {
      let found: [CandidateEntry]
      switch task {
      case .takeOne, .takeSeveral:
        // Marks of one field come one after the other; the field holds them all.
        found = taken.map { .taken(.choice($0)) }
      case .putInOrder:
        let place = taken.firstIndex { $0 == control.subject }
        found = place.map { [.taken(.place($0 + 1))] } ?? []
      case .match:
        found = values.ends.filter { $0.first == control.subject }.map { .taken(.choice($0.last)) }
      case .fillGaps:
        found = values.ends.filter { $0.last == control.subject }.map { .taken(.choice($0.first)) }
      case .pair:
        found = index < taken.count ? [.taken(.choice(taken[index]))] : []
      }
      if !found.isEmpty { entries[control.field] = found }
    }
    return entries
  }
}

extension [BaseValue] {
  /// The two ends of every pair among the values.
  fileprivate var ends: [(first: SimpleChoice.ID, last: SimpleChoice.ID)] {
    compactMap { value in
      let ends = value.identifiers.map(SimpleChoice.ID.init(rawValue:))
      return ends.count == 2 ? (ends[0], ends[1]) : nil
    }
  }
}

extension BaseValue {
  /// The value as it stands in a control within a sentence.
  fileprivate var entry: CandidateEntry {
    switch self {
    case .identifier(let identifier): .taken(.choice(SimpleChoice.ID(rawValue: identifier)))
    case .string(let text): .written(text)
    case .integer(let number): .written(String(number))
    case .float(let number):
      // Whoever wrote 12 does not want to read 12.0.
      .written(Int(exactly: number).map { String($0) } ?? String(number))
    default: .written("")
    }
  }
}
