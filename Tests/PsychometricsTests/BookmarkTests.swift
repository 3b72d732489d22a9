import Psychometrics
import Testing

/// The cut of an even number of judges.
struct BookmarkTests {
  @Test func `two middle marks count half each, and the error is that of a median`() throws {
    let booklet = Bookmark(
      models: try (0..<8).map {
        .logistic(try LogisticItem(discrimination: 1.2, difficulty: 0.3 * Double($0 * $0) - 2))
      })
    let locations = [2, 3, 5, 6].map { booklet.booklet[$0 - 1].location }
    let cut = try booklet.cut(marks: [6, 2, 5, 3])
    #expect(abs(cut.location - (locations[1] + locations[2]) / 2) < 1e-12)
    let mean = locations.reduce(0, +) / 4
    let variance = locations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
    // √(π/2) times the error of a mean.
    #expect(abs(cut.standardError - (Double.pi / 2 * variance / 4).squareRoot()) < 1e-12)
  }
}
