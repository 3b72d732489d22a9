/// What differs between two versions of a bank, item by item.
public struct ItemDifference: Hashable, Sendable {
  /// What about an item.
  public enum Aspect: String, Hashable, Sendable, CaseIterable {
    /// The bank did not have it.
    case added
    /// The bank has it no longer.
    case removed
    /// What a teacher reads.
    case text
    /// What answers are worth.
    case key
    /// Whether it is given and counts.
    case state
    /// The parameters it is scored with.
    case parameters
    /// What is said about it: points, environment, tags.
    case description
  }

  /// The item.
  public var item: AssessmentItem.ID
  /// What differs, in the order of the cases; never empty.
  public var aspects: [Aspect]

  /// Creates a difference.
  public init(item: AssessmentItem.ID, aspects: [Aspect]) {
    self.item = item
    self.aspects = aspects
  }
}

extension Bank {
  /// What is different from an earlier version.
  ///
  /// - Parameter earlier: the earlier version.
  /// - Returns: the items that differ, in the order of their identifiers.
  public func differences(from earlier: Bank) -> [ItemDifference] {
    let before = earlier.itemsByIdentifier
    let after = itemsByIdentifier
    return Set(before.keys).union(after.keys).sorted { $0.rawValue < $1.rawValue }.compactMap {
      id in
      let aspects: [ItemDifference.Aspect] =
        switch (before[id], after[id]) {
        case (nil, _): [.added]
        case (_, nil): [.removed]
        case (let old?, let new?): new.differences(from: old)
        }
      return aspects.isEmpty ? nil : ItemDifference(item: id, aspects: aspects)
    }
  }

  private var itemsByIdentifier: [AssessmentItem.ID: BankItem] {
    [AssessmentItem.ID: BankItem](
      items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension BankItem {
  fileprivate func differences(from old: BankItem) -> [ItemDifference.Aspect] {
    var aspects: [ItemDifference.Aspect] = []
    if item.contentHash != old.item.contentHash {
      let hasOtherKey = item.keys != old.item.keys
      let hasOtherText =
        !item.reads(like: old.item)
        || item.modalFeedback.map(\.content) != old.item.modalFeedback.map(\.content)
      // A scenario of its own file may have changed, which only the hash tells.
      if hasOtherText || !hasOtherKey { aspects.append(.text) }
      if hasOtherKey { aspects.append(.key) }
    }
    if state != old.state { aspects.append(.state) }
    if parameters != old.parameters { aspects.append(.parameters) }
    var described = self
    described.item = old.item
    described.state = old.state
    described.calibrations = old.calibrations
    if described != old { aspects.append(.description) }
    return aspects
  }
}

/// What one response variable makes of an answer; the lines of the file left out.
private struct ResponseKey: Hashable {
  var identifier: String
  var correctResponse: [BaseValue]
  var mapping: Mapping?
}

extension AssessmentItem {
  fileprivate var keys: [ResponseKey] {
    responseDeclarations.map {
      ResponseKey(
        identifier: $0.identifier, correctResponse: $0.correctResponse, mapping: $0.mapping)
    }
  }
}
