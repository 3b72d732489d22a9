import Competency
import ItemBank
import Psychometrics

/// Finds what needs attention among the statistics of a framework's items.
///
/// A finding has to be significant among all tests of its kind, and large enough to matter.
struct FindingSearch {
  let statistics: [ItemStatistics]
  let levels: [LevelMeasurement]
  let bank: Bank
  /// The items of each test.
  private let tests: [(blueprint: Blueprint, items: Set<AssessmentItem.ID>)]

  init(
    statistics: [ItemStatistics], levels: [LevelMeasurement], blueprints: [Blueprint], bank: Bank
  ) {
    self.statistics = statistics
    self.levels = levels
    self.bank = bank
    tests = blueprints.map { ($0, Set(bank.items(of: $0.test).map(\.id))) }
  }

  func findings() -> [Finding] {
    options() + misfits() + weak() + differences() + drifts() + exposures() + coarseLevels()
      + pilots()
  }

  /// Of the candidates of one kind those that stand, by significance among all and by size.
  private func standing(
    _ candidates: [Finding], isLarge: (Finding) -> Bool
  ) -> [Finding] {
    let chosen = Discoveries.chosen(
      candidates.map(\.probability), rate: AnalysisRules.falseDiscoveryRate)
    return zip(candidates, chosen).filter { $1 && isLarge($0) }.map(\.0)
  }

  private func options() -> [Finding] {
    let isAhead = { (finding: Finding) in
      finding.size.value >= AnalysisRules.optionAdvantage
    }
    let keys = standing(
      statistics.flatMap { Self.comparisons($0, withKeyOnly: true) }, isLarge: isAhead)
    let rising = standing(
      statistics.flatMap { Self.comparisons($0, withKeyOnly: false) }, isLarge: isAhead)
    // The strongest choice speaks for an item, and a suspected key says more than a rising choice.
    let suspected = Self.strongest(keys)
    let known = Set(suspected.compactMap(\.item))
    return suspected
      + Self.strongest(rising).filter { finding in finding.item.map { !known.contains($0) } ?? true
      }
  }

  private static func strongest(_ findings: [Finding]) -> [Finding] {
    var best: [AssessmentItem.ID: Finding] = [:]
    for finding in findings {
      guard let item = finding.item else { continue }
      if let known = best[item], known.size.value >= finding.size.value { continue }
      best[item] = finding
    }
    return best.values.sorted { ($0.item?.rawValue ?? "") < ($1.item?.rawValue ?? "") }
  }

  /// Each lesser choice of an item against the best one, or against all better ones together.
  private static func comparisons(
    _ item: ItemStatistics, withKeyOnly: Bool
  ) -> [Finding] {
    guard let highest = item.options.map(\.category).max() else { return [] }
    return item.options.compactMap { option -> Finding? in
      guard option.category < highest, let own = option.ability else { return nil }
      let better = item.options.filter {
        $0.category > option.category && (!withKeyOnly || $0.category == highest)
      }
      guard let others = pooled(better.compactMap(\.ability)) else { return nil }
      let error =
        (own.standardError * own.standardError + others.standardError * others.standardError)
        .squareRoot()
      let advantage = own.value - others.value
      guard error > 0 else { return nil }
      var finding = Finding(
        withKeyOnly ? .suspectedKey : .risingOption, item: item.item,
        size: Estimate(advantage, standardError: error, count: own.count + others.count),
        // One-sided: a lesser choice ought to be behind.
        probability: Normal.cumulative(-advantage / error), peopleAffected: item.count)
      finding.option = option.choice
      finding.keyed = item.options.first { $0.category == highest }?.choice
      return finding
    }
  }

  /// The mean ability of the people of several choices.
  private static func pooled(_ abilities: [Estimate]) -> Estimate? {
    let count = abilities.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    let mean = abilities.reduce(0) { $0 + $1.value * Double($1.count) } / Double(count)
    let variance = abilities.reduce(0) { sum, ability in
      let part = Double(ability.count) / Double(count) * ability.standardError
      return sum + part * part
    }
    return Estimate(mean, standardError: variance.squareRoot(), count: count)
  }

