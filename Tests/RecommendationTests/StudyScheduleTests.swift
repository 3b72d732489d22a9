import Competency
import Courses
import Recommendation
import Testing

struct StudyScheduleTests {
  /// Days since 1970-01-01 as Python's `datetime.date.toordinal` counts them.
  @Test(arguments: [
    ("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-26", 20_783), ("1900-03-01", -25_508),
    ("2199-12-31", 84_005), ("2024-12-31", 20_088),
  ])
  func `a day has the number that a calendar gives it, and reads back`(iso: String, number: Int)
    throws
  {
    let day = try #require(StudyDay(iso))
    #expect(day.number == number)
    #expect(day.iso == iso)
  }

  @Test(arguments: ["2026-09-01", "2026/9/1", "2026.09.1", "2026年9月1日", "２０２６-９-１", " 2026-9-01 "])
  func `a day is read as people write it`(text: String) {
    #expect(StudyDay(text)?.iso == "2026-09-01")
  }

  @Test(arguments: [
    "", "2026-02-29", "2026-13-01", "2026-9", "2026-09-01-01", "9月1日", "26-09-01", "x-y-z",
  ])
  func `what is no day is none`(text: String) {
    #expect(StudyDay(text) == nil)
  }

  private func course(_ id: String, _ mode: Course.Mode, after prerequisite: String? = nil)
    -> Course
  {
    let point = CompetencyPoint.ID(rawValue: "p")
    return Course(
      id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
      provider: Provider.ID(rawValue: "x"), form: mode == .online ? .video : .practice, mode: mode,
      hours: 2, level: 0, gains: [point: 1], primary: point,
      prerequisite: prerequisite.map(Course.ID.init(rawValue:)))
  }

  @Test func `online courses come first, and never before what they need`() {
    let courses = [
      course("a", .practice), course("b", .online, after: "a"), course("c", .online),
      course("d", .online, after: "gone"),
    ]
    let ids = { (isOnlineFirst: Bool) in
      StudySchedule.order(courses, isOnlineFirst: isOnlineFirst).map(\.id.rawValue)
    }
    #expect(ids(true) == ["c", "d", "a", "b"])
    #expect(ids(false) == ["a", "b", "c", "d"])
  }

  @Test func `a circle of prerequisites holds nothing up`() {
    let courses = [course("a", .online, after: "b"), course("b", .online, after: "a")]
    #expect(Set(StudySchedule.order(courses, isOnlineFirst: false).map(\.id)).count == 2)
  }

  @Test func `days are shared out by hours, the last course ends on the last day`() throws {
    let start = try #require(StudyDay("2026-09-01"))
    let end = StudyDay(number: start.number + 9)
    let days = StudySchedule.dueDays(hours: [5, 2.5, 2.5], from: start, through: end)
    #expect(days.map { $0.number - start.number } == [4, 7, 9])
  }

  @Test(arguments: [[1.0], [3, 3, 3, 1], [Double](repeating: 0.5, count: 100)])
  func `no course is due before the one before it, nor outside the time`(hours: [Double]) throws {
    let start = try #require(StudyDay("2026-09-01"))
    for length in [0, 3, 200] {
      let end = StudyDay(number: start.number + length)
      let days = StudySchedule.dueDays(hours: hours, from: start, through: end)
      #expect(days == days.sorted())
      #expect(days.allSatisfy { (start...end).contains($0) })
      #expect(days.last == end)
    }
  }
}
