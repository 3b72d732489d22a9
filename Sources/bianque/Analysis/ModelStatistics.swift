import Diagnostics
import Psychometrics

/// How answers agree with the items' models, as `analyse --items` prints it.
struct ModelStatistics: Encodable {
  /// One item.
  struct Item: Encodable {
    var id: String
    var scoreChiSquare: Double
    var df: Int
    var p: Double?
    var n: Int
    var infit: Double?
    var infitBand: [Double]?
    var outfit: Double?
    var outfitBand: [Double]?
    var conspicuous: Bool
  }

  /// The whole test.
  struct Limited: Encodable {
    var statistic: Double
    var df: Int
    var p: Double
    var rmsea: Double
    var rmseaInterval: [Double]
    var n: Int
  }

  /// Items that share more than ability.
  struct Pair: Encodable {
    var items: [String]
    var correlation: Double
    var interval: [Double]?
    var n: Int
  }

  /// The persons whose answers do not fit.
  struct Persons: Encodable {
    var n: Int
    var belowFivePercent: Double
    var misfitting: [Int]
  }

  var items: [Item]
  var m2: Limited?
  var meanQ3: Double
  var dependentPairs: [Pair]
  var persons: Persons

  /// Compares answers with models.
  ///
  /// - Parameters:
  ///   - responses: the answers.
  ///   - calibrated: the parameters.
  /// - Throws: ``RequestError`` when an item has no parameters, or scores beyond its model.
  init(
    _ responses: AnalysedResponses, _ calibrated: CalibratedItems
  ) throws(RequestError) {
    var models: [ResponseModel] = []
    var columns: [[Int16]] = []
    for item in responses.items {
      guard let model = try calibrated.responseModel(of: item.id) else {
        throw RequestError(
          "items", Text("题目 \(item.id) 没有参数。", "Item \(item.id) has no parameters."))
      }
      let column = Self.categories(of: item, model: model)
      guard (column.max() ?? 0) <= model.maximumScore else {
        throw RequestError(
          "items",
          Text(
            "题目 \(item.id) 的得分超出其模型。", "Scores of item \(item.id) go beyond its model."))
      }
      models.append(model)
      columns.append(column)
    }
    let (table, quadrature) = (ScoreTable(columns: columns), Quadrature.standardNormal())
    let scores = ScoreFit.all(
      table, models: models, parameterCounts: models.map { 1 + $0.maximumScore },
      quadrature: quadrature)
    let residuals = ResidualFit.all(table, models: models, quadrature: quadrature, seed: 1)
    items = responses.items.indices.map { place in
      Self.item(responses.items[place].id, scores[place], residuals[place])
    }
    m2 = LimitedInformationFit.measured(table, models: models, quadrature: quadrature).map {
      Limited(
        statistic: $0.statistic, df: $0.degreesOfFreedom, p: $0.probability,
        rmsea: $0.rootMeanSquareError, rmseaInterval: $0.rootMeanSquareErrorInterval.ends,
        n: $0.count)
    }
    let answers = (0..<table.personCount).map { person in
      models.indices.compactMap { item in
        table.score(person: person, item: item).map {
          ItemResponse(model: models[item], score: $0)
        }
      }
    }
    let dependence = LocalDependence(
      table, models: models,
      abilities: answers.map {
        AbilityEstimate.expectedAPosteriori($0, prior: quadrature).ability
      })
    meanQ3 = dependence.mean
    dependentPairs = dependence.dependentPairs.map { pair in
      Pair(
        items: [responses.items[pair.first].id, responses.items[pair.second].id],
        correlation: pair.correlation, interval: pair.interval?.ends, n: pair.count)
    }
    persons = Self.persons(answers)
  }

  /// The scores as categories from 0: where as many scores occur as the model has categories, the
  /// lowest is 0 whatever it is written as, as in `calibrate`.
  private static func categories(
    of item: AnalysedResponses.Item, model: ResponseModel
  ) -> [Int16] {
    let scores = item.optionScores
    let isRising = zip(scores, scores.dropFirst()).allSatisfy { $0 < $1 }
    return isRising && scores.count == model.maximumScore + 1 ? item.choices : item.scores
  }

  private static func item(_ id: String, _ score: ScoreFit, _ residual: ResidualFit?) -> Item {
    Item(
      id: id, scoreChiSquare: score.chiSquare, df: score.degreesOfFreedom, p: score.probability,
      n: score.count, infit: residual?.infit, infitBand: residual?.infitBand.ends,
      outfit: residual?.outfit, outfitBand: residual?.outfitBand.ends,
      conspicuous: residual?.isConspicuous ?? false)
  }

  /// The persons' fits at their most probable abilities; those who fit least are named by row.
  private static func persons(_ answers: [[ItemResponse]]) -> Persons {
    let fits = answers.enumerated().compactMap { row, responses in
      PersonFit.measured(responses, ability: mode(responses)).map { (row + 1, $0) }
    }
    let low = fits.filter { $0.1.probability < 0.05 }
    // One in a thousand by chance.
    let misfitting = fits.filter { $0.1.probability < 0.001 }
    return Persons(
      n: fits.count, belowFivePercent: Double(low.count) / Double(max(fits.count, 1)),
      misfitting: misfitting.prefix(1000).map(\.0))
  }

  /// The maximum a posteriori ability under N(0, 1), by bisection of the slope.
  private static func mode(_ responses: [ItemResponse]) -> Double {
    var (low, high) = (-8.0, 8.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let slope = responses.reduce(-middle) {
        $0 + $1.model.curve(of: $1.score, at: middle).slope
      }
      if slope > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
