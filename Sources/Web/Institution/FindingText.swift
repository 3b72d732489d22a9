import Competency
import Foundation
import ItemAnalysis
import ItemBank

/// A finding in words: what it is, why, and what to do.
struct FindingText {
  let finding: Finding
  let bank: Bank
  let phrases: Phrases

  private var kind: String { finding.kind.rawValue }

  /// The flag in two to five words.
  var flag: String { Self.flag(finding.kind, phrases) }

  static func flag(_ kind: Finding.Kind, _ phrases: Phrases) -> String {
    phrases("flag.\(kind.rawValue)")
  }

  /// The sentence that says why, with its figures.
  var reason: String {
    var values = [
      "size": Numeral.hundredths(finding.size.value), "count": "\(finding.size.count)",
      "interval": Self.interval(finding.size, phrases),
    ]
    switch finding.kind {
    case .suspectedKey, .risingOption:
      values["option"] = finding.option?.rawValue ?? ""
      values["keyed"] = finding.keyed?.rawValue ?? ""
    case .difference:
      values["group"] = group
      values["size"] = Numeral.hundredths(finding.size.value.magnitude)
      return phrases(
        finding.size.value > 0 ? "today.differenceHarder" : "today.differenceEasier", values)
    case .drift:
      values["size"] = Numeral.hundredths(finding.size.value.magnitude)
      return phrases(finding.size.value > 0 ? "today.driftHarder" : "today.driftEasier", values)
    case .overexposed:
      values["size"] = Numeral.wholePercent(finding.size.value)
      values["limit"] = Numeral.wholePercent(AnalysisRules.maximumExposure)
    case .thinInformation:
      values["size"] = Numeral.wholePercent(finding.size.value)
      values["dimension"] = dimension
      values["level"] = level
    case .misfit, .weak, .pilotReady: break
    }
    return phrases("today.\(kind)", values)
  }

  /// What to do about it.
  var action: String { phrases("today.\(kind)Action") }

  /// The group in words; what teachers said of themselves stays in their language.
  private var group: String {
    let group = finding.group ?? ""
    return switch finding.grouping {
    case .device: phrases("device.\(group)")
    case .region: phrases("today.region", ["region": group])
    case .schoolStage, .subject, nil: group
    }
  }

  private var dimension: String {
    let framework = finding.framework.flatMap(bank.framework)
    return finding.dimension.flatMap { framework?.dimension($0) }?
      .name.text(in: phrases.language) ?? ""
  }

  private var level: String {
    let levels = finding.framework.flatMap(bank.framework)?.measurement.levels ?? []
    guard let level = finding.level, levels.indices.contains(level) else { return "" }
    return levels[level].name.text(in: phrases.language)
  }

  /// A 95 % interval.
  static func interval(_ estimate: Estimate, _ phrases: Phrases) -> String {
    phrases(
      "item.interval",
      [
        "lower": Numeral.hundredths(estimate.lower), "upper": Numeral.hundredths(estimate.upper),
      ])
  }
}

extension Numeral {
  /// A number with two decimals, its minus a true one.
  static func hundredths(_ number: Double) -> String {
    let whole = Int((number.magnitude * 100).rounded())
    let digits = whole % 100
    return "\(number < 0 && whole > 0 ? "−" : "")\(whole / 100).\(digits < 10 ? "0" : "")\(digits)"
  }

  /// A share in per cent, rounded; how it ends is of no verdict.
  static func wholePercent(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }
}
