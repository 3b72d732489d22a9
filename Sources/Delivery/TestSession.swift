public import Competency
public import ItemBank

/// A teacher's passage through a test, as a value.
///
/// A session is its start, the form drawn then, and the events after it, and nothing else: with the
/// same form and bank and the same events applied, it is the same session to the last byte of its
/// result.
public struct TestSession: Hashable, Sendable {
  /// Identifies a session.
  ///
  /// Random, so that none can be guessed from another.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as it stands in addresses.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// What a session was started with; it never changes.
  public struct Start: Hashable, Sendable {
    /// The test.
    public var test: AssessmentTest.ID
    /// The version of the bank it is pinned to.
    public var bankVersion: Bank.Version
    /// The best-equipped environment the teacher teaches in.
    public var environment: Environment.ID
    /// The school stage the teacher named; nil if none.
    public var schoolStage: String?
    /// The subject the teacher named; nil if none.
    public var subject: String?
    /// The programme the plan shall obey.
    public var programme: String
    /// What the form and the order of choices are drawn from.
    public var seed: UInt64

    /// Creates a start.
    public init(
      test: AssessmentTest.ID, bankVersion: Bank.Version, environment: Environment.ID,
      schoolStage: String?, subject: String?, programme: String, seed: UInt64
    ) {
      self.test = test
      self.bankVersion = bankVersion
      self.environment = environment
      self.schoolStage = schoolStage
      self.subject = subject
      self.programme = programme
      self.seed = seed
    }
  }

  /// What a teacher said to an item.
  public enum Answer: Hashable, Sendable {
    /// Responses to the item's interactions, by response identifier.
    case response([String: ResponseValue])
    /// 我不确定: its own answer, scored as the lowest category and kept apart.
    case unsure

    /// Whether nothing is answered: a response without a value takes an answer back.
    public var isEmpty: Bool {
      if case .response(let responses) = self {
        responses.values.allSatisfy(\.values.isEmpty)
      } else {
        false
      }
    }
  }

  /// How many events a session takes.
  ///
  /// A person gives a few dozen answers; a program that sends thousands must not slow down others.
  public static let eventLimit = 400

  /// Something that happened, in the order it was received.
  public enum Event: Hashable, Sendable {
    /// An answer was saved. Of several to one item, the highest sequence counts, whatever the order
    /// they arrived in.
    case responded(item: AssessmentItem.ID, answer: Answer, sequence: Int)
    /// A stage was submitted.
    case stageSubmitted(Int)
    /// The stages still to come were chosen, after what the answers said.
    case stagesSelected([Stage])
  }

  /// Where the session stands.
  public enum State: Hashable, Sendable {
    /// A stage is open.
    case interacting(stage: Int)
    /// All stages are submitted.
    case closed
  }

  /// What the session was started with.
  public let start: Start
  /// What was asked and answered in the sessions it goes on from; nil for one that begins anew.
  public let base: Base?
  /// The form: all stages, those still to come as they are planned.
  public private(set) var stages: [Stage]
  /// The answers that count, by item.
  public private(set) var answers: [AssessmentItem.ID: Answer] = [:]
  /// How many stages are submitted.
  public private(set) var submittedStages = 0
  private var sequences: [AssessmentItem.ID: Int] = [:]
  private var eventCount = 0

  /// Draws the form of a new session.
  ///
  /// - Parameters:
  ///   - start: what it is started with.
  ///   - bank: the bank of the version named there.
  ///   - seen: the items of the teacher's earlier sessions; they come back only where the blueprint
  ///     cannot be filled without them.
  /// - Throws: ``BlueprintError`` if the bank cannot fill the form.
  public init(
    start: Start, bank: Bank, avoiding seen: Set<AssessmentItem.ID> = []
  ) throws(BlueprintError) {
    self.start = start
    base = nil
    stages = try StageSelection(pool: FormPool(start, bank: bank, seen: seen))
      .draw(seed: start.seed)
  }

  /// The stages still to come, chosen by what the answers have said so far.
  ///
  /// - Parameters:
  ///   - bank: the bank of the version the session is pinned to.
  ///   - exposure: how often items may be offered.
  ///   - seen: the items of the teacher's earlier sessions.
  /// - Returns: what ``Event/stagesSelected(_:)`` takes; nil when nothing is to be chosen: the session
  ///   is closed, nothing is submitted yet, or the test's form is drawn at the start.
  public func selectedStages(
    bank: Bank, exposure: ItemExposure, avoiding seen: Set<AssessmentItem.ID> = []
  ) -> [Stage]? {
    guard submittedStages > 0, submittedStages < stages.count,
      let blueprint = bank.blueprint(of: start.test), let selection = blueprint.selection,
      let framework = bank.framework(blueprint.framework)
    else { return nil }
    do throws(BlueprintError) {
      let pool = try FormPool(start, bank: bank, seen: seen)
      let choice = InformativeStage(
        pool: pool, selection: selection, bank: bank, framework: framework)
      let given = Array(stages[..<submittedStages])
      let chosen = choice.stages(
        after: given, planned: pool.withoutPilots(stages[submittedStages...]),
        posterior: SessionEvidence(session: self, bank: bank, framework: framework).posterior,
        exposure: exposure, seed: start.seed)
      return pool.mixingPilots(into: chosen, after: given, seed: start.seed)
    } catch {
      // The planned stages stand: a bank that could fill the form when it began is no reason to stop.
      return nil
    }
  }

