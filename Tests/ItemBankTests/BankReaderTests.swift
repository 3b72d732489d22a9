import Competency
import Diagnostics
import Foundation
import ItemBank
import Testing

struct BankReaderTests {
  private func codes(
    _ folder: URL, _ severity: Diagnostic.Severity = .error
  ) -> [String] {
    BankReader.read(folder: folder).diagnostics.filter { $0.severity == severity }.map(\.code)
  }

  @Test func `a package of the shipped shape is read whole`() throws {
    let (read, diagnostics) = BankReader.read(folder: Fixture.url("package"))
    let bank = try #require(read)
    #expect(diagnostics.isEmpty)
    #expect(bank.title == "扁鹊公开自测题库（第一版）")
    #expect(
      bank.items.map(\.id.rawValue) == ["a1-01", "a1-02", "b9-01", "b9-02", "c5-01", "c5-02"])
    #expect(bank.stimuli.map(\.id.rawValue) == ["s-sample"])
    #expect(bank.version.rawValue.count == 16)
    let test = try #require(bank.tests.first)
    #expect(bank.items(of: test.id).map(\.id) == bank.items.map(\.id))
    #expect(test.itemReferences.first?.categories == ["A1", "XQ", "A"])
    #expect(test.parts.first?.sections.first?.selection == 16)
    #expect(
      bank.stimulus(AssessmentStimulus.ID(rawValue: "s-sample"))?.content.text.isEmpty == false)
  }

  @Test func `an item carries what the package says about it`() throws {
    let bank = try #require(BankReader.read(folder: Fixture.url("package")).bank)
    let item = try #require(bank.item(AssessmentItem.ID(rawValue: "a1-01")))
    #expect(item.framework?.rawValue == "cn-2.0")
    #expect(item.points.map(\.rawValue) == ["A1"])
    #expect(item.environment?.rawValue == "A")
    #expect(item.schoolStage == "小学")
    #expect(item.subject == "数学")
    #expect(item.instruction == .knowledge)
    #expect(item.version == "1")
    #expect(item.status == "draft")
    #expect(item.judgedDifficulty == "medium")
    #expect(item.scenario?.rawValue == "s-sample")
    #expect(item.misconceptions[SimpleChoice.ID(rawValue: "A")] == "以总分代替学情")
    #expect(item.misconceptions[SimpleChoice.ID(rawValue: "B")] == nil)
    #expect(item.maximumCategory == 4)
    let parameters = try #require(item.parameters)
    #expect(parameters.slope == 0.8)
    #expect(parameters.stepLocations == [-0.9, -0.3, 0.3, 0.9])
    #expect(parameters.isProvisional)
    #expect(parameters.calibration == "https://bianque.example/calibration/provisional-2026")
    #expect(parameters.loadings == [CompetencyPoint.ID(rawValue: "A1"): 0.8])
    // 0.8 times the running sums -0.9, -1.2, -0.9, 0.
    let expected = [0, -0.72, -0.96, -0.72, 0]
    for (value, expected) in zip(parameters.cumulative, expected) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test func `the framework is read with its constants`() throws {
    let bank = try #require(BankReader.read(folder: Fixture.url("package")).bank)
    let framework = try #require(bank.framework(Framework.ID(rawValue: "cn-2.0")))
    #expect(framework.points.count == 30)
    #expect(framework.dimensions.map(\.id.rawValue) == ["XQ", "SJ", "XF", "PJ"])
    #expect(framework.environments.map(\.id.rawValue) == ["A", "B", "C"])
    #expect(framework.environments.last?.includes.map(\.rawValue) == ["A", "B", "C"])
    let point = try #require(framework.point(CompetencyPoint.ID(rawValue: "A1")))
    #expect(point.name.english == "Technology-supported learner analysis")
    #expect(point.dimension.rawValue == "XQ")
    #expect(point.environment.rawValue == "A")
    #expect(point.nameStatus == .verified)
    #expect(framework.measurement.generalVariance == 0.45)
    #expect(framework.measurement.levels.map { $0.cutScore?.location } == [nil, -0.4, 0.8])
    #expect(framework.measurement.courseLevelLocations == [-0.6, 0.2, 1.0])
  }

  @Test func `the blueprint is read`() throws {
    let bank = try #require(BankReader.read(folder: Fixture.url("package")).bank)
    let blueprint = try #require(
      bank.blueprint(of: AssessmentTest.ID(rawValue: "diagnostic-2.0")))
    #expect(blueprint.length == 16)
    #expect(blueprint.audience == .public)
    let form = try #require(blueprint.form(for: Environment.ID(rawValue: "B")))
    #expect(form.fromEnvironment[Environment.ID(rawValue: "A")] == 6)
    #expect(form.fromDimension[Dimension.ID(rawValue: "XF")] == 5...8)
    #expect(form.maximum(of: CompetencyPoint.ID(rawValue: "B1")) == 3)
    #expect(form.maximum(of: CompetencyPoint.ID(rawValue: "B2")) == 2)
  }

  @Test func `the version follows the bytes of the files`() throws {
    let original = try #require(BankReader.read(folder: Fixture.url("package")).bank)
    try Fixture.withPackage { folder in
      let copy = try #require(BankReader.read(folder: folder).bank)
      #expect(copy.version == original.version)
      try folder.replace("五年级", with: "六年级", in: "stimuli/s-sample.xml")
      let changed = try #require(BankReader.read(folder: folder).bank)
      #expect(changed.version != original.version)
      // Items of the changed scenario are other items now, and only those.
      let hashes = { (bank: Bank) in bank.items.map(\.item.contentHash) }
      let differing = zip(changed.items, zip(hashes(changed), hashes(original))).filter {
        $0.1.0 != $0.1.1
      }
      #expect(differing.map(\.0.id) == changed.items.filter { $0.scenario != nil }.map(\.id))
      #expect(!differing.isEmpty)
    }
  }

  @Test func `a file the manifest names and the folder lacks is an error`() throws {
    try Fixture.withPackage { folder in
      try FileManager.default.removeItem(at: folder.appending(path: "items/A1/a1-02.xml"))
      let (bank, diagnostics) = BankReader.read(folder: folder)
      #expect(bank?.items.count == 5)
      let missing = try #require(diagnostics.first { $0.code == "missing-file" })
      #expect(missing.message.english.contains("items/A1/a1-02.xml"))
      #expect(missing.line > 0)
      #expect(diagnostics.contains { $0.code == "unknown-item" })
    }
  }

  @Test func `a file the manifest does not name is a warning and not read`() throws {
    try Fixture.withPackage { folder in
      try Data("x".utf8).write(to: folder.appending(path: "items/stray.xml"))
      #expect(codes(folder) == [])
      #expect(codes(folder, .warning) == ["unlisted-file"])
    }
  }

  @Test(arguments: [
    "../outside.xml", "/etc/passwd", "file:///etc/passwd", "items/../../outside.xml",
    "..%2Foutside.xml", "items\\..\\outside.xml", "https://a.example/b.xml",
  ])
  func `an address that leaves the folder is refused`(href: String) throws {
    try Fixture.withPackage { folder in
      try folder.replace(
        "href=\"items/A1/a1-02.xml\"", with: "href=\"\(href)\"", in: "imsmanifest.xml")
      let (bank, diagnostics) = BankReader.read(folder: folder)
      #expect(diagnostics.contains { $0.code == "unsafe-path" })
      #expect(bank?.items.count == 5)
    }
  }

  @Test func `a symbolic link is not followed`() throws {
    try Fixture.withPackage { folder in
      let item = folder.appending(path: "items/A1/a1-02.xml")
      try FileManager.default.removeItem(at: item)
      try FileManager.default.createSymbolicLink(
        at: item, withDestinationURL: URL(filePath: "/etc/passwd"))
      let (bank, diagnostics) = BankReader.read(folder: folder)
      #expect(diagnostics.contains { $0.code == "unsafe-path" })
      #expect(bank?.items.count == 5)
      #expect(!"\(diagnostics)".contains("root:x:0"))
    }
  }

  @Test func `a manifest with a DOCTYPE or none at all gives no bank`() throws {
    try Fixture.withPackage { folder in
      try folder.replace(
        "<manifest ", with: "<!DOCTYPE manifest [<!ENTITY x SYSTEM \"/etc/passwd\">]><manifest ",
        in: "imsmanifest.xml")
      #expect(BankReader.read(folder: folder).bank == nil)
      #expect(codes(folder) == ["doctype"])
      try FileManager.default.removeItem(at: folder.appending(path: "imsmanifest.xml"))
      #expect(codes(folder) == ["missing-file"])
    }
  }

  @Test func `one bad item leaves the others in the bank`() throws {
    try Fixture.withPackage { folder in
      try folder.replace(
        "qti-choice-interaction", with: "qti-drawing-interaction",
        in: "items/B9/b9-01.xml")
      let (bank, diagnostics) = BankReader.read(folder: folder)
      #expect(bank?.items.count == 5)
      #expect(diagnostics.contains { $0.code == "unsupported-interaction" })
    }
  }

  @Test func `a fault of JSON is reported with its place`() throws {
    try Fixture.withPackage { folder in
      let path = "tests/diagnostic-2.0.blueprint.json"
      try folder.replace("\"version\": \"1\",", with: "\"version\": \"1\"", in: path)
      let syntax = try #require(
        BankReader.read(folder: folder).diagnostics.first { $0.code == "json" })
      #expect(syntax.line == 4)
      try folder.replace("\"version\": \"1\"", with: "\"version\": 1,", in: path)
      let shape = try #require(
        BankReader.read(folder: folder).diagnostics.first { $0.code == "json-shape" })
      #expect(shape.message.english.contains("version"))
    }
  }

  /// Asked of a package of six items: far too few to choose among.
  private static let selection =
    "\"selection\": {\"rule\": \"a-optimal\", \"among\": 3, \"maximumExposure\": 0.4}"

  @Test(arguments: [
    ("\"A\": 6,", "\"A\": 7,"), ("\"min\": 2,", "\"min\": 4,"), ("\"stages\": 4", "\"stages\": 0"),
    ("\"XQ\"", "\"QQ\""), ("\"framework\": \"cn-2.0\"", "\"framework\": \"cn-9\""),
    ("\"test\": \"diagnostic-2.0\"", "\"test\": \"other\""), ("\"A1\": 3", "\"A99\": 3"),
    ("\"perPointMaximum\": 2", "\"perPointMaximum\": 5000000000000000000"),
    ("\"stages\": 4", "\"stages\": 4, \(Self.selection)"),
    ("\"stages\": 4", "\"stages\": 4, \(Self.selection.replacing("3", with: "0"))"),
    ("\"stages\": 4", "\"stages\": 4, \(Self.selection.replacing("0.4", with: "1.4"))"),
  ])
  func `a blueprint that cannot be met is refused`(old: String, new: String) throws {
    try Fixture.withPackage { folder in
      try folder.replace(old, with: new, in: "tests/diagnostic-2.0.blueprint.json")
      let (bank, _) = BankReader.read(folder: folder)
      #expect(Set(codes(folder)) == ["blueprint"])
      #expect(bank?.blueprints.isEmpty == true)
    }
  }

  @Test(arguments: [
    ("IRT.GPCM.step.2", "IRT.GPCM.step.7"), ("IRT.GPCM.slope", "IRT.GPCM.bend"),
    (">0.8<", ">-0.8<"), (">1<", ">0.5<"),
  ])
  func `incomplete parameters are refused`(old: String, new: String) throws {
    try Fixture.withPackage { folder in
      try folder.replace(old, with: new, in: "usage/provisional-2026.xml")
      #expect(Set(codes(folder)) == ["parameters"])
      let bank = try #require(BankReader.read(folder: folder).bank)
      #expect(bank.items.allSatisfy { $0.parameters == nil })
    }
  }

  @Test func `an estimated calibration comes before a provisional one`() throws {
    try Fixture.withPackage { folder in
      let path = "usage/provisional-2026.xml"
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      let start = try #require(text.firstRange(of: "<ordinaryStatistic"))
      let end = try #require(text.firstRange(of: "</usageData>"))
      let estimated = text[start.lowerBound..<end.lowerBound]
        .replacing("provisional-2026", with: "trial-2027")
        .replacing("caseCount=\"0\"", with: "caseCount=\"400\"")
        .replacing(">0.8<", with: ">1.1<")
      try folder.replace("</usageData>", with: estimated + "</usageData>", in: path)
      let bank = try #require(BankReader.read(folder: folder).bank)
      let item = try #require(bank.items.first)
      #expect(item.calibrations.map(\.slope) == [1.1, 0.8])
      #expect(item.parameters?.isProvisional == false)
      #expect(item.parameters?.caseCount == 400)
    }
  }

  @Test func `a framework with a point in no dimension is refused`() throws {
    try Fixture.withPackage { folder in
      try folder.replace("isChildOf", with: "isRelatedTo", in: "frameworks/cn-2.0.json")
      #expect(codes(folder).contains("framework-structure"))
      #expect(BankReader.read(folder: folder).bank?.frameworks.isEmpty == true)
    }
  }
}
