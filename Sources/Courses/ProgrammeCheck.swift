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
      ("rules.video.min", rules.video?.min), ("rules.video.max", rules.video?.max),
      ("rules.practiceShare.min", rules.practiceShare?.min),
    ]
    return numbers.compactMap { path, value in
      guard let value, value < 0 else { return nil }
      return content.fault(
        "bad-number", at: path, Text("“\(path)”小于 0。", "“\(path)” is below 0."),
        remedy: Text("请写 0 或更大的数。", "Write 0 or more."))
    }
  }

  /// Rules that cannot hold together are told as the smallest set of them that cannot.
  private func contradictions() -> [Diagnostic] {
    if let share = rules.practiceShare?.min, share > 1 {
      return [
        contradiction(
          at: "rules.practiceShare.min",
          Text("实践学时占比大于 1。", "The share of practice is above 1."))
      ]
    }
    let rules = rules.rules
    let conflict = rules.conflict()
    guard !conflict.isEmpty else { return [] }
    let words = conflict.map { rules.words(for: $0) }
    return [
      contradiction(
        at: path(of: conflict),
        Text(
          "这些规则不能同时满足：\(words.map(\.chinese).joined(separator: "、"))。",
          "These rules cannot hold together: \(words.map(\.english).joined(separator: ", ")).")
      )
    ]
  }

  /// Where a conflict is told: the bound on all hours, if there is one, or else the first.
  private func path(of conflict: [RuleBound]) -> String {
    if Set(conflict.map(\.rule)).count == 1, let rule = conflict.first?.rule {
      return "rules.\(rule.rawValue)"
    }
    let bound = conflict.first { $0.rule == .hours } ?? conflict.first
    switch bound {
    case .minimum(let rule): return "rules.\(rule.rawValue).min"
    case .maximum(let rule): return "rules.\(rule.rawValue).max"
    case nil: return "rules"
    }
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
    let missing = rules.present.filter { !names.contains($0.rawValue) }
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
