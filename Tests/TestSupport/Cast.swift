import Competency
public import Delivery
public import ItemBank
public import Storage

/// The people of the tests.
///
/// Everybody learns them once.
public enum Cast {
  /// 王老师 teaches mathematics at a village primary school with a projector.
  public static func wang(seed: UInt64 = 7, in bank: Bank) -> TestSession.Start {
    start(environment: "A", schoolStage: "小学", subject: "数学", seed: seed, in: bank)
  }

  /// 李老师 teaches English at a middle school with a network classroom.
  public static func li(seed: UInt64 = 7, in bank: Bank) -> TestSession.Start {
    start(environment: "B", schoolStage: "初中", subject: "英语", seed: seed, in: bank)
  }

  /// 赵老师 teaches physics at a city high school where every pupil has a device.
  public static func zhao(seed: UInt64 = 7, in bank: Bank) -> TestSession.Start {
    start(environment: "C", schoolStage: "高中", subject: "物理", seed: seed, in: bank)
  }

  /// What opens a session of 王老师.
  public static let wangKey = SessionKey(
    id: TestSession.ID(rawValue: "wang-session"),
    owner: SessionOwner(tokenHash: [UInt8](repeating: 1, count: 32)))

  /// The key of somebody else to the same session.
  public static let strangerKey = SessionKey(
    id: TestSession.ID(rawValue: "wang-session"),
    owner: SessionOwner(tokenHash: [UInt8](repeating: 2, count: 32)))

  private static func start(
    environment: String, schoolStage: String, subject: String, seed: UInt64, in bank: Bank
  ) -> TestSession.Start {
    TestSession.Start(
      test: AssessmentTest.ID(rawValue: "diagnostic-2.0"), bankVersion: bank.version,
      environment: Environment.ID(rawValue: environment), schoolStage: schoolStage,
      subject: subject, programme: "jiangsu-2020", seed: seed)
  }
}

extension TestSession {
  /// How a teacher of the tests answers an item.
  public enum Manner: Hashable, Sendable, CaseIterable {
    /// Takes the best choice everywhere.
    case best
    /// Takes the weakest choice everywhere.
    case weakest
    /// Takes the first choice of the file everywhere.
    case first
    /// Says 我不确定 everywhere.
    case unsure
  }

  /// The answer to an item in a manner.
  ///
  /// - Returns: nil if the item is not in the bank.
  public static func answer(
    to id: AssessmentItem.ID, in manner: Manner, bank: Bank
  ) -> Answer? {
    guard let item = bank.item(id)?.item else { return nil }
    guard item.interactions.count == 1, let interaction = item.choiceInteractions.first,
      item.responseDeclaration(interaction.responseIdentifier)?.cardinality == .single
    else { return manner == .best ? .response(item.correctResponses) : .unsure }
    let byScore = interaction.choices.sorted {
      (item.score(ofChoice: $0.id) ?? 0) < (item.score(ofChoice: $1.id) ?? 0)
    }
    let choice =
      switch manner {
      case .best: byScore.last
      case .weakest: byScore.first
      case .first: interaction.choices.first
      case .unsure: SimpleChoice?.none
      }
    return choice.map { .response([interaction.responseIdentifier: .choice($0.id)]) } ?? .unsure
  }

  /// All events of a teacher who answers every item in a manner and submits every stage.
  public func events(in manner: Manner, bank: Bank) -> [Event] {
    var sequence = 0
    return stages.flatMap { stage in
      stage.items.compactMap { item in
        Self.answer(to: item, in: manner, bank: bank).map { answer in
          sequence += 1
          return Event.responded(item: item, answer: answer, sequence: sequence)
        }
      } + [.stageSubmitted(stage.number)]
    }
  }
}

extension AssessmentItem {
  /// The right answer to every question.
  public var correctResponses: [String: ResponseValue] {
    [String: ResponseValue](
      responseDeclarations.map { declaration in
        let values = declaration.correctResponse
        let response: ResponseValue =
          declaration.cardinality == .single
          ? values.first.map { .single($0) } ?? .null : .list(declaration.baseType, values)
        return (declaration.identifier, response)
      }, uniquingKeysWith: { first, _ in first })
  }
}
