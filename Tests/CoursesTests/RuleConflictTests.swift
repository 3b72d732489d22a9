@testable import Courses
import Competency
import Diagnostics
import Foundation
import Testing

struct RuleConflictTests {
  /// Rules made from a seed, feasible or not.
  private static func rules(_ seed: Int) -> ProgrammeRules {
    func number(_ place: Int, _ bound: Int) -> Double {
      Double((seed &* 7919 &+ place &* 104_729 &+ seed / 3) % bound)
    }
    func range(_ place: Int) -> ProgrammeRules.HoursRange {
      .init(
        minimum: number(place, 9), maximum: seed % (place + 2) == 0 ? number(place + 9, 10) : nil)
    }
    return ProgrammeRules(
      hours: .init(minimum: number(1, 12), maximum: seed % 3 == 0 ? nil : number(2, 16)),
      online: range(3), practice: range(4), minimumPoints: 0, minimumDimensions: 0,
      video: seed % 2 == 0 ? range(5) : nil,
      practiceShare: seed % 5 < 2 ? .init(minimum: number(6, 3) / 2) : nil)
  }

  /// Whether hours on a grid of halves meet the rules: all bounds are whole, shares halves, so where
  /// any hours do, some of a grid fine enough do.
  private static func canHold(_ rules: ProgrammeRules) -> Bool {
    func keeps(_ hours: Double, _ range: ProgrammeRules.HoursRange?) -> Bool {
      guard let range else { return true }
      return hours >= range.minimum && hours <= range.maximum ?? .infinity
    }
    for video in 0...30 {
      for other in 0...30 {
        for practice in 0...60 {
          let (v, o, p) = (Double(video) / 2, Double(other) / 2, Double(practice) / 2)
          if keeps(v + o + p, rules.hours), keeps(v + o, rules.online), keeps(p, rules.practice),
            keeps(v, rules.video),
            rules.practiceShare.map({ $0.missing(hours: v + o + p, practice: p) <= 1e-9 }) ?? true
          {
            return true
          }
        }
      }
    }
    return false
  }

  private static func without(_ bound: RuleBound, _ rules: ProgrammeRules) -> ProgrammeRules {
    var rules = rules
    switch bound {
    case .minimum(.hours): rules.hours.minimum = 0
    case .minimum(.online): rules.online.minimum = 0
    case .minimum(.practice): rules.practice.minimum = 0
    case .minimum(.video): rules.video?.minimum = 0
    case .maximum(.hours): rules.hours.maximum = nil
    case .maximum(.online): rules.online.maximum = nil
    case .maximum(.practice): rules.practice.maximum = nil
    case .maximum(.video): rules.video?.maximum = nil
    default: rules.practiceShare = nil
    }
    return rules
  }

  @Test func `a conflict is found exactly where no hours meet the rules, and it is minimal`() {
    var conflicts = 0
    for seed in 0..<40 {
      let rules = Self.rules(seed)
      let conflict = rules.conflict()
      #expect(conflict.isEmpty == Self.canHold(rules), "\(rules)")
      guard !conflict.isEmpty else { continue }
      conflicts += 1
      // Only the demands of the set: still no hours; any one less: some.
      let all: [RuleBound] =
        [ProgrammeRule.hours, .online, .practice, .video].flatMap {
          [RuleBound.minimum($0), .maximum($0)]
        } + [.minimum(.practiceShare)]
      let only = all.filter { !conflict.contains($0) }.reduce(rules) { Self.without($1, $0) }
      #expect(!Self.canHold(only))
      for bound in conflict { #expect(Self.canHold(Self.without(bound, only))) }
    }
    #expect(conflicts > 5 && conflicts < 35)
  }

  @Test func `compulsory courses that leave no room are in the conflict`() {
    let rules = ProgrammeRules(
      hours: .init(minimum: 10, maximum: 12), online: .init(minimum: 0),
      practice: .init(minimum: 6), minimumPoints: 1, minimumDimensions: 1)
    #expect(rules.conflict(compulsory: EarnedHours(online: 6)).isEmpty)
    let conflict = rules.conflict(compulsory: EarnedHours(online: 8))
    #expect(
      Set(conflict) == [.maximum(.hours), .minimum(.practice), .minimum(.compulsory)])
  }

  @Test func `a bound is named with its number in both languages`() {
    let rules = ProgrammeRules(
      hours: .init(minimum: 10, maximum: 12.5), online: .init(minimum: 0),
      practice: .init(minimum: 6), minimumPoints: 1, minimumDimensions: 1,
      practiceShare: .init(minimum: 0.5))
    #expect(rules.words(for: .maximum(.hours)) == Text("总学时至多 12.5", "all hours at most 12.5"))
    #expect(rules.words(for: .minimum(.practice)).chinese == "实践学时至少 6")
    #expect(rules.words(for: .minimum(.practiceShare)).english.contains("50%"))
  }
}

