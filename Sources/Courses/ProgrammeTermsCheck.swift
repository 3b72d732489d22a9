import Diagnostics
import Foundation

/// Looks for what the terms of a programme say that does not add up.
struct ProgrammeTermsCheck {
  var content: JSONContent<ProgrammeDocument>

  private var rules: ProgrammeDocument.Rules { content.value.rules }

  /// Every fault of the terms.
  func faults() -> [Diagnostic] {
    guard let terms = content.value.terms else { return [] }
    var faults = badNumbers(terms)
    if let structure = terms.structure { faults += self.faults(of: structure) }
    if let certificates = terms.certificates {
      let sum = certificates.list.map(\.hours).reduce(0, +)
      if abs(sum - rules.hours.min) > 1e-9 {
        faults.append(
          sumFault("certificate-hours", at: "terms.certificates.list", sum, rules.hours.min))
      }
    }
    if let cost = terms.cost {
      let sum = cost.perHour * rules.hours.min
      if abs(sum - cost.perTeacher) > 1e-9 {
        faults.append(sumFault("cost-total", at: "terms.cost.perTeacher", sum, cost.perTeacher))
      }
    }
    if let quota = terms.quota { faults += self.faults(of: quota) }
    if let provider = terms.provider, let names = provider.institutions,
      names.count != provider.candidates
    {
      faults.append(
        sumFault(
          "provider-count", at: "terms.provider.institutions", Double(names.count),
          Double(provider.candidates)))
    }
    return faults + gateFaults(terms) + ageFaults(terms)
  }

  /// Years out of order, and shares that add up to more than everybody.
  private func faults(of quota: ProgrammeTermsDocument.Quota) -> [Diagnostic] {
    let years = quota.years.map(\.year)
    var faults: [Diagnostic] = []
    if let place = years.indices.dropFirst().first(where: { years[$0] <= years[$0 - 1] }) {
      faults.append(
        content.fault(
          "year-order", at: "terms.quota.years.\(place).year",
          Text(
            "\(years[place]) 年没有排在 \(years[place - 1]) 年之后。",
            "\(years[place]) does not come after \(years[place - 1])."),
          remedy: Text("请按年份先后写，每年一次。", "Write the years in order, each once.")))
    }
    let sum = quota.years.map(\.share).reduce(0, +)
    if sum > 1 + 1e-9 { faults.append(sumFault("quota-total", at: "terms.quota.years", sum, 1)) }
    return faults
  }

  /// Gates ask for what the rules ask for: a gate above its rule could never be the last word.
  private func gateFaults(_ terms: ProgrammeTermsDocument) -> [Diagnostic] {
    (terms.gates?.list ?? []).enumerated().compactMap { place, gate in
      let path = "terms.gates.list.\(place)"
      let wanted: Double
      switch gate.kind {
      case .activities:
        guard gate.names?.isEmpty ?? true else { return nil }
        return missing("names", at: path)
      case .online: wanted = rules.online.min
      case .practice: wanted = rules.practice.min
      case .results: wanted = Double(rules.points.min)
      }
      guard let min = gate.min else { return missing("min", at: path) }
      guard abs(min - wanted) > 1e-9 else { return nil }
      return sumFault("gate-minimum", at: "\(path).min", min, wanted)
    }
  }

  private func ageFaults(_ terms: ProgrammeTermsDocument) -> [Diagnostic] {
    (terms.exemption?.ages ?? []).enumerated().flatMap { place, age -> [Diagnostic] in
      let path = "terms.exemption.ages.\(place)"
      var faults: [Diagnostic] = []
      if !(30...100).contains(age.years) { faults.append(badNumber(at: "\(path).years")) }
      guard let delay = age.delay else { return faults }
      if CalendarDay(delay.bornFrom) == nil {
        faults.append(
          content.fault(
            "bad-date", at: "\(path).delay.bornFrom",
            Text("“\(delay.bornFrom)”不是日期。", "“\(delay.bornFrom)” is no date."),
            remedy: Text("请写成 1965-01-01 的样子。", "Write it like 1965-01-01.")))
      }
      if delay.birthMonths < 1 { faults.append(badNumber(at: "\(path).delay.birthMonths")) }
      if delay.until < age.years || delay.until > 100 {
        faults.append(badNumber(at: "\(path).delay.until"))
      }
      return faults
    }
  }

  private func missing(_ field: String, at path: String) -> Diagnostic {
    content.fault(
      "missing-field", at: path,
      Text("缺少“\(field)”。", "“\(field)” is missing."), remedy: Text("请补上这一项。", "Add it."))
  }

