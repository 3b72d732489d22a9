/// The expected score function of each person, and the sum of its products with itself.
struct ScoreProducts {
  typealias Lane = NodeGrid.Lane

  /// Persons taken at once, so that a row of the sum is loaded once for all of them.
  private static let block = 32

  let pass: InformationPass
  let portion: ExpectationStep.Portion
  let posteriors: [Lane]

  /// Subtracts Σ w E[s] E[s]ᵀ from the upper triangle.
  func subtract(from products: inout [Double]) {
    let size = pass.size
    let width = (size + 7) / 8
    var sum = [Lane](repeating: .zero, count: size * width)
    var scores = [Double](repeating: 0, count: Self.block * 8 * width)
    var weights = [Double](repeating: 0, count: Self.block)
    for start in stride(from: 0, to: portion.patterns.count, by: Self.block) {
      let end = min(start + Self.block, portion.patterns.count)
      scores.withUnsafeMutableBufferPointer { scores in
        scores.update(repeating: 0)
        for place in start..<end {
          weights[place - start] =
            pass.step.groups.weights[portion.patterns.lowerBound + place]
          write(
            place,
            into: UnsafeMutableBufferPointer(
              rebasing: scores[(place - start) * 8 * width..<(place - start + 1) * 8 * width]))
        }
      }
      add(scores, weights, persons: end - start, to: &sum)
    }
    for row in 0..<size {
      for column in row..<size {
        products[row * size + column] -= sum[row * width + column / 8][column % 8]
      }
    }
  }

  private func add(
    _ scores: [Double], _ weights: [Double], persons: Int, to sum: inout [Lane]
  ) {
    let size = pass.size
    let width = (size + 7) / 8
    sum.withUnsafeMutableBufferPointer { sum in
      scores.withUnsafeBytes { bytes in
        for row in 0..<size {
          for lane in row / 8..<width {
            var total = sum[row * width + lane]
            for person in 0..<persons {
              let own = person * 8 * width
              let factor =
                weights[person]
                * bytes.loadUnaligned(fromByteOffset: 8 * (own + row), as: Double.self)
              let other = bytes.loadUnaligned(
                fromByteOffset: 8 * (own + 8 * lane), as: Lane.self)
              total += other * factor
            }
            sum[row * width + lane] = total
          }
        }
      }
    }
  }

  /// Writes one person's expected score function.
  private func write(_ place: Int, into score: UnsafeMutableBufferPointer<Double>) {
    let (groups, curves) = (pass.step.groups, pass.step.curves)
    let lanes = curves.lanes
    let pattern = portion.patterns.lowerBound + place
    posteriors.withUnsafeBufferPointer { all in
      let posterior = UnsafeBufferPointer(rebasing: all[place * lanes..<(place + 1) * lanes])
      curves.derivatives.withUnsafeBufferPointer { derivatives in
        for (number, group) in groups.groups.enumerated() {
          var code =
            Int(groups.patternRows[pattern * groups.groups.count + number]) - group.firstRow
          for digit in 0..<group.items.count {
            let (item, base) = (group.items[digit], group.bases[digit])
            let category = code % base
            code /= base
            guard category < groups.categories[item] else { continue }
            let first = pass.firstParameter[item]
            for parameter in 0..<curves.layout.parameters[item] {
              let start = curves.derivativeStart(
                item: item, category: category, parameter: parameter)
              var sum = Lane.zero
              for lane in 0..<lanes { sum += posterior[lane] * derivatives[start + lane] }
              score[first + parameter] = sum.sum()
            }
          }
        }
      }
      let prior = pass.priors[portion.population]
      let first = pass.firstPopulationParameter + 2 * portion.population
      for lane in 0..<lanes {
        score[first] += (posterior[lane] * prior.meanSlope[lane]).sum()
        score[first + 1] += (posterior[lane] * prior.spreadSlope[lane]).sum()
      }
    }
  }
}
