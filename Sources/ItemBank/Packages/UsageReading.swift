import Competency
import Diagnostics

/// The parameters that a usage file gives.
struct UsageStatistics {
  /// The items that it says anything about.
  var items: Set<AssessmentItem.ID> = []
  /// The calibrations of each item, in the order of the file.
  var calibrations: [AssessmentItem.ID: [PartialCreditParameters]] = [:]
}

extension Findings {
  /// Reads a usage file (QTI `usageData`): of all statistics those named `IRT.GPCM.…`.
  ///
  /// - Parameter bytes: the usage file.
  /// - Returns: the parameters that are complete; the others are noted.
  mutating func usage(_ bytes: [UInt8]) -> UsageStatistics {
    // Ten thousand items have a quarter of a million elements: they are read one after the other.
    var reading = UsageReading(Findings(file: file))
    let root = XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &self) {
      reading.take($0)
    }
    guard let root else { return UsageStatistics() }
    guard root.name == "usageData" else {
      error(
        "not-usage-data", line: root.line,
        Text("文件不是 usageData。", "The file is not usageData."),
        remedy: Text("请检查清单中资源的类型。", "Check the type of the resource in the manifest."))
      return UsageStatistics()
    }
    append(reading.findings.diagnostics)
    var statistics = statistics(reading.collected)
    statistics.items = reading.items
    return statistics
  }

  private mutating func statistics(_ collected: [CollectedParameters]) -> UsageStatistics {
    var statistics = UsageStatistics()
    for parameters in collected {
      if let fault = parameters.fault {
        error(
          "parameters", line: parameters.line,
          Text(
            "题目 \(parameters.calibration.item.prefix(80)) 的参数不可用：\(fault.chinese)。",
            "The parameters of item \(parameters.calibration.item.prefix(80)): \(fault.english)."),
          remedy: Text("请对照 usage/glossary.md 补全参数。", "Complete them as usage/glossary.md says."))
      } else {
        let item = AssessmentItem.ID(rawValue: parameters.calibration.item)
        statistics.calibrations[item, default: []].append(parameters.parameters)
      }
    }
    return statistics
  }
}

/// The statistics of a usage file, as they come in.
private struct UsageReading {
  var findings: Findings
  var items: Set<AssessmentItem.ID> = []
  var collected: [CollectedParameters] = []
  private var groups: [Calibration: Int] = [:]

  init(_ findings: Findings) { self.findings = findings }

  /// Takes a child of the root.
  mutating func take(_ element: XMLElement) {
    let target = element.first("targetObject")
    if let item = target?.attribute("identifier") {
      items.insert(AssessmentItem.ID(rawValue: item))
    }
    guard element.name == "ordinaryStatistic",
      let name = findings.required("name", of: element),
      name.hasPrefix(CollectedParameters.prefix),
      let item = target.flatMap({ findings.required("identifier", of: $0) }),
      let value = value(of: element)
    else { return }
    let calibration = Calibration(item: item, context: element.attribute("context") ?? "")
    let place = groups[calibration] ?? collected.count
    if place == collected.count {
      groups[calibration] = place
      collected.append(CollectedParameters(calibration, element))
    }
    collected[place].take(String(name.dropFirst(CollectedParameters.prefix.count)), value)
  }

  private mutating func value(of element: XMLElement) -> Double? {
    let text = element.first("value")?.text.collapsed ?? ""
    return findings.number(text, of: "value", line: element.line)
  }
}

/// One calibration of one item.
struct Calibration: Hashable {
  var item: String
  var context: String
}

/// The statistics of one calibration of one item, as they come in.
struct CollectedParameters {
  static let prefix = "IRT.GPCM."

  let calibration: Calibration
  let line: Int
  private let caseCount: Int
  private let lastUpdated: String
  private var slope: Double?
  private var steps: [Int: Double] = [:]
  private var shares: [CompetencyPoint.ID: Double] = [:]
  private var testletVariance: Double?
  private var unknownName: String?

  init(_ calibration: Calibration, _ element: XMLElement) {
    self.calibration = calibration
    line = element.line
    caseCount = element.attribute("caseCount").flatMap { Int($0) } ?? 0
    lastUpdated = element.attribute("lastUpdated") ?? ""
  }

  /// Takes a statistic by its name after `IRT.GPCM.`.
  mutating func take(_ name: String, _ value: Double) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("slope", 1): slope = value
    case ("testletVariance", 1): testletVariance = value
    case ("loading", 2): shares[CompetencyPoint.ID(rawValue: parts[1])] = value
    case ("step", 2):
      if let step = Int(parts[1]) { steps[step] = value } else { unknownName = name }
    default: unknownName = name
    }
  }

  /// Why the parameters cannot be used; nil when they can.
  var fault: Text? {
    if let unknownName {
      return Text("未知的名称 \(unknownName.prefix(80))", "unknown name \(unknownName.prefix(80))")
    }
    guard let slope, slope > 0 else { return Text("斜率缺失或不大于 0", "slope missing or not above 0") }
    guard !steps.isEmpty, (1...steps.count).allSatisfy({ steps[$0] != nil }) else {
      return Text("步骤参数缺失或不连续", "steps missing or not numbered from 1")
    }
    let sum = shares.values.reduce(0, +)
    guard shares.values.allSatisfy({ $0 > 0 }), abs(sum - 1) < 1e-6 else {
      return Text("载荷份额之和不是 1", "the loading shares do not sum to 1")
    }
    if let testletVariance, testletVariance < 0 {
      return Text("情境方差小于 0", "the testlet variance is below 0")
    }
    return nil
  }

  /// The parameters; only meaningful without a ``fault``.
  var parameters: PartialCreditParameters {
    PartialCreditParameters(
      slope: slope ?? 1, stepLocations: steps.keys.sorted().compactMap { steps[$0] },
      loadingShares: shares, testletVariance: testletVariance, calibration: calibration.context,
      isProvisional: caseCount == 0, caseCount: caseCount, lastUpdated: lastUpdated)
  }
}