  /// A session whose form was drawn before.
  ///
  /// A stored session keeps its form: a program that draws otherwise replays it all the same.
  ///
  /// - Parameters:
  ///   - start: what it was started with.
  ///   - stages: its form.
  ///   - base: what it goes on from.
  public init(start: Start, stages: [Stage], base: Base? = nil) {
    self.start = start
    self.stages = stages
    self.base = base
  }

  /// A finished session, as it was answered.
  ///
  /// For reading many at once: what was accepted once needs no second look.
  ///
  /// - Parameters:
  ///   - start: what it was started with.
  ///   - stages: its form as it was given.
  ///   - answers: the answers that count.
  public init(
    start: Start, finished stages: [Stage], answers: [AssessmentItem.ID: Answer]
  ) {
    self.start = start
    base = nil
    self.stages = stages
    self.answers = answers
    submittedStages = stages.count
  }

  /// Where the session stands.
  public var state: State {
    submittedStages < stages.count ? .interacting(stage: submittedStages + 1) : .closed
  }

  /// The stage that is open; nil when the session is closed.
  public var currentStage: Stage? {
    submittedStages < stages.count ? stages[submittedStages] : nil
  }

  /// The highest sequence number among the answers so far; a browser counts on from there.
  public var lastSequence: Int { sequences.values.max() ?? 0 }

  /// The sequence of the answer that counts for an item; nil while it has none.
  public func sequence(of item: AssessmentItem.ID) -> Int? { sequences[item] }

  /// Applies an event.
  ///
  /// - Returns: whether it changed anything: an answer that a later one has overtaken, or the same
  ///   answer again, does not.
  /// - Throws: ``SessionError`` if the session cannot take it; nothing has then changed.
  @discardableResult
  public mutating func apply(_ event: Event, bank: Bank) throws(SessionError) -> Bool {
    switch event {
    case .responded(let item, let answer, let sequence):
      try checkPresented(item)
      try Self.checkFit(answer, to: item, bank: bank)
      if let known = sequences[item], known >= sequence { return false }
      guard eventCount < Self.eventLimit else { throw .tooManyAnswers }
      eventCount += 1
      sequences[item] = sequence
      answers[item] = answer.isEmpty ? nil : answer
      return true
    case .stageSubmitted(let number):
      try checkOpen(number)
      submittedStages += 1
      return true
    case .stagesSelected(let selected):
      return try select(selected)
    }
  }

  /// Puts chosen stages in the place of the planned ones, as long as nothing of them is answered.
  private mutating func select(_ selected: [Stage]) throws(SessionError) -> Bool {
    guard let currentStage else { throw .finished }
    let expected = stages[submittedStages...].map(\.number)
    guard selected.map(\.number) == expected else {
      throw .stageNotReached(selected.first?.number ?? 0, current: currentStage.number)
    }
    guard !currentStage.items.contains(where: { answers[$0] != nil }) else {
      throw .stageClosed(currentStage.number)
    }
    stages.replaceSubrange(submittedStages..., with: selected)
    return true
  }

  /// Checks that a stage is the open one.
  ///
  /// - Throws: ``SessionError`` that says whether it is closed, not reached, or the session finished.
  public func checkOpen(_ number: Int) throws(SessionError) {
    guard let currentStage else { throw .finished }
    guard number >= currentStage.number else { throw .stageClosed(number) }
    guard number == currentStage.number else {
      throw .stageNotReached(number, current: currentStage.number)
    }
  }

  private func checkPresented(_ item: AssessmentItem.ID) throws(SessionError) {
    guard let stage = stages.first(where: { $0.items.contains(item) }) else {
      throw .itemNotPresented(item.rawValue)
    }
    try checkOpen(stage.number)
  }

  private static func checkFit(
    _ answer: Answer, to id: AssessmentItem.ID, bank: Bank
  ) throws(SessionError) {
    guard case .response(let responses) = answer else { return }
    guard let item = bank.item(id)?.item else { throw .itemNotPresented(id.rawValue) }
    // A text goes into the database as it is: one nobody would write stays outside.
    guard responses.values.allSatisfy({ $0.longestText <= AssessmentItem.longestText }) else {
      throw .responseDoesNotFit(item: id.rawValue)
    }
    do throws(ResponseError) {
      _ = try item.score(responses)
    } catch {
      throw .responseDoesNotFit(item: id.rawValue)
    }
  }
}

extension ResponseValue {
  /// The length of the longest text in it, in characters.
  fileprivate var longestText: Int {
    values.map { value in
      switch value {
      case .string(let text), .uri(let text): text.count
      default: 0
      }
    }.max() ?? 0
  }
}
