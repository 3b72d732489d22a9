import ArgumentParser
import Diagnostics
import Foundation
import Psychometrics

/// `bianque simulate adaptive`: replays adaptive tests from complete answers.
struct SimulateAdaptive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adaptive", abstract: "用完整作答重演自适应测验。Replays adaptive tests.",
    discussion: """
      BANK.csv has columns a and b, and if wanted c (lower) and d (upper asymptote), a row for each
      item: P = c + (d − c) / (1 + exp(−a(θ − b))). RESP.csv has a row for each person, a column for
      each item in the bank's order, with 0, 1 or nothing; what was not answered is not offered.
      Abilities are EAP under N(0, 1) by the trapezoid rule over --nodes nodes on [−range, range],
      end weights halved.

      Prints {"examinees":[{"items":[1-based],"ability":[…],"standardError":[…]}],"seconds"}: ability
      and standard error after each answer.
      """)

  /// The rules by name.
  enum Rule: String, ExpressibleByArgument, CaseIterable {
    case maximumInformation, posteriorWeighted, randomesque, progressive
  }

  @Option(help: "题目参数（CSV）。The items' parameters (CSV).")
  var bank: String
  @Option(help: "作答（CSV）。The responses (CSV).")
  var responses: String
  @Option(help: "选题规则。How items are chosen.")
  var rule = Rule.maximumInformation
  @Option(help: "randomesque 从最好的几题中抽取。Of how many best items randomesque draws.")
  var top = 5
  @Option(help: "积分节点数。The number of quadrature nodes.")
  var nodes = 33
  @Option(help: "积分范围的一半。Half the range of the quadrature.")
  var range = 4.0
  @Option(help: "题数。The number of items.")
  var length = 30
  @Option(help: "标准误不大于此值时结束。Ends at a standard error of at most this.")
  var standardError: Double?
  @Option(help: "随机种子。The seed of rules that draw.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (2...2001).contains(nodes), range > 0, range <= 40, length >= 1, top >= 1,
      standardError.map({ $0 > 0 }) ?? true
    else {
      throw ValidationError(
        "节点数应为 2 到 2001，范围应大于 0 且不超过 40，题数至少为 1。"
          + "Nodes are 2…2001, the range is above 0 and at most 40, the length at least 1.")
    }
  }

  func run() throws {
    let terminal = Terminal.current
    let items = try AdaptiveFiles(terminal: terminal).items(bank)
    let answers = try AdaptiveFiles(terminal: terminal).answers(responses, itemCount: items.count)
    let start = ContinuousClock.now
    let prepared = AdaptiveBank(
      items: items.map { AdaptiveItem(model: .logistic($0)) },
      quadrature: .standardNormalTrapezoid(nodes: nodes, range: range))
    let design = AdaptiveDesign(
      rule: selectionRule,
      stopping: StoppingRule(maximumLength: length, standardError: standardError))
    var generator = SeededGenerator(seed: seed, purpose: "adaptive")
    let examinees = answers.map {
      ReplayedExaminee($0, design: design, bank: prepared, using: &generator)
    }
    try terminal.answer(
      AdaptiveAnswer(
        examinees: examinees, seconds: (ContinuousClock.now - start) / .seconds(1)))
  }

  private var selectionRule: SelectionRule {
    switch rule {
    case .maximumInformation: .maximumInformation
    case .posteriorWeighted: .posteriorWeighted
    case .randomesque: .randomesque(top)
    case .progressive: .progressive(length: length)
    }
  }
}

/// What `bianque simulate adaptive` prints.
struct AdaptiveAnswer: Encodable {
  var examinees: [ReplayedExaminee]
  var seconds: Double
}

/// One person's replayed test.
struct ReplayedExaminee: Encodable {
  /// The items in the order given, from 1.
  var items: [Int] = []
  /// The ability after each.
  var ability: [Double] = []
  /// Its standard error.
  var standardError: [Double] = []

  /// Gives a test to a person whose every answer is known.
  ///
  /// - Parameters:
  ///   - answers: 0, 1 or missing for each item.
  ///   - design: the rules.
  ///   - bank: the bank.
  ///   - generator: the dice.
  init(
    _ answers: [Int16], design: AdaptiveDesign, bank: AdaptiveBank,
    using generator: inout SeededGenerator
  ) {
    var test = AdaptiveTest(bank: bank)
    test.withhold(answers.indices.filter { answers[$0] == ScoreTable.missing })
    while let chosen = test.next(design, bank: bank, using: &generator) {
      test.present(chosen, bank: bank)
      for item in chosen {
        test.record(item: item, score: Int(answers[item]), bank: bank)
        items.append(item + 1)
        ability.append(test.ability)
        standardError.append(test.standardError)
      }
    }
  }
}
