/// Where the search for an item's parameters starts: a slope of 1, and intercepts at which an
/// average person answers as persons did on average.
enum StartingValues {
  /// The starting parameters of an item.
  ///
  /// - Parameters:
  ///   - model: the family.
  ///   - frequencies: how often each category occurred, each above 0.
  /// - Returns: the parameters in the order of the search.
  static func parameters(_ model: CalibrationModel, frequencies: [Double]) -> [Double] {
    let total = frequencies.reduce(0, +)
    // An average logit is flattened by the spread of abilities; 1.2 undoes most of that.
    let spread = 1.2
    switch model {
    case .threePL:
      let right = min(max(frequencies[1] / total, 0.25), 0.97)
      let above = (right - 0.17) / (1 - 0.17)
      return [1, spread * Elementary.log(above / (1 - above)), Elementary.log(0.17 / 0.83)]
    case .nominal:
      let options = frequencies.indices.dropFirst()
      return options.map { Double($0) * 0.5 }
        + options.map { Elementary.log(frequencies[$0] / frequencies[0]) }
    case .partialCredit where frequencies.count > 2:
      return [0.8]
        + frequencies.indices.dropFirst().map {
          Elementary.log(frequencies[$0] / frequencies[$0 - 1])
        }
    case .onePL, .twoPL, .graded, .partialCredit:
      var reached = total
      return [1]
        + frequencies.dropLast().map { frequency in
          reached -= frequency
          return spread * Elementary.log(reached / (total - reached))
        }
    }
  }

  /// The starting vector of a search.
  static func vector(
    _ matrix: ResponseMatrix, model: CalibrationModel, map: ParameterMap
  ) -> [Double] {
    var vector = [Double](repeating: 0, count: map.count)
    let frequencies = frequencies(matrix)
    for item in 0..<matrix.items {
      // A category that a part of the persons never chose starts as if half a person had.
      let start = parameters(model, frequencies: frequencies[item].map { max($0, 0.5) })
      for (place, value) in zip(map.items[item], start) where place >= 0 {
        vector[place] = value
      }
    }
    return vector
  }

  private static func frequencies(_ matrix: ResponseMatrix) -> [[Double]] {
    // Row after row, as the answers lie in memory; a byte may be any category or none.
    var counts = [Double](repeating: 0, count: 256 * matrix.items)
    matrix.answers.withUnsafeBufferPointer { answers in
      for person in 0..<matrix.persons {
        let (row, weight) = (person * matrix.items, matrix.weights?[person] ?? 1)
        for item in 0..<matrix.items { counts[256 * item + Int(answers[row + item])] += weight }
      }
    }
    return matrix.categories.enumerated().map { Array(counts[256 * $0..<256 * $0 + $1]) }
  }
}
