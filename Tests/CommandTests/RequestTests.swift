import Foundation
import TestSupport
import Testing

/// The commands that answer a request in a file, called as a program calls them.
struct RequestTests {
  private func oracle(_ path: String) throws -> [[String: Any]] {
    let file = Project.root.appending(path: "Tests/\(path)")
    let document = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    let cases =
      document as? [[String: Any]]
      ?? (document as? [String: Any])?.values.compactMap { $0 as? [[String: Any]] }
      .first { $0.contains { $0["request"] != nil } }
    return try #require(cases)
  }

  /// Writes a request to a file for as long as the body runs.
  private func withRequest<Value>(_ request: Any, _ body: (String) throws -> Value) throws -> Value
  {
    let folder = try Project.temporaryFolder()
    let file = folder.appending(path: "request.json")
    try JSONSerialization.data(withJSONObject: request).write(to: file)
    let value = try body(file.path)
    try FileManager.default.removeItem(at: folder)
    return value
  }

  @Test func `diagnose prints what an independent program computed, to 1e-9`() throws {
    for vector in try oracle("PsychometricsTests/Oracles/diagnosis.json") {
      let command = try withRequest(try #require(vector["request"])) {
        try Command(["diagnose", $0])
      }
      #expect(command.status == 0)
      let answer = try #require(try command.json() as? [String: Any])
      let expected = try #require(vector["expected"] as? [String: Any])
      for key in ["mode", "eap", "sd", "mastery"] {
        let (mine, theirs) = (
          try #require(answer[key] as? [Double]), try #require(expected[key] as? [Double])
        )
        #expect(mine.count == theirs.count)
        #expect(zip(mine, theirs).allSatisfy { abs($0 - $1) < 1e-9 }, "\(key)")
      }
      let covariance = try #require(answer["covariance"] as? [[Double]])
      #expect(covariance.count == 30)
      let evidence = try #require(answer["logEvidence"] as? Double)
      #expect(abs(evidence - (try #require(expected["logEvidence"] as? Double))) < 1e-9)
    }
  }

  @Test func `plan reaches the best plan known within half a percent and breaks no more`() throws {
    for vector in try oracle("RecommendationTests/Oracles/plan.json") {
      let command = try withRequest(try #require(vector["request"])) { try Command(["plan", $0]) }
      #expect(command.status == 0)
      let answer = try #require(try command.json() as? [String: Any])
      let expected = try #require(vector["expected"] as? [String: Any])
      let best = try #require(expected["bestKnown"] as? [String: Any])
      let violation = try #require(answer["violation"] as? Double)
      #expect(abs(violation - (try #require(expected["violation"] as? Double))) < 1e-9)
      let utility = try #require(answer["utility"] as? Double)
      #expect(utility >= 0.995 * (try #require(best["utility"] as? Double)))
      let courses = try #require(answer["courses"] as? [String])
      #expect((answer["explanations"] as? [Any])?.count == courses.count)
    }
  }

  @Test func `plan also takes a profile and a shipped programme`() throws {
    let request: [String: Any] = [
      "profile": ["environment": "B", "abilities": ["B9": ["mean": -1, "standardError": 0.4]]],
      "programme": "jiangsu-2020",
    ]
    let command = try withRequest(request) { try Command(["plan", $0]) }
    #expect(command.status == 0)
    let answer = try #require(try command.json() as? [String: Any])
    #expect(answer["violation"] as? Double == 0)
    #expect((answer["courses"] as? [String])?.isEmpty == false)
  }

  @Test func `a request that names what is not there is refused in one sentence`() throws {
    let requests: [(String, Any)] = [
      ("plan", ["profile": ["environment": "Z"], "programme": "jiangsu-2020"]),
      ("plan", ["profile": ["environment": "A"], "programme": "none"]),
      ("plan", ["points": [Any]()]), ("diagnose", [Any]()), ("diagnose", ["points": 3]),
    ]
    for (name, request) in requests {
      let command = try withRequest(request) { try Command([name, $0]) }
      #expect(command.status == 1)
      #expect(command.output.isEmpty)
      #expect(command.errors.split(separator: "\n").count == 1)
    }
  }

  @Test func `score prints the outcomes of one response and of many`() throws {
    let item = "ItemBank/items/A1/a1-01.xml"
    let one = try Command(
      ["bank", "score", item, "--response", #"{"RESPONSE":{"base":{"identifier":"C"}}}"#])
    let answer = try #require(try one.json() as? [String: Any])
    #expect(answer["identifier"] as? String == "a1-01")
    #expect((answer["outcomes"] as? [String: Any])?["MAXSCORE"] as? Double == 4)
    let many = try withRequest([
      ["RESPONSE": ["base": ["identifier": "A"]]], ["RESPONSE": ["base": NSNull()]],
    ]) { try Command(["bank", "score", item, "--responses", $0]) }
    let answers = try #require(try many.json() as? [[String: Any]])
    #expect(answers.count == 2)
    #expect((answers[1]["outcomes"] as? [String: Any])?["SCORE"] as? Double == 0)
  }

  @Test(arguments: [
    #"{"RESPONSE":{"base":{"identifier":"Z"}}}"#, "{", "[]", #"{"X":{"base":null}}"#,
  ])
  func `a response that does not fit is refused in one sentence`(response: String) throws {
    let command = try Command(
      ["bank", "score", "ItemBank/items/A1/a1-01.xml", "--response", response])
    #expect(command.status == 1)
    #expect(command.output.isEmpty)
    #expect(command.errors.split(separator: "\n").count == 1)
  }

  @Test func `score sums a test's items by the test's own outcome processing`() throws {
    let best = ["RESPONSE": ["base": ["identifier": "C"]]]
    let test = "ItemBank/tests/diagnostic-2.0.xml"
    let command = try withRequest([["a1-01": best]]) {
      try Command(["bank", "score", test, "--responses", $0])
    }
    let answers = try #require(try command.json() as? [[String: Any]])
    let outcomes = try #require(answers[0]["outcomes"] as? [String: Any])
    #expect(outcomes["SCORE"] as? Double == 4)
    let unknown = try Command(
      ["bank", "score", test, "--response", #"{"zz":{"RESPONSE":{"base":null}}}"#])
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("zz"))
  }

  @Test func `a bank that is exported checks clean and scores as before`() throws {
    let folder = try Project.temporaryFolder()
    let package = folder.appending(path: "bank.zip").path
    let export = try Command(["bank", "export", "--to", package, "--usage"])
    #expect(export.status == 0)
    let counts = try #require(try export.json() as? [String: Any])
    #expect(counts["items"] as? Int ?? 0 >= 48)
    let check = try Command(["bank", "check", package, "--json"])
    #expect(check.status == 0)
    let report = try #require(try check.json() as? [String: Any])
    #expect(report["items"] as? Int == counts["items"] as? Int)
    #expect(try Command(["bank", "export", "--to", package]).status == 1)
    let part = folder.appending(path: "part.zip").path
    let some = try Command(["bank", "export", "--to", part, "--items", "a1-01,b1-01"])
    #expect((try some.json() as? [String: Any])?["items"] as? Int == 2)
    let unknown = folder.appending(path: "unknown.zip").path
    #expect(try Command(["bank", "export", "--to", unknown, "--items", "zz"]).status == 1)
    #expect(!FileManager.default.fileExists(atPath: unknown))
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `wrong usage has the exit code of wrong usage`() throws {
    #expect(try Command(["bank", "score", "x.xml"]).status == 64)
    #expect(try Command(["nonsense"]).status == 64)
  }
}
