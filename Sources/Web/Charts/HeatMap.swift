import Competency
import Delivery

/// Dimensions by environments: in each cell what is said of the point there that needs work most.
///
/// 无能力点, 未测 and 证据不足 are three different things and look different.
struct HeatMap {
  let result: TestResult
  let framework: Framework
  let language: Language
  let phrases: Phrases

  func values() -> [String: Any] {
    [
      "environments": framework.environments.map { environment in
        let name = environment.name.text(in: language)
        return ["name": name, "shortName": shortened(name)]
      },
      "rows": framework.dimensions.map { dimension in
        [
          "name": dimension.name.text(in: language),
          "cells": framework.environments.map { cell(dimension.id, $0.id) },
        ] as [String: Any]
      },
    ]
  }

  /// Every kind of cell with its word.
  static func legend(_ phrases: Phrases) -> [[String: Any]] {
    (GapVerdict.allCases.map(\.rawValue) + ["untested", "none"]).map {
      Verdict.values(named: $0, phrases)
    }
  }

  private func cell(_ dimension: Dimension.ID, _ environment: Environment.ID) -> [String: Any] {
    let here = framework.points.indices.filter {
      framework.points[$0].dimension == dimension && framework.points[$0].environment == environment
    }
    guard !here.isEmpty else { return Verdict.values(named: "none", phrases) }
    let asked = here.map { result.points[$0] }.filter { $0.evidenceCount > 0 }
    guard let worst = asked.max(by: { $0.probabilityBelowTarget < $1.probabilityBelowTarget }),
      let verdict = worst.verdict
    else { return Verdict.values(named: "untested", phrases) }
    var values = Verdict.values(verdict, phrases)
    // A code such as I-20 stays on one line of a narrow cell.
    let codes = asked.filter { $0.verdict == verdict }
      .map { $0.point.rawValue.replacing("-", with: "\u{2011}") }
    if verdict == .needed || verdict == .likely {
      values["pointsText"] = phrases("result.mapPoints", ["points": codes.joined(separator: " ")])
    }
    return values
  }

  /// 多媒体教学环境 is 多媒体 above a narrow column: what all names end in is left out.
  private func shortened(_ name: String) -> String {
    let endings = phrases("result.environmentEndings").split(separator: "|")
    guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return name }
    return String(name.dropLast(ending.count))
  }
}
