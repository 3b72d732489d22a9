import Competency
import ItemBank

/// The items of a bank with what they are searched and filtered by.
struct ItemIndex: Sendable {
  /// One item.
  struct Entry: Sendable {
    var item: BankItem
    var point: CompetencyPoint?
    /// Whether a test has it.
    var isInTest: Bool
    /// Everything it is found by, in small letters, as UTF-8.
    var words: [UInt8]
    /// How its text begins.
    var beginning: String
  }

  let version: Bank.Version
  let entries: [Entry]
  /// The points and environments that the bank's items have, in the frameworks' order.
  let points: [CompetencyPoint]
  let environments: [Environment]

  init(_ bank: Bank) {
    version = bank.version
    let tested = Set(bank.tests.flatMap { bank.items(of: $0.id) }.map(\.id))
    entries = bank.items.map { item in
      let framework = item.framework.flatMap(bank.framework)
      let point = item.points.first.flatMap { framework?.point($0) }
      let scenario = item.scenario.flatMap(bank.stimulus)
      return Entry(
        item: item, point: point, isInTest: tested.contains(item.id),
        words: Self.words(of: item, point: point, scenario: scenario),
        beginning: Self.beginning(of: item, scenario: scenario))
    }
    let used = Set(bank.items.compactMap(\.points.first))
    points = bank.frameworks.flatMap(\.points).filter { used.contains($0.id) }
    let environments = Set(entries.compactMap(\.point?.environment))
    self.environments = bank.frameworks.flatMap(\.environments)
      .filter { environments.contains($0.id) }
  }

  /// The entries that hold every word of a search; all for a search without words.
  ///
  /// A word is found wherever it stands: two characters are enough, since Chinese has no gaps.
  func entries(matching search: String) -> [Entry] {
    let wanted = search.lowercased().split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
    guard !wanted.isEmpty else { return entries }
    return entries.filter { entry in wanted.allSatisfy { entry.words.holds($0) } }
  }

  private static func words(
    of item: BankItem, point: CompetencyPoint?, scenario: AssessmentStimulus?
  ) -> [UInt8] {
    var texts = [item.id.rawValue, item.item.title]
    texts += item.item.readTexts
    texts += [scenario?.title, scenario?.content.text].compactMap { $0 }
    texts += [item.parallelFamily, item.schoolStage, item.subject].compactMap { $0 }
    texts += item.misconceptions.values.sorted()
    if let point { texts += [point.id.rawValue, point.name.chinese, point.name.english] }
    return Array(texts.joined(separator: "\n").lowercased().utf8)
  }

  private static func beginning(of item: BankItem, scenario: AssessmentStimulus?) -> String {
    let text = (item.item.readTexts + [scenario?.content.text ?? ""]).first { !$0.isEmpty } ?? ""
    let line = text.replacing("\n", with: " ")
    return line.count > 36 ? line.prefix(36) + "…" : line
  }
}

extension AssessmentItem {
  /// What stands in it to be read, part by part.
  var readTexts: [String] {
    body.flatMap { part -> [String] in
      switch part {
      case .markup(let markup): [markup.text]
      case .flow(let flow): [flow.text] + flow.interactions.flatMap(\.readTexts)
      case .choiceInteraction(let interaction): Interaction.choice(interaction).readTexts
      case .interaction(let interaction): interaction.readTexts
      }
    }
  }
}

extension Interaction {
  fileprivate var readTexts: [String] {
    [prompt?.text].compactMap { $0 } + choices.map(\.content.text)
  }
}

extension [UInt8] {
  /// Whether other bytes stand in these, one after the other.
  func holds(_ other: [UInt8]) -> Bool {
    guard let first = other.first, other.count <= count else { return other.isEmpty }
    return withUnsafeBufferPointer { bytes in
      other.withUnsafeBufferPointer { wanted in
        for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
          var place = 1
          while place < wanted.count, bytes[start + place] == wanted[place] { place += 1 }
          if place == wanted.count { return true }
        }
        return false
      }
    }
  }
}
