import Diagnostics

/// An item of a test for enrolled teachers is in no test that anybody may take: its key would be
/// known.
struct AudiencesAreApart: BankRule {
  func check(_ bank: Bank) -> [Diagnostic] {
    var tests: [Blueprint.Audience: [AssessmentItem.ID: AssessmentTest.ID]] = [:]
    for blueprint in bank.blueprints {
      for item in bank.items(of: blueprint.test) {
        tests[blueprint.audience, default: [:]][item.id] = blueprint.test
      }
    }
    let open = tests[.public] ?? [:]
    let enrolled = tests[.enrolled] ?? [:]
    return bank.items.compactMap { item in
      guard let first = open[item.id], let second = enrolled[item.id] else { return nil }
      return .error(
        "audience", item.item, line: 0,
        Text(
          "题目既在公开测验 \(first.rawValue) 中，又在限定人员的测验 \(second.rawValue) 中，答案会外泄。",
          "The item is in the public test \(first.rawValue) and in \(second.rawValue), which is for"
            + " enrolled teachers: its key would be known."),
        remedy: Text("请从其中一个测验中去掉它。", "Take it out of one of the two."))
    }
  }
}
