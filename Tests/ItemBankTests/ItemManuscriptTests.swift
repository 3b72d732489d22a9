import Competency
import Diagnostics
import Foundation
import ItemBank
import TestSupport
import Testing

/// Items written from manuscripts, read back, and made part of the shipped bank.
struct ItemManuscriptTests {
  private let shipped = PackageFiles(
    PackageFiles(folder: Project.root.appending(path: "ItemBank")).contents, name: "bank")
  private let bank: Bank

  init() throws {
    bank = try #require(BankReader.read(shipped).bank)
  }

  /// A manuscript with nothing wrong but what a test spoils.
  static func sample(_ identifier: String = "new-01") -> ItemManuscript {
    var manuscript = ItemManuscript()
    manuscript[.identifier] = identifier
    manuscript[.title] = "新课前怎样摸底"
    manuscript[.point] = "A1"
    manuscript[.schoolStage] = "初中"
    manuscript[.subject] = "数学"
    manuscript[.instruction] = "knowledge"
    manuscript[.difficulty] = "medium"
    manuscript[.scenario] = "你教七年级数学，下周学“一元一次方程”。全班48人，离上课还有三天。"
    manuscript[.stem] = "要为新课找准起点，哪种做法最有效？"
    let texts = [
      "课前让学生各写一个不懂的问题，按想法归类，再定从哪里讲起。",
      "用上次单元测验的平均分判断起点，平均分高就加快进度讲新课。",
      "布置十道新课预习题，家长当晚在群里拍照上传，第二天公布名单。",
      "上课先做五道与前备知识有关的小题，统计正确率后再讲新课内容。",
    ]
    for (index, text) in texts.enumerated() {
      manuscript[.choice(index)] = text
      manuscript[.score(index)] = ["3", "1", "0", "2"][index]
      manuscript[.reason(index)] = "理由\(index)"
      manuscript[.feedback(index)] = "下一步可以再看一看，第\(index)种想法最多。"
      manuscript[.misconception(index)] = index == 0 ? "" : "以总分代替学情"
    }
    return manuscript
  }

  /// Texts that have broken what they stood in elsewhere.
  private static let hostile = [
    "]]>", "<script>alert(1)</script>", "=cmd|'/c calc'!A1", "a & b < c > d \"e\" 'f'", "甲,乙;丙(丁)",
    "&lt;b&gt;", "{{t.site.name}}", "%{name}", "<!-- x", "<?xml?>", "\u{202E}倒", "👩‍🏫", "𠮷野",
    "A 3 分：x",
    "tag:A:b", ":", "#", "“”", "\u{3000}全角　空格", "\u{0}\u{B}控制\u{FFFE}符", "一\t二", "e\u{301}", "-1",
    "\\n",
  ]

  /// A made manuscript: each text put together from words, hostile ones among them.
  private func made(_ seed: UInt64) -> ItemManuscript {
    var generator = Seeded(state: seed)
    var manuscript = Self.sample("made-\(seed)")
    func words(_ most: Int) -> String {
      (0...Int.random(in: 0..<most, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? Self.hostile.randomElement(using: &generator) ?? "" : "老师先看作答记录"
      }.joined(separator: Bool.random(using: &generator) ? " " : "\n")
    }
    let count = Int.random(in: 3...6, using: &generator)
    for index in 0..<count {
      manuscript[.choice(index)] = "做法 " + words(4)
      manuscript[.score(index)] = "\(index == 0 ? 4 : Int.random(in: 0...4, using: &generator))"
      manuscript[.reason(index)] = "因为" + words(2)
      manuscript[.feedback(index)] = words(4)
      manuscript[.misconception(index)] = Bool.random(using: &generator) ? "误区" + words(2) : ""
    }
    manuscript[.title] = "题 " + words(2)
    manuscript[.stem] = "问 " + words(3)
    manuscript[.scenario] = "情境 " + words(5)
    manuscript[.parallelFamily] = Bool.random(using: &generator) ? "题组" + words(2) : ""
    manuscript[.subject] = "学科" + words(1)
    if Bool.random(using: &generator) {
      manuscript[.scenarioIdentifier] = "s-made-\(seed)"
      manuscript[.scenarioTitle] = "名 " + words(1)
      manuscript[.addition] = words(2)
    }
    manuscript[.environment] = "A"
    manuscript[.difficulty] =
      ["easy", "medium", "difficult", "very difficult"].randomElement(using: &generator) ?? ""
    return manuscript
  }

  @Test(arguments: 0..<60)
  func `what is written as QTI reads back as the same manuscript, whatever stands in it`(
    seed: UInt64
  ) throws {
    let manuscript = made(seed)
    let found = manuscript.check(in: bank, replacing: nil)
    let item = try #require(
      found.item, "\(found.findings.filter(\.isError).map(\.diagnostic))")
    let then = try #require(found.bank)
    let back = try #require(ItemManuscript(of: item, in: then))
    let differences = back.differences(from: manuscript)
    #expect(differences.isEmpty, "\(differences.map { "\($0): \(back[$0]) ≠ \(manuscript[$0])" })")
    for choice in item.item.choiceInteractions[0].choices {
      #expect(!choice.content.html.contains("<script"))
    }
  }

