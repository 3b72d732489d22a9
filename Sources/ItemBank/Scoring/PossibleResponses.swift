/// Answers that can be given to a question, no answer and the right one first.
struct PossibleResponses {
  /// Questions that offer more than this are only sampled.
  private static let mostCandidates = 64

  /// The answers, each once.
  private(set) var responses: [ResponseValue] = []
  /// Whether these are all.
  private(set) var isComplete = true

  private let limit: Int
  private let interaction: Interaction
  private let declaration: ResponseDeclaration
  private let key: ResponseValue?
  private let candidates: [BaseValue]
  /// How often a choice may stand in pairs, where that is limited.
  private let limits: [String: Int]

  /// Lists answers.
  ///
  /// - Parameters:
  ///   - interaction: the question.
  ///   - declaration: the response variable it sets.
  ///   - key: the right answer, when it can be given.
  ///   - limit: the most answers to list, at least 2.
  init(
    to interaction: Interaction, declaration: ResponseDeclaration, key: ResponseValue?, limit: Int
  ) {
    self.limit = limit
    self.interaction = interaction
    self.declaration = declaration
    candidates = interaction.candidates(for: declaration)
    self.key = key
    let choices = interaction.associables.filter { $0.matchMax > 0 }
      .map { ($0.id.rawValue, $0.matchMax) }
    // A gap holds one word.
    limits = [String: Int](
      choices + interaction.gaps.map { ($0.rawValue, 1) }, uniquingKeysWith: { $1 })
    responses = [.null] + [key].compactMap(\.self)
    guard candidates.count <= Self.mostCandidates else {
      isComplete = false
      return
    }
    switch declaration.cardinality {
    case .single: for candidate in candidates { append([candidate]) }
    case .multiple, .ordered: extend([], from: 0)
    case .record: isComplete = false
    }
  }

  private mutating func append(_ values: [BaseValue]) {
    let response: ResponseValue =
      declaration.cardinality == .single ? .single(values[0]) : .list(declaration.baseType, values)
    // The right one stands in front already.
    guard response != key else { return }
    if responses.count < limit {
      responses.append(response)
    } else {
      isComplete = false
    }
  }

  /// Lists all answers that begin with some values.
  private mutating func extend(_ values: [BaseValue], from start: Int) {
    if !values.isEmpty { append(values) }
    let most = interaction.largestResponse
    guard isComplete, most == 0 || values.count < most else { return }
    let isOrdered = declaration.cardinality == .ordered
    for place in candidates.indices where isOrdered || place >= start {
      let candidate = candidates[place]
      guard !values.contains(candidate), fits(candidate, after: values) else { continue }
      extend(values + [candidate], from: place + 1)
      guard isComplete else { return }
    }
  }

  /// Whether a pair may be made when others are made already.
  private func fits(_ candidate: BaseValue, after values: [BaseValue]) -> Bool {
    guard !limits.isEmpty else { return true }
    let used = values.flatMap(\.identifiers)
    return candidate.identifiers.allSatisfy { identifier in
      guard let limit = limits[identifier] else { return true }
      return used.count { $0 == identifier } < limit
    }
  }
}

extension Interaction {
  /// The values an answer can hold; of what is written, those the item knows and one it does not.
  fileprivate func candidates(for declaration: ResponseDeclaration) -> [BaseValue] {
    switch self {
    case .choice, .order, .hottext, .inlineChoice: choices.map { .identifier($0.id.rawValue) }
    case .match(let match):
      match.sources.flatMap { source in
        match.targets.map { .directedPair(source.id.rawValue, $0.id.rawValue) }
      }
    case .associate(let associate):
      associate.choices.indices.flatMap { place in
        associate.choices[(place + 1)...].map {
          .pair(associate.choices[place].id.rawValue, $0.id.rawValue)
        }
      }
    case .gapMatch(let gapMatch):
      gapMatch.words.flatMap { word in
        gaps.map { .directedPair(word.id.rawValue, $0.rawValue) }
      }
    case .textEntry: declaration.knownEntries
    }
  }
}

extension ResponseDeclaration {
  /// What a candidate may write: the texts or numbers of the item, and one that is none of them.
  fileprivate var knownEntries: [BaseValue] {
    let known = correctResponse + (mapping?.entries.map(\.key) ?? [])
    let greatest = known.compactMap(\.number).max() ?? 0
    let other: [BaseValue] =
      switch baseType {
      case .string: [.string(known.map(\.label).joined() + "?")]
      case .float: [.float(greatest + 1)]
      case .integer: Int(exactly: greatest + 1).map { [.integer($0)] } ?? []
      default: []
      }
    return known + other
  }
}