/// Programmes with the rules that are not everywhere.
struct OptionalRuleTests {
  private static let good = """
    {
      "id": "p", "name": {"zh-Hans": "方案", "en": "Programme"},
      "issuer": {"zh-Hans": "教育局", "en": "Bureau"}, "documentNumber": "一号",
      "framework": "small",
      "rules": {
        "hours": {"min": 10, "max": 12}, "online": {"min": 4}, "practice": {"min": 5},
        "points": {"min": 1}, "dimensions": {"min": 1},
        "video": {"min": 3, "max": 6}, "practiceShare": {"min": 0.5},
        "compulsory": ["c1"]
      },
      "sources": [
        {"rule": "hours", "paragraph": "一", "setting": false},
        {"rule": "online", "paragraph": "二", "setting": false},
        {"rule": "practice", "paragraph": "二", "setting": false},
        {"rule": "points", "paragraph": "三", "setting": true},
        {"rule": "dimensions", "paragraph": "四", "setting": true},
        {"rule": "video", "paragraph": "五", "setting": false},
        {"rule": "practiceShare", "paragraph": "六", "setting": false},
        {"rule": "compulsory", "paragraph": "七", "setting": true}
      ]
    }
    """

  private func read(_ text: String) throws -> (programme: Programme?, diagnostics: [Diagnostic]) {
    let folder = try ContentFolder(["p.json": text])
    return ProgrammeReader.read(
      file: folder.url.appending(path: "p.json"), frameworks: [FrameworkSamples.small],
      catalogue: catalogue())
  }

  private func catalogue() -> Catalogue {
    let point = FrameworkSamples.small.points[0].id
    let courses = [("c1", 3.0, "g"), ("c2", 2, "g"), ("c3", 9, "h")].map { id, hours, group in
      Course(
        id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
        provider: Provider.ID(rawValue: "x"), form: .video, mode: .online, hours: hours, level: 0,
        gains: [point: 0.1], primary: point, equivalents: .init(rawValue: group))
    }
    return Catalogue(version: "1", isSample: true, courses: courses, providers: [])
  }

  @Test func `they are read as they stand`() throws {
    let (programme, diagnostics) = try read(Self.good)
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let rules = try #require(programme).rules
    #expect(rules.video == .init(minimum: 3, maximum: 6))
    #expect(rules.practiceShare == .init(minimum: 0.5))
    #expect(rules.compulsory.map(\.rawValue) == ["c1"])
  }

  @Test(arguments: [
    ("missing-source", "{\"rule\": \"video\"", "{\"rule\": \"hours\""),
    ("bad-number", "\"practiceShare\": {\"min\": 0.5}", "\"practiceShare\": {\"min\": -0.5}"),
    (
      "contradictory-rules", "\"practiceShare\": {\"min\": 0.5}",
      "\"practiceShare\": {\"min\": 1.5}"
    ),
    ("contradictory-rules", "\"online\": {\"min\": 4}", "\"online\": {\"min\": 7}"),
    ("contradictory-rules", "\"video\": {\"min\": 3", "\"video\": {\"min\": 7"),
    ("unknown-course", "[\"c1\"]", "[\"c9\"]"),
    ("compulsory-equivalents", "[\"c1\"]", "[\"c1\", \"c2\"]"),
    ("contradictory-rules", "[\"c1\"]", "[\"c3\"]"),
  ])
  func `a wrong one is refused with its place and reason`(
    code: String, change: String, to: String
  ) throws {
    try #require(Self.good.components(separatedBy: change).count == 2)
    let (programme, diagnostics) = try read(
      Self.good.replacingOccurrences(of: change, with: to))
    #expect(programme == nil)
    let found = try #require(diagnostics.first { $0.code == code }, "\(diagnostics)")
    #expect(found.line > 1)
    #expect(!found.message.chinese.isEmpty && !found.remedy.english.isEmpty)
  }

  @Test func `a contradiction names every rule that is part of it, and no other`() throws {
    let (_, diagnostics) = try read(
      Self.good.replacingOccurrences(
        of: "\"online\": {\"min\": 4}", with: "\"online\": {\"min\": 7}"))
    let message = try #require(diagnostics.first { $0.code == "contradictory-rules" }).message
    #expect(message.english.contains("online hours at least 7"))
    #expect(message.english.contains("practice at least 50% of all hours"))
    #expect(message.english.contains("all hours at most 12"))
    #expect(!message.english.contains("video"))
  }
}
