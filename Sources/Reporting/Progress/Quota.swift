/// How much of a region is to have finished by the end of each year.
///
/// Jiangsu counts schools, 20 %, 40 % and 40 % in three years (苏教师〔2020〕5号); the national
/// programme of 2013 counted teachers.
public struct Quota: Hashable, Sendable {
  /// What is counted.
  public enum Counting: String, Hashable, Sendable, CaseIterable {
    /// Schools that have finished as a whole (整校推进).
    case schools
    /// Teachers who have finished.
    case teachers
  }

  /// A year's share.
  public struct Year: Hashable, Sendable {
    /// The year.
    public var year: Int
    /// The share to finish in this year, 0…1.
    public var share: Double

    /// Creates a year.
    public init(year: Int, share: Double) {
      self.year = year
      self.share = share
    }
  }

  /// How far a region is.
  public struct Progress: Hashable, Sendable {
    /// How many are counted in all: schools or teachers.
    public var total: Int
    /// How many of them have finished.
    public var finished: Int
    /// How many are to have finished by the end of the year.
    public var due: Int

    /// How many are missing.
    public var missing: Int { max(0, due - finished) }
  }

  /// What is counted.
  public var counting: Counting
  /// The years, in order.
  public var years: [Year]
  /// The share of a school's people from which the school counts as finished, 0…1.
  public var schoolFinishedFrom: Double

  /// Creates a quota.
  public init(counting: Counting, years: [Year], schoolFinishedFrom: Double = 1) {
    self.counting = counting
    self.years = years
    self.schoolFinishedFrom = schoolFinishedFrom
  }

  /// The share due by the end of a year, 0…1: the years' shares up to it together.
  public func shareDue(by year: Int) -> Double {
    min(1, years.reduce(0) { $1.year <= year ? $0 + $1.share : $0 })
  }

  /// The progress of a region.
  ///
  /// Schools where nobody is to take part are not counted. What is due is rounded up: a share of a
  /// school is a school.
  ///
  /// - Parameters:
  ///   - schools: the participation of each school.
  ///   - year: the year.
  /// - Returns: how far it is.
  public func progress(of schools: [Participation], by year: Int) -> Progress {
    let taking = schools.filter { $0.enrolled > 0 }
    let (total, finished) =
      switch counting {
      case .schools:
        (taking.count, taking.count { ($0.share ?? 0) >= schoolFinishedFrom })
      case .teachers:
        (taking.reduce(0) { $0 + $1.enrolled }, taking.reduce(0) { $0 + $1.finished })
      }
    // 0.2 + 0.4 is a little more than .6; a hair's breadth is no school.
    let due = Int((shareDue(by: year) * Double(total) - 1e-9).rounded(.up))
    return Progress(total: total, finished: finished, due: max(0, due))
  }
}
