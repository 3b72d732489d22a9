import Foundation
import TestSupport
import Testing

/// `calibrate` and `estimate`, called as a program calls them.
struct CalibrateTests {
  private let oracles = "Tests/PsychometricsTests/Oracles"

  /// Writes a file for as long as the body runs.
  private func withFile<Value>(
    _ name: String, _ text: String, _ body: (String) throws -> Value
  ) throws -> Value {
    let folder = try Project.temporaryFolder()
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    let value = try body(file.path)
    try FileManager.default.removeItem(at: folder)
    return value
  }

  private func object(_ command: Command) throws -> [String: Any] {
    try #require(try command.json() as? [String: Any])
  }

  @Test func `calibrate prints the contract's document`() throws {
    let command = try Command([
      "calibrate", "\(oracles)/Science.csv", "--model", "gpcm", "--nodes", "121", "--se",
    ])
    #expect(command.status == 0)
    let answer = try object(command)
    #expect(answer["model"] as? String == "gpcm")
    #expect(answer["persons"] as? Double == 392)
    #expect(answer["converged"] as? Bool == true)
    let logLikelihood = try #require(answer["logLikelihood"] as? Double)
    #expect(abs(logLikelihood + 1612.6816001406548) < 1e-6)
    let items = try #require(answer["items"] as? [[String: Any]])
    #expect(items.compactMap { $0["id"] as? String } == ["Comfort", "Work", "Future", "Benefit"])
    let slope = try #require(items[0]["slope"] as? Double)
    #expect(abs(slope - 0.8611424057120894) < 1e-6)
    let intercepts = try #require(items[0]["intercepts"] as? [Double])
    let expected = [2.822359574057873, 2.4908243904872376, -1.3242579569964026]
    #expect(zip(intercepts, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect((items[0]["se"] as? [Double])?.count == 4)
    #expect(items[0]["scores"] as? [Int] == [1, 2, 3, 4])
    let seconds = try #require(answer["seconds"] as? [String: Double])
    #expect(Set(seconds.keys) == ["estimation", "total"])
  }

  @Test func `what calibrate prints is what estimate reads`() throws {
    let items = try Command([
      "calibrate", "\(oracles)/LSAT7.csv", "--model", "2pl", "--nodes", "121",
    ]).output
    try withFile("items.json", items) { path in
      for (method, expected) in [
        ("eap", -1.8697834795710755), ("map", -1.81638821493695), ("wle", -4.13707190842706),
      ] {
        let command = try Command([
          "estimate", "\(oracles)/LSAT7.csv", "--items", path, "--method", method, "--nodes",
          "121",
        ])
        #expect(command.status == 0)
        let answers = try #require(try command.json() as? [[String: Any]])
        #expect(answers.count == 1000)
        // The first person answered nothing right.
        let ability = try #require(answers[0]["ability"] as? Double)
        #expect(abs(ability - expected) < 1e-6)
        #expect(answers[0]["standardError"] is Double)
      }
      let likelihood = try Command([
        "estimate", "\(oracles)/LSAT7.csv", "--items", path, "--method", "ml",
      ])
      let answers = try #require(try likelihood.json() as? [[String: Any]])
      #expect(answers[0]["ability"] is NSNull)
      #expect(answers[0]["standardError"] is NSNull)
    }
  }

  @Test func `odd files give an answer for what can be estimated, and never NaN`() throws {
    var text = "a;b;c;d;e;copy\n"
    for row in 0..<80 {
      let (first, second) = (row % 2, row / 2 % 2)
      text +=
        "\(first);\(second);1;\(row % 3 == 0 ? 1 : 0);\(row % 5 == 0 ? "x" : "\(row / 4 % 2)");\(first)\n"
    }
    try withFile("odd.csv", text) { path in
      let command = try Command(["calibrate", path, "--model", "2pl", "--se"])
      #expect(command.status == 0)
      #expect(!command.output.lowercased().contains("nan"))
      let answer = try object(command)
      let diagnostics = try #require(answer["diagnostics"] as? [[String: Any]])
      let codes = Set(diagnostics.compactMap { $0["code"] as? String })
      #expect(codes == ["other-delimiter", "not-an-integer", "everyone-equal", "identical-items"])
      let place = try #require(diagnostics.first { $0["code"] as? String == "not-an-integer" })
      #expect(place["line"] as? Int == 2)
      #expect(place["column"] as? Int == 5)
      let leftOut = try #require(answer["leftOut"] as? [[String: String]])
      #expect(Set(leftOut.compactMap { $0["id"] }) == ["c", "copy"])
    }
  }

  @Test(arguments: ["", "a,b\n", "a,b\n1,1\n1,1\n", "\u{0}\u{1}"])
  func `a file with nothing to estimate is refused with a reason`(text: String) throws {
    try withFile("nothing.csv", text) { path in
      let command = try Command(["calibrate", path, "--model", "2pl"])
      #expect(command.status == 1)
      #expect(command.output.isEmpty)
      #expect(!command.errors.isEmpty)
    }
  }

  @Test func `a structure gives correlations, as CSV and as JSON`() throws {
    let names = (1...32).map { "Item.\($0)" }
    let csv = names.enumerated().map { "\($1),\($0 % 2 == 0 ? "x" : "y")" }
      .joined(separator: "\n")
    let json =
      "{"
      + names.enumerated().map { "\"\($1)\":\"\($0 % 2 == 0 ? "x" : "y")\"" }
      .joined(separator: ",") + "}"
    var results: [Double] = []
    for text in ["item,dimension\n" + csv, json] {
      try withFile("structure", text) { path in
        let command = try Command([
          "calibrate", "\(oracles)/SAT12_scored.csv", "--model", "2pl", "--structure", path,
          "--nodes", "21",
        ])
        #expect(command.status == 0)
        let answer = try object(command)
        let correlation = try #require(answer["correlation"] as? [[Double]])
        #expect(correlation.count == 2)
        #expect(correlation[0][0] == 1)
        #expect(answer["dimensions"] as? [String] == ["x", "y"])
        results.append(correlation[0][1])
      }
    }
    #expect(results.count == 2)
    #expect(results.first == results.last)
  }

  @Test func `a structure that names no dimension of an item is refused`() throws {
    try withFile("structure.csv", "Item.1,x\n") { path in
      let command = try Command([
        "calibrate", "\(oracles)/LSAT7.csv", "--model", "2pl", "--structure", path,
      ])
      #expect(command.status == 1)
      #expect(command.errors.contains("Item.2"))
    }
  }
}
