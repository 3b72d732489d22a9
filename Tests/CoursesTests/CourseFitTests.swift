import Competency
import Courses
import Diagnostics
import Foundation
import Testing

/// For whom a course is, and how it was taken up.
struct CourseFitTests {
  private static let header =
    "id,title_zh,title_en,provider,form,mode,hours,level,primary,gains,prerequisite,equivalents,"
    + "price,evidence_zh,evidence_en,stages,subjects,enrolled,completed,ratings,rating\n"
  private static let row = "c1,甲,A,p1,video,online,2.5,0,X1,X1:0.30,,,0,,,"

  private func read(
    _ cells: String
  ) throws -> (catalogue: Catalogue?, codes: [String]) {
    let folder = try ContentFolder([
      "catalogue.csv": Self.header + Self.row + cells + "\n",
      "providers.csv": "id,name_zh,name_en\np1,示例甲,Sample A\n",
      "catalogue.json": "{\"sample\": true}",
    ])
    let read = CatalogueReader.read(folder: folder.url, frameworks: [FrameworkSamples.small])
    return (read.catalogue, read.diagnostics.map { "\($0.code) \($0.line):\($0.column)" })
  }

  @Test func `the further columns are read, and come out again as they were`() throws {
    let (read, codes) = try read("小学;初中,数学,120,90,40,4.3")
    let catalogue = try #require(read)
    #expect(codes.isEmpty)
    let course = catalogue.courses[0]
    #expect(course.stages == ["小学", "初中"] && course.subjects == ["数学"])
    #expect(
      course.uptake == CourseUptake(enrolled: 120, completed: 90, ratings: 40, meanRating: 4.3))
    let sheet = String(decoding: catalogue.coursesSheet(), as: UTF8.self)
    #expect(sheet.contains("小学;初中,数学,120,90,40,4.3"))
  }

  @Test func `without them a course is for everybody and nothing is said of its uptake`() throws {
    let course = try #require(try read(",,,,,").catalogue?.courses.first)
    #expect(course.uptake == nil && course.stages.isEmpty)
    #expect(course.suits(stage: "高中", subject: "物理"))
  }

  @Test(arguments: [
    (",,5,6,,", "completed-above-enrolled 2:19"), (",,some,,,", "bad-number 2:18"),
    (",,5,5,2,6", "bad-number 2:21"), (",,5,5,2,", "bad-number 2:21"),
    (",,-1,,,", "bad-number 2:18"),
  ])
  func `numbers that cannot be are told with their cell`(cells: String, fault: String) throws {
    let (catalogue, codes) = try read(cells)
    #expect(catalogue == nil && codes.contains(fault), "\(codes)")
  }

  @Test func `a course for some is for those, and for who did not say`() throws {
    let course = try #require(try read("小学；初中,数学,,,,").catalogue?.courses.first)
    #expect(course.suits(stage: "初中", subject: "数学"))
    #expect(course.suits(stage: nil, subject: nil))
    #expect(!course.suits(stage: "高中", subject: "数学"))
    #expect(!course.suits(stage: "小学", subject: "语文"))
  }

  @Test func `one course is changed in a sheet that is otherwise the same`() throws {
    let catalogue = try #require(try read("小学,,,,,").catalogue)
    var fields = Catalogue.fields(of: catalogue.courses[0])
    #expect(fields["hours"] == "2.5" && fields["gains"] == "X1:0.3")
    #expect(
      catalogue.coursesSheet(changing: .init(rawValue: "c1"), to: fields)?.bytes
        == catalogue.coursesSheet())
    fields["hours"] = "3\n4"
    let changed = try #require(
      catalogue.coursesSheet(changing: .init(rawValue: "c1"), to: fields))
    #expect(changed.line == 2)
    #expect(String(decoding: changed.bytes, as: UTF8.self).contains("online,34,"))
    #expect(catalogue.coursesSheet(changing: .init(rawValue: "c9"), to: fields) == nil)
  }
}
