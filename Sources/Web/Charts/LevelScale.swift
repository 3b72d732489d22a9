import Competency

/// The proficiency levels as a scale: where an ability lies, in words and on a picture.
struct LevelScale {
  private let levels: [ProficiencyLevel]
  private let language: Language
  /// The borders between the levels, in logits.
  let cuts: [Double]

  init(framework: Framework, language: Language) {
    levels = framework.measurement.levels
    cuts = levels.compactMap(\.cutScore?.location)
    self.language = language
  }

  /// Whether the borders are an example that no panel has set.
  var isExample: Bool {
    levels.contains { $0.cutScore?.isSetByPanel == false }
  }

  /// The name of a level.
  func level(at index: Int) -> String {
    levels.indices.contains(index) ? levels[index].name.text(in: language) : ""
  }

  /// The level in which an ability lies.
  func level(of ability: Double) -> Int {
    cuts.count { ability >= $0 }
  }

  /// Both ends of the picture: as far beyond the outer borders as the inner levels are wide.
  private var ends: (low: Double, high: Double) {
    guard let first = cuts.first, let last = cuts.last else { return (-2, 2) }
    let width = cuts.count > 1 ? (last - first) / Double(cuts.count - 1) : 1
    return (first - 1.35 * width, last + 1.35 * width)
  }

  /// Where an ability stands between the ends of the picture, 0…1; beyond them, at the end.
  func position(of ability: Double) -> Double {
    let (low, high) = ends
    return min(max((ability - low) / (high - low), 0), 1)
  }

  /// A range of abilities in words.
  func range(_ range: ClosedRange<Double>, _ phrases: Phrases) -> String {
    let from = place(range.lowerBound, phrases)
    let to = place(range.upperBound, phrases)
    if from == to { return from }
    return phrases("result.rangeBetween", ["from": from, "to": to])
  }

  private func place(_ ability: Double, _ phrases: Phrases) -> String {
    let level = level(of: ability)
    let borders = [0] + cuts.map(position) + [1]
    let within =
      (position(of: ability) - borders[level]) / max(borders[level + 1] - borders[level], 1e-9)
    let third = within < 1 / 3.0 ? "Low" : within < 2 / 3.0 ? "Middle" : "High"
    return phrases("result.range\(third)", ["level": self.level(at: level)])
  }
}
