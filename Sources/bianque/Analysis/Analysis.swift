import Diagnostics
import Psychometrics

/// The statistics of answers, and what they give reason to look at.
struct Analysis {
  let responses: AnalysedResponses
  let classical: ClassicalAnalysis
  let options: [OptionAnalysis]
  /// For each focal group its comparison with the reference group.
  let comparisons: [DifferentialFunctioning]

  /// Computes everything.
  init(_ responses: AnalysedResponses) {
    self.responses = responses
    classical = ClassicalAnalysis(responses.table)
    let totals = responses.table.totals(over: Array(responses.items.indices))
    options = responses.items.enumerated().map { place, item in
      OptionAnalysis(
        choices: item.choices, optionCount: item.options.count,
        scores: responses.table.column(place), totals: totals)
    }
    comparisons = responses.groups.indices.dropFirst().map { focal in
      DifferentialFunctioning(
        responses.table,
        isFocal: responses.groupOfPerson.map { group in
          group == 0 ? false : (group == focal ? true : nil)
        })
    }
  }

  /// The statistics as the command prints them.
  func answer(terminal: Terminal) -> AnalysisAnswer {
    var faults = responses.faults
    for pair in classical.identicalItems {
      faults.add(
        .identicalItems(responses.items[pair[0]].id, responses.items[pair[1]].id), line: 0,
        column: 0)
    }
    return AnalysisAnswer(
      persons: responses.table.personCount,
      items: responses.items.indices.map { item($0, terminal: terminal) },
      alpha: classical.alpha, alphaInterval: classical.alphaInterval?.ends,
      omega: classical.omega, totalMean: classical.totalMean,
      totalStandardDeviation: classical.totalStandardDeviation,
      standardErrorOfMeasurement: classical.standardErrorOfMeasurement,
      groups: responses.groups.isEmpty ? nil : responses.groups,
      purificationSteps: comparisons.isEmpty ? nil : comparisons.map(\.purificationSteps),
      diagnostics: faults.all.map { diagnostic in
        AnalysisAnswer.Finding(
          code: diagnostic.code, severity: diagnostic.severity.rawValue, row: diagnostic.line,
          column: diagnostic.column, message: terminal(diagnostic.message),
          remedy: terminal(diagnostic.remedy))
      })
  }

  private func item(_ place: Int, terminal: Terminal) -> AnalysisAnswer.Item {
    let (item, statistics) = (responses.items[place], classical.items[place])
    let functioning = comparisons.enumerated().map { focal, found in
      AnalysisAnswer.Functioning(
        reference: responses.groups[0], focal: responses.groups[focal + 1],
        mantelHaenszel: found.mantelHaenszel[place].map(AnalysisAnswer.Comparison.init),
        mantelHaenszelPurified: found.purified[place].map(AnalysisAnswer.Comparison.init),
        logistic: found.logistic[place].map(AnalysisAnswer.Logistic.init))
    }
    return AnalysisAnswer.Item(
      id: item.id, n: statistics.count, p: statistics.mean,
      pInterval: statistics.meanInterval?.ends,
      standardDeviation: statistics.standardDeviation,
      itemTotalCorrelation: statistics.itemTotalCorrelation,
      itemRestCorrelation: statistics.itemRestCorrelation,
      itemRestInterval: statistics.itemRestInterval?.ends,
      alphaIfDropped: statistics.alphaIfDropped,
      options: zip(options[place].options, zip(item.options, item.optionScores)).map {
        AnalysisAnswer.Option($0, option: $1.0, score: $1.1)
      },
      mantelHaenszel: functioning.first?.mantelHaenszel,
      mantelHaenszelPurified: functioning.first?.mantelHaenszelPurified,
      logistic: functioning.first?.logistic,
      comparisons: functioning.count > 1 ? functioning : nil,
      flags: flags(place).map { code, reason in
        AnalysisAnswer.Flag(code: code, reason: terminal(reason))
      })
  }

  /// Why an item needs a look; with fewer than fifty answers only that there are too few.
  private func flags(_ place: Int) -> [(String, Text)] {
    let statistics = classical.items[place]
    guard statistics.count >= AnalysedResponses.minimumCount else {
      return [
        (
          "few-answers",
          Text(
            "只有 \(statistics.count) 人作答，少于 50 人，不作判断。",
            "\(statistics.count) answers, fewer than 50: nothing is judged.")
        )
      ]
    }
    var flags: [(String, Text)] = []
    if let correlation = statistics.itemRestCorrelation {
      if correlation < 0.15 {
        flags.append(
          (
            "low-item-rest",
            Text(
              "与其余题目的相关为 \(rounded(correlation))，低于 0.15。",
              "The item–rest correlation is \(rounded(correlation)), below .15.")
          ))
      }
    } else {
      flags.append(
        (
          "no-variance",
          Text("得分没有差异，无法判断区分度。", "Scores do not vary; discrimination is unknown.")
        ))
    }
    return flags + optionFlags(place) + functioningFlags(place)
  }

  /// Options that the able choose more than the key's correlation allows.
  private func optionFlags(_ place: Int) -> [(String, Text)] {
    let item = responses.items[place]
    let best = item.optionScores.max() ?? 0
    return zip(item.options.indices, options[place].options).compactMap { option, statistics in
      guard item.optionScores[option] < best, statistics.count >= 10,
        let correlation = statistics.restCorrelation,
        let interval = ConfidenceInterval.correlation(correlation, count: options[place].count),
        interval.lower > 0, item.optionScores[option] == item.optionScores.min()
      else { return nil }
      return (
        "able-choose-distractor",
        Text(
          "能力较高者更多选“\(item.options[option])”（相关 \(rounded(correlation))）。",
          "The abler choose \"\(item.options[option])\" more (correlation \(rounded(correlation)))."
        )
      )
    }
  }

  private func functioningFlags(_ place: Int) -> [(String, Text)] {
    comparisons.enumerated().compactMap { focal, found in
      guard let statistics = found.purified[place], statistics.grade != .negligible,
        min(statistics.referenceCount, statistics.focalCount) >= AnalysedResponses.minimumCount
      else { return nil }
      let harder = statistics.delta < 0
      let group = responses.groups[harder ? focal + 1 : 0]
      return (
        "dif-\(statistics.grade.rawValue)",
        Text(
          "同等水平下，这道题对“\(group)”组更难（Δ \(rounded(statistics.delta))，"
            + "\(statistics.grade.rawValue) 级）。",
          "At equal ability the item is harder for group \"\(group)\" (Δ "
            + "\(rounded(statistics.delta)), class \(statistics.grade.rawValue)).")
      )
    }
  }

  /// Two decimals, for a sentence.
  private func rounded(_ value: Double) -> String {
    String((value * 100).rounded() / 100)
  }
}
