import Diagnostics

/// Over the items of a test the best choice stands about equally often in every place.
///
/// Where choices are shuffled for everybody, the place in the file does not matter.
struct BestChoicesAreSpread: BankRule {
  /// Fewer items tell nothing.
  private static let fewest = 20
  private static let largestShare = 1.75

  func check(_ bank: Bank) -> [Diagnostic] {
    bank.tests.flatMap { test -> [Diagnostic] in
      var places: [Int: [Int: Int]] = [:]
      for item in bank.items(of: test.id) {
        guard let interaction = item.item.choiceInteractions.first, !interaction.shuffle,
          let best = item.item.bestChoice,
          let place = interaction.choices.firstIndex(where: { $0.id == best.id })
        else { continue }
        places[interaction.choices.count, default: [:]][place, default: 0] += 1
      }
      return places.keys.sorted().compactMap { count in
        places[count].flatMap { fault($0, of: count, in: test) }
      }
    }
  }

  private func fault(
    _ places: [Int: Int], of count: Int, in test: AssessmentTest
  ) -> Diagnostic? {
    let total = places.values.reduce(0, +)
    let most = places.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }
    guard total >= Self.fewest, let most,
      Double(most.value) > Self.largestShare * Double(total) / Double(count)
    else { return nil }
    return Diagnostic(
      "best-position", .warning, file: test.file,
      message: Text(
        "\(total) 道 \(count) 个选项的题中，\(most.value) 道的最佳项在第 \(most.key + 1) 位。",
        "Of \(total) items with \(count) choices, \(most.value) have the best in place \(most.key + 1)."
      ),
      remedy: Text("请调换位置，或写 shuffle=\"true\"。", "Change places, or write shuffle=\"true\"."))
  }
}
