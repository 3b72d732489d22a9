import Competency
import Courses
import Diagnostics
import Foundation
import Testing

/// The topics of the course standard of 2014, their matrix, and the sample courses on them.
struct CourseStandard2014Tests {
  private let catalogue: Catalogue
  private let standard: CourseStandard
  private let courses: [Course]
  private let framework = FrameworkSamples.fortyFiveRows

  private static var tests: URL { URL(filePath: #filePath).deletingLastPathComponent() }

  init() throws {
    let (read, diagnostics) = CatalogueReader.read(
      folder: Self.tests.appending(path: "../../Courses").standardized,
      frameworks: FrameworkSamples.shipped)
    try #require(diagnostics.isEmpty, "\(diagnostics)")
    catalogue = try #require(read)
    standard = try #require(catalogue.standards.first { $0.framework.rawValue == "cn-2014" })
    let id = framework.id
    courses = catalogue.courses.filter { $0.framework == id }
  }

  private struct Oracle: Decodable {
    struct Topic: Decodable {
      var id: String
      var maximumHours: Double
      var rows: [String]
    }

    var topics: [Topic]
  }

  @Test func `the 27 topics, their hours and their matrix are the published ones`() throws {
    let file = Self.tests.appending(path: "Oracles/course-standard-2014.json")
    let oracle = try JSONDecoder().decode(Oracle.self, from: try Data(contentsOf: file))
    #expect(standard.topics.map(\.id.rawValue) == (1...27).map { "T\($0)" })
    #expect(oracle.topics.map(\.id) == standard.topics.map(\.id.rawValue))
    for (topic, published) in zip(standard.topics, oracle.topics) {
      #expect(topic.maximumHours == published.maximumHours, "\(published.id)")
      #expect(Set(topic.points.map(\.rawValue)) == Set(published.rows), "\(published.id)")
      #expect(!topic.evidence.isEmpty)
    }
    // Four topics serve a whole category; one, on the standard itself, names no row.
    #expect(
      standard.topics.filter { $0.points.count == 20 }.map(\.id.rawValue) == [
        "T8", "T9", "T19", "T20",
      ])
    #expect(standard.topics.filter(\.points.isEmpty).map(\.id.rawValue) == ["T25"])
    #expect(
      Dictionary(grouping: standard.topics, by: \.series).mapValues(\.count) == [
        "S1": 15, "S2": 9, "S3": 3,
      ])
  }

  @Test func `every topic with rows has a course, and every row is served by one`() {
    let topics = Set(courses.compactMap(\.topic))
    #expect(topics == Set(standard.topics.filter { !$0.points.isEmpty }.map(\.id)))
    let served = Set(courses.flatMap(\.gains.keys))
    #expect(served == Set(framework.points.map(\.id)))
  }

  @Test func `a course keeps to its topic's rows and hours`() throws {
    for course in courses {
      let topic = try #require(course.topic.flatMap(standard.topic))
      #expect(Set(course.gains.keys).isSubset(of: topic.points), "\(course.id.rawValue)")
      #expect(course.hours <= topic.maximumHours, "\(course.id.rawValue)")
      #expect(course.mode == (course.form == .video ? .online : .practice))
      #expect((course.form == .video) == (course.evidence == nil), "\(course.id.rawValue)")
      #expect(course.title.chinese.count <= 30)
    }
    let titles = catalogue.courses.map(\.title.chinese)
    #expect(Set(titles).count == titles.count)
  }

  @Test func `teachers without pupils' devices can choose within the hours of either programme`() {
    let own = courses.filter { course in
      course.gains.keys.contains { framework.point($0)?.environment.rawValue != "II" }
    }
    let online = own.filter { $0.mode == .online }.map(\.hours).reduce(0, +)
    let practice = own.filter { $0.mode == .practice }.map(\.hours).reduce(0, +)
    #expect(online >= 60)
    #expect(practice >= 50)
  }

  @Test func `courses of one framework are no courses of another`() {
    let first = catalogue.courses(of: FrameworkSamples.thirtyPoints.id)
    #expect(first.count + courses.count == catalogue.courses.count)
    #expect(first.allSatisfy { $0.framework?.rawValue == "cn-2.0" })
    #expect(catalogue.courses(of: framework.id) == courses)
  }

