/// The expected products of score functions, from the expected number of persons in each pair of
/// categories at each node.
struct PairCounts {
  typealias Lane = NodeGrid.Lane

  let pass: InformationPass
  let portion: ExpectationStep.Portion
  /// The posterior of each pattern, times its weight.
  let posteriors: [Lane]

  private var groups: ItemGroups { pass.step.groups }
  private var curves: ItemCurves { pass.step.curves }
  private var lanes: Int { pass.step.curves.lanes }

  /// Adds Σ w E[s sᵀ] to the upper triangle.
  func add(to products: inout [Double]) {
    for first in groups.groups.indices {
      addWithin(first, to: &products)
      for second in groups.groups.indices.dropFirst(first + 1) {
        addBetween(first, second, to: &products)
      }
    }
    addPopulation(to: &products)
  }

  /// Pairs of items of one group, each item with itself included, and items with the population.
  private func addWithin(_ number: Int, to products: inout [Double]) {
    let group = groups.groups[number]
    let table = singleTable(number)
    let prior = pass.priors[portion.population]
    let population = pass.firstPopulationParameter + 2 * portion.population
    for (place, item) in group.items.enumerated() {
      var own = [Lane](repeating: .zero, count: group.bases[place] * lanes)
      for code in 0..<group.codes {
        let category = groups.digit(place, of: code, in: group)
        for lane in 0..<lanes { own[category * lanes + lane] += table[code * lanes + lane] }
      }
      addItem(item, own, to: &products)
      addItem(item, own, slopes: prior.meanSlope, column: population, to: &products)
      addItem(item, own, slopes: prior.spreadSlope, column: population + 1, to: &products)
      for (otherPlace, other) in group.items.enumerated().dropFirst(place + 1) {
        let width = group.bases[otherPlace]
        var pair = [Lane](repeating: .zero, count: group.bases[place] * width * lanes)
        for code in 0..<group.codes {
          let row = groups.digit(place, of: code, in: group) * width
          let start = (row + groups.digit(otherPlace, of: code, in: group)) * lanes
          for lane in 0..<lanes { pair[start + lane] += table[code * lanes + lane] }
        }
        addPair(item, other, pair, width: width, to: &products)
      }
    }
  }

  private func singleTable(_ number: Int) -> [Lane] {
    let group = groups.groups[number]
    var table = [Lane](repeating: .zero, count: group.codes * lanes)
    for place in 0..<portion.patterns.count {
      let row = patternCode(place, number)
      for lane in 0..<lanes { table[row * lanes + lane] += posteriors[place * lanes + lane] }
    }
    return table
  }

  private func patternCode(_ place: Int, _ group: Int) -> Int {
    let pattern = portion.patterns.lowerBound + place
    return Int(groups.patternRows[pattern * groups.groups.count + group])
      - groups.groups[group].firstRow
  }

  private func addBetween(_ first: Int, _ second: Int, to products: inout [Double]) {
    let (rows, columns) = (groups.groups[first], groups.groups[second])
    let table = pairTable(first, second)
    for (place, item) in columns.items.enumerated() {
      let width = columns.bases[place]
      // Over the codes of the second group only this item's digit is kept.
      var kept = [Lane](repeating: .zero, count: rows.codes * width * lanes)
      kept.withUnsafeMutableBufferPointer { kept in
        table.withUnsafeBufferPointer { table in
          for column in 0..<columns.codes {
            let category = groups.digit(place, of: column, in: columns)
            for row in 0..<rows.codes {
              let source = (row * columns.codes + column) * lanes
              let target = (row * width + category) * lanes
              for lane in 0..<lanes { kept[target + lane] += table[source + lane] }
            }
          }
        }
      }
      for (rowPlace, rowItem) in rows.items.enumerated() {
        var pair = [Lane](repeating: .zero, count: rows.bases[rowPlace] * width * lanes)
        for row in 0..<rows.codes {
          let target = groups.digit(rowPlace, of: row, in: rows) * width * lanes
          let source = row * width * lanes
          for lane in 0..<width * lanes { pair[target + lane] += kept[source + lane] }
        }
        addPair(rowItem, item, pair, width: width, to: &products)
      }
    }
  }

