import Foundation
import TestSupport
import Testing

@testable import Web

struct PhrasesTests {
  private let web = Project.root.appending(path: "Web")

  private func phrases(_ language: Language) throws -> Phrases {
    try Phrases(language: language, folder: web.appending(path: "locales"))
  }

  private func files(below folder: URL, ending: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(ending) }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
  }

  @Test func `both languages have the same texts with the same places to fill`() throws {
    let (chinese, english) = (try phrases(.chinese), try phrases(.english))
    #expect(Set(chinese.byKey.keys) == Set(english.byKey.keys))
    let places = { (text: String) in Set(text.matches(of: #/%\{\w+\}/#).map { String($0.0) }) }
    for (key, text) in chinese.byKey {
      #expect(places(text) == places(english.byKey[key] ?? ""), "\(key)")
    }
  }

  @Test func `every text that the code or a template names is there`() throws {
    let known = try phrases(.chinese)
    let code = try files(below: Project.root.appending(path: "Sources/Web"), ending: ".swift")
    let named = code.flatMap { text in
      text.matches(
        of:
          #/"((?:site|landing|start|stage|check|closed|done|result|plan|print|help|error|errors|erased|verdict|course|rule|chart|options|report|save|account|notice|role|unit|desk|me|people|roster|staff|audit|growth|selfRating|planEdit|planCourse|verify|catalogue|flag|device|grouping|today|items|item|itemPart|itemImport|further|pointPage|paper|itemState|releases|whatIf|calibrations|itemMove|drafts|draft|draftField|draftHint|draftRemedy|draftConflict|handIn|panels|cuts|judging|panelGuide|panelSheet|forms|demand|gains|faults|courseForm)\.[A-Za-z0-9.]+)"/#
      ).map { String($0.1) }
    }.filter { name in
      ![".csv", ".xlsx", ".js", ".json", ".zip", ".css"].contains { name.hasSuffix($0) }
    }
    #expect(named.count > 100)
    for key in named {
      let isThere =
        known.byKey[key] != nil || known.byKey.keys.contains { $0.hasPrefix("\(key).") }
      #expect(isThere, "\(key)")
    }
    let templates = try files(below: web.appending(path: "templates"), ending: ".mustache")
    for text in templates {
      for match in text.matches(of: #/\{\{[#^&]?t\.([A-Za-z0-9.]+)\}\}/#) {
        #expect(known.byKey[String(match.1)] != nil, "\(match.1)")
      }
    }
  }

  @Test func `every error a visitor can meet has its words`() throws {
    for language in Language.allCases {
      let known = try phrases(language)
      for wording in ErrorPage.Wording.allCases {
        #expect(known.byKey["error.\(wording.rawValue)"] != nil)
        #expect(known.byKey["error.\(wording.rawValue)Title"] != nil)
      }
    }
  }

  @Test func `Chinese texts use full-width punctuation and the field's plain words`() throws {
    for (key, text) in try phrases(.chinese).byKey {
      #expect(
        text.firstMatch(of: #/[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]/#) == nil,
        "\(key): \(text)")
      for word in ["θ", "logit", "IRT", "标准误", "不合格", "排名"] {
        #expect(!text.contains(word), "\(key): \(text)")
      }
    }
  }

  @Test func `every option in the order is there, and the other way round`() throws {
    let known = try phrases(.chinese)
    for key in ["options.stage", "options.subject"] {
      let below = known.byKey.keys.filter { $0.hasPrefix("\(key).") }
      #expect(Set(known.order(of: key).map { "\(key).\($0)" }) == Set(below))
    }
  }

  @Test(arguments: [
    ("zh-CN,zh;q=0.9,en;q=0.8", Language.chinese), ("en-US,en;q=0.9", .english),
    ("fr, en;q=0.3", .english), ("de", .chinese), ("en;q=0.5, zh-TW;q=0.9", .chinese),
  ])
  func `the language follows what the browser prefers`(header: String, language: Language) {
    #expect(Language(acceptLanguage: header) == language)
    #expect(Language(acceptLanguage: nil) == .chinese)
  }
}
