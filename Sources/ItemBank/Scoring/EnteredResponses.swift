extension AssessmentItem {
  /// The longest text that is taken for an answer, in characters.
  public static let longestText = 500

  /// Makes responses of what was entered into the controls of its content.
  ///
  /// An order counts when as many choices have a place as the item asks for, all of them unless it
  /// says otherwise. Pairs, gaps and choices left out are no fault: QTI asks for none of them.
  ///
  /// - Parameters:
  ///   - entries: what was entered, by the field of the control; a field left empty is not there.
  ///   - content: what the candidate was shown.
  /// - Returns: the responses by response variable, without those that are not answered.
  /// - Throws: the first fault in the order of the content.
  public func responses(
    entered entries: [String: [CandidateEntry]], in content: CandidateContent
  ) throws(EntryFault) -> [String: ResponseValue] {
    var responses: [String: ResponseValue] = [:]
    for part in content.parts {
      switch part {
      case .markup: continue
      case .control(let control):
        responses[control.field] = try response(to: control, entries[control.field] ?? [])
      case .group(let group):
        guard let interaction = interaction(group.responseIdentifier) else { continue }
        responses[group.responseIdentifier] = try GroupEntries(
          interaction: interaction, group: group, entries: entries,
          takesOneValue: responseDeclaration(group.responseIdentifier)?.cardinality == .single
        ).response()
      }
    }
    return responses
  }

  /// The question that sets a response variable.
  func interaction(_ variable: String) -> Interaction? {
    interactions.first { $0.responseIdentifier == variable }
  }

  private func response(
    to control: CandidateContent.Control, _ entries: [CandidateEntry]
  ) throws(EntryFault) -> ResponseValue? {
    guard let entry = entries.first else { return nil }
    switch entry {
    case .taken(.choice(let choice)): return .choice(choice)
    case .taken(.place): throw EntryFault(.notOffered, in: [control.field])
    case .written(let text):
      guard text.count <= Self.longestText else {
        throw EntryFault(.tooLong(maximum: Self.longestText), in: [control.field])
      }
      guard let response = responseDeclaration(control.field)?.response(written: text) else {
        throw EntryFault(.notANumber, in: [control.field])
      }
      return response == .null ? nil : response
    }
  }
}

/// What was entered into the controls of one question.
private struct GroupEntries {
  let interaction: Interaction
  let group: CandidateContent.Group
  let entries: [String: [CandidateEntry]]
  let takesOneValue: Bool

  private typealias Pair = (source: SimpleChoice.ID, target: SimpleChoice.ID, field: String)

  /// - Returns: the response; nil when nothing was entered.
  func response() throws(EntryFault) -> ResponseValue? {
    switch group.task {
    case .takeOne, .takeSeveral: try taken()
    case .putInOrder: try order()
    case .match: try pairs(matches(), isDirected: true)
    case .fillGaps: try pairs(fillings(), isDirected: true)
    case .pair: try pairs(associations(), isDirected: false)
    }
  }

  private func choices(in field: String) -> [SimpleChoice.ID] {
    (entries[field] ?? []).compactMap { entry in
      if case .taken(.choice(let choice)) = entry { choice } else { nil }
    }
  }

  private func taken() throws(EntryFault) -> ResponseValue? {
    let field = group.responseIdentifier
    let choices = choices(in: field)
    guard let first = choices.first else { return nil }
    let maximum = takesOneValue ? 1 : interaction.largestResponse
    if maximum > 0, choices.count > maximum {
      throw EntryFault(.tooMany(maximum: maximum), in: [field])
    }
    return takesOneValue ? .choice(first) : .choices(choices)
  }

  private func order() throws(EntryFault) -> ResponseValue? {
    var placed: [Int: SimpleChoice.ID] = [:]
    var empty: [String] = []
    for control in group.controls {
      guard case .taken(.place(let place)) = entries[control.field]?.first,
        let choice = control.subject
      else {
        empty.append(control.field)
        continue
      }
      guard placed[place] == nil else {
        throw EntryFault(.placeTaken(place), in: fields(at: place))
      }
      placed[place] = choice
    }
    guard !placed.isEmpty else { return nil }
    let missing = leastPlaces - placed.count
    if missing > 0 { throw EntryFault(.placesMissing(missing), in: empty) }
    if let skipped = (1...placed.count).first(where: { placed[$0] == nil }) {
      throw EntryFault(.placeSkipped(skipped), in: empty)
    }
    return .choices(placed.sorted { $0.key < $1.key }.map(\.value))
  }

  private func fields(at place: Int) -> [String] {
    group.controls.map(\.field).filter { entries[$0] == [.taken(.place(place))] }
  }

  /// How many choices an order needs: all that may be placed, unless the item says how few do.
  private var leastPlaces: Int {
    guard case .order(let order) = interaction else { return 0 }
    let places = group.controls.first?.options.count ?? 0
    return order.minChoices > 0 ? min(order.minChoices, places) : places
  }

  private func matches() -> [Pair] {
    group.controls.flatMap { control -> [Pair] in
      guard let source = control.subject else { return [] }
      return choices(in: control.field).map { (source, $0, control.field) }
    }
  }

  private func fillings() -> [Pair] {
    group.controls.compactMap { control in
      guard let gap = control.subject, let word = choices(in: control.field).first else {
        return nil
      }
      return (word, gap, control.field)
    }
  }

  private func associations() throws(EntryFault) -> [Pair] {
    let fields = group.controls.map(\.field)
    var pairs: [Pair] = []
    for (number, place) in stride(from: 0, to: fields.count - 1, by: 2).enumerated() {
      let (first, second) = (choices(in: fields[place]).first, choices(in: fields[place + 1]).first)
      switch (first, second) {
      case (nil, nil): continue
      case (let first?, let second?) where first == second:
        throw EntryFault(
          .pairWithItself(number + 1), in: [fields[place], fields[place + 1]])
      case (let first?, let second?): pairs.append((first, second, fields[place]))
      default:
        throw EntryFault(
          .halfPair(number + 1), in: [first == nil ? fields[place] : fields[place + 1]])
      }
    }
    return pairs
  }

  private func pairs(_ pairs: [Pair], isDirected: Bool) throws(EntryFault) -> ResponseValue? {
    var values: [BaseValue] = []
    for pair in pairs {
      let (source, target) = (pair.source.rawValue, pair.target.rawValue)
      let value = isDirected ? .directedPair(source, target) : BaseValue.unordered(source, target)
      // The same pair once more says nothing new.
      if !values.contains(value) { values.append(value) }
    }
    guard let first = values.first else { return nil }
    try checkUses(values, fields: pairs.map(\.field))
    let maximum = takesOneValue ? 1 : interaction.largestResponse
    if maximum > 0, values.count > maximum {
      throw EntryFault(.tooMany(maximum: maximum), in: pairs.map(\.field))
    }
    return takesOneValue ? .single(first) : .list(first.baseType, values)
  }

  private func checkUses(_ values: [BaseValue], fields: [String]) throws(EntryFault) {
    let used = values.flatMap(\.identifiers)
    for choice in interaction.associables where choice.matchMax > 0 {
      guard used.count(where: { $0 == choice.id.rawValue }) > choice.matchMax else { continue }
      let places = fields.filter { choices(in: $0).contains(choice.id) }
      throw EntryFault(.usedTooOften(maximum: choice.matchMax), in: places)
    }
  }
}
