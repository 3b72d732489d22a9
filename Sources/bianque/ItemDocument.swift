import Diagnostics
import Foundation
import Psychometrics

/// Item parameters in a file: what `calibrate` prints, or a plain array of items.
struct ItemDocument {
  struct Item: Decodable {
    var id: String
    var model: String?
    var slope: Double?
    var slopes: [Double]?
    var intercepts: [Double]
    var lowerAsymptote: Double?
    var scores: [Int]?
  }

  private struct Document: Decodable {
    var model: String?
    var items: [Item]
  }

  let items: [Item]
  private let model: String?

  /// Reads the document.
  ///
  /// - Throws: ``RequestError`` with the field that does not fit.
  static func read(_ data: Data) throws(RequestError) -> ItemDocument {
    let isArray = data.first { ![0x20, 0x0a, 0x0d, 0x09].contains($0) } == 0x5b
    if isArray {
      return ItemDocument(
        items: try RequestDocument.decode([Item].self, from: data), model: nil)
    }
    let document = try RequestDocument.decode(Document.self, from: data)
    return ItemDocument(items: document.items, model: document.model)
  }

  private init(items: [Item], model: String?) {
    self.items = items
    self.model = model
  }

  /// The response model of an item.
  ///
  /// - Throws: ``RequestError`` when its numbers are no parameters of the family.
  func responseModel(at place: Int) throws(RequestError) -> ResponseModel {
    let item = items[place]
    let field = "items[\(place)]"
    let name = item.model ?? model ?? (item.intercepts.count == 1 ? "2pl" : nil)
    guard let name, let family = CalibrationModel(rawValue: name) else {
      throw RequestError(
        "\(field).model",
        Text(
          "请写明模型：1pl、2pl、3pl、gpcm、grm、nominal。",
          "Name the model: 1pl, 2pl, 3pl, gpcm, grm, nominal."))
    }
    if let scores = item.scores, scores.count != item.intercepts.count + 1 {
      throw RequestError(
        "\(field).scores", Text("得分应比截距多一个。", "There is one score more than intercepts."))
    }
    do {
      return try parameters(item).responseModel(family)
    } catch {
      throw RequestError(
        field, Text("参数不成立：\(error)。", "These are no parameters of an item: \(error)."))
    }
  }

  /// The fixed parameters of an item of a calibration; nil when the document does not hold it.
  func anchor(
    _ screened: ResponseScreening.Item, model: CalibrationModel
  ) throws(RequestError) -> Calibration.Item? {
    guard let place = items.firstIndex(where: { $0.id == screened.id }) else { return nil }
    let item = items[place]
    let isFitting =
      item.intercepts.count == screened.scores.count - 1
      && (item.scores ?? screened.scores) == screened.scores
      && (model != .nominal || item.slopes?.count == item.intercepts.count)
    guard isFitting else {
      throw RequestError(
        "items[\(place)].intercepts",
        Text(
          "“\(item.id)”的类别与得分文件不一致。",
          "The categories of \"\(item.id)\" are not those in the file of scores."))
    }
    _ = try responseModel(at: place)
    return parameters(item)
  }

  private func parameters(_ item: Item) -> Calibration.Item {
    Calibration.Item(
      slope: item.slope ?? item.slopes?.last ?? 1, slopes: item.slopes ?? [],
      intercepts: item.intercepts, lowerAsymptote: item.lowerAsymptote ?? 0)
  }
}