  @Test(arguments: 60..<66)
  func `handed in, the bank read again from its files has the same manuscript`(seed: UInt64) throws
  {
    let manuscript = made(seed)
    let outcome = BankImporter.write(ItemWriting(manuscript, state: .review), into: shipped)
    let files = try #require(outcome.files, "\(outcome.report.refused)")
    #expect(outcome.report.added.map(\.rawValue) == [manuscript[.identifier]])
    let read = try #require(BankReader.read(files: files.contents, name: "again").bank)
    let item = try #require(read.item(AssessmentItem.ID(rawValue: manuscript[.identifier])))
    #expect(ItemManuscript(of: item, in: read) == manuscript)
    #expect(item.state == .review && item.parameters?.isProvisional == true)
    #expect(read.differences(from: bank).map(\.item) == [item.id])
  }

  @Test func `the editor covers every single choice of the shipped bank, and says so of no other`()
    throws
  {
    let simple = bank.items.filter { item in
      item.item.asksForOneChoice && item.item.choiceInteractions.count == 1
    }
    let covered = bank.items.filter { ItemManuscript(of: $0, in: bank) != nil }
    #expect(Set(covered.map(\.id)).isSubset(of: simple.map(\.id)))
    #expect(covered.count >= simple.count - 5, "\(covered.count) of \(simple.count)")
  }

  @Test func `a good manuscript has nothing to look at`() {
    let found = Self.sample().check(in: bank, replacing: nil)
    #expect(found.findings.isEmpty, "\(found.findings.map(\.diagnostic))")
  }

