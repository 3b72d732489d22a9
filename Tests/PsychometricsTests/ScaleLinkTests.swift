import Psychometrics
import Testing

struct ScaleLinkTests {
  private let base = (0..<12).map { place in
    Calibration.Item(
      slope: 0.7 + 0.1 * Double(place),
      intercepts: [1.4 - 0.2 * Double(place), -0.3 - 0.25 * Double(place)])
  }

  /// The same items on a scale on which the base's θ is 1.3 θ + 0.4.
  private var new: [Calibration.Item] {
    base.map { item in
      Calibration.Item(
        slope: 1.3 * item.slope, intercepts: item.intercepts.map { $0 + 0.4 * item.slope })
    }
  }

  @Test func `mean and sigma find a link that is one`() throws {
    let link = try #require(ScaleLink.meanSigma(new: new, base: base))
    #expect(abs(link.slope - 1.3) < 1e-12)
    #expect(abs(link.shift - 0.4) < 1e-12)
    for (moved, item) in zip(new.map(link.applied), base) {
      #expect(abs(moved.slope - item.slope) < 1e-12)
      #expect(zip(moved.intercepts, item.intercepts).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test(arguments: [CalibrationModel.partialCredit, .graded])
  func `Stocking and Lord's criterion finds it from elsewhere`(model: CalibrationModel) throws {
    let link = try #require(
      ScaleLink.stockingLord(
        new: try new.map { try $0.responseModel(model) },
        base: try base.map { try $0.responseModel(model) },
        start: ScaleLink(slope: 1, shift: 0)))
    #expect(abs(link.slope - 1.3) < 1e-9)
    #expect(abs(link.shift - 0.4) < 1e-9)
  }

  @Test func `items that do not differ give no link`() {
    let same = [Calibration.Item](repeating: base[0], count: 1).map {
      Calibration.Item(slope: $0.slope, intercepts: [0])
    }
    #expect(ScaleLink.meanSigma(new: same, base: same) == nil)
  }
}
