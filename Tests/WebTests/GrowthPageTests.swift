import Foundation
import TestSupport
import Testing

@testable import Web

/// Taking the diagnostic again, and the teacher's own guess beside the result.
struct GrowthPageTests {
  private func taken(_ visitor: Visitor, _ fields: [(String, String)]) async throws -> String {
    let reply = try await visitor.post("/sessions", fields)
    #expect(reply.status == 303)
    let session = String(try #require(reply.location).split(separator: "/")[1])
    try await visitor.finish(session)
    return session
  }

  @Test func `who comes back is asked other questions and told what has changed`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let first = try await taken(visitor, Visitor.startFields)
      let page = try await visitor.get("/sessions/\(first)/result").text
      #expect(!page.contains("和上次相比"), "there is no last time")
      let second = try await taken(visitor, Visitor.startFields)
      let result = try await visitor.get("/sessions/\(second)/result").text
      #expect(result.contains("和上次相比"))
      #expect(result.contains("两次没有一道相同的题"))
      #expect(result.contains("/sessions/\(first)/result"))
      #expect(result.contains("上次和这次的水平"))
      #expect(
        result.firstMatch(of: #/<td>(有提升，把握大|可能有提升|看不出变化)</td>/#) != nil)
    }
  }

  @Test func `another classroom is not compared, and the page says why`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      _ = try await taken(visitor, Visitor.startFields)
      var fields = Visitor.startFields
      fields[0] = ("environment", "B")
      let second = try await taken(visitor, fields)
      let result = try await visitor.get("/sessions/\(second)/result").text
      #expect(result.contains("两次选的教室条件不同"))
      #expect(!result.contains("两次没有一道相同的题"))
    }
  }

  @Test func `nobody is compared with another teacher at the same computer`() async throws {
    try await TestSite.with { site in
      _ = try await taken(site.visitor(), Visitor.startFields)
      let other = site.visitor()
      let session = try await taken(other, Visitor.startFields)
      let result = try await other.get("/sessions/\(session)/result").text
      #expect(!result.contains("和上次相比"))
    }
  }

  @Test func `a guess stands beside the result, and is kept while the form has faults`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let faulty = try await visitor.post("/sessions", [("environment", "A"), ("self-XQ", "2")])
      #expect(faulty.status == 422)
      #expect(faulty.text.contains("<option value=\"2\" selected>"))
      let fields = Visitor.startFields + [("self-XQ", "2"), ("self-SJ", "9"), ("self-XX", "1")]
      let session = try await taken(visitor, fields)
      let result = try await visitor.get("/sessions/\(session)/result").text
      #expect(result.contains("和你自己的估计相比"))
      let rows = result.matches(of: #/在“([^”]*)”的可能性约 \d+%/#)
      #expect(rows.count == 1, "what is no level was not said")
    }
  }

  @Test func `without a guess nothing is said of one`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await taken(visitor, Visitor.startFields)
      let result = try await visitor.get("/sessions/\(session)/result").text
      #expect(!result.contains("和你自己的估计相比"))
    }
  }
}
