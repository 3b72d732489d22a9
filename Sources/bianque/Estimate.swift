import ArgumentParser
import Diagnostics
import Foundation
import Psychometrics

/// `bianque estimate`: abilities from scores, for items whose parameters are known.
struct Estimate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "由得分和题目参数估计能力。Abilities from scores and item parameters.",
    discussion: """
      ITEMS.json：calibrate 的输出，或题目数组 [{"id","model","slope","intercepts":[…]}]。
      What calibrate prints, or an array of items. One object a row comes out, in the rows' order; \
      both numbers are null where the answers determine no ability.
      """)

  /// How abilities are estimated.
  enum Method: String, ExpressibleByArgument, CaseIterable {
    case eap, map, wle, ml, sum
  }

  @Argument(help: "得分文件（CSV）。The scores (CSV).")
  var responses: String
  @Option(help: "题目参数（JSON）。The items' parameters (JSON).")
  var items: String
  @Option(help: "方法：eap、map、wle、ml，或 sum（只用总分的 EAP）。The method; sum is EAP of the sum score.")
  var method = Method.eap
  @Option(help: "积分节点数。Quadrature nodes.")
  var nodes = 61
  @Option(help: "节点范围 ±R。Nodes lie in ±R logits.")
  var range = 6.0

  func validate() throws {
    guard (5...2000).contains(nodes), range > 0, range <= 40 else {
      throw ValidationError(
        "--nodes 应在 5 到 2000 之间，--range 在 0 到 40 之间。"
          + "--nodes lies between 5 and 2000, --range between 0 and 40.")
    }
  }

  func run() throws {
    let terminal = Terminal.current
    try RequestFile(path: items, terminal: terminal).answered { data in
      let document = try ItemDocument.read(data)
      var table = try ResponseFile(path: responses, terminal: terminal).read()
      let answers = try AnsweredItems(document, in: &table)
      terminal.say(FindingDiagnostics(file: responses)(table.findings))
      let prior = Quadrature.standardNormal(nodes: nodes, range: range)
      try terminal.answer(AbilityEstimation(answers, method: method, prior: prior)())
    }
  }
}

/// The answers of a table to the items of a document.
struct AnsweredItems {
  let models: [ResponseModel]
  /// The category of each item for each row, row after row; nil where there is none.
  let rows: [[Int?]]

  /// Matches columns with items by name.
  ///
  /// - Throws: ``RequestError`` when no column is an item, or an item's numbers are none.
  init(_ document: ItemDocument, in table: inout ResponseTable) throws(RequestError) {
    var models: [ResponseModel] = []
    var places: [(column: Int, categories: [Int?])] = []
    for (number, item) in document.items.enumerated() {
      guard let column = table.items.firstIndex(of: item.id) else { continue }
      let model = try document.responseModel(at: number)
      var categories = [Int?](repeating: nil, count: 256)
      for (category, score) in (item.scores ?? Array(0...model.maximumScore)).enumerated()
      where (0...ResponseTable.largestScore).contains(score) {
        categories[score] = category
      }
      models.append(model)
      places.append((column, categories))
    }
    guard !models.isEmpty else {
      throw RequestError(
        "items",
        Text("没有一道题出现在得分文件里。", "None of the items is a column of the file of scores."))
    }
    self.models = models
    rows = table.categories(places)
  }
}

extension ResponseTable {
  /// The categories of some columns; a score that is none of an item becomes a finding.
  fileprivate mutating func categories(
    _ places: [(column: Int, categories: [Int?])]
  ) -> [[Int?]] {
    var strays: [ResponseFinding] = []
    let found = (0..<rows).map { row in
      places.map { place -> Int? in
        let score = scores[row * items.count + place.column]
        if score != ResponseMatrix.missing, place.categories[Int(score)] == nil {
          strays.append(
            ResponseFinding(
              .outOfRange, line: Int(lines[row]), column: columns[place.column],
              detail: "\(score)"))
        }
        return place.categories[Int(score)]
      }
    }
    for stray in strays { note(stray) }
    return found
  }
}

/// The abilities of all rows.
struct AbilityEstimation {
  struct Answer: Encodable {
    var ability: Double?
    var standardError: Double?

    enum CodingKeys: CodingKey {
      case ability, standardError
    }

    /// Both keys are always there; a missing number is null.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(ability, forKey: .ability)
      try container.encode(standardError, forKey: .standardError)
    }
  }

  private let answers: AnsweredItems
  private let method: Estimate.Method
  private let prior: Quadrature

  init(_ answers: AnsweredItems, method: Estimate.Method, prior: Quadrature) {
    self.answers = answers
    self.method = method
    self.prior = prior
  }

  /// One answer a row.
  func callAsFunction() -> [Answer] {
    switch method {
    case .eap:
      let table = LogLikelihoodTable(items: answers.models, prior: prior)
      return answers.rows.map { Self.answer(table.expectedAPosteriori($0)) }
    case .map: return pointwise { .maximumAPosteriori($0) }
    case .ml: return pointwise { .maximumLikelihood($0) }
    case .wle: return pointwise { .weightedLikelihood($0) }
    case .sum:
      let conversion = SumScoreConversion(items: answers.models, prior: prior)
      return answers.rows.map { row in
        // A sum means something only when everything was answered.
        let scores = row.compactMap { $0 }
        return Self.answer(
          scores.count == row.count ? conversion.estimates[scores.reduce(0, +)] : nil)
      }
    }
  }

  private func pointwise(_ estimate: ([ItemResponse]) -> AbilityEstimate?) -> [Answer] {
    answers.rows.map { row in
      let responses = zip(answers.models, row).compactMap { model, score in
        score.map { ItemResponse(model: model, score: $0) }
      }
      return Self.answer(estimate(responses))
    }
  }

  private static func answer(_ estimate: AbilityEstimate?) -> Answer {
    guard let estimate, estimate.ability.isFinite, estimate.standardError.isFinite else {
      return Answer()
    }
    return Answer(ability: estimate.ability, standardError: estimate.standardError)
  }
}
