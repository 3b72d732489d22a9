import Diagnostics
import Foundation
import ItemBank
import TestSupport
import Testing

/// Every rule of `bank check` with what it finds and what it lets pass.
struct CheckRuleTests {
  private func codes(_ text: String) -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rule-\(UUID()).xml")
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    do { try Data(text.utf8).write(to: folder) } catch { return ["unwritten"] }
    return BankChecker.check(paths: [folder.path(percentEncoded: false)]).diagnostics.map(\.code)
  }

  /// An item that has nothing wrong with it.
  private static var clean: ItemText {
    var text = ItemText()
    text.root += #" xml:lang="zh-CN""#
    text.outcomes = """
      <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>\
      <qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>\
      <qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float">\
      <qti-default-value><qti-value>1</qti-value></qti-default-value></qti-outcome-declaration>
      """
    text.body = "<p>课前的一件小事。</p>"
    text.choices = """
      <qti-simple-choice identifier="A">先问学生怎么想，再定起点</qti-simple-choice>\
      <qti-simple-choice identifier="B">先看作业里的错，再定起点</qti-simple-choice>\
      <qti-simple-choice identifier="C">照教参的进度走，课后再补习</qti-simple-choice>
      """
    text.processing += ["A", "B", "C"].map { choice in
      "<qti-modal-feedback outcome-identifier=\"FEEDBACK\" identifier=\"\(choice)\">"
        + "<qti-content-body><p>可以再问一问为什么。</p></qti-content-body></qti-modal-feedback>"
    }.joined()
    return text
  }

  @Test func `an item that keeps the rules has nothing wrong with it`() {
    #expect(codes(Self.clean.text).isEmpty, "\(codes(Self.clean.text))")
  }

  @Test(arguments: [
    ("missing-maximum-score", "MAXSCORE", "MAXIMUM"),
    ("maximum-score", "<qti-value>1</qti-value>", "<qti-value>2</qti-value>"),
    ("missing-language", #" xml:lang="zh-CN""#, ""),
    ("answer-leak", "课前的一件小事。", "正确答案是乙。"),
    ("answer-leak", "先问学生怎么想，", "（正确）先问学生，"),
    ("best-is-longest", "先看作业里的错，再定起点", "先看作业里反复出现的错，再定起点"),
    ("choice-lengths", "照教参的进度走，课后再补习", "照教参"),
    ("choice-too-long", "先看作业里的错，再定起点", String(repeating: "先看作业里的错", count: 9)),
    ("story-too-long", "课前的一件小事。", String(repeating: "课前的一件小事。", count: 16)),
    ("all-of-the-above", "照教参的进度走，课后再补习", "以上都对，可以任选其中一个"),
    ("all-of-the-above", "照教参的进度走，课后再补习", "All of the above"),
    ("moral-word", "先看作业里的错，再定起点", "尊重学生，看错题，定起点"),
    ("brand-name", "课前的一件小事。", "课前用微信群收作业。"),
    ("brand-name", "课前的一件小事。", "课前做了一份PPT。"),
    ("half-width-punctuation", "课前的一件小事。", "课前,一件小事。"),
    ("missing-feedback", #"FEEDBACK" identifier="C""#, #"FEEDBACK" identifier="A""#),
    ("unreachable-feedback", #"FEEDBACK" identifier="C""#, #"FEEDBACK" identifier="X""#),
    ("feedback-judges", "可以再问一问为什么。", "你选错了。"),
    (
      "unset-outcome", #"identifier="FEEDBACK" cardinality="single""#,
      #"identifier="OTHER" cardinality="single""#
    ),
    ("external-asset", "<p>课前", #"<p><img src="https://x.example/a.png" alt="x"/>课前"#),
    ("external-asset", "<p>课前", #"<p><img src="//x.example/a.png" alt="x"/>课前"#),
    ("missing-alternative", "<p>课前", #"<p><img src="a.png"/>课前"#),
    ("unknown-choice", "<qti-value>B</qti-value>", "<qti-value>Z</qti-value>"),
    (
      "missing-correct-response",
      "<qti-correct-response><qti-value>B</qti-value></qti-correct-response>", ""
    ),
    ("duplicate-identifier", #"choice identifier="C""#, #"choice identifier="A""#),
    ("undeclared-response", #"response-identifier="RESPONSE""#, #"response-identifier="R""#),
    ("undeclared-outcome", #"identifier="SCORE""#, #"identifier="POINTS""#),
    (
      "too-many-choices", "</qti-choice-interaction>",
      (0..<500).map { "<qti-simple-choice identifier=\"M\($0)\">另\($0)</qti-simple-choice>" }
        .joined() + "</qti-choice-interaction>"
    ),
  ])
  func `what breaks a rule is found`(code: String, old: String, new: String) {
    let text = Self.clean.text
    #expect(text.contains(old))
    let found = codes(text.replacing(old, with: new))
    #expect(found.contains(code), "\(found)")
  }

  @Test func `scores beyond the bounds, alike scores and reversed bounds are found`() {
    let mapping = { (attributes: String, a: String, b: String) in
      var text = Self.clean
      text.declaration = """
        <qti-mapping \(attributes)><qti-map-entry map-key="A" mapped-value="\(a)"/>\
        <qti-map-entry map-key="B" mapped-value="\(b)"/>\
        <qti-map-entry map-key="C" mapped-value="0"/></qti-mapping>
        """
      text.processing = text.processing.replacing("match_correct", with: "map_response")
      return self.codes(text.text)
    }
    #expect(mapping(#"lower-bound="0" upper-bound="1""#, "1", "0").isEmpty)
    #expect(mapping(#"lower-bound="0" upper-bound="1""#, "1", "3").contains("score-beyond-bounds"))
    #expect(mapping(#"lower-bound="0" upper-bound="1""#, "1", "-3").contains("score-beyond-bounds"))
    #expect(mapping("", "0", "0").contains("scores-alike"))
    #expect(mapping(#"lower-bound="2" upper-bound="1""#, "1", "0").contains("bounds"))
  }

  @Test func `an order that is shown as it should be made is found`() {
    let codes = { (edit: (inout PairItem) -> Void) -> [String] in
      var text = PairItem.order
      edit(&text)
      return self.codes(text.text)
    }
    #expect(!codes { _ in }.contains("order-shown"))
    let shown = { (text: inout PairItem) in
      text.interaction = text.interaction.replacing("shuffle=\"true\"", with: "shuffle=\"false\"")
    }
    #expect(codes(shown).contains("order-shown"))
    #expect(
      !codes { text in
        shown(&text)
        text.correct =
          "<qti-value>B</qti-value><qti-value>A</qti-value><qti-value>C</qti-value>"
      }.contains("order-shown"))
    // Choices that keep their places are not shuffled.
    #expect(
      codes { text in
        text.interaction = text.interaction.replacing(
          "<qti-simple-choice ", with: "<qti-simple-choice fixed=\"true\" ")
      }.contains("order-shown"))
  }

  @Test(arguments: [
    "items/A6/a6-05.xml", "items/B5/b5-06.xml", "items/B4/b4-03.xml", "items/2014/ii-07.xml",
    "items/2014/i-18.xml", "items/A6/a6-06.xml", "items/2014/ii-11.xml", "items/B3/b3-06.xml",
  ])
  func `a score that is no category is found in every kind of question`(path: String) throws {
    let files = PackageFiles(folder: Project.root.appending(path: "ItemBank"))
    let text = String(decoding: try #require(files.bytes(of: path)), as: UTF8.self)
    let maximum = try #require(
      text.firstMatch(of: /MAXSCORE"[^>]*>\s*<qti-default-value>\s*<qti-value>(\d)/))
    let codes = { (text: String) in
      var contents = files.contents
      contents[path] = Array(text.utf8)
      var report = BankCheckReport()
      if let bank = BankReader.read(files: contents, name: "b").bank { report.check(bank) }
      return report.diagnostics.filter { $0.file.hasSuffix(path) }.map(\.code)
    }
    #expect(codes(text).isEmpty)
    // One point less than the best answer gives.
    let less = text.replacing(
      maximum.0, with: maximum.0.dropLast() + String((Int(maximum.1) ?? 0) - 1))
    #expect(Set(codes(less)).isSuperset(of: ["score-category", "maximum-score", "category-count"]))
  }

  @Test func `a response nobody asks for and a table that ascends are found`() {
    var text = Self.clean
    text.outcomes += """
      <qti-response-declaration identifier="OTHER" cardinality="single" base-type="identifier"/>
      """
    // Declarations of responses come first in a document.
    let ordered = text.text.replacing(
      "<qti-response-declaration identifier=\"OTHER\" cardinality=\"single\" base-type=\"identifier\"/>",
      with: ""
    ).replacing(
      "<qti-response-declaration identifier=\"RESPONSE\"",
      with: "<qti-response-declaration identifier=\"OTHER\" cardinality=\"single\" "
        + "base-type=\"identifier\"/><qti-response-declaration identifier=\"RESPONSE\"")
    #expect(codes(ordered).contains("unasked-response"))
    let table = { (first: Int, second: Int) in
      """
      <qti-outcome-declaration identifier="GRADE" cardinality="single" base-type="float">\
      <qti-default-value><qti-value>0</qti-value></qti-default-value><qti-interpolation-table>\
      <qti-interpolation-table-entry source-value="\(first)" target-value="1"/>\
      <qti-interpolation-table-entry source-value="\(second)" target-value="2"/>\
      </qti-interpolation-table></qti-outcome-declaration>
      """
    }
    var descending = Self.clean
    descending.outcomes += table(2, 1)
    #expect(!codes(descending.text).contains("unreachable-entry"))
    var ascending = Self.clean
    ascending.outcomes += table(1, 2)
    #expect(codes(ascending.text).contains("unreachable-entry"))
  }

  @Test func `a question that the template does not look at is found`() {
    let two = Self.clean.text.replacing(
      "<qti-outcome-declaration identifier=\"SCORE\"",
      with: """
        <qti-response-declaration identifier="TWO" cardinality="single" base-type="string"/>\
        <qti-outcome-declaration identifier="SCORE"
        """
    ).replacing(
      "<p>课前的一件小事。</p>",
      with: "<p>课前<qti-text-entry-interaction response-identifier=\"TWO\"/>的小事。</p>")
    #expect(codes(two).contains("unscored-interaction"))
  }

  @Test func `the name of a product is a word, not a part of one`() {
    let excellent = Self.clean.text.replacing("课前的一件小事。", with: "An excellent 课前小事。")
    #expect(!codes(excellent).contains("brand-name"))
    let excel = excellent.replacing("excellent", with: "Excel")
    #expect(codes(excel).contains("brand-name"))
  }

  @Test(arguments: [
    ("missing-environment", "environment:A", "place:A", "imsmanifest.xml"),
    ("missing-tag", "tag:A:", "note:A:", "imsmanifest.xml"),
    ("story-too-long", "五年级", String(repeating: "五年级", count: 70), "stimuli/s-sample.xml"),
  ])
  func `what breaks a rule about a bank is found`(
    code: String, old: String, new: String, file: String
  ) throws {
    try Fixture.withPackage { folder in
      let path = folder.path(percentEncoded: false)
      let before = BankChecker.check(paths: [path]).diagnostics.count { $0.code == code }
      try folder.replace(old, with: new, in: file)
      #expect(BankChecker.check(paths: [path]).diagnostics.count { $0.code == code } > before)
    }
  }

  @Test func `best choices that nearly all stand in one place are found`() throws {
    let item = { (index: Int, best: String, shuffle: Bool) in
      let text = Self.clean.text.replacing("identifier=\"t1\"", with: "identifier=\"t\(index)\"")
        .replacing("<qti-value>B</qti-value>", with: "<qti-value>\(best)</qti-value>")
        .replacing("max-choices=\"1\"", with: "max-choices=\"1\" shuffle=\"\(shuffle)\"")
      let (item, _) = AssessmentItem.read(bytes: Array(text.utf8), file: "t.xml")
      return BankItem(item: try #require(item), framework: nil, points: [], environment: nil)
    }
    let codes = { (bests: [String], shuffle: Bool) -> [String] in
      let items = try bests.enumerated().map { try item($0, $1, shuffle) }
      let children = items.map { item in
        AssessmentSection.Child.item(
          AssessmentItemReference(
            identifier: item.id.rawValue, href: "", categories: [], item: item.id))
      }
      let section = AssessmentSection(
        identifier: "s", title: "", isVisible: true, selection: nil, shuffle: false,
        children: children)
      let part = TestPart(
        identifier: "p", navigationMode: "linear", submissionMode: "individual",
        sections: [section])
      let test = AssessmentTest(
        id: AssessmentTest.ID(rawValue: "t"), title: "", parts: [part], file: "t.xml")
      var report = BankCheckReport()
      report.check(
        Bank(
          version: Bank.Version(rawValue: "v"), title: "", frameworks: [], items: items,
          stimuli: [], tests: [test], blueprints: []))
      return report.diagnostics.map(\.code)
    }
    let uneven = Array(repeating: "B", count: 16) + Array(repeating: "A", count: 8)
    #expect(try codes(uneven, false).contains("best-position"))
    #expect(try !codes(uneven, true).contains("best-position"))
    let even = (0..<24).map { ["A", "B", "C"][$0 % 3] }
    #expect(try !codes(even, false).contains("best-position"))
  }
}
