import Foundation
import Testing

/// The absences that ARCHITECTURE.md promises.
struct InvariantTests {
  private static let targets = [
    "Psychometrics", "Competency", "Diagnostics", "Sheets", "ItemBank", "Courses",
    "People", "Recommendation", "Delivery", "Reporting", "ItemAnalysis", "Simulation", "Storage",
    "Web",
    "bianque",
  ]

  @Test func `no SQL stands outside Storage`() throws {
    let statement =
      #/\b(?:INSERT INTO|DELETE FROM|CREATE TABLE|SELECT [^"]+ FROM|UPDATE \w+ SET)\b/#
    for target in Self.targets where target != "Storage" {
      for source in try SourceTree.sources(of: target) {
        #expect(
          source.text.firstMatch(of: statement) == nil, "\(target)/\(source.path) holds SQL")
      }
    }
  }

  @Test func `pure targets read no clock, no file and no dice`() throws {
    let effect =
      #/\bDate\(\)|\.now\b|FileManager|\brandom\(in: [^)]*\)(?!.*using)|SystemRandomNumberGenerator|ProcessInfo/#
    for target in [
      "Psychometrics", "Competency", "People", "Recommendation", "Delivery", "Reporting",
      "ItemAnalysis", "Simulation",
    ] {
      for source in try SourceTree.sources(of: target) {
        for line in source.text.split(separator: "\n")
        where !line.contains("///") && !line.contains("using:") {
          #expect(
            line.firstMatch(of: effect) == nil, "\(target)/\(source.path): \(line)")
        }
      }
    }
  }

  @Test func `nothing swallows an error or forces a value`() throws {
    let shortcut = #/\btry[?!]|\bfatalError\(|\bas!|\.unsafelyUnwrapped/#
    for target in Self.targets {
      for source in try SourceTree.sources(of: target) {
        #expect(
          source.text.firstMatch(of: shortcut) == nil, "\(target)/\(source.path) takes a shortcut")
      }
    }
  }

  @Test func `code names no point, dimension, environment or programme of a framework`() throws {
    // The shipped framework's own words: point codes such as A11, dimension codes, programme names.
    let named = #/"(?:[ABC]\d{1,2}|XQ|SJ|XF|PJ|cn-2\.0|jiangsu-2020|national-2019|ziyuan-2020)"/#
    for target in Self.targets {
      for source in try SourceTree.sources(of: target) {
        for line in source.text.split(separator: "\n")
        where !line.contains("///") && !line.contains("//") {
          #expect(
            line.firstMatch(of: named) == nil, "\(target)/\(source.path): \(line)")
        }
      }
    }
  }

  @Test func `statuses are chosen by the error page, and where an answer is made as it should be`()
    throws
  {
    // Beside 200 and 303: forms with faults, closed stages, a new session, a database that is down.
    let allowed: [String: Set<String>] = [
      "Teacher/StagePage.swift": ["unprocessableContent"],
      "Teacher/StartPage.swift": ["unprocessableContent"],
      "Account/SignInRoutes.swift": ["unprocessableContent"],
      "Account/ActivationRoutes.swift": ["unprocessableContent"],
      "Account/StaffSignInRoutes.swift": ["unprocessableContent"],
      "Account/InvitationRoutes.swift": ["unprocessableContent"],
      "School/RosterRoutes.swift": ["unprocessableContent"],
      "School/PaperListPage.swift": ["unprocessableContent"],
      "School/PaperEntryPage.swift": ["unprocessableContent"],
      "Operator/StaffRoutes.swift": ["unprocessableContent"],
      "Teacher/PlanPage.swift": ["unprocessableContent"],
      "Plans/PlanConflictPage.swift": ["conflict"], "Plans/VerificationPage.swift": ["notFound"],
      "Institution/CatalogueRoutes.swift": ["unprocessableContent"],
      "Institution/CourseFormPage.swift": ["unprocessableContent"],
      "Institution/ReleaseRoutes.swift": ["unprocessableContent"],
      "Institution/WhatIfRoutes.swift": ["unprocessableContent"],
      "Institution/CalibrationRoutes.swift": ["unprocessableContent"],
      "Institution/ItemImportRoutes.swift": ["unprocessableContent"],
      "Institution/ItemStateRoutes.swift": ["unprocessableContent"],
      "Institution/Drafts/DraftRoutes.swift": ["unprocessableContent"],
      "Institution/Drafts/DraftPage.swift": ["unprocessableContent"],
      "Institution/Drafts/DraftHandInRoutes.swift": ["unprocessableContent"],
      "Institution/Drafts/DraftConflictPage.swift": ["conflict"],
      "Panels/PanelListRoutes.swift": ["unprocessableContent"],
      "Panels/PanelRoutes.swift": ["unprocessableContent"],
      "Panels/JudgingRoutes.swift": ["unprocessableContent"],
      "Institution/FormDesk.swift": ["unprocessableContent"],
      "Teacher/SessionPages.swift": ["conflict"], "API/SessionCalls.swift": ["created"],
      "School/PeoplePage.swift": ["unprocessableContent"],
      "Operator/OperatorRoutes.swift": ["serviceUnavailable"],
    ]
    let status =
      #/(?:status: |\? \.ok : )\.(\w+)/#
    for source in try SourceTree.sources(of: "Web") where !source.path.hasPrefix("Errors/") {
      let found = Set(source.text.matches(of: status).map { String($0.1) })
      let stray = found.subtracting(["ok", "seeOther"]).subtracting(allowed[source.path] ?? [])
      #expect(stray.isEmpty, "Web/\(source.path) chooses \(stray.sorted())")
    }
  }

  @Test func `pages load nothing from elsewhere and hold no inline style or script`() throws {
    let web = SourceTree.root.appending(path: "Web")
    let files =
      try SourceTree.files(below: web.appending(path: "templates"), extension: "mustache")
      + SourceTree.files(below: web.appending(path: "static"), extension: "css")
      + SourceTree.files(below: web.appending(path: "static"), extension: "js")
    #expect(files.count > 10)
    for file in files {
      let elsewhere = file.text.firstMatch(
        of: #/(?:src|href)="https?:|url\(["']?https?:|@import|fetch\("http/#)
      #expect(elsewhere == nil, "\(file.path) loads from elsewhere")
      let inline = file.text.firstMatch(of: #/ style="|<script>|\son\w+="/#)
      #expect(inline == nil, "\(file.path) holds inline style or script")
    }
  }

  @Test func `ARCHITECTURE names every target and stays readable in one sitting`() throws {
    let text = try String(
      contentsOf: SourceTree.root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
    for target in Self.targets {
      #expect(text.contains("`\(target)`"), "ARCHITECTURE.md does not name \(target)")
    }
  }
}
