extension AssessmentItem {
  /// Makes what a candidate reads and answers.
  ///
  /// - Parameter arrangements: the choices of an interaction in the order to show them, by response
  ///   variable; choices it does not name follow in the order of the file, which in an order
  ///   interaction may be the right one.
  /// - Returns: the content, without anything that says what is right.
  public func candidateContent(
    arrangements: [String: [SimpleChoice.ID]] = [:]
  ) -> CandidateContent {
    let maker = ContentMaker(item: self, arrangements: arrangements)
    return CandidateContent(
      parts: body.flatMap { part -> [CandidateContent.Part] in
        switch part {
        case .markup(let markup): [.markup(markup)]
        case .choiceInteraction(let interaction): [maker.group(.choice(interaction))]
        case .interaction(let interaction): [maker.group(interaction)]
        case .flow(let flow): maker.parts(of: flow)
        }
      })
  }
}

/// Makes groups and controls of interactions.
private struct ContentMaker {
  typealias Control = CandidateContent.Control
  typealias Option = CandidateContent.Option

  let item: AssessmentItem
  let arrangements: [String: [SimpleChoice.ID]]

  func group(_ interaction: Interaction) -> CandidateContent.Part {
    let (task, parts) = content(of: interaction)
    return .group(
      CandidateContent.Group(
        responseIdentifier: interaction.responseIdentifier, task: task,
        prompt: interaction.prompt, parts: parts))
  }

  private func content(
    of interaction: Interaction
  ) -> (CandidateContent.Group.Task, [CandidateContent.Part]) {
    let name = interaction.responseIdentifier
    switch interaction {
    case .choice(let choice):
      let options = options(choice.choices, name)
      if takesOne(name) { return (.takeOne, [control(name, .radios(options))]) }
      return (.takeSeveral(maximum: choice.maxChoices), [control(name, .checkboxes(options))])
    case .order(let order): return (.putInOrder, places(of: order))
    case .match(let match): return (.match, targets(of: match))
    case .associate(let associate): return (.pair, pairs(of: associate))
    case .gapMatch(let gapMatch): return (.fillGaps, gaps(of: gapMatch))
    case .hottext(let hottext):
      let task: CandidateContent.Group.Task =
        takesOne(name) ? .takeOne : .takeSeveral(maximum: hottext.maxChoices)
      return (task, marks(of: hottext))
    case .inlineChoice, .textEntry: return (.takeOne, [])
    }
  }

  func parts(of flow: Flow) -> [CandidateContent.Part] {
    flow.parts.compactMap { part in
      switch part {
      case .markup(let markup): .markup(markup)
      case .inlineChoice(let interaction):
        control(
          interaction.responseIdentifier,
          .select(options(interaction.choices, interaction.responseIdentifier)))
      case .textEntry(let interaction): field(of: interaction)
      case .gap, .passage: nil
      }
    }
  }

  private func takesOne(_ name: String) -> Bool {
    item.responseDeclaration(name)?.cardinality == .single
  }

  private func control(
    _ field: String, _ kind: Control.Kind, about subject: SimpleChoice? = nil
  ) -> CandidateContent.Part {
    .control(Control(field: field, label: subject?.content, subject: subject?.id, kind: kind))
  }

  private func arranged(_ choices: [SimpleChoice], _ name: String) -> [SimpleChoice] {
    let order = arrangements[name] ?? []
    let named = order.compactMap { id in choices.first { $0.id == id } }
    return named + choices.filter { !order.contains($0.id) }
  }

  private func options(_ choices: [SimpleChoice], _ name: String) -> [Option] {
    arranged(choices, name).map { Option(meaning: .choice($0.id), label: $0.content) }
  }

  private func places(of order: OrderInteraction) -> [CandidateContent.Part] {
    let name = order.responseIdentifier
    let most = order.maxChoices == 0 ? order.choices.count : order.maxChoices
    let numbers = (1...max(1, min(most, order.choices.count))).map {
      Option(meaning: .place($0), label: SafeMarkup(text: String($0)))
    }
    return arranged(order.choices, name).enumerated().map { index, choice in
      control("\(name).\(index + 1)", .select(numbers), about: choice)
    }
  }

  private func targets(of match: MatchInteraction) -> [CandidateContent.Part] {
    let name = match.responseIdentifier
    let targets = options(match.targets.map(\.choice), name)
    let sources = arranged(match.sources.map(\.choice), name)
    return sources.enumerated().map { index, source in
      let takesOne = match.sources.first { $0.id == source.id }?.matchMax == 1
      return control(
        "\(name).\(index + 1)", takesOne ? .select(targets) : .checkboxes(targets), about: source)
    }
  }

  private func pairs(of associate: AssociateInteraction) -> [CandidateContent.Part] {
    let name = associate.responseIdentifier
    let choices = options(associate.choices.map(\.choice), name)
    let most = associate.maxAssociations == 0 ? choices.count : associate.maxAssociations
    let count = takesOne(name) ? 1 : min(most, room(of: associate))
    return (0..<(2 * count)).map { control("\(name).\($0 + 1)", .select(choices)) }
  }

  /// How many pairs the choices suffice for; as many as there are choices, when one may be used
  /// without limit.
  private func room(of associate: AssociateInteraction) -> Int {
    let uses = associate.choices.map(\.matchMax)
    return uses.contains(0) ? uses.count : min(uses.reduce(0, +) / 2, uses.count)
  }

  private func gaps(of gapMatch: GapMatchInteraction) -> [CandidateContent.Part] {
    let name = gapMatch.responseIdentifier
    let words = options(gapMatch.words.map(\.choice), name)
    var number = 0
    return gapMatch.content.parts.compactMap { part in
      switch part {
      case .markup(let markup): return .markup(markup)
      case .gap(let gap):
        number += 1
        return .control(Control(field: "\(name).\(number)", subject: gap, kind: .select(words)))
      case .passage, .inlineChoice, .textEntry: return nil
      }
    }
  }

  private func marks(of hottext: HottextInteraction) -> [CandidateContent.Part] {
    let name = hottext.responseIdentifier
    let isExclusive = takesOne(name)
    return hottext.content.parts.compactMap { part in
      switch part {
      case .markup(let markup): .markup(markup)
      case .passage(let passage):
        control(
          name,
          .mark(
            Option(meaning: .choice(passage.id), label: passage.content), isExclusive: isExclusive))
      case .gap, .inlineChoice, .textEntry: nil
      }
    }
  }

  private func field(of interaction: TextEntryInteraction) -> CandidateContent.Part {
    let name = interaction.responseIdentifier
    let content: CandidateContent.TextField.Content =
      switch item.responseDeclaration(name)?.baseType {
      case .float: .decimal
      case .integer: .whole
      default: .text
      }
    return control(
      name,
      .text(
        CandidateContent.TextField(
          content: content, expectedLength: interaction.expectedLength)))
  }
}
