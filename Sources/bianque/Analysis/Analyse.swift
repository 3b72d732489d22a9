import ArgumentParser
import Diagnostics
import Foundation
import Psychometrics

/// `bianque analyse`: classical analysis, options, and differential item functioning.
struct Analyse: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "分析作答：难度、区分度、信度、选项、项目功能差异。Item analysis of responses.",
    discussion: """
      RESPONSES.csv has a header of item identifiers and a row for each person. Cells are whole scores
      from 0, or with --key the options chosen; nothing (or NA) where an answer is missing.
      KEY.csv has columns item,key (several right options as A|C), or item,option,score for graded
      options, or the items as header over one row of right options.

      Prints one JSON document. Intervals are [lower, upper] at 95 %; what cannot be computed is left
      out.
        persons                      rows read
        alpha, alphaInterval         Cronbach's α of the sum (Bonett's interval); omega: McDonald's ω
        totalMean, totalStandardDeviation, standardErrorOfMeasurement
        items[]
          id, n                      n: persons who answered
          p, pInterval               mean score; for 0/1 items the proportion correct (Wilson's interval)
          itemRestCorrelation, itemRestInterval   corrected item–rest r (Fisher's interval)
          itemTotalCorrelation, standardDeviation, alphaIfDropped
          options[]                  option, score, n, proportion, proportionInterval, meanTotal,
                                     totalCorrelation, restCorrelation, curve (share in each fifth of
                                     persons by the rest score)
          mantelHaenszel             alpha (odds reference/focal), deltaMH = −2.35 ln alpha,
                                     deltaInterval, chiSquare (continuity-corrected, 1 df), p, class A|B|C
                                     (ETS), standardizedDifference, nReference, nFocal; matched on the
                                     sum of all items
          mantelHaenszelPurified     the same, matched without items of class B and C
          logistic                   chiSquare (2 df), p, uniform, nonUniform (1 df each), effectSize
                                     (Nagelkerke ΔR²), class
          comparisons[]              one for each focal group when there are more than two groups
          flags[]                    code, reason; with fewer than 50 answers only few-answers
        groups                       reference group first: the smallest label, or --reference
        model                        with --items (the output of calibrate): items[] (S-X² with df and p,
                                     infit and outfit with 95 % bands), m2, meanQ3, dependentPairs[],
                                     persons (share with lz* below 5 %, rows far below)
        diagnostics[]                code, severity, row, column, message, remedy

      The exit code is 0 when statistics were printed, 1 when the file cannot be analysed.
      """)

  @Argument(help: "作答文件（CSV）。The responses (CSV).")
  var responses: String
  @Option(help: "答案文件（CSV）。The key (CSV).")
  var key: String?
  @Option(help: "题目参数（calibrate 的输出）。Item parameters (the output of calibrate).")
  var items: String?
  @Option(help: "分组所在的列。The column that holds the groups.")
  var group: String?
  @Option(help: "参照组，缺省为最小的一个。The reference group; the smallest label by default.")
  var reference: String?
  @Option(help: "不是题目的列，可重复。A column that is no item; may be repeated.")
  var ignore: [String] = []

  func run() throws {
    let terminal = Terminal.current
    let sheet = ResponseSheet.read(try bytes(of: responses, terminal), file: responses)
    var answerKey: AnswerKey?
    if let key {
      answerKey = AnswerKey(ResponseSheet.read(try bytes(of: key, terminal), file: key))
      if answerKey == nil {
        var faults = FaultList(file: key)
        faults.add(.keyNotReadable, line: 0, column: 0)
        terminal.say(faults.all)
        throw ExitCode(Exit.refused)
      }
    }
    var ready = AnalysedResponses(
      sheet, key: answerKey, groupColumn: group, ignored: Set(ignore))
    if let reference { ready.putFirst(group: reference) }
    terminal.say(ready.faults.all)
    let isGrouped = group == nil || ready.groups.count >= 2
    guard !ready.items.isEmpty, ready.table.personCount > 0, isGrouped else {
      throw ExitCode(Exit.refused)
    }
    var answer = Analysis(ready).answer(terminal: terminal)
    if let items {
      let responses = ready
      try RequestFile(path: items, terminal: terminal).answered { data in
        answer.model = try ModelStatistics(responses, try CalibratedItems.read(data))
      }
    }
    try terminal.answer(answer)
  }

  private func bytes(of path: String, _ terminal: Terminal) throws -> Data {
    do {
      return try Data(contentsOf: URL(filePath: path))
    } catch {
      terminal.say(terminal(Text("读不了文件：\(path)", "The file cannot be read: \(path)")))
      throw ExitCode(Exit.refused)
    }
  }
}
