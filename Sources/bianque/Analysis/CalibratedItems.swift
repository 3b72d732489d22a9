import Diagnostics
import Foundation
import Psychometrics

/// Item parameters as `calibrate` prints them.
struct CalibratedItems: Decodable {
  /// One item.
  struct Item: Decodable {
    var id: String
    var slope: Double
    var intercepts: [Double]
  }

  var model: String
  var items: [Item]

  /// Reads parameters.
  ///
  /// - Throws: ``RequestError`` naming the field that is wrong.
  static func read(_ data: Data) throws(RequestError) -> CalibratedItems {
    let items = try RequestDocument.decode(CalibratedItems.self, from: data)
    try RequestError.checkLength(items.items.count, atMost: 10_000, "items")
    return items
  }

  /// The model of an item.
  ///
  /// - Returns: nil when the item is not among them.
  /// - Throws: ``RequestError`` for parameters that are no model.
  func responseModel(of id: String) throws(RequestError) -> ResponseModel? {
    guard let place = items.firstIndex(where: { $0.id == id }) else { return nil }
    let (item, field) = (items[place], "items[\(place)]")
    try RequestError.checkSize(item.slope, "\(field).slope")
    try RequestError.checkSizes(item.intercepts, "\(field).intercepts")
    try RequestError.checkLength(item.intercepts.count, atMost: 1000, "\(field).intercepts")
    do throws(ItemParameterError) {
      switch model {
      case "1pl", "2pl", "rasch":
        return .logistic(try LogisticItem(slope: item.slope, intercept: item.intercepts[0]))
      case "grm":
        return .graded(try GradedItem(slope: item.slope, intercepts: item.intercepts))
      case "gpcm":
        let cumulative = item.intercepts.reduce(into: [0.0]) { sums, intercept in
          sums.append((sums.last ?? 0) - intercept)
        }
        return .partialCredit(slope: item.slope, PartialCreditItem(cumulative: cumulative))
      default: break
      }
    } catch {
      throw RequestError(
        field, Text("这些参数不成一个模型。", "These parameters are no model."))
    }
    throw RequestError(
      "model", Text("模型应为 1pl、2pl、gpcm 或 grm。", "The model is 1pl, 2pl, gpcm or grm."))
  }
}
