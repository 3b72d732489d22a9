import Foundation
import Testing
import TestSupport

/// `plan` beyond the plan itself, `programme check` and `school-plan`.
struct PlanCommandTests {
  private func request<Result>(_ object: Any, _ run: (String) throws -> Result) throws -> Result {
    let folder = try Project.temporaryFolder()
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        Issue.record("\(error)")
      }
    }
    let file = folder.appending(path: "request.json")
    try JSONSerialization.data(withJSONObject: object).write(to: file)
    return try run(file.path)
  }

  private func answer(_ command: Command) throws -> [String: Any] {
    try #require(try command.json() as? [String: Any], "\(command.errors)")
  }

  private let small: [String: Any] = [
    "points": [["id": "p", "dimension": "d", "environment": "A"]],
    "posterior": ["mean": [-1], "standardError": [0.5]], "target": [0.4], "weight": [1],
    "levelLocations": [0], "levelWidth": 1, "prerequisiteWaivedAt": 0.7, "hourPenalty": 0.002,
    "courses": [
      ["id": "a", "hours": 4, "mode": "online", "level": 0, "gains": ["p": 0.4], "primary": "p"],
      ["id": "b", "hours": 3, "mode": "practice", "level": 0, "gains": ["p": 0.3], "primary": "p"],
      ["id": "c", "hours": 6, "mode": "practice", "level": 0, "gains": ["p": 0.2], "primary": "p"],
    ],
  ]

  @Test func `rules that cannot be packed come with the smallest set that cannot`() throws {
    var request = small
    request["rules"] = [
      "hours": ["min": 5, "max": 6], "online": ["min": 4], "practice": ["min": 1],
    ]
    let command = try self.request(request) { try Command(["plan", $0]) }
    #expect(command.status == 0)
    let answer = try answer(command)
    #expect((answer["courses"] as? [String])?.isEmpty == false)
    let conflict = try #require(answer["conflict"] as? [String: Any])
    #expect(conflict["proved"] as? Bool == false)
    let demands = try #require(conflict["demands"] as? [[String: Any]])
    let words = demands.compactMap { $0["english"] as? String }
    #expect(
      words == ["all hours at most 6", "online hours at least 4", "practice hours at least 1"])
  }

  @Test func `a course that was asked about has a reason`() throws {
    var request = small
    request["rules"] = ["hours": ["max": 7]]
    request["why"] = ["c", "a", "z"]
    let answer = try answer(self.request(request) { try Command(["plan", $0]) })
    let absences = try #require(answer["absences"] as? [[String: Any]])
    let reasons = absences.compactMap { $0["reasons"] as? [[String: Any]] }
    #expect(
      reasons.map { $0.compactMap { $0["reason"] as? String } }
        == [["rule"], ["planned"], ["notOffered"]])
    let broken = try #require(reasons[0][0]["violation"] as? [String: Any])
    #expect(broken["rule"] as? String == "hours")
    #expect(broken["amount"] as? Double == 6)
    // In the place of a there are 9 hours, in that of b 10.
    #expect(absences[0]["instead"] as? String == "a")
    #expect((absences[0]["utilityChange"] as? Double ?? 1) < 0)
  }

  @Test
  func `without cbc the certificate is refused with what to install, and the model is written`()
    throws
  {
    let folder = try Project.temporaryFolder()
    let model = folder.appending(path: "model.lp")
    let command = try request(small.merging(["rules": [String: Any]()]) { $1 }) {
      try Command(
        ["plan", $0, "--certify", "--lp", model.path], environment: ["PATH": folder.path])
    }
    #expect(command.status == 78)
    #expect(command.output.isEmpty)
    #expect(command.errors.contains("coinor-cbc"))
    let text = try String(contentsOf: model, encoding: .utf8)
    #expect(text.contains("Minimize") && text.contains("Binaries") && text.hasSuffix("End\n"))
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `a solver that says nothing useful ends in a sentence`() throws {
    let folder = try Project.temporaryFolder()
    let script = folder.appending(path: "cbc")
    try Data("#!/bin/sh\nexit 3\n".utf8).write(to: script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
    let command = try request(small.merging(["rules": [String: Any]()]) { $1 }) {
      try Command(["plan", $0, "--certify"], environment: ["PATH": folder.path + ":/bin:/usr/bin"])
    }
    #expect(command.status == 1)
    #expect(command.errors.contains("cbc"))
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `a solver's proof is printed with gap and bound`() throws {
    // A stand-in for the solver: it says that taking a and b costs least, which is true.
    let folder = try Project.temporaryFolder()
    let script = folder.appending(path: "cbc")
    let lines = """
      #!/bin/sh
      for last; do :; done
      printf 'Optimal - objective value -9\\n 0 x0 1 0\\n 1 x1 1 0\\n' > "$last"
      echo 'Result - Stopped on time limit'
      echo 'Lower bound: -9'
      """
    try Data(lines.utf8).write(to: script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
    let command = try request(small.merging(["rules": [String: Any]()]) { $1 }) {
      try Command(
        ["plan", $0, "--certify", "--json"], environment: ["PATH": folder.path + ":/bin:/usr/bin"])
    }
    let certificate = try #require(try answer(command)["certificate"] as? [String: Any])
    #expect(certificate["bound"] as? Double == 9)
    let utility = try #require(certificate["utility"] as? Double)
    #expect(abs((certificate["gap"] as? Double ?? 0) - (9 - utility) / 9) < 1e-12)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `what a teacher has earned is taken from the hours, and who is exempt is told`() throws
  {
    let request: [String: Any] = [
      "profile": ["environment": "I"], "programme": "quanzhou-2016", "date": "2026-11-26",
      "account": [
        "credits": [["day": "2026-03-01", "hours": 20, "mode": "online"]], "provider": "jia",
        "retirement": ["born": "1968-06-01", "sex": "male"], "takesPart": true,
      ],
    ]
    let answer = try answer(self.request(request) { try Command(["plan", $0]) })
    let standing = try #require(answer["standing"] as? [String: Any])
    #expect(standing["participation"] as? String == "optedIn")
    #expect(standing["retires"] as? String == "2029-05-01")
    #expect(standing["online"] as? Double == 22)
    let balance = try #require(answer["balance"] as? [String: Any])
    let hours = try #require(balance["hours"] as? Double)
    #expect(answer["cost"] as? Double == 3 * hours)
  }

  @Test(arguments: [
    #"{"credits": [{"day": "2026-02-30", "hours": 1, "mode": "online"}]}"#,
    #"{"credits": [{"day": "2026-02-20", "hours": -1, "mode": "online"}]}"#,
    #"{"credits": [{"day": "2026-02-20", "hours": 1}]}"#,
    #"{"credits": [{"day": "2026-02-20", "hours": 1, "course": "none"}]}"#,
    #"{"results": ["Z9"]}"#, #"{"provider": "none"}"#,
    #"{"retirement": {"born": "1970-01-01", "sex": "x"}}"#,
  ])
  func `an account that does not fit is refused in one sentence with its place`(
    account: String
  ) throws {
    let account = try JSONSerialization.jsonObject(with: Data(account.utf8))
    let command = try request(
      ["profile": ["environment": "I"], "programme": "quanzhou-2016", "account": account]
        as [String: Any]
    ) { try Command(["plan", $0]) }
    #expect(command.status == 1)
    #expect(command.output.isEmpty)
    #expect(command.errors.split(separator: "\n").count == 1)
    #expect(command.errors.contains("account."))
  }

  @Test func `the shipped programmes pass, and a copy that contradicts itself is refused`() throws {
    let shipped = [
      "jiangsu-2020", "national-2013", "national-2019", "quanzhou-2016", "ziyuan-2020",
    ]
    .map { "Courses/programmes/\($0).json" }
    let good = try Command(["programme", "check"] + shipped)
    #expect(good.status == 0, "\(good.errors)")
    let folder = try Project.temporaryFolder()
    let copy = folder.appending(path: "copy.json")
    let text = try String(
      contentsOf: Project.root.appending(path: shipped[0]), encoding: .utf8)
    try Data(text.replacingOccurrences(of: "\"max\": 55", with: "\"max\": 40").utf8).write(to: copy)
    let bad = try Command(["programme", "check", copy.path, "--json"])
    #expect(bad.status == 1)
    let answer = try #require(try bad.json() as? [String: Any])
    let found = try #require((answer["diagnostics"] as? [[String: Any]])?.first)
    #expect(found["code"] as? String == "contradictory-rules")
    #expect((found["line"] as? Int ?? 0) > 1)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `a school's training shows no name and no group under five`() throws {
    let teachers = (0..<12).map { place in
      ["mean": [place < 7 ? -1.0 : 1.2], "standardError": [0.3], "group": "语文"] as [String: Any]
    }
    let request: [String: Any] = [
      "points": [["id": "p", "dimension": "d", "environment": "A"]], "target": [0.4],
      "teachers": teachers,
      "workshops": [
        ["id": "w", "hours": 4, "level": 0, "gains": ["p": 0.8], "capacity": 20],
        ["id": "v", "hours": 2, "level": 0, "gains": ["p": 0.3], "capacity": 4],
      ],
      "limits": ["hours": 6, "hoursPerTeacher": 6], "budgets": [0, 4, 6],
      "levelLocations": [-0.5], "levelWidth": 1, "hourPenalty": 0.01,
    ]
    let answer = try answer(self.request(request) { try Command(["school-plan", $0]) })
    let workshops = try #require(answer["workshops"] as? [[String: Any]])
    #expect(workshops.compactMap { $0["id"] as? String } == ["w"])
    #expect(answer["covered"] as? Int == 7)
    #expect((answer["curve"] as? [Any])?.count == 3)
    #expect(answer["assignments"] == nil && answer["seats"] == nil)

    var refused = request
    refused["limits"] = ["hoursPerTeacher": 6, "minimumAttendance": 3]
    let command = try self.request(refused) { try Command(["school-plan", $0]) }
    #expect(command.status == 1)
    #expect(command.errors.contains("limits.minimumAttendance"))
  }
}
