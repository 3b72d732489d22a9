import Competency
public import Diagnostics

extension Blueprint {
  /// Reads one blueprint.
  ///
  /// Never throws for content.
  ///
  /// - Parameters:
  ///   - bytes: the bytes of the JSON file.
  ///   - file: the name to use in diagnostics.
  /// - Returns: the blueprint, nil when a diagnostic is an error; and what is wrong with it. Whether
  ///   its test and framework exist is for the package's reader to say.
  public static func read(
    bytes: [UInt8], file: String
  ) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
    var findings = Findings(file: file)
    guard let content = findings.decode(BlueprintFile.self, from: bytes) else {
      return (nil, findings.diagnostics)
    }
    for fault in content.faults {
      findings.error(
        "blueprint", line: 0, fault,
        remedy: Text("请改正蓝图文件中的数。", "Correct the numbers in the blueprint file."))
    }
    return (findings.hasErrors ? nil : content.blueprint(file: file), findings.diagnostics)
  }
}

/// The shape of a blueprint file.
struct BlueprintFile: Codable {
  struct Form: Codable {
    struct Range: Codable {
      var min: Int
      var max: Int
    }

    var environment: String
    var fromEnvironment: [String: Int]
    var fromDimension: [String: Range]
    var perPointMaximum: Int
    var perPointException: [String: Int]?
  }

  struct Selection: Codable {
    enum Rule: String, Codable {
      case aOptimal = "a-optimal"
    }

    var rule: Rule
    var among: Int
    var maximumExposure: Double
  }

  enum Audience: String, Codable {
    case `public`
    case enrolled
  }

  var test: String
  var version: String
  var title: LocalizedText
  var framework: String
  var audience: Audience
  var stages: Int
  var itemsPerStage: Int
  var pilotItems: Int?
  var forms: [Form]
  var enemies: [[String]]?
  var selection: Selection?
  var changedInService: Bool?

  var faults: [Text] {
    // The upper bounds keep the product far from overflow.
    guard (1...100).contains(stages), (1...100).contains(itemsPerStage) else {
      return [Text("阶段数和每阶段题数应为 1 到 100。", "Stages and items per stage should be 1 to 100.")]
    }
    if let pilotItems, !(0...stages).contains(pilotItems) {
      return [
        Text(
          "试测题数 pilotItems 应为 0 到 \(stages)，每阶段至多一题。",
          "pilotItems should be 0 to \(stages): at most one in a stage.")
      ]
    }
    let environments = forms.map(\.environment)
    if environments.isEmpty || Set(environments).count != environments.count {
      return [Text("每种教学环境应恰有一个组卷方案。", "There should be one form for each environment.")]
    }
    return forms.flatMap(faults) + enemyFaults + selectionFaults
  }

  private var enemyFaults: [Text] {
    (enemies ?? []).filter { Set($0).count < 2 || Set($0).count != $0.count }.map { group in
      Text(
        "互斥题 \(group.joined(separator: " ").prefix(80))：一组至少两道不同的题。",
        "Enemies \(group.joined(separator: " ").prefix(80)): a group has two different items at"
          + " least.")
    }
  }

  private var selectionFaults: [Text] {
    guard let selection else { return [] }
    var faults: [Text] = []
    if !(1...20).contains(selection.among) {
      faults.append(
        Text("selection.among 应为 1 到 20。", "selection.among should be 1 to 20."))
    }
    if !(selection.maximumExposure > 0 && selection.maximumExposure <= 1) {
      faults.append(
        Text(
          "selection.maximumExposure 应大于 0、不大于 1。",
          "selection.maximumExposure should be above 0 and at most 1."))
    }
    return faults
  }

  private func faults(of form: Form) -> [Text] {
    var faults: [Text] = []
    let length = stages * itemsPerStage
    let counts = form.fromEnvironment.values
    if !counts.allSatisfy((0...length).contains) || counts.reduce(0, +) != length {
      faults.append(
        Text(
          "环境 \(form.environment)：各环境题数之和应为 \(length)。",
          "Environment \(form.environment): the items of the environments should sum to \(length).")
      )
    }
    let ranges = form.fromDimension.values
    let areRanges = ranges.allSatisfy { 0 <= $0.min && $0.min <= $0.max && $0.max <= length }
    if !areRanges || ranges.map(\.min).reduce(0, +) > length {
      faults.append(
        Text(
          "环境 \(form.environment)：各维度的上下限无法满足。",
          "Environment \(form.environment): the bounds of the dimensions cannot be met."))
    }
    let maxima = [form.perPointMaximum] + Array((form.perPointException ?? [:]).values)
    if !maxima.allSatisfy((0...length).contains) || form.perPointMaximum < 1 {
      faults.append(
        Text(
          "环境 \(form.environment)：每个能力点的题数上限应为 1 到 \(length)。",
          "Environment \(form.environment): a point's maximum should be 1 to \(length)."))
    }
    return faults
  }

  func blueprint(file: String) -> Blueprint {
    Blueprint(
      test: AssessmentTest.ID(rawValue: test), version: version, title: title.name,
      framework: Framework.ID(rawValue: framework),
      audience: audience == .public ? .public : .enrolled, stages: stages,
      itemsPerStage: itemsPerStage, pilotItems: pilotItems ?? 0, forms: forms.map(\.form),
      enemies: (enemies ?? []).map { $0.map(AssessmentItem.ID.init(rawValue:)) },
      selection: selection.map {
        Blueprint.Selection(among: $0.among, maximumExposure: $0.maximumExposure)
      }, isChangedInService: changedInService ?? false, file: file)
  }
}

extension BlueprintFile.Form {
  fileprivate var form: Blueprint.Form {
    Blueprint.Form(
      environment: Environment.ID(rawValue: environment),
      fromEnvironment: fromEnvironment.reduce(into: [:]) {
        $0[Environment.ID(rawValue: $1.key)] = $1.value
      },
      fromDimension: fromDimension.reduce(into: [:]) {
        $0[Dimension.ID(rawValue: $1.key)] = $1.value.min...$1.value.max
      },
      perPointMaximum: perPointMaximum,
      perPointException: (perPointException ?? [:]).reduce(into: [:]) {
        $0[CompetencyPoint.ID(rawValue: $1.key)] = $1.value
      })
  }
}

/// A text in both languages, as the JSON files of a package write it.
struct LocalizedText: Codable {
  var chinese: String
  var english: String

  enum CodingKeys: String, CodingKey {
    case chinese = "zh-Hans"
    case english = "en"
  }

  var name: LocalizedName { LocalizedName(chinese: chinese, english: english) }
}
