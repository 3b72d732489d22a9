public import Competency
public import Courses
public import Foundation
public import People
public import Reporting

/// Which courses the plans of a region's teachers hold, as published.
public struct PublishedDemand: Hashable, Sendable {
  /// How many plans are counted.
  public var plans: Int
  /// How many of them hold each course; a course that is not here has no figure yet.
  public var ranges: [Course.ID: CountRange]
  /// The last moment that any of it takes in.
  public var takenAt: Date
}

extension Store {
  /// The demand of a region: the sum of what is published of the regions in it, itself among them.
  ///
  /// - Parameters:
  ///   - regions: the region and those in it.
  ///   - framework: the framework.
  ///   - term: the term.
  /// - Returns: nil while nothing is published of any.
  /// - Throws: the database's error if it cannot be read.
  public func courseDemand(
    in regions: [AdministrativeUnit.ID], of framework: Framework.ID, term: Term
  ) async throws -> PublishedDemand? {
    let kept = try await engine.read { try $0.newestDemand(of: framework, in: term) }
    return regions.compactMap { kept[$0.rawValue] }.reduce(nil) { sum, region in
      var next =
        sum ?? PublishedDemand(plans: 0, ranges: [:], takenAt: region.takenAt)
      next.plans += region.demand.people.count
      next.takenAt = max(next.takenAt, region.takenAt)
      for (course, range) in region.demand.ranges {
        let id = Course.ID(rawValue: course)
        next.ranges[id] = next.ranges[id].map { $0 + range } ?? range
      }
      return next
    }
  }
}
