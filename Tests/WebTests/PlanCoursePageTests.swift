import Competency
import Courses
import Foundation
import ItemBank
import Recommendation
import TestSupport
import Testing

@testable import Web

/// Why a course is not in the plan, and what could take the place of one that is.
struct PlanCoursePageTests {
  @Test func `a search finds courses by words, points and institution in both languages`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      for words in ["A1-V2", "平均分", "average%20hides"] {
        let page = try await world.visitor.get(
          "\(plan)/courses?q=\(words.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed.union(["%"])) ?? "")"
        ).text
        #expect(page.contains("\(plan)/courses/A1-V2"), "\(words)")
      }
      let none = try await world.visitor.get("\(plan)/courses?q=zzz").text
      #expect(none.contains("没有这样的课"))
    }
  }

  @Test func `a course that is not in the plan gets a reason and the cost of bringing it in`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      let planned = Set(PlanWorld.courses(try await world.visitor.get(plan).text))
      for course in site.content.catalogue.courses where !planned.contains(course.id.rawValue) {
        guard course.framework?.rawValue == "cn-2.0" else { continue }
        let page = try await world.visitor.get("\(plan)/courses/\(course.id.rawValue)")
        #expect(page.status == 200)
        #expect(page.text.contains("为什么没排它"))
        #expect(
          page.text.firstMatch(of: #/<h2 id="reasons-title">[^<]*<\/h2>\s*<ul>\s*<li>[^<]/#) != nil)
        #expect(page.text.contains("排进来的代价"))
        // Every twelfth is enough: each tries a plan.
        if course.id.rawValue.hasSuffix("V2") { break }
      }
    }
  }

  @Test func `courses of another environment, another standard and refused ones are told apart`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      let page = { (course: String) in
        try await world.visitor.get("\(plan)/courses/\(course)").text
      }
      let other = try #require(
        site.content.catalogue.courses.first { course in
          course.gains.keys.allSatisfy { $0.rawValue.hasPrefix("C") }
            && course.framework?.rawValue == "cn-2.0"
        })
      #expect(try await page(other.id.rawValue).contains("它不涉及"))
      let foreign = try #require(
        site.content.catalogue.courses.first { $0.framework?.rawValue == "cn-2014" })
      #expect(try await page(foreign.id.rawValue).contains("另一个能力标准"))
      let gone = PlanWorld.courses(try await world.visitor.get(plan).text)[0]
      try await world.change(plan, [("change", "exclude"), ("course", gone)])
      #expect(try await page(gone).contains("你说过不要这门课"))
      #expect(try await world.visitor.get("\(plan)/courses/no-such").status == 404)
    }
  }

  @Test func `a course of the plan gets up to five exchanges, each with what it changes`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      let courses = PlanWorld.courses(try await world.visitor.get(plan).text)
      let page = try await world.visitor.get("\(plan)/courses/\(courses[0])").text
      let offers = page.matches(of: #/name="with" value="([^"]+)"/#).map { String($0.1) }
      #expect((1...5).contains(offers.count))
      #expect(page.contains("预计提高"))
      try await world.change(
        plan, [("change", "replace"), ("course", courses[0]), ("with", offers.last ?? "")])
      let changed = PlanWorld.courses(try await world.visitor.get(plan).text)
      #expect(changed.contains(offers.last ?? ""))
      #expect(!changed.contains(courses[0]))
    }
  }
}
