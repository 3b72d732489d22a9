import Foundation
import MixedInteger
import Recommendation

/// Quality and time of study plans beside simple planners and a proven optimum.
///
/// `plans [individual|school] [--sizes 200,500,1000,2000] [--teachers 5] [--seconds 60] [--first 0]`
@main
struct Plans {
  static func main() throws {
    let options = Options(Array(CommandLine.arguments.dropFirst()))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    guard let solver = CBC.installed(searchPath: path) else {
      print("没有 cbc：apt install coinor-cbc。cbc is missing: apt install coinor-cbc.")
      exit(1)
    }
    if options.words.contains("school") {
      try SchoolBenchmark(solver: solver, options: options).run()
    } else {
      try IndividualBenchmark(solver: solver, options: options).run()
    }
  }
}

/// What the command was asked for.
struct Options {
  var words: [String] = []
  private var values: [String: String] = [:]

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("--") {
        values[String(word.dropFirst(2))] = rest.popFirst()
      } else {
        words.append(word)
      }
    }
  }

  func numbers(_ name: String, _ standard: [Int]) -> [Int] {
    values[name].map { $0.split(separator: ",").compactMap { Int($0) } } ?? standard
  }

  func number(_ name: String, _ standard: Double) -> Double {
    values[name].flatMap { Double($0) } ?? standard
  }
}