  @Test(arguments: [
    (ItemSheetColumn.identifier, "", "empty-cell", ItemSheetColumn.identifier),
    (.identifier, "1 x", "identifier", .identifier), (.identifier, "#x", "identifier", .identifier),
    (.identifier, "a1-01", "identifier-taken", .identifier),
    (.point, "Z9", "unknown-point", .point),
    (.stem, "", "empty-cell", .stem), (.choice(1), "", "empty-cell", .choice(1)),
    (.score(2), "x", "score", .score(2)), (.environment, "Q", "unknown-environment", .environment),
    (.scenarioIdentifier, "s-a1-density", "scenario-differs", .scenario),
    (.scenario, String(repeating: "长", count: 130), "story-too-long", .scenario),
    (.choice(3), "用微信群收作业，第二天再讲一遍，讲完以后再做五道题看看结果。", "brand-name", .choice(3)),
    (.feedback(1), "你错了，再想想。", "feedback-judges", .feedback(1)),
    (.feedback(2), "", "missing-feedback", .feedback(2)),
    (.misconception(1), "", "missing-tag", .misconception(1)),
    (.stem, "哪种做法最有效?请选一项。", "half-width-punctuation", .stem),
    (.scenario, "全班48人,离上课还有三天。", "half-width-punctuation", .scenario),
  ])
  func `each finding stands beside the part it is about`(
    column: ItemSheetColumn, text: String, code: String, place: ItemSheetColumn
  ) throws {
    var manuscript = Self.sample()
    manuscript[column] = text
    let found = manuscript.check(in: bank, replacing: nil)
    let finding = try #require(
      found.findings.first { $0.diagnostic.code == code }, "\(found.findings)")
    #expect(finding.column == place)
    #expect(
      !finding.diagnostic.remedy.chinese.isEmpty && !finding.diagnostic.remedy.english.isEmpty)
  }

  @Test func `fewer than three choices cannot be handed in`() {
    var manuscript = Self.sample()
    for index in 2...3 {
      for column in ItemSheetColumn.columns(ofChoice: index) { manuscript[column] = "" }
    }
    let found = manuscript.check(in: bank, replacing: nil)
    #expect(found.findings.contains { $0.diagnostic.code == "few-choices" && $0.isError })
    #expect(BankImporter.write(ItemWriting(manuscript, state: .review), into: shipped).bank == nil)
  }

  @Test func `an edition changes what it says and nothing else`() throws {
    let item = try #require(bank.item(AssessmentItem.ID(rawValue: "a1-13")))
    var manuscript = try #require(ItemManuscript(of: item, in: bank))
    manuscript[.stem] = "换一种问法，哪种做法最有效？"
    let outcome = BankImporter.write(
      ItemWriting(manuscript, replacing: item.id, state: .live, keepsParameters: true),
      into: shipped)
    let then = try #require(outcome.bank, "\(outcome.report.refused)")
    let edited = try #require(then.item(item.id))
    #expect(then.differences(from: bank).map(\.item) == [item.id])
    #expect(edited.item.contentHash != item.item.contentHash && edited.state == .live)
    #expect(edited.calibrations == item.calibrations && edited.version == "2")
    #expect(edited.item.choiceInteractions[0].prompt?.text == "换一种问法，哪种做法最有效？")
    #expect(ItemManuscript(of: edited, in: then) == manuscript)
    for test in bank.tests {
      #expect(then.items(of: test.id).count == bank.items(of: test.id).count)
    }
    // The same again changes nothing.
    let files = try #require(outcome.files)
    let again = BankImporter.write(
      ItemWriting(manuscript, replacing: item.id, state: .live, keepsParameters: true),
      into: files)
    #expect(again.bank == nil && again.report.unchanged == [item.id])
  }

  @Test func `an edition with another point and key is judged anew`() throws {
    let item = try #require(bank.item(AssessmentItem.ID(rawValue: "a1-13")))
    var manuscript = try #require(ItemManuscript(of: item, in: bank))
    let best = try #require((0..<6).first { manuscript[.score($0)] == "4" })
    manuscript[.score(best)] = "5"
    manuscript[.point] = "A2"
    manuscript[.difficulty] = "difficult"
    let then = try #require(
      BankImporter.write(
        ItemWriting(manuscript, replacing: item.id, state: .review), into: shipped
      ).bank)
    let edited = try #require(then.item(item.id))
    #expect(edited.points.map(\.rawValue) == ["A2"] && edited.state == .review)
    #expect(edited.calibrations.count == 1 && edited.parameters?.stepLocations.count == 5)
    #expect(edited.parameters?.loadingShares.keys.map(\.rawValue) == ["A2"])
    #expect(then.item(AssessmentItem.ID(rawValue: "a1-01"))?.calibrations.isEmpty == false)
  }

  @Test func `a shared scenario changes for all its items, and for no other`() throws {
    let item = try #require(bank.items.first { $0.scenario?.rawValue == "s-a1-density" })
    let sharers = bank.items.filter { $0.scenario == item.scenario }
    #expect(sharers.count > 1)
    var manuscript = try #require(ItemManuscript(of: item, in: bank))
    manuscript[.scenario] = "县城初中八年级，50人，下周学“密度”。"
    let found = manuscript.check(in: bank, replacing: item.id)
    #expect(found.findings.contains { $0.diagnostic.code == "scenario-shared" && !$0.isError })
    let then = try #require(
      BankImporter.write(
        ItemWriting(manuscript, replacing: item.id, state: .live, keepsParameters: true),
        into: shipped
      ).bank)
    #expect(Set(then.differences(from: bank).map(\.item)) == Set(sharers.map(\.id)))
    let scenario = try #require(item.scenario)
    #expect(then.stimulus(scenario)?.content.text == "县城初中八年级，50人，下周学“密度”。")
    #expect(then.stimulus(scenario)?.title == bank.stimulus(scenario)?.title)
  }

  @Test func `an item takes another scenario of the bank, a new one, or none`() throws {
    let item = try #require(bank.items.first { $0.scenario?.rawValue == "s-a1-density" })
    let before = try #require(ItemManuscript(of: item, in: bank))
    for name in ["s-a1-money", "s-brand-new", ""] {
      var manuscript = before
      manuscript[.scenarioIdentifier] = name
      manuscript[.scenarioTitle] = name.isEmpty ? "" : "新情境"
      manuscript[.addition] = ""
      manuscript[.scenario] = "另一段情境。"
      if name == "s-a1-money" {
        let isTaken = manuscript.takeScenario(from: bank)
        #expect(isTaken)
      }
      let outcome = BankImporter.write(
        ItemWriting(manuscript, replacing: item.id, state: .live, keepsParameters: true),
        into: shipped)
      let then = try #require(outcome.bank, "\(name): \(outcome.report.refused)")
      let edited = try #require(then.item(item.id))
      #expect(edited.scenario?.rawValue == (name.isEmpty ? nil : name))
      #expect(ItemManuscript(of: edited, in: then) == manuscript)
      #expect(then.differences(from: bank).map(\.item) == [item.id], "\(name)")
    }
  }

  @Test func `a new item joins a test and shares a scenario of the bank`() throws {
    var manuscript = Self.sample()
    manuscript[.scenarioIdentifier] = "s-a1-density"
    let isTaken = manuscript.takeScenario(from: bank)
    #expect(isTaken)
    let test = bank.tests[0].id
    let outcome = BankImporter.write(
      ItemWriting(manuscript, state: .review, test: test), into: shipped)
    let then = try #require(outcome.bank, "\(outcome.report.refused)")
    let item = try #require(then.item(AssessmentItem.ID(rawValue: "new-01")))
    #expect(item.scenario?.rawValue == "s-a1-density")
    #expect(then.items(of: test).contains { $0.id == item.id })
    #expect(then.differences(from: bank).map(\.item) == [item.id])
  }

  @Test func `nothing typed but white space and what XML lacks is lost in a manuscript`() {
    var manuscript = ItemManuscript()
    manuscript[.stem] = "  一\n\n二\t三 \u{0}"
    manuscript[.feedback(0)] = "第一段\r\n\r\n  第二段 \u{2028}第三段"
    #expect(manuscript[.stem] == "一 二 三")
    #expect(manuscript[.feedback(0)] == "第一段\n第二段\n第三段")
    #expect(ItemManuscript(named: manuscript.namedTexts) == manuscript)
    #expect(Set(ItemSheetColumn.all.map(\.name)).count == ItemSheetColumn.all.count)
  }
}

/// SplitMix64, so that a made manuscript can be made again.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
