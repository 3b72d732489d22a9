/// The columns of a sheet of items: one row an item.
///
/// A column is found by its Chinese name or by its English one. The places of choices are counted
/// from 0.
public enum ItemSheetColumn: Hashable, Sendable {
  /// The item's identifier.
  case identifier
  /// Its name for authors.
  case title
  /// The competency point.
  case point
  /// The environment of the story.
  case environment
  /// The name its parallel items share.
  case parallelFamily
  /// The school stage of the story.
  case schoolStage
  /// The subject of the story.
  case subject
  /// What the item asks for.
  case instruction
  /// The difficulty its authors judge.
  case difficulty
  /// The identifier of a scenario that items share.
  case scenarioIdentifier
  /// The name of the shared scenario, which candidates read.
  case scenarioTitle
  /// The text of the scenario, shared or the item's own.
  case scenario
  /// What this item alone adds to a shared scenario.
  case addition
  /// The question.
  case stem
  /// The text of a choice.
  case choice(Int)
  /// What a choice is worth.
  case score(Int)
  /// Why it is worth that, for authors.
  case reason(Int)
  /// What is said of the choice after the test.
  case feedback(Int)
  /// What whoever takes it may have misunderstood.
  case misconception(Int)

  /// The letters of the choices; each is the choice's identifier too.
  public static let letters = ["A", "B", "C", "D", "E", "F"]

  /// All columns, in the order of the template.
  public static let all: [ItemSheetColumn] =
    [
      .identifier, .title, .point, .environment, .parallelFamily, .schoolStage, .subject,
      .instruction, .difficulty, .scenarioIdentifier, .scenarioTitle, .scenario, .addition, .stem,
    ]
    + letters.indices.flatMap(columns)

  /// The English name as one word, for fields of forms and keys of stored texts.
  public var name: String { english.replacing(" ", with: "-").lowercased() }

  /// The columns of one choice.
  public static func columns(ofChoice index: Int) -> [ItemSheetColumn] {
    [.choice(index), .score(index), .reason(index), .feedback(index), .misconception(index)]
  }

  /// Columns that a sheet cannot do without.
  static let required: [ItemSheetColumn] = [
    .identifier, .point, .stem, .choice(0), .score(0), .choice(1), .score(1),
  ]

  /// The Chinese name.
  var chinese: String {
    switch self {
    case .identifier: "题号"
    case .title: "题目名称"
    case .point: "能力点"
    case .environment: "教学环境"
    case .parallelFamily: "平行题组"
    case .schoolStage: "学段"
    case .subject: "学科"
    case .instruction: "提问方式"
    case .difficulty: "难度"
    case .scenarioIdentifier: "情境编号"
    case .scenarioTitle: "情境名称"
    case .scenario: "情境"
    case .addition: "补充情境"
    case .stem: "问题"
    case .choice(let index): "选项" + Self.letters[index]
    case .score(let index): "得分" + Self.letters[index]
    case .reason(let index): "理由" + Self.letters[index]
    case .feedback(let index): "反馈" + Self.letters[index]
    case .misconception(let index): "误区" + Self.letters[index]
    }
  }

  /// The English name.
  var english: String {
    switch self {
    case .identifier: "id"
    case .title: "title"
    case .point: "point"
    case .environment: "environment"
    case .parallelFamily: "parallel family"
    case .schoolStage: "stage"
    case .subject: "subject"
    case .instruction: "instruction"
    case .difficulty: "difficulty"
    case .scenarioIdentifier: "scenario id"
    case .scenarioTitle: "scenario title"
    case .scenario: "scenario"
    case .addition: "addition"
    case .stem: "question"
    case .choice(let index): "choice " + Self.letters[index]
    case .score(let index): "score " + Self.letters[index]
    case .reason(let index): "reason " + Self.letters[index]
    case .feedback(let index): "feedback " + Self.letters[index]
    case .misconception(let index): "misconception " + Self.letters[index]
    }
  }

  /// What the template says about the column.
  var explanation: String {
    switch self {
    case .identifier: "#说明（以 # 开头的行不导入）：每题一个，字母开头，只用字母、数字、点、连字符和下划线"
    case .title: "给编写者看的短名，可空"
    case .point: "能力点代号，必填"
    case .environment: "环境代号；空着就用能力点所属的环境"
    case .parallelFamily: "考同一能力点、同一决定而换了情境的题写同一个名字，一份试卷不会同时出；可空"
    case .schoolStage: "如 小学、初中、高中、幼儿园、中职、特殊教育"
    case .subject: "如 数学"
    case .instruction: "最有效 或 最可能；空着是 最有效"
    case .difficulty: "易、中、难 或 很难；空着是 中"
    case .scenarioIdentifier: "几道题共用一个情境时写同一编号；情境文字写一次即可"
    case .scenarioTitle: "共用情境给老师看的短名；空着就用编号"
    case .scenario: "不超过 120 字（共用的不超过 200 字）"
    case .addition: "共用情境之外只有本题要说的话，可空"
    case .stem: "必填"
    case .choice: "不超过 60 字；各项长短相近，最佳项不最长"
    case .score: "从 0 起的整数，最佳项最高"
    case .reason: "为什么给这个分，只给编写者看，可空"
    case .feedback: "测试后给教师看的一句话，说下一步，不说“错”"
    case .misconception: "选它可能反映的误区，如 以总分代替学情；可空"
    }
  }
}