  private func misfits() -> [Finding] {
    let candidates = statistics.compactMap { item -> Finding? in
      guard let fit = item.fit else { return nil }
      let error = (fit.upper - fit.lower) / (2 * ConfidenceInterval.normalHalfWidth)
      return Finding(
        .misfit, item: item.item,
        size: Estimate(fit.meanSquare, standardError: error, count: fit.count),
        // The smaller of two probabilities is half as rare as it looks (Bonferroni).
        probability: min(
          1, 2 * min(Discoveries.twoSided((fit.meanSquare - 1) / error), fit.probability)),
        peopleAffected: item.count)
    }
    let departures = statistics.reduce(into: [AssessmentItem.ID: Double]()) { largest, item in
      largest[item.item] = item.fifths.map { ($0.observed.value - $0.expected).magnitude }.max()
    }
    return standing(candidates) { finding in
      !AnalysisRules.meanSquareBounds.contains(finding.size.value)
        || finding.item.flatMap { departures[$0] } ?? 0 >= AnalysisRules.curveDeparture
    }
  }

  private func weak() -> [Finding] {
    statistics.compactMap { item in
      guard let correlation = item.restCorrelation,
        correlation.upper < AnalysisRules.weakCorrelation
      else { return nil }
      return Finding(
        .weak, item: item.item, size: correlation, probability: 0.025, peopleAffected: item.count)
    }
  }

  private func differences() -> [Finding] {
    let candidates = statistics.flatMap { item in
      item.differences.map { difference in
        var finding = Finding(
          .difference, item: item.item, size: difference.shift,
          probability: difference.probability, peopleAffected: difference.groupCount)
        finding.grouping = difference.grouping
        finding.group = difference.group
        return finding
      }
    }
    return standing(candidates, isLarge: Self.isFar)
  }

  private func drifts() -> [Finding] {
    let candidates = statistics.flatMap { item in
      [item.drift, item.displacement].compactMap { drift in
        drift.map {
          Finding(
            .drift, item: item.item, size: $0.shift, probability: $0.probability,
            peopleAffected: item.count)
        }
      }
    }
    var seen: Set<AssessmentItem.ID> = []
    return standing(candidates, isLarge: Self.isFar).filter { finding in
      finding.item.map { seen.insert($0).inserted } ?? false
    }
  }

  private static func isFar(_ finding: Finding) -> Bool {
    finding.size.value.magnitude >= AnalysisRules.locationDifference
  }

  private func exposures() -> [Finding] {
    statistics.compactMap { item in
      let tests = tests.filter { $0.items.contains(item.item) }
      // A small test has no other items to give.
      guard let exposure = item.exposure, bank.item(item.item)?.state == .live,
        tests.contains(where: { $0.items.count >= Blueprint.Selection.minimumItemCount })
      else { return nil }
      let limit =
        tests.compactMap(\.blueprint.selection?.maximumExposure).max()
        ?? AnalysisRules.maximumExposure
      guard exposure.lower > limit else { return nil }
      return Finding(
        .overexposed, item: item.item, size: exposure, probability: 1, peopleAffected: item.count)
    }
  }

  private func coarseLevels() -> [Finding] {
    var worst: [Dimension.ID: LevelMeasurement] = [:]
    for level in levels {
      guard let coarse = level.coarse, coarse.lower > AnalysisRules.coarseShare else { continue }
      let most = worst[level.dimension]?.coarse.map { $0.value * Double($0.count) } ?? 0
      if coarse.value * Double(coarse.count) > most { worst[level.dimension] = level }
    }
    return worst.values.sorted { $0.dimension.rawValue < $1.dimension.rawValue }.compactMap {
      level in
      guard let coarse = level.coarse else { return nil }
      var finding = Finding(
        .thinInformation, size: coarse, probability: 1,
        peopleAffected: Int((coarse.value * Double(coarse.count)).rounded()))
      finding.framework = level.framework
      finding.dimension = level.dimension
      finding.level = level.level
      return finding
    }
  }

  private func pilots() -> [Finding] {
    statistics.compactMap { item in
      guard item.count >= AnalysisRules.parameterCount,
        bank.item(item.item)?.parameters?.isProvisional ?? true
      else { return nil }
      return Finding(
        .pilotReady, item: item.item,
        size: Estimate(
          value: Double(item.count), lower: Double(item.count), upper: Double(item.count),
          count: item.count), probability: 1, peopleAffected: 0)
    }
  }
}
