import Courses
import Diagnostics

extension PlanRequest {
  /// Demands everything the planner takes for granted.
  func check() throws(RequestError) {
    try RequestError.checkLength(points.count, atMost: 500, "points")
    try RequestError.checkUnique(points.map(\.id), "points")
    for (name, values) in [
      ("posterior.mean", posterior.mean), ("posterior.standardError", posterior.standardError),
      ("target", target), ("weight", weight),
    ] {
      try RequestError.checkCount(values.count, points.count, name)
      try RequestError.checkSizes(values, name)
    }
    for place in points.indices {
      try RequestError.checkPositive(
        posterior.standardError[place], "posterior.standardError[\(place)]")
      try RequestError.checkNotNegative(weight[place], "weight[\(place)]")
    }
    try checkConstants()
    try checkRules()
    try RequestError.checkLength(courses.count, atMost: 20_000, "courses")
    try RequestError.checkUnique(courses.map(\.id), "courses")
    let knownPoints = Set(points.map(\.id))
    let knownCourses = Set(courses.map(\.id))
    for place in courses.indices {
      try checkCourse(place, points: knownPoints, courses: knownCourses)
    }
    try checkCourses(locked ?? [], in: knownCourses, "locked")
    try checkCourses(excluded ?? [], in: knownCourses, "excluded")
    try checkCourses(rules.compulsory ?? [], in: knownCourses, "rules.compulsory")
  }

  private func checkConstants() throws(RequestError) {
    try RequestError.checkLength(levelLocations.count, atMost: 100, "levelLocations")
    try RequestError.checkSizes(levelLocations, "levelLocations")
    try RequestError.checkPositive(levelWidth, "levelWidth")
    try RequestError.checkNotNegative(prerequisiteWaivedAt, "prerequisiteWaivedAt")
    try RequestError.checkNotNegative(hourPenalty, "hourPenalty")
    if let environment, !points.contains(where: { $0.environment == environment }) {
      throw RequestError(
        "environment",
        Text("没有属于“\(environment)”的能力点。", "No point belongs to \"\(environment)\"."))
    }
  }

  private func checkRules() throws(RequestError) {
    for (name, range) in [
      ("hours", rules.hours), ("online", rules.online), ("practice", rules.practice),
      ("video", rules.video),
    ] {
      guard let range else { continue }
      try RequestError.checkNotNegative(range.min ?? 0, "rules.\(name).min")
      try RequestError.checkNotNegative(range.max ?? 0, "rules.\(name).max")
      if let maximum = range.max, maximum < range.min ?? 0 {
        throw RequestError(
          "rules.\(name)", Text("最多不能少于最少。", "The maximum is below the minimum."))
      }
    }
    if let share = rules.practiceShare?.min, !(0...1).contains(share) {
      throw RequestError(
        "rules.practiceShare.min", Text("应在 0 到 1 之间。", "It must lie between 0 and 1."))
    }
    for (name, count) in [("points", rules.points), ("dimensions", rules.dimensions)] {
      try RequestError.checkNotNegative(Double(count?.min ?? 0), "rules.\(name).min")
    }
  }

  private func checkCourse(
    _ place: Int, points: Set<String>, courses known: Set<String>
  ) throws(RequestError) {
    let (course, field) = (courses[place], "courses[\(place)]")
    try RequestError.checkPositive(course.hours, "\(field).hours")
    guard Course.Mode(rawValue: course.mode) != nil else {
      throw RequestError(
        "\(field).mode",
        Text("应为 online 或 practice。", "It must be online or practice."))
    }
    if let form = course.form, Course.Form(rawValue: form) == nil {
      throw RequestError(
        "\(field).form",
        Text("应为 video、workshop 或 practice。", "It must be video, workshop or practice."))
    }
    try RequestError.checkPlace(course.level, in: levelLocations.count, "\(field).level")
    try RequestError.checkLength(course.gains.count, atMost: 500, "\(field).gains")
    for (point, gain) in course.gains.sorted(by: { $0.key < $1.key }) {
      try RequestError.checkKnown(point, in: points, "\(field).gains.\(point)")
      try RequestError.checkPositive(gain, "\(field).gains.\(point)")
    }
    guard course.gains[course.primary] != nil else {
      throw RequestError(
        "\(field).primary",
        Text("主要能力点应在 gains 之中。", "The primary point must be one of the gains."))
    }
    if let prerequisite = course.prerequisite {
      try checkCourses([prerequisite], in: known, "\(field).prerequisite")
    }
  }

  private func checkCourses(
    _ ids: [String], in known: Set<String>, _ field: String
  ) throws(RequestError) {
    for id in ids where !known.contains(id) {
      throw RequestError(field, Text("没有名为“\(id)”的课程。", "There is no course named \"\(id)\"."))
    }
  }
}
