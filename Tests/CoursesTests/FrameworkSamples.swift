import Competency

/// Frameworks made by hand for these tests; no content is read.
enum FrameworkSamples {
  /// Three points: X1 and X2 in environment X, Y1 in environment Y, two dimensions.
  static var small: Framework {
    framework("small", grid: [("X", "d1", ["X1"]), ("X", "d2", ["X2"]), ("Y", "d1", ["Y1"])])
  }

  /// The 30 points of the 2.0 project with their dimensions and environments.
  static var thirtyPoints: Framework {
    framework(
      "cn-2.0",
      grid: [
        ("A", "学情分析", ["A1"]), ("A", "教学设计", ["A2", "A3", "A4"]),
        ("A", "学法指导", ["A5", "A6", "A7", "A8", "A9", "A10"]),
        ("A", "学业评价", ["A11", "A12", "A13"]),
        ("B", "学情分析", ["B1"]), ("B", "教学设计", ["B2", "B3"]),
        ("B", "学法指导", ["B4", "B5", "B6", "B7", "B8"]), ("B", "学业评价", ["B9", "B10"]),
        ("C", "教学设计", ["C1", "C2"]), ("C", "学法指导", ["C3", "C4", "C5"]),
        ("C", "学业评价", ["C6", "C7"]),
      ])
  }

  /// The 45 rows of the 2014 standard with their dimensions and categories.
  static var fortyFiveRows: Framework {
    let rows = [("D1", 1...5), ("D2", 6...11), ("D3", 12...16), ("D4", 17...20)]
    let grid = ["I", "II"].flatMap { category in
      rows.map { dimension, numbers in
        (environment: category, dimension: dimension, points: numbers.map { "\(category)-\($0)" })
      }
    }
    return framework(
      "cn-2014", grid: grid + [("C", "D5", (21...25).map { "C\($0)" })])
  }

  /// The frameworks of the shipped bank.
  static var shipped: [Framework] { [thirtyPoints, fortyFiveRows] }

  private static func framework(
    _ id: String, grid: [(environment: String, dimension: String, points: [String])]
  ) -> Framework {
    let points = grid.flatMap { cell in
      cell.points.map { code in
        CompetencyPoint(
          id: .init(rawValue: code), name: name(code),
          dimension: .init(rawValue: cell.dimension),
          environment: .init(rawValue: cell.environment), nameStatus: .fromMemory,
          caseIdentifier: code)
      }
    }
    let dimensions = Set(grid.map(\.dimension)).sorted().map {
      Dimension(id: .init(rawValue: $0), name: name($0))
    }
    let environments = Set(grid.map(\.environment)).sorted().map {
      Environment(
        id: .init(rawValue: $0), name: name($0), description: name($0),
        includes: [.init(rawValue: $0)])
    }
    return Framework(
      id: .init(rawValue: id), version: "1", title: name(id), dimensions: dimensions,
      environments: environments, points: points, measurement: measurement)
  }

  private static func name(_ text: String) -> LocalizedName {
    LocalizedName(chinese: text, english: text)
  }

  private static var measurement: MeasurementConstants {
    MeasurementConstants(
      version: "1", priorMean: 0, generalVariance: 0.5, dimensionVariance: 0.1,
      environmentVariance: 0.1, specificVariance: 0.3, testletVariance: 0.2, target: 0.5,
      targetStandardError: 0.1, provisionalVariance: 0.1, levels: [],
      courseLevelLocations: [-1, 0, 1], courseLevelWidth: 0.9, prerequisiteWaivedAt: 0.7,
      hourPenalty: 0.002)
  }
}