  private static let row =
    "c1,课,Course,x,video,online,3,0,X1,X1:0.30,,,,,,%FRAMEWORK%,%TOPIC%"

  @Test(arguments: [
    ("small", "T1", 3.0, "X1", nil as String?), ("", "T1", 3, "X1", nil),
    ("small", "", 3, "X1", nil),
    ("large", "T1", 3, "X1", "unknown-framework"), ("small", "T9", 3, "X1", "unknown-topic"),
    ("small", "T1", 2, "X1", "topic-hours"), ("small", "T1", 3, "X2", "topic-points"),
  ])
  func `a row's framework and topic are checked`(
    framework: String, topic: String, most: Double, point: String, code: String?
  ) throws {
    let header =
      "id,title_zh,title_en,provider,form,mode,hours,level,primary,gains,prerequisite,equivalents,"
      + "price,evidence_zh,evidence_en"
    let folder = try ContentFolder([
      "catalogue.json": "{\"sample\": true}", "providers.csv": "id,name_zh,name_en\nx,甲,A\n",
      "catalogue.csv": header + "\n",
      "catalogue-small.csv": header + ",framework,topic\n"
        + Self.row.replacingOccurrences(of: "%FRAMEWORK%", with: framework)
        .replacingOccurrences(of: "%TOPIC%", with: topic) + "\n",
    ])
    let topics = folder.url.appending(path: "topics")
    try FileManager.default.createDirectory(at: topics, withIntermediateDirectories: true)
    let standard = """
      {"framework": "small", "title": {"zh-Hans": "标准", "en": "Standard"}, "topics": [{"id": "T1",
       "title": {"zh-Hans": "主题", "en": "Topic"}, "series": "S1", "group": "g",
       "maximumHours": \(most), "points": ["\(point)"], "evidence": []}]}
      """
    try Data(standard.utf8).write(to: topics.appending(path: "small.json"))
    let (catalogue, diagnostics) = CatalogueReader.read(
      folder: folder.url, frameworks: [FrameworkSamples.small])
    #expect(diagnostics.map(\.code) == [code].compactMap { $0 })
    #expect((catalogue == nil) == (code != nil))
    if code == nil {
      #expect(catalogue?.courses.map(\.framework?.rawValue) == ["small"])
      #expect(catalogue?.courses.map(\.topic?.rawValue) == [topic.isEmpty ? nil : topic])
    } else {
      #expect(diagnostics.allSatisfy { $0.file.hasSuffix("catalogue-small.csv") && $0.line == 2 })
    }
  }

  @Test(arguments: [
    ("\"small\"", "\"large\"", "unknown-framework"), ("\"X1\"", "\"Z1\"", "unknown-point"),
    ("\"maximumHours\": 3", "\"maximumHours\": 0", "bad-number"),
    ("\"evidence\": []", "\"proof\": []", "missing-field"),
  ])
  func `a course standard with a fault is told and not used`(
    change: String, to: String, code: String
  ) throws {
    let folder = try ContentFolder([
      "catalogue.json": "{\"sample\": true}", "providers.csv": "id,name_zh,name_en\n",
      "catalogue.csv":
        "id,title_zh,title_en,provider,form,mode,hours,level,primary,gains,prerequisite,equivalents,price,evidence_zh,evidence_en\n",
    ])
    let topics = folder.url.appending(path: "topics")
    try FileManager.default.createDirectory(at: topics, withIntermediateDirectories: true)
    let good = """
      {"framework": "small", "title": {"zh-Hans": "标准", "en": "Standard"}, "topics": [{"id": "T1",
       "title": {"zh-Hans": "主题", "en": "Topic"}, "series": "S1", "group": "g",
       "maximumHours": 3, "points": ["X1"], "evidence": []}]}
      """
    let bad = good.replacingOccurrences(of: change, with: to)
    try Data(bad.utf8).write(to: topics.appending(path: "small.json"))
    let (catalogue, diagnostics) = CatalogueReader.read(
      folder: folder.url, frameworks: [FrameworkSamples.small])
    #expect(catalogue == nil)
    #expect(diagnostics.map(\.code) == [code])
    #expect(diagnostics.first?.file.hasSuffix("topics/small.json") == true)
  }
}
