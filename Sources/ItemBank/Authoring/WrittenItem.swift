import Competency

/// An item as a row of a sheet says it.
struct WrittenItem {
  struct Choice {
    var letter: String
    var text: String
    var score: Int
    var reason: String
    var feedback: String
    var misconception: String
  }

  var identifier: String
  var title: String
  var framework: Framework
  var point: CompetencyPoint
  var environment: Environment.ID
  var parallelFamily = ""
  var schoolStage: String
  var subject: String
  var instruction: BankItem.Instruction
  var difficulty: JudgedDifficulty
  /// Where it stands between authors and teachers; nil says nothing of it.
  var state: ItemState?
  /// The scenario it shares, by its number.
  var scenario: String?
  /// The story of its own.
  var story: String
  var stem: String
  var choices: [Choice]
}

/// A scenario as a row of a sheet says it.
struct WrittenScenario: Equatable {
  var text: String
  var title: String
  /// The line it was first given on.
  var line: Int
}

/// A difficulty as authors judge it, and where its steps lie.
enum JudgedDifficulty: String, CaseIterable {
  case easy = "易"
  case medium = "中"
  case hard = "难"
  case veryHard = "很难"

  /// LOM's word.
  var word: String {
    switch self {
    case .easy: "easy"
    case .medium: "medium"
    case .hard: "difficult"
    case .veryHard: "very difficult"
    }
  }

  /// The middle of the steps, in logits: provisional until teachers have answered.
  var location: Double {
    switch self {
    case .easy: -0.6
    case .medium: 0
    case .hard: 0.5
    case .veryHard: 1
    }
  }
}
