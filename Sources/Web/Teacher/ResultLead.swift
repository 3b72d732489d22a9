import Competency
import Delivery

/// The first sentences of a result: what to work on, and how sure that is.
struct ResultLead {
  let result: TestResult
  let framework: Framework
  let scale: LevelScale
  let phrases: Phrases

  /// The sentences as HTML, names escaped.
  func html() -> String {
    let sentences = [unsureSentence(), gapSentence(), dimensionSentence()].compactMap { $0 }
    return sentences.joined(separator: phrases("site.sentenceGap"))
  }

  /// Who was not sure at least half of the time is told first how that is to be read.
  private func unsureSentence() -> String? {
    let unsure = result.evidence.count { $0.isUnsure }
    guard unsure > 0, 2 * unsure >= result.evidence.count else { return nil }
    return phrases("result.leadUnsure", ["unsure": "\(unsure)"])
  }

  private func gapSentence() -> String {
    let needed = result.priorities.filter { verdict(of: $0) == .needed }
    if let first = needed.first {
      let tied = needed.prefix(result.unorderedPriorityCount)
      if result.unorderedPriorityCount == 1 {
        return phrases("result.leadFirst", ["point": names([first])])
      }
      if tied.count == 1 { return phrases("result.leadSingle", ["point": names([first])]) }
      return phrases(
        tied.count > 3 ? "result.leadTiedMore" : "result.leadTied",
        ["points": names(tied.prefix(3)), "count": "\(tied.count)"])
    }
    if !result.priorities.isEmpty {
      return phrases("result.leadLikely", ["points": names(result.priorities.prefix(2))])
    }
    let asked = result.points.compactMap(\.verdict)
    if asked.isEmpty { return phrases("result.leadNothing") }
    return phrases(
      asked.contains(.uncertain) ? "result.leadUncertain" : "result.leadNone")
  }

  /// The dimension that is surely at a level above the lowest; none where the dimensions cannot be
  /// told apart.
  private func dimensionSentence() -> String? {
    let sure = result.dimensions.compactMap { dimension in
      dimension.composite.levelProbabilities.indices.dropFirst().last { level in
        dimension.composite.levelProbabilities[level...].reduce(0, +) >= 0.80
      }.map { (dimension.id, $0) }
    }
    if sure.count == result.dimensions.count, let level = sure.first?.1,
      sure.allSatisfy({ $0.1 == level })
    {
      return phrases(
        "result.leadDimensions", ["level": HTML(escaping: scale.level(at: level)).markup])
    }
    guard let best = sure.max(by: { $0.1 < $1.1 }), sure.count(where: { $0.1 == best.1 }) == 1,
      let name = framework.dimension(best.0)?.name.text(in: phrases.language)
    else { return nil }
    return phrases(
      "result.leadDimension",
      [
        "dimension": HTML(escaping: name).markup,
        "level": HTML(escaping: scale.level(at: best.1)).markup,
      ])
  }

  private func verdict(of point: CompetencyPoint.ID) -> GapVerdict? {
    result.points.first { $0.point == point }?.verdict
  }

  private func names(_ points: some Sequence<CompetencyPoint.ID>) -> String {
    points.map { id in
      let name = framework.point(id)?.shownName(phrases) ?? ""
      return HTML(escaping: "\(id.rawValue) \(name)").markup
    }.joined(separator: phrases("result.listSeparator"))
  }
}
