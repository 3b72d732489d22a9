import Diagnostics
import Foundation
import Psychometrics

/// Which dimension each item measures, as a file says.
///
/// Either CSV with a line `item,dimension` for each item (a first line with these two words is a
/// header), or a JSON object `{"item": "dimension"}`.
struct StructureFile {
  private let dimensionOfItem: [String: String]

  /// Reads the file's bytes.
  ///
  /// - Throws: ``RequestError`` when it is neither form.
  static func read(_ data: Data) throws(RequestError) -> StructureFile {
    let first = data.first { ![0x20, 0x0a, 0x0d, 0x09].contains($0) }
    if first == 0x7b {
      return StructureFile(
        dimensionOfItem: try RequestDocument.decode([String: String].self, from: data))
    }
    var dimensions: [String: String] = [:]
    let text = String(decoding: data, as: UTF8.self).drop { $0 == "\u{FEFF}" }
    for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"\t"))
      }
      guard cells.count == 2, !cells[0].isEmpty, !cells[1].isEmpty else {
        throw RequestError(
          "\(number + 1)",
          Text("此行应为“题目,维度”。", "This line should be \"item,dimension\"."))
      }
      if number == 0, cells.map({ $0.lowercased() }) == ["item", "dimension"] { continue }
      dimensions[cells[0]] = cells[1]
    }
    return StructureFile(dimensionOfItem: dimensions)
  }

  /// The dimensions' names in the order of their first item, and the place of each item's among
  /// them.
  ///
  /// - Throws: ``RequestError`` for an item without a dimension, or more dimensions than can be.
  func dimensions(
    of items: [ResponseScreening.Item]
  ) throws(RequestError) -> (names: [String], places: [Int]) {
    var names: [String] = []
    var places: [Int] = []
    for item in items {
      guard let name = dimensionOfItem[item.id] else {
        throw RequestError(
          item.id, Text("结构文件没有说明这道题的维度。", "The structure names no dimension of this item."))
      }
      if !names.contains(name) { names.append(name) }
      places.append(names.firstIndex(of: name) ?? 0)
    }
    guard names.count <= MultidimensionalCalibration.mostDimensions else {
      throw RequestError(
        "",
        Text(
          "有 \(names.count) 个维度，最多 \(MultidimensionalCalibration.mostDimensions) 个。",
          "There are \(names.count) dimensions; at most "
            + "\(MultidimensionalCalibration.mostDimensions) can be calibrated together."))
    }
    return (names, places)
  }
}