  private func badNumber(at path: String) -> Diagnostic {
    content.fault(
      "bad-number", at: path,
      Text("“\(path)”不是可能的数。", "“\(path)” is no possible number."),
      remedy: Text("请写文件里的数。", "Write the document's number."))
  }

  private func badNumbers(_ terms: ProgrammeTermsDocument) -> [Diagnostic] {
    var numbers: [(path: String, isGood: Bool)] = [
      ("period.years", (1...100).contains(terms.period?.years ?? 1)),
      ("cost.perHour", (terms.cost?.perHour ?? 0) >= 0),
      ("cost.perTeacher", (terms.cost?.perTeacher ?? 0) >= 0),
      ("provider.candidates", (terms.provider?.candidates ?? 1) > 0),
      (
        "exemption.yearsToRetirementBelow",
        { $0 > 0 && $0 <= 100 }(terms.exemption?.yearsToRetirementBelow ?? 1)
      ),
    ]
    for (place, theme) in (terms.structure?.themes ?? []).enumerated() {
      numbers.append(("structure.themes.\(place).online", theme.online >= 0))
      numbers.append(("structure.themes.\(place).practice", theme.practice >= 0))
    }
    for (place, year) in (terms.quota?.years ?? []).enumerated() {
      numbers.append(("quota.years.\(place).share", year.share > 0))
    }
    return numbers.filter { !$0.isGood }.map { number in
      let path = "terms.\(number.path)"
      return content.fault(
        "bad-number", at: path,
        Text("“\(path)”太小。", "“\(path)” is too small."),
        remedy: Text("请写文件里的数。", "Write the document's number."))
    }
  }

  private func faults(of structure: ProgrammeTermsDocument.Structure) -> [Diagnostic] {
    let themes = structure.themes
    var faults: [Diagnostic] = []
    let totals: [(sum: Double, rule: Double)] = [
      (themes.map(\.online).reduce(0, +), rules.online.min),
      (themes.map(\.practice).reduce(0, +), rules.practice.min),
      (themes.map { $0.online + $0.practice }.reduce(0, +), rules.hours.min),
    ]
    if let wrong = totals.first(where: { abs($0.sum - $0.rule) > 1e-9 }) {
      faults.append(
        sumFault("theme-hours", at: "terms.structure.themes", wrong.sum, wrong.rule))
    }
    var numbers: Set<Int> = []
    for (place, theme) in themes.enumerated() where !numbers.insert(theme.number).inserted {
      faults.append(
        content.fault(
          "duplicate-id", at: "terms.structure.themes.\(place).number",
          Text("主题 \(theme.number) 重复。", "The theme \(theme.number) stands there twice."),
          remedy: Text("请改编号。", "Number it anew.")))
    }
    if let credited = structure.diagnosisTheme, !numbers.contains(credited) {
      faults.append(unknown("theme", credited, at: "terms.structure.diagnosisTheme"))
    }
    return faults + stageFaults(structure)
  }

  private func stageFaults(_ structure: ProgrammeTermsDocument.Structure) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (place, stage) in structure.stages.enumerated() {
      let own = structure.themes.filter { $0.stage == stage.number }
      let sum = (own.map(\.online).reduce(0, +), own.map(\.practice).reduce(0, +))
      if abs(sum.0 - stage.online) > 1e-9 || abs(sum.1 - stage.practice) > 1e-9 {
        faults.append(
          sumFault(
            "stage-hours", at: "terms.structure.stages.\(place)", sum.0 + sum.1,
            stage.online + stage.practice))
      }
    }
    let known = Set(structure.stages.map(\.number))
    for (place, theme) in structure.themes.enumerated() {
      if let stage = theme.stage, !known.contains(stage) {
        faults.append(unknown("stage", stage, at: "terms.structure.themes.\(place).stage"))
      }
    }
    return faults
  }

  private func unknown(_ what: String, _ number: Int, at path: String) -> Diagnostic {
    content.fault(
      "unknown-\(what)", at: path,
      Text(
        what == "theme" ? "没有主题 \(number)。" : "没有阶段 \(number)。",
        "There is no \(what) \(number)."),
      remedy: Text("请写已有的编号。", "Write a number that is there."))
  }

  private func sumFault(
    _ code: String, at path: String, _ sum: Double, _ stated: Double
  ) -> Diagnostic {
    let (sum, stated) = (sum.formatted(), stated.formatted())
    return content.fault(
      code, at: path,
      Text("“\(path)”合计 \(sum)，与写明的 \(stated) 不符。", "“\(path)” adds up to \(sum), not \(stated)."),
      remedy: Text("请对照文件核对各数。", "Compare the numbers with the document."))
  }
}
