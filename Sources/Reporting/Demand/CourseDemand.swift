/// Which courses the plans of a region's teachers hold, as it is published: of each course a range.
///
/// Each teacher is counted once a term, with the plan as it stood then, and nobody leaves: see
/// ``CountRange`` for what that keeps hidden. The figures of a larger region are sums of these.
public struct CourseDemand: Hashable, Sendable {
  /// The plan of one teacher.
  public struct Plan: Hashable, Sendable {
    /// The teacher, by a number without meaning.
    public var person: Int64
    /// The courses it holds, by their identifiers.
    public var courses: Set<String>

    /// Creates a plan.
    public init(person: Int64, courses: Set<String>) {
      self.person = person
      self.courses = courses
    }
  }

  /// Who is counted, ascending.
  public var people: [Int64]
  /// How many of their plans hold each course.
  public var ranges: [String: CountRange]
  /// The true numbers, to go on counting from: not to be shown.
  public var numbers: [String: Int]

  /// Puts stored figures together again.
  public init(people: [Int64], ranges: [String: CountRange], numbers: [String: Int]) {
    self.people = people
    self.ranges = ranges
    self.numbers = numbers
  }

  /// Before anybody is counted.
  public static let nothing = CourseDemand(people: [], ranges: [:], numbers: [:])

  /// How many people have to join before a figure is published, and before it moves.
  public static func step(from former: CourseDemand, rules: DisclosureRules) -> Int {
    (former.people.isEmpty ? 2 : 3) * rules.minimumPeople
  }

  /// The figures with the plans of people who were not counted yet.
  ///
  /// - Parameters:
  ///   - plans: plans of people; of those who are counted already the plan is left aside.
  ///   - courses: the courses on offer, by their identifiers: what no plan holds is said too.
  ///   - rules: the rules.
  /// - Returns: nil while too few joined, and nothing moves.
  public func joined(
    by plans: [Plan], courses: [String], rules: DisclosureRules = DisclosureRules()
  ) -> CourseDemand? {
    let counted = Set(people)
    let new = plans.filter { !counted.contains($0.person) }
    guard new.count >= Self.step(from: self, rules: rules) else { return nil }
    var next = self
    next.people = (people + new.map(\.person)).sorted()
    for plan in new {
      for course in plan.courses { next.numbers[course, default: 0] += 1 }
    }
    for course in Set(courses).union(next.numbers.keys) {
      // Of a course that is new this term everybody knows that nobody had it.
      let former = ranges[course] ?? .nobody
      next.ranges[course] = former.after(
        joined: new.count, number: next.numbers[course] ?? 0, width: rules.minimumPeople)
    }
    return next
  }
}
