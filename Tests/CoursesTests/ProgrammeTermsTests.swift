import Competency
import Courses
import Diagnostics
import Foundation
import Testing

struct ProgrammeTermsTests {
  private static let good = """
    {
      "id": "p",
      "name": {"zh-Hans": "方案", "en": "Programme"},
      "issuer": {"zh-Hans": "教育局", "en": "Bureau"},
      "documentNumber": "一号",
      "framework": "small",
      "rules": {
        "hours": {"min": 10}, "online": {"min": 6}, "practice": {"min": 4},
        "points": {"min": 3}, "dimensions": {"min": 1}, "oneEnvironment": false
      },
      "sources": [
        {"rule": "hours", "paragraph": "一", "setting": false},
        {"rule": "online", "paragraph": "一", "setting": false},
        {"rule": "practice", "paragraph": "一", "setting": false},
        {"rule": "points", "paragraph": "一", "setting": true},
        {"rule": "dimensions", "paragraph": "一", "setting": true}
      ],
      "terms": {
        "period": {"years": 5, "paragraph": "二"},
        "certificates": {"paragraph": "三", "list": [
          {"name": "甲", "hours": 6, "issuers": ["机构"]}, {"name": "乙", "hours": 4, "issuers": []}
        ]},
        "structure": {"paragraph": "四", "diagnosisTheme": 1, "stages": [
          {"number": 1, "name": "前", "online": 2, "practice": 1, "weeks": 2}
        ], "themes": [
          {"number": 1, "title": "诊断", "stage": 1, "online": 2, "practice": 1, "deliverable": "计划"},
          {"number": 2, "title": "学习", "online": 4, "practice": 3, "deliverable": "作品"}
        ]},
        "cost": {"perHour": 3, "perTeacher": 30, "paragraph": "五", "quote": "每学时3元"},
        "provider": {"chooser": "county", "candidates": 2, "paragraph": "六"},
        "exemption": {"yearsToRetirementBelow": 5, "paragraph": "七", "ages": [
          {"sex": "male", "years": 60, "delay": {"bornFrom": "1965-01-01", "birthMonths": 4, "until": 63}},
          {"sex": "female", "post": "professional", "years": 55}
        ]},
        "gates": {"paragraph": "八", "list": [
          {"kind": "online", "min": 6}, {"kind": "activities", "names": ["磨课"]},
          {"kind": "results", "min": 3}, {"kind": "practice", "min": 4}
        ]},
        "evidence": {"paragraph": "九", "mode": "practice", "activities": [
          {"name": "资源制作", "maximumHours": 3}
        ]},
        "quota": {"counting": "schools", "years": [
          {"year": 2020, "share": 0.4}, {"year": 2021, "share": 0.6}
        ], "paragraph": "十", "quote": "分两年"}
      }
    }
    """

  private func read(
    _ text: String
  ) throws -> (programmes: [Programme], diagnostics: [Diagnostic]) {
    let folder = try ContentFolder(["p.json": text])
    return ProgrammeReader.read(folder: folder.url, frameworks: [FrameworkSamples.small])
  }

  @Test func `good terms are read as they stand`() throws {
    let (programmes, diagnostics) = try read(Self.good)
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let programme = try #require(programmes.first)
    #expect(programme.terms.period?.years == 5)
    #expect(programme.terms.certificates?.list.first?.issuers == ["机构"])
    #expect(programme.terms.structure?.themes.map(\.stage) == [1, nil])
    #expect(programme.terms.cost?.source == .init(paragraph: "五", quote: "每学时3元"))
    #expect(programme.terms.provider?.chooser == .county)
    #expect(programme.terms.quota?.counting == .schools)
    #expect(programme.terms.quota?.years.map(\.share) == [0.4, 0.6])
    #expect(programme.terms.quota?.source == .init(paragraph: "十", quote: "分两年"))
    #expect(programme.terms.exemption?.ages.map(\.years) == [60, 55])
    #expect(programme.terms.exemption?.ages.first?.delay?.untilYears == 63)
    #expect(programme.terms.gates?.gates.count == 4)
    #expect(programme.terms.evidence?.activity("资源制作")?.maximumHours == 3)
    #expect(!programme.rules.isForOneEnvironment)
    #expect(programme.courseRules.hours.minimum == 7)
    #expect(programme.courseRules.online.minimum == 4)
    #expect(programme.courseRules.practice.minimum == 3)
  }

