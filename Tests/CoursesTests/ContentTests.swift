import Competency
import Courses
import Foundation
import Testing

/// Holds the shipped courses and programmes to what the product promises about them.
struct ContentTests {
  private let framework = FrameworkSamples.thirtyPoints
  private let catalogue: Catalogue

  private static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Courses")
      .standardized
  }

  init() throws {
    let (read, diagnostics) = CatalogueReader.read(
      folder: Self.folder, frameworks: FrameworkSamples.shipped)
    try #require(diagnostics.isEmpty, "\(diagnostics)")
    // What is said here of one framework is said of the first; others have tests of their own.
    let whole = try #require(read)
    catalogue = Catalogue(
      version: whole.version, isSample: whole.isSample, courses: whole.courses(of: framework.id),
      providers: whole.providers)
  }

  @Test func `the catalogue is marked as a sample, and so is every provider`() {
    #expect(catalogue.isSample)
    #expect(catalogue.providers.count == 4)
    for provider in catalogue.providers {
      #expect(provider.name.chinese.hasPrefix("示例"))
      #expect(provider.name.english.hasPrefix("Sample"))
      #expect(catalogue.courses.contains { $0.provider == provider.id })
    }
  }

  @Test func `another programme is another version, because plans depend on both`() throws {
    let copy = FileManager.default.temporaryDirectory.appending(path: "courses-\(UUID())")
    try FileManager.default.copyItem(at: Self.folder, to: copy)
    let file = copy.appending(path: "programmes/jiangsu-2020.json")
    try (try Data(contentsOf: file) + Data("\n".utf8)).write(to: file)
    let changed = CatalogueReader.read(
      folder: copy, frameworks: FrameworkSamples.shipped
    ).catalogue
    #expect(changed != nil && changed?.version != catalogue.version)
    try FileManager.default.removeItem(at: copy)
  }

  @Test func `every point has a course of every form`() {
    #expect(catalogue.courses.count >= 96)
    for point in framework.points {
      let forms = Set(catalogue.courses.filter { $0.primary == point.id }.map(\.form))
      #expect(forms == Set(Course.Form.allCases), "\(point.id.rawValue)")
    }
  }

  @Test func `videos are online, workshops and practice are practice`() {
    for course in catalogue.courses {
      #expect(course.mode == (course.form == .video ? .online : .practice), "\(course.id.rawValue)")
    }
  }

  @Test func `hours and gains are of a believable size`() throws {
    let hours: [Course.Form: ClosedRange<Double>] = [
      .video: 2...5, .workshop: 3...6, .practice: 3...8,
    ]
    for course in catalogue.courses {
      let id = course.id.rawValue
      #expect(try #require(hours[course.form]).contains(course.hours), "\(id)")
      let primary = try #require(course.gains[course.primary])
      #expect((0.25...0.60).contains(primary), "\(id)")
      let others = course.gains.filter { $0.key != course.primary }.map(\.value)
      #expect(others.count <= 2, "\(id)")
      #expect(others.allSatisfy { (0.08...0.30).contains($0) && $0 < primary }, "\(id)")
    }
  }

  @Test(arguments: Course.Form.allCases)
  func `longer courses of a form gain more, and less for each hour`(form: Course.Form) {
    let byHours = Dictionary(grouping: catalogue.courses.filter { $0.form == form }, by: \.hours)
    let means = byHours.sorted { $0.key < $1.key }.map { hours, courses in
      let gains = courses.compactMap { $0.gains[$0.primary] }
      return (hours: hours, gain: gains.reduce(0, +) / Double(gains.count))
    }
    for (shorter, longer) in zip(means, means.dropFirst()) {
      #expect(longer.gain > shorter.gain)
      #expect(longer.gain / longer.hours < shorter.gain / shorter.hours)
    }
  }

  @Test func `all levels are in use`() {
    let levels = Dictionary(grouping: catalogue.courses, by: \.level).mapValues(\.count)
    #expect([0, 1, 2].allSatisfy { (levels[$0] ?? 0) >= 15 })
  }

  @Test func `a prerequisite is a lower course of the same point without an equivalent`() throws {
    let later = catalogue.courses.filter { $0.prerequisite != nil }
    #expect((15...25).contains(later.count))
    for course in later {
      let first = try #require(course.prerequisite.flatMap(catalogue.course))
      #expect(first.primary == course.primary, "\(course.id.rawValue)")
      #expect(first.level < course.level, "\(course.id.rawValue)")
      // A plan that holds the equivalent instead would not satisfy the prerequisite.
      #expect(first.equivalents == nil, "\(course.id.rawValue)")
    }
  }

  @Test func `equivalent courses are two providers' versions of one course`() {
    let groups = Dictionary(
      grouping: catalogue.courses.filter { $0.equivalents != nil }, by: \.equivalents)
    #expect((8...10).contains(groups.count))
    for courses in groups.values {
      #expect(courses.count == 2)
      #expect(Set(courses.map(\.provider)).count == 2)
      #expect(Set(courses.map(\.primary)).count == 1)
      #expect(Set(courses.map(\.form)).count == 1)
      #expect(Set(courses.map(\.hours)).count == 1)
      #expect(Set(courses.map(\.level)).count == 1)
    }
  }

  @Test(arguments: ["A", "B", "C"])
  func `each environment alone leaves room to choose within 50 to 55 hours`(name: String) {
    let courses = catalogue.courses.filter { course in
      course.gains.keys.contains { framework.point($0)?.environment.rawValue == name }
    }
    // Of two equivalent courses a plan holds one.
    var taken: Set<Course.EquivalenceGroup> = []
    let choice = courses.filter { $0.equivalents.map { taken.insert($0).inserted } ?? true }
    let online = choice.filter { $0.mode == .online }.map(\.hours).reduce(0, +)
    let practice = choice.filter { $0.mode == .practice }.map(\.hours).reduce(0, +)
    #expect(online + practice >= 110)
    #expect(online >= 45)
    #expect(practice >= 55)
  }

  @Test func `practice courses and workshops say what is handed in`() {
    for course in catalogue.courses where course.form != .video {
      #expect(course.evidence != nil, "\(course.id.rawValue)")
    }
  }

  @Test func `titles are unique and short enough for a phone`() {
    #expect(Set(catalogue.courses.map(\.title.chinese)).count == catalogue.courses.count)
    #expect(Set(catalogue.courses.map(\.title.english)).count == catalogue.courses.count)
    #expect(catalogue.courses.allSatisfy { $0.title.chinese.count <= 30 })
  }

  @Test func `Chinese text uses full-width punctuation and English text has no Chinese`() {
    let names = catalogue.courses.flatMap { [$0.title] + [$0.evidence].compactMap { $0 } }
    for name in names + catalogue.providers.map(\.name) {
      #expect(!name.chinese.contains { ",.;:?!()\"'".contains($0) }, "\(name.chinese)")
      #expect(name.chinese.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "\(name.chinese)")
      #expect(!name.english.isEmpty)
      #expect(
        !name.english.contains { ("\u{3000}"..."\u{9FFF}").contains($0) || "，。：？".contains($0) },
        "\(name.english)")
    }
  }

  @Test(arguments: [
    ("national-2019", 0.0, 25.0, 1), ("jiangsu-2020", 25, 25, 1), ("ziyuan-2020", 25, 25, 2),
  ])
  func `a programme's numbers are its document's`(
    id: String, online: Double, practice: Double, points: Int
  ) throws {
    let (programmes, diagnostics) = ProgrammeReader.read(
      folder: Self.folder.appending(path: "programmes"), frameworks: FrameworkSamples.shipped)
    #expect(diagnostics.isEmpty)
    #expect(programmes.count { $0.framework == framework.id } == 3)
    let programme = try #require(programmes.first { $0.id.rawValue == id })
    #expect(
      programme.rules
        == ProgrammeRules(
          hours: .init(minimum: 50, maximum: 55), online: .init(minimum: online),
          practice: .init(minimum: practice), minimumPoints: points, minimumDimensions: 1,
          video: id == "jiangsu-2020" ? .init(minimum: 25) : nil,
          practiceShare: id == "jiangsu-2020" ? nil : .init(minimum: 0.5)))
    // The most hours are nobody's rule but ours.
    #expect(programme.sources.contains { $0.rule == .hours && $0.isSetting })
    #expect(programme.sources.contains { $0.rule == .hours && !$0.isSetting })
    #expect(programme.sources.contains { $0.rule == .dimensions && $0.isSetting })
    // A setting has no words to quote; of the national document only an altered copy was at hand.
    #expect(programme.sources.allSatisfy { !$0.isSetting || $0.quote == nil })
    if id == "national-2019" { #expect(programme.sources.allSatisfy { $0.quote == nil }) }
  }
}
