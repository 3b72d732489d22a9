import Psychometrics

/// Which topics the national self-rating tool of 2013 (中小学教师信息技术应用能力自评工具) recommends: its
/// rules by the numbers of its statements, as its published page computes them, without its statements.
struct NationalTool {
  /// An answer to a statement, turned so that yes is the answer of a teacher who can.
  enum Answer: CaseIterable {
    /// 属实.
    case yes
    /// 不属实.
    case no
    /// 不确定.
    case unsure
  }

  /// The environment a teacher wants to teach in.
  enum Wanted {
    /// 电子白板.
    case whiteboard
    /// 网络.
    case network
  }

  /// One rule: a topic is recommended unless so many of the statements are answered yes.
  private struct Count {
    var topic: Int
    var statements: [Int]
    var needed: Int
  }

  /// The rules that count; those of T8–T10, T16, T19 and T20 are their own.
  private static let counts = [
    Count(topic: 1, statements: Array(22...24), needed: 3),
    Count(topic: 2, statements: Array(25...26), needed: 2),
    Count(topic: 3, statements: Array(27...30), needed: 3),
    Count(topic: 4, statements: Array(31...33), needed: 3),
    Count(topic: 5, statements: Array(34...36), needed: 3),
    Count(topic: 7, statements: Array(39...41), needed: 3),
    Count(topic: 11, statements: Array(10...11), needed: 1),
    Count(topic: 12, statements: Array(12...13), needed: 2),
    Count(topic: 14, statements: Array(14...15), needed: 2),
    Count(topic: 15, statements: Array(16...21), needed: 4),
    Count(topic: 17, statements: Array(64...66), needed: 3),
    Count(topic: 18, statements: Array(67...69), needed: 3),
    Count(topic: 21, statements: Array(49...52), needed: 4),
    Count(topic: 22, statements: Array(53...54), needed: 2),
    Count(topic: 23, statements: Array(55...56), needed: 2),
    Count(topic: 24, statements: [55, 57, 58, 59], needed: 4),
    Count(topic: 26, statements: Array(70...73), needed: 4),
    Count(topic: 27, statements: Array(70...73), needed: 4),
  ]

  /// The topic each statement is about.
  static let topics: [Int: Int] = {
    var topics: [Int: Int] = [:]
    for statement in 4...9 { topics[statement] = 9 }
    for statement in 42...48 { topics[statement] = 19 }
    for statement in 60...63 { topics[statement] = 16 }
    for count in counts {
      for statement in count.statements where topics[statement] == nil {
        topics[statement] = count.topic
      }
    }
    return topics
  }()

  /// The topics recommended, ascending.
  ///
  /// - Parameters:
  ///   - answers: to the statements of ``topics``; one that is not there counts as no.
  ///   - wanted: the environment wanted; the school has it.
  /// - Returns: their numbers, 1…27.
  static func recommended(_ answers: [Int: Answer], wanted: Wanted) -> [Int] {
    func yes(_ statements: some Sequence<Int>) -> Int {
      statements.reduce(0) { answers[$1] == .yes ? $0 + 1 : $0 }
    }
    // T6, T13 and T25 go to everybody.
    var topics: Set<Int> = [6, 13, 25]
    for count in counts where yes(count.statements) < count.needed { topics.insert(count.topic) }
    if yes(4...9) < 6, wanted == .whiteboard { topics.insert(9) }
    if answers[60] == .no || (answers[60] == .yes && yes(61...63) < 2) { topics.insert(16) }
    // Statements 42 and 43 are about what a teacher lacks: not denying both asks for both topics.
    if answers[42] != .yes, answers[43] != .yes {
      topics.formUnion([19, 20])
    } else if yes(44...48) < 5 {
      topics.formUnion(wanted == .network ? [19] : [19, 20])
    }
    return topics.sorted()
  }
}
