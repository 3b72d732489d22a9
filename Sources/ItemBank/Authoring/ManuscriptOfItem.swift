import Competency

extension ItemManuscript {
  /// The manuscript of an item that is in a bank.
  ///
  /// Nil when the item has more to it than a manuscript can say: written from it, the item would not
  /// be the same.
  ///
  /// - Parameters:
  ///   - item: the item.
  ///   - bank: its bank.
  public init?(of item: BankItem, in bank: Bank) {
    guard item.item.version == .v3p0, item.item.asksForOneChoice, item.points.count == 1,
      item.unknownAlignments.isEmpty, item.item.stimulusReferences.count <= 1,
      let interaction = item.item.choiceInteractions.first,
      (3...ItemSheetColumn.letters.count).contains(interaction.choices.count),
      item.item.language?.hasPrefix("zh") ?? true
    else { return nil }
    let worth = item.item.scoredChoices
    let reasons = item.reasons
    for (index, choice) in interaction.choices.enumerated() {
      guard choice.id.rawValue == ItemSheetColumn.letters[index] else { return nil }
      self[.choice(index)] = choice.content.text
      self[.score(index)] = worth[choice.id].map(String.init) ?? ""
      self[.reason(index)] = reasons[choice.id] ?? ""
      self[.feedback(index)] = item.item.feedback(for: choice.id)?.text ?? ""
      self[.misconception(index)] = item.misconceptions[choice.id] ?? ""
    }
    self[.stem] = interaction.prompt?.text ?? ""
    describe(item)
    take(item.scenario.flatMap(bank.stimulus), of: item)
    guard written(in: bank)?.says(whatIsSaidBy: item) ?? false else { return nil }
  }

  private mutating func describe(_ item: BankItem) {
    self[.identifier] = item.id.rawValue
    self[.title] = item.item.title
    self[.point] = item.points.first?.rawValue ?? ""
    self[.environment] = item.environment?.rawValue ?? ""
    self[.parallelFamily] = item.parallelFamily ?? ""
    self[.schoolStage] = item.schoolStage ?? ""
    self[.subject] = item.subject ?? ""
    self[.instruction] = item.instruction.rawValue
    self[.difficulty] = item.judgedDifficulty ?? ""
  }

  private mutating func take(_ scenario: AssessmentStimulus?, of item: BankItem) {
    let story = item.item.body.compactMap { part in
      if case .markup(let markup) = part { markup.text } else { nil }
    }.joined(separator: "\n")
    if let scenario {
      self[.scenarioIdentifier] = scenario.id.rawValue
      self[.scenarioTitle] = scenario.title
      self[.scenario] = scenario.content.text
      self[.addition] = story
    } else {
      self[.scenario] = story
    }
  }

  /// The item that would be written, read back; nil while something is wrong with the manuscript.
  private func written(in bank: Bank) -> BankItem? {
    var reading = ManuscriptReading(self, frameworks: bank.frameworks)
    guard let item = reading.item() else { return nil }
    let package = WrittenPackage(items: [item], scenarios: reading.scenarios)
    let files = PackageFiles(package.contents, name: "manuscript")
    return ReadPackage.read(files, knownFrameworks: bank.frameworks).package?.bank.items.first
  }
}

extension BankItem {
  /// Why each choice is worth what it is, as notes for authors say it line by line.
  fileprivate var reasons: [SimpleChoice.ID: String] {
    let note = #/^([A-Z]) \d+ 分：(.+)$/#
    var reasons: [SimpleChoice.ID: String] = [:]
    for line in item.rubricBlocks.flatMap({ $0.text.split(separator: "\n") }) {
      guard let match = line.wholeMatch(of: note) else { continue }
      reasons[SimpleChoice.ID(rawValue: String(match.1))] = String(match.2)
    }
    return reasons
  }

  /// Whether it says all that another item says, wherever in the files either stands.
  fileprivate func says(whatIsSaidBy other: BankItem) -> Bool {
    let outcomes = Set(item.outcomeDeclarations.map(\.identifier))
    return item.plainBody == other.item.plainBody
      && item.declaredMaximumScore == other.item.declaredMaximumScore
      && item.responseDeclarations.map(\.withoutPlaces)
        == other.item.responseDeclarations.map(\.withoutPlaces)
      && outcomes.isSuperset(of: other.item.outcomeDeclarations.map(\.identifier))
      && item.responseProcessing == other.item.responseProcessing
      && item.messages == other.item.messages && item.notes == other.item.notes
      && framework == other.framework && points == other.points
      && misconceptions == other.misconceptions
  }
}

extension AssessmentItem {
  /// What is read, part by part; a mere division into blocks left out.
  fileprivate var plainBody: [String] {
    body.flatMap { part -> [String] in
      switch part {
      case .markup(let markup): [markup.html.withoutLayout]
      case .choiceInteraction(let choice):
        ["\(choice.responseIdentifier) \(choice.shuffle) \(choice.maxChoices) \(choice.minChoices)"]
          + [choice.prompt?.html.withoutLayout ?? ""]
          + choice.choices.map {
            "\($0.id.rawValue) \($0.isFixed) \($0.content.html.withoutLayout)"
          }
      case .interaction, .flow: []
      }
    }
  }

  /// The messages for after the test; their places left out.
  fileprivate var messages: [String] {
    modalFeedback.map {
      "\($0.outcomeIdentifier) \($0.identifier) \($0.showsWhenMatched) "
        + $0.content.html.withoutLayout
    }
  }

  /// The notes for authors, line by line.
  fileprivate var notes: [Substring] {
    rubricBlocks.flatMap { $0.text.split(separator: "\n") }
  }
}

extension String {
  /// Markup without the blocks and the white space between elements that show nothing.
  fileprivate var withoutLayout: String {
    replacing("<div>", with: "").replacing("</div>", with: "").collapsed
      .replacing("> <", with: "><").trimmed
  }
}

extension ResponseDeclaration {
  /// The declaration without what only says where it stands or cannot matter to identifiers.
  fileprivate var withoutPlaces: ResponseDeclaration {
    var declaration = self
    declaration.line = 0
    if let entries = mapping?.entries {
      declaration.mapping?.entries = entries.map { Mapping.Entry(key: $0.key, value: $0.value) }
    }
    return declaration
  }
}
