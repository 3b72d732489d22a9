public import Competency
public import Delivery
public import ItemBank

/// Teachers who do not exist taking a test of a bank: form, answers and result of each.
///
/// A session is chosen, answered and scored by the same acts as in the service, and exposure is
/// counted anew every hundred sessions as the service does each night. Everything follows from the
/// seed. What comes of it is no evidence about real teachers.
public struct FormSimulation: Sendable {
  /// One test taken.
  public struct Sitting: Sendable {
    /// The finished session.
    public var session: TestSession
    /// What it says.
    public var result: TestResult
    /// The items given, those that are tried out included.
    public var items: Set<AssessmentItem.ID>
    /// How many of them count.
    public var countedItems: Int
  }

  /// The bank the forms are drawn from.
  public let bank: Bank
  /// The framework of the test.
  public let framework: Framework
  /// What is asked of the forms.
  public let blueprint: Blueprint
  /// The programme that sessions are begun for.
  public let programme: String
  /// What is said of each point that was asked about, with the truth.
  public private(set) var verdicts = VerdictCalibration()
  /// What is said of the whole, with the truth.
  public private(set) var overall = VerdictCalibration()
  /// How many forms were given.
  public private(set) var forms = 0
  /// How many of them satisfy the blueprint.
  public private(set) var fulfilled = 0
  /// How often each item was given.
  public private(set) var exposures: ExposureCounts
  /// Which items are offered how often by now.
  public private(set) var heldBack = ItemExposure()
  /// How long it took to draw each form, in the clock's milliseconds.
  public private(set) var formMilliseconds: [Double] = []
  /// How long each result took.
  public private(set) var resultMilliseconds: [Double] = []
  /// How long each choice of a stage took.
  public private(set) var stageMilliseconds: [Double] = []
  /// The sessions since the items were last counted.
  private var window: ExposureCounts
  private var teachers: SimulatedTeachers
  private var dice: NormalDice
  private let clock: @Sendable () -> Double

  /// After how many sessions items are counted: as many as a night comes after.
  private static let sessionsPerNight = 100

  /// Prepares a simulation.
  ///
  /// - Parameters:
  ///   - bank: the bank, with the blueprint in it.
  ///   - framework: the framework of the test.
  ///   - blueprint: what is asked of the forms.
  ///   - programme: the programme that sessions are begun for.
  ///   - error: how far the bank's parameters are from the truth.
  ///   - seed: what everything follows from.
  ///   - clock: the time in milliseconds from whenever, for those who want to know how long it takes.
  public init(
    bank: Bank, framework: Framework, blueprint: Blueprint, programme: String,
    error: SimulatedTeachers.ParameterError, seed: UInt64,
    clock: @escaping @Sendable () -> Double = { 0 }
  ) {
    self.bank = bank
    self.framework = framework
    self.blueprint = blueprint
    self.programme = programme
    self.clock = clock
    exposures = ExposureCounts(framework: framework)
    window = exposures
    teachers = SimulatedTeachers(bank: bank, framework: framework, error: error, seed: seed)
    dice = NormalDice(seed: seed, purpose: "sessions")
  }

  /// The environment of the n-th teacher, from 0: of each equally many.
  public func environment(ofTeacher number: Int) -> Environment.ID {
    blueprint.forms[number % blueprint.forms.count].environment
  }

  /// The abilities of the next teacher, in the order of the framework's points, in logits.
  public mutating func nextAbilities() -> [Double] { teachers.nextAbilities() }

  /// Lets a teacher take the test.
  ///
  /// - Parameters:
  ///   - environment: where they teach.
  ///   - abilities: theirs, in the order of the framework's points.
  ///   - seen: the items of an earlier session.
  /// - Returns: the finished session with its result.
  /// - Throws: ``BlueprintError`` when the bank cannot fill the form.
  public mutating func sit(
    in environment: Environment.ID, abilities: [Double], seen: Set<AssessmentItem.ID> = []
  ) throws -> Sitting {
    let start = TestSession.Start(
      test: blueprint.test, bankVersion: bank.version, environment: environment,
      schoolStage: nil, subject: nil, programme: programme,
      seed: UInt64(dice.number(below: 1 << 62)))
    let began = clock()
    var session = try TestSession(start: start, bank: bank, avoiding: seen)
    formMilliseconds.append(clock() - began)
    stageMilliseconds += try teachers.answer(
      &session, abilities: abilities, exposure: heldBack, seen: seen, clock: clock)
    let items = session.stages.flatMap(\.items)
    forms += 1
    count(items, for: environment)
    let counted = items.filter { bank.item($0)?.state != .pilot }
    if blueprint.isFulfilled(
      by: counted, environment: environment, bank: bank, framework: framework)
    {
      fulfilled += 1
    }
    let answered = clock()
    guard let result = session.result(bank: bank) else {
      throw BlueprintError.unknownTest(blueprint.test.rawValue)
    }
    resultMilliseconds.append(clock() - answered)
    return Sitting(
      session: session, result: result, items: Set(items), countedItems: counted.count)
  }

  /// Answers a stage on top of a finished session.
  ///
  /// - Throws: ``SessionError`` if the session refuses an answer, which it has no reason to.
  public mutating func answer(
    _ session: inout TestSession, abilities: [Double]
  ) throws(SessionError) {
    _ = try teachers.answer(
      &session, abilities: abilities, exposure: heldBack, seen: [], clock: clock)
  }

  /// Notes what a result says against the truth.
  public mutating func note(_ result: TestResult, abilities: [Double]) {
    let target = framework.measurement.target
    for (point, ability) in zip(result.points, abilities) {
      guard let verdict = point.verdict, point.isInScope else { continue }
      verdicts.add(
        VerdictCalibration.Statement(
          probabilityBelow: point.probabilityBelowTarget, isBelow: ability < target,
          verdict: verdict, error: point.ability - ability, standardError: point.standardError))
    }
    guard let verdict = result.overall.verdict else { return }
    let truth = result.trueMean(of: abilities) { $0.isInScope }
    overall.add(
      VerdictCalibration.Statement(
        probabilityBelow: result.overall.probabilityBelowTarget, isBelow: truth < target,
        verdict: verdict, error: result.overall.ability - truth,
        standardError: result.overall.standardError))
  }

  private mutating func count(_ items: [AssessmentItem.ID], for environment: Environment.ID) {
    exposures.add(items, for: environment)
    guard let maximum = blueprint.selection?.maximumExposure else { return }
    window.add(items, for: environment)
    guard window.sessionCount == Self.sessionsPerNight else { return }
    heldBack = ItemExposure(
      window.counted(bank.items(of: blueprint.test), after: heldBack, maximum: maximum))
    window = ExposureCounts(framework: framework)
  }
}

extension TestResult {
  /// The mean of true abilities over some of the points, in logits; 0 over none.
  ///
  /// - Parameters:
  ///   - abilities: one for each point, in the order of ``points``.
  ///   - isIncluded: which points count.
  /// - Returns: the mean.
  func trueMean(of abilities: [Double], where isIncluded: (Point) -> Bool) -> Double {
    let included = zip(points, abilities).filter { isIncluded($0.0) }
    return included.reduce(0) { $0 + $1.1 } / Double(max(included.count, 1))
  }
}