  private func pairTable(_ first: Int, _ second: Int) -> [Lane] {
    let columns = groups.groups[second].codes
    var table = [Lane](repeating: .zero, count: groups.groups[first].codes * columns * lanes)
    table.withUnsafeMutableBufferPointer { table in
      posteriors.withUnsafeBufferPointer { posteriors in
        for place in 0..<portion.patterns.count {
          let start = (patternCode(place, first) * columns + patternCode(place, second)) * lanes
          for lane in 0..<lanes { table[start + lane] += posteriors[place * lanes + lane] }
        }
      }
    }
    return table
  }

  /// Adds the products of two items' derivatives; `pair` holds a row for each pair of digits.
  private func addPair(
    _ first: Int, _ second: Int, _ pair: [Lane], width: Int, to products: inout [Double]
  ) {
    let layout = curves.layout
    let (rows, columns) = (layout.categories[first], layout.categories[second])
    for parameter in 0..<layout.parameters[second] {
      for category in 0..<rows {
        for lane in 0..<lanes {
          var inner = Lane.zero
          for other in 0..<columns {
            let slope = curves.derivativeStart(
              item: second, category: other, parameter: parameter)
            inner +=
              pair[(category * width + other) * lanes + lane]
              * curves.derivatives[slope + lane]
          }
          for own in 0..<layout.parameters[first] {
            let slope = curves.derivativeStart(item: first, category: category, parameter: own)
            let place =
              (pass.firstParameter[first] + own) * pass.size
              + pass.firstParameter[second] + parameter
            products[place] += (inner * curves.derivatives[slope + lane]).sum()
          }
        }
      }
    }
  }

  /// Adds the products of one item's derivatives with each other.
  private func addItem(_ item: Int, _ counts: [Lane], to products: inout [Double]) {
    let layout = curves.layout
    let first = pass.firstParameter[item]
    for category in 0..<layout.categories[item] {
      for row in 0..<layout.parameters[item] {
        for column in row..<layout.parameters[item] {
          let one = curves.derivativeStart(item: item, category: category, parameter: row)
          let two = curves.derivativeStart(item: item, category: category, parameter: column)
          var sum = Lane.zero
          for lane in 0..<lanes {
            sum +=
              counts[category * lanes + lane] * curves.derivatives[one + lane]
              * curves.derivatives[two + lane]
          }
          products[(first + row) * pass.size + first + column] += sum.sum()
        }
      }
    }
  }

  /// Adds the products of one item's derivatives with one of the population's.
  private func addItem(
    _ item: Int, _ counts: [Lane], slopes: [Lane], column: Int, to products: inout [Double]
  ) {
    let layout = curves.layout
    for category in 0..<layout.categories[item] {
      for row in 0..<layout.parameters[item] {
        let start = curves.derivativeStart(item: item, category: category, parameter: row)
        var sum = Lane.zero
        for lane in 0..<lanes {
          sum += counts[category * lanes + lane] * curves.derivatives[start + lane] * slopes[lane]
        }
        products[(pass.firstParameter[item] + row) * pass.size + column] += sum.sum()
      }
    }
  }

  private func addPopulation(to products: inout [Double]) {
    let prior = pass.priors[portion.population]
    let first = pass.firstPopulationParameter + 2 * portion.population
    for place in 0..<portion.patterns.count {
      for lane in 0..<lanes {
        let count = posteriors[place * lanes + lane]
        let weighted = count * prior.meanSlope[lane]
        products[first * pass.size + first] += (weighted * prior.meanSlope[lane]).sum()
        products[first * pass.size + first + 1] += (weighted * prior.spreadSlope[lane]).sum()
        products[(first + 1) * pass.size + first + 1] +=
          (count * prior.spreadSlope[lane] * prior.spreadSlope[lane]).sum()
      }
    }
  }
}
