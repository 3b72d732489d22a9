import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// A bank with several tests: the programme decides which one a visitor takes.
struct SeveralTestsPageTests {
  private static let fields = [
    ("test", "diagnostic-2014"), ("environment", "I"), ("schoolStage", "primary"),
    ("subject", "chinese"), ("programme", "quanzhou-2016"),
  ]

  private func values(of name: String, on page: String) -> [String] {
    page.matches(of: #/<input[^>]*>/#).map { String($0.0) }
      .filter { $0.contains("name=\"\(name)\"") }
      .compactMap { $0.firstMatch(of: #/value="([^"]*)"/#).map { String($0.1) } }
  }

  @Test func `the start offers every test with its programmes, and asks for one's environments`()
    async throws
  {
    try await TestSite.with { site in
      let first = try await site.visitor().get("/start").text
      #expect(first.contains("href=\"/start?test=diagnostic-2014\""))
      #expect(values(of: "test", on: first) == ["diagnostic-2.0"])
      #expect(values(of: "environment", on: first) == ["A", "B", "C", "unknown"])
      #expect(
        values(of: "programme", on: first) == ["jiangsu-2020", "national-2019", "ziyuan-2020"])
      let other = try await site.visitor().get("/start?test=diagnostic-2014").text
      #expect(other.contains("href=\"/start?test=diagnostic-2.0\""))
      #expect(values(of: "environment", on: other) == ["I", "II", "unknown"])
      #expect(values(of: "programme", on: other) == ["national-2013", "quanzhou-2016"])
      #expect(other.contains("优化课堂教学"))
      #expect(!other.contains("多媒体教学环境"))
    }
  }

  @Test func `a programme's address leads to its test, the programme chosen`() async throws {
    try await TestSite.with { site in
      let page = try await site.visitor().get("/start?programme=quanzhou-2016").text
      #expect(values(of: "test", on: page) == ["diagnostic-2014"])
      #expect(page.firstMatch(of: #/value="quanzhou-2016" checked/#) != nil)
      // What is unknown leads to the first test instead of to an error.
      for path in ["/start?programme=nowhere-1900", "/start?test=nothing"] {
        let page = try await site.visitor().get(path)
        #expect(page.status == 200)
        #expect(values(of: "test", on: page.text) == ["diagnostic-2.0"])
      }
    }
  }

  @Test func `a visitor goes from Quanzhou's programme to a plan of its courses`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let begun = try await visitor.post("/sessions", Self.fields)
      #expect(begun.status == 303)
      let session = String(try #require(begun.location).split(separator: "/")[1])
      try await visitor.finish(session)
      let result = try await visitor.get("/sessions/\(session)/result").text
      #expect(values(of: "programme", on: result) == ["national-2013", "quanzhou-2016"])
      #expect(result.contains("学习与发展"))
      // The names are ours; the standard's own words stand beside them.
      #expect(result.contains("能力点的名称是本站拟的简称"))
      #expect(result.contains("了解多媒体教学环境的类型与功能，熟练操作常用设备。"))
      let made = try await visitor.post("/sessions/\(session)/plans")
      let plan = try await visitor.get(try #require(made.location)).text
      #expect(plan.contains("符合方案的全部要求"))
      #expect(plan.contains("76–84 学时"))
      #expect(plan.contains("（主题 3）计 4 学时"))
      #expect(plan.contains("80 学时共 240 元"))
      #expect(plan.contains("诊断测评、选任务、定计划"))
      let courses = plan.matches(of: #/id="course-([^"]+)"/#).map { String($0.1) }
      #expect(courses.count > 10)
      #expect(courses.allSatisfy { $0.hasPrefix("T") })
    }
  }

  @Test func `an environment or a programme of another test is not taken`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      for (place, value) in [(1, "A"), (1, "C"), (4, "jiangsu-2020")] {
        var fields = Self.fields
        fields[place].1 = value
        let reply = try await visitor.post("/sessions", fields)
        #expect(reply.status == 422, "\(value)")
        // The page that comes back is still that of the test.
        #expect(values(of: "environment", on: reply.text) == ["I", "II", "unknown"])
      }
      let session = try await visitor.begin()
      try await visitor.finish(session)
      let plan = try await visitor.post(
        "/sessions/\(session)/plans", [("programme", "quanzhou-2016")])
      #expect(plan.status == 400 || plan.status == 422)
    }
  }

  @Test func `a program finds both tests and starts the one that its programme is for`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let reply = try await visitor.get("/api/v1/tests")
      let tests = try #require(
        try JSONSerialization.jsonObject(with: Data(reply.body)) as? [[String: Any]])
      #expect(tests.map { $0["id"] as? String } == ["diagnostic-2.0", "diagnostic-2014"])
      #expect(tests.map { $0["programme"] as? String } == ["jiangsu-2020", "national-2013"])
      let environments = try tests.map { test in
        try #require(test["environments"] as? [[String: Any]]).compactMap { $0["id"] as? String }
      }
      #expect(environments == [["A", "B", "C"], ["I", "II"]])
      let wishes: [(wish: [String: String], status: Int)] = [
        (["test": "diagnostic-2014", "environment": "II"], 201),
        (["programme": "quanzhou-2016", "environment": "II"], 201),
        (["environment": "B"], 201),
        (["test": "diagnostic-2014", "environment": "B"], 422),
        (["test": "diagnostic-2014", "programme": "jiangsu-2020", "environment": "II"], 422),
        (["test": "another", "environment": "II"], 422),
      ]
      for (wish, status) in wishes {
        let begun = try await visitor.json(.post, "/api/v1/sessions", wish)
        #expect(begun.status == status, "\(wish)")
      }
    }
  }
}