  @Test(arguments: [
    ("theme-hours", "\"online\": 4, \"practice\": 3", "\"online\": 5, \"practice\": 2"),
    (
      "stage-hours", "\"online\": 2, \"practice\": 1, \"weeks\"",
      "\"online\": 1, \"practice\": 2, \"weeks\""
    ),
    ("certificate-hours", "\"hours\": 6, \"issuers\"", "\"hours\": 7, \"issuers\""),
    ("cost-total", "\"perTeacher\": 30", "\"perTeacher\": 24"),
    ("unknown-theme", "\"diagnosisTheme\": 1", "\"diagnosisTheme\": 9"),
    ("unknown-stage", "\"学习\", ", "\"学习\", \"stage\": 4, "),
    ("duplicate-id", "{\"number\": 2", "{\"number\": 1"),
    ("bad-number", "\"period\": {\"years\": 5", "\"period\": {\"years\": 0"),
    ("bad-number", "\"period\": {\"years\": 5", "\"period\": {\"years\": 3000"),
    ("bad-number", "\"yearsToRetirementBelow\": 5", "\"yearsToRetirementBelow\": 1e300"),
    ("bad-number", "\"candidates\": 2", "\"candidates\": 0"),
    ("bad-number", "\"yearsToRetirementBelow\": 5", "\"yearsToRetirementBelow\": -5"),
    ("quota-total", "\"share\": 0.6", "\"share\": 0.7"),
    ("year-order", "{\"year\": 2021", "{\"year\": 2020"),
    ("bad-number", "\"share\": 0.4", "\"share\": 0"),
    ("unknown-value", "\"schools\"", "\"classes\""),
    ("gate-minimum", "\"kind\": \"results\", \"min\": 3", "\"kind\": \"results\", \"min\": 2"),
    ("missing-field", "\"kind\": \"practice\", \"min\": 4", "\"kind\": \"practice\""),
    ("missing-field", "\"names\": [\"磨课\"]", "\"names\": []"),
    ("bad-date", "1965-01-01", "1965-02-30"),
    ("bad-number", "\"birthMonths\": 4", "\"birthMonths\": 0"),
    ("bad-number", "\"until\": 63", "\"until\": 50"),
    ("bad-number", "\"years\": 55", "\"years\": 5"),
    ("wrong-type", "\"sex\": \"female\"", "\"sex\": 2"),
    (
      "provider-count", "\"candidates\": 2,",
      "\"candidates\": 2, \"institutions\": [\"甲\", \"乙\", \"丙\"],"
    ),
    ("missing-field", "\"candidates\": 2, \"paragraph\": \"六\"", "\"candidates\": 2"),
    ("wrong-type", "\"county\"", "7"),
  ])
  func `terms that do not add up are told with their place, and the programme is refused`(
    code: String, change: String, to: String
  ) throws {
    try #require(Self.good.components(separatedBy: change).count == 2)
    let (programmes, diagnostics) = try read(
      Self.good.replacingOccurrences(of: change, with: to))
    #expect(programmes.isEmpty)
    let found = try #require(diagnostics.first { $0.code == code }, "\(diagnostics)")
    #expect(found.severity == .error)
    #expect(found.line > 1)
    #expect(!found.message.chinese.isEmpty && !found.message.english.isEmpty)
    #expect(!found.remedy.chinese.isEmpty && !found.remedy.english.isEmpty)
  }

  @Test func `an unknown word in the terms is a warning`() throws {
    let text = Self.good.replacingOccurrences(
      of: "\"period\": {\"years\": 5", with: "\"period\": {\"years\": 5, \"yeras\": 6")
    let (programmes, diagnostics) = try read(text)
    #expect(programmes.count == 1)
    #expect(diagnostics.map(\.code) == ["unknown-field"])
  }

  @Test func `rules for all environments together may ask for more points than one has`() throws {
    // The framework has three points, no environment more than two.
    #expect(try read(Self.good).programmes.count == 1)
    let one = Self.good.replacingOccurrences(
      of: "\"oneEnvironment\": false", with: "\"oneEnvironment\": true")
    #expect(try read(one).diagnostics.map(\.code) == ["contradictory-rules"])
  }
}
