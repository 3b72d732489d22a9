import Competency
import Diagnostics

/// Looks for what a programme's file says that cannot be.
struct ProgrammeCheck {
  var content: JSONContent<ProgrammeDocument>
  var frameworks: [Framework]

  private var rules: ProgrammeDocument.Rules { content.value.rules }

  /// Every fault of the file.
  func faults() -> [Diagnostic] {
    badNumbers() + contradictions() + frameworkFaults() + sourceFaults() + unknownFields()
      + ProgrammeTermsCheck(content: content).faults()
  }

  private func badNumbers() -> [Diagnostic] {
    let numbers: [(path: String, value: Double?)] = [
      ("rules.hours.min", rules.hours.min), ("rules.hours.max", rules.hours.max),
      ("rules.online.min", rules.online.min), ("rules.online.max", rules.online.max),
      ("rules.practice.min", rules.practice.min), ("rules.practice.max", rules.practice.max),
      ("rules.points.min", Double(rules.points.min)),
      ("rules.dimensions.min", Double(rules.dimensions.min)),
    ]
    return numbers.compactMap { path, value in
      guard let value, value < 0 else { return nil }
      return content.fault(
        "bad-number", at: path, Text("“\(path)”小于 0。", "“\(path)” is below 0."),
        remedy: Text("请写 0 或更大的数。", "Write 0 or more."))
    }
  }

  private func contradictions() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let ranges = [("hours", rules.hours), ("online", rules.online), ("practice", rules.practice)]
    for (name, range) in ranges {
      guard let max = range.max, range.min > max else { continue }
      faults.append(
        contradiction(
          at: "rules.\(name)",
          Text("“\(name)”的下限大于上限。", "The minimum of “\(name)” is above its maximum.")))
    }
    if let max = rules.hours.max, rules.online.min + rules.practice.min > max {
      faults.append(
        contradiction(
          at: "rules.hours.max",
          Text(
            "线上与实践学时的下限之和大于总学时的上限。",
            "The online and practice minimums together are above the maximum of all hours.")))
    }
    // Every course is one or the other, so their maximums bound the whole.
    if let online = rules.online.max, let practice = rules.practice.max,
      online + practice < rules.hours.min
    {
      faults.append(
        contradiction(
          at: "rules.hours.min",
          Text(
            "线上与实践学时的上限之和小于总学时的下限。",
            "The online and practice maximums together are below the minimum of all hours.")))
    }
    return faults
  }

  private func contradiction(at path: String, _ message: Text) -> Diagnostic {
    content.fault(
      "contradictory-rules", at: path, message,
      remedy: Text("请改到存在满足规则的学时。", "Change the numbers until some plan can meet them."))
  }

  private func frameworkFaults() -> [Diagnostic] {
    let id = content.value.framework
    guard let framework = frameworks.first(where: { $0.id.rawValue == id }) else {
      return [
        content.fault(
          "unknown-framework", at: "framework",
          Text("没有能力框架“\(id)”。", "There is no framework “\(id)”."),
          remedy: Text("请写已有框架的编号。", "Write the identifier of a framework at hand."))
      ]
    }
    // A plan counts the points of one environment, or of all.
    let points =
      rules.oneEnvironment == false
      ? [framework.points]
      : framework.environments.map { environment in
        framework.points.filter { $0.environment == environment.id }
      }
    let limits = [
      ("points", rules.points.min, points.map(\.count).max() ?? 0),
      (
        "dimensions", rules.dimensions.min, points.map { Set($0.map(\.dimension)).count }.max() ?? 0
      ),
    ]
    return limits.compactMap { name, minimum, limit in
      guard minimum > limit else { return nil }
      return contradiction(
        at: "rules.\(name).min",
        Text(
          "“\(name)”要求 \(minimum)，一种教学环境最多只有 \(limit)。",
          "“\(name)” asks for \(minimum), but no environment has more than \(limit)."))
    }
  }

  private func sourceFaults() -> [Diagnostic] {
    let names = content.value.sources.map(\.rule)
    let unknown = names.enumerated().compactMap { index, name -> Diagnostic? in
      guard ProgrammeRule(rawValue: name) == nil else { return nil }
      let known = ProgrammeRule.allCases.map(\.rawValue)
      return content.fault(
        "unknown-rule", at: "sources.\(index).rule",
        Text("没有“\(name)”这条规则。", "There is no rule “\(name)”."),
        remedy: Text(
          "请写成：\(known.joined(separator: "、"))。",
          "Write one of: \(known.joined(separator: ", ")).")
      )
    }
    let missing = ProgrammeRule.allCases.filter { !names.contains($0.rawValue) }
    return unknown
      + missing.map { rule in
        content.fault(
          "missing-source", at: "sources",
          Text(
            "规则“\(rule.rawValue)”没有写明出处。",
            "The rule “\(rule.rawValue)” does not say where it comes from."),
          remedy: Text("请加上出处，或注明是设置。", "Add its source, or say that it is a setting."))
      }
  }

  private func unknownFields() -> [Diagnostic] {
    let unknown = content.outline.places.keys.filter { path in
      let pattern = path.split(separator: ".").map { Int($0) == nil ? $0 : "*" }
      return !ProgrammeDocument.paths.contains(pattern.joined(separator: "."))
    }
    return unknown.sorted().map { path in
      content.fault(
        "unknown-field", .warning, at: path,
        Text("不认识“\(path)”，没有用到它。", "“\(path)” is unknown and was not used."),
        remedy: Text("请检查拼写，或删去它。", "Check its spelling, or delete it."))
    }
  }
}
