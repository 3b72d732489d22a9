/// How the scenario that a manuscript names stands to those of the bank.
enum ManuscriptScenario {
  /// It names none: what is told is the item's own.
  case own
  /// The bank has none of that identifier.
  case new
  /// The bank has just that.
  case known(AssessmentStimulus)
  /// The item has that scenario already, and its text or name is to change for all items with it.
  case changed(AssessmentStimulus)
  /// The bank has another text under that identifier, and the item has not had it so far.
  case different(AssessmentStimulus)

  /// - Parameters:
  ///   - manuscript: the manuscript.
  ///   - item: the item of the bank that it changes; nil for a new one.
  ///   - bank: the bank.
  init(of manuscript: ItemManuscript, replacing item: BankItem?, in bank: Bank) {
    let identifier = AssessmentStimulus.ID(rawValue: manuscript[.scenarioIdentifier])
    guard !identifier.rawValue.isEmpty else {
      self = .own
      return
    }
    guard let scenario = bank.stimulus(identifier) else {
      self = .new
      return
    }
    var known = ItemManuscript()
    known[.scenario] = scenario.content.text
    known[.scenarioTitle] = scenario.title
    let title = manuscript[.scenarioTitle]
    let isSame =
      manuscript[.scenario] == known[.scenario]
      && (title.isEmpty || title == known[.scenarioTitle])
    self =
      if isSame {
        .known(scenario)
      } else if item?.scenario == identifier {
        .changed(scenario)
      } else {
        .different(scenario)
      }
  }
}

extension ItemManuscript {
  /// Takes the text and the name of the scenario that it names as the bank has them.
  ///
  /// - Returns: whether the bank has such a scenario.
  public mutating func takeScenario(from bank: Bank) -> Bool {
    let identifier = AssessmentStimulus.ID(rawValue: self[.scenarioIdentifier])
    guard let scenario = bank.stimulus(identifier) else { return false }
    self[.scenario] = scenario.content.text
    self[.scenarioTitle] = scenario.title
    return true
  }

  /// How many other items share the scenario that it names.
  public func otherItemCount(in bank: Bank) -> Int {
    let identifier = self[.scenarioIdentifier]
    guard !identifier.isEmpty else { return 0 }
    return bank.items.count {
      $0.scenario?.rawValue == identifier && $0.id.rawValue != self[.identifier]
    }
  }
}

extension AssessmentStimulus {
  /// Whether it has nothing but paragraphs, so that writing it anew from its text loses nothing.
  var isPlain: Bool {
    let plain = content.text.split(separator: "\n").map { SafeMarkup.escaped(String($0)) }.joined()
    let tags = #/<\/?(?:p|div)>/#
    return content.html.replacing(tags, with: " ").collapsed.replacing(" ", with: "")
      == plain.replacing(" ", with: "")
  }
}
