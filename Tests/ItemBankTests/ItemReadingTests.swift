import Diagnostics
import ItemBank
import Testing

struct ItemReadingTests {
  private func item(_ change: (inout ItemText) -> Void) throws -> AssessmentItem {
    var text = ItemText()
    change(&text)
    return try #require(text.read().item)
  }

  private func codes(_ change: (inout ItemText) -> Void) -> [String] {
    var text = ItemText()
    change(&text)
    return text.read().codes
  }

  @Test func `an item of the shipped shape is read whole`() throws {
    let bytes = try Fixture.bytes("package/items/A1/a1-01.xml")
    let (read, diagnostics) = AssessmentItem.read(bytes: bytes, file: "a1-01.xml")
    let item = try #require(read)
    #expect(diagnostics.isEmpty)
    #expect(item.id.rawValue == "a1-01")
    #expect(item.title == "技术支持的学情分析")
    #expect(item.language == "zh-CN")
    #expect(item.version == .v3p0)
    #expect(item.stimulusReferences.map(\.href) == ["../../stimuli/s-sample.xml"])
    #expect(item.body.count == 1)
    let interaction = try #require(item.choiceInteractions.first)
    #expect(interaction.choices.map(\.id.rawValue) == ["A", "B", "C", "D", "E"])
    #expect(interaction.choices.map { item.score(ofChoice: $0.id) } == [1, 4, 2, 3, 0])
    #expect(interaction.shuffle)
    #expect(interaction.prompt?.text.hasPrefix("就“为下周的教学设计提供依据”而言") == true)
    #expect(item.declaredMaximumScore == 4)
    let feedback = item.feedback(for: SimpleChoice.ID(rawValue: "B"))
    #expect(feedback?.html == "<p>下一步可把登记表留作课后对照，看同一错误是否减少。</p>")
    #expect(item.responseDeclarations.first?.line == 3)
  }

  @Test func `authors' notes are kept and are no part of what the candidate reads`() throws {
    let bytes = try Fixture.bytes("package/items/A1/a1-01.xml")
    let item = try #require(AssessmentItem.read(bytes: bytes, file: "a1-01.xml").item)
    let rubric = try #require(item.rubricBlocks.first)
    #expect(rubric.use == "scoring")
    #expect(rubric.views == ["author", "scorer"])
    #expect(rubric.text.split(separator: "\n").count == 5)
    #expect(rubric.text.contains("B 4 分：工具服从于问题"))
    #expect(!"\(item.body)".contains("4 分"))
  }

  @Test func `notes and feedback inside a container, a prompt or a choice stay hidden`() throws {
    let hidden = """
      <qti-rubric-block view="author"><p>机密</p></qti-rubric-block>\
      <qti-feedback-inline outcome-identifier="F" identifier="A">机密</qti-feedback-inline>
      """
    let item = try item {
      $0.body = "<div>\(hidden)<p>故事</p></div>"
      $0.choices += "<qti-simple-choice identifier=\"D\">丁\(hidden)</qti-simple-choice>"
    }
    #expect(!"\(item.body)".contains("机密"))
    #expect(item.rubricBlocks.map(\.text) == ["机密", "机密"])
  }

  @Test func `markup outside the list loses its tags and keeps its text`() throws {
    let (read, codes) = {
      var text = ItemText()
      text.body = """
        <div class="story" onclick="x()"><p>甲<a href="javascript:x()">乙</a>\
        <img src="x" alt="图 &lt;1&gt;"/><script>alert(1)</script><sub>2</sub><br/></p>\
        <table><tr><td colspan="2" rowspan="x">丙</td></tr></table></div>
        """
      return text.read()
    }()
    let item = try #require(read)
    guard case .markup(let markup) = try #require(item.body.first) else {
      Issue.record("expected markup")
      return
    }
    #expect(
      markup.html
        == "<div><p>甲乙图 &lt;1&gt;<sub>2</sub><br></p>"
        + "<table><tr><td colspan=\"2\">丙</td></tr></table></div>")
    #expect(markup.text == "甲乙图 <1>2\n丙")
    // An address is told once for leading elsewhere and once for being taken out.
    #expect(codes == ["external-asset"] + Array(repeating: "removed-markup", count: 5))
  }

  @Test func `text and attributes are escaped`() throws {
    let item = try item {
      $0.root = #"identifier="t1" title="a &amp; b &lt; &#34;c&#34;""#
      $0.body = #"<p xml:lang="en">1 &lt; 2 &amp; &quot;3&quot; <![CDATA[<b>]]></p>"#
    }
    #expect(item.title == #"a & b < "c""#)
    guard case .markup(let markup) = try #require(item.body.first) else {
      Issue.record("expected markup")
      return
    }
    #expect(markup.html == #"<p lang="en">1 &lt; 2 &amp; &quot;3&quot; &lt;b&gt;</p>"#)
    #expect(markup.text == #"1 < 2 & "3" <b>"#)
  }

  @Test func `identifiers padded with white space are collapsed`() throws {
    let item = try item {
      $0.declaration =
        "<qti-correct-response><qti-value>\n\t B \n</qti-value></qti-correct-response>"
      $0.choices = $0.choices.replacing("\"B\"", with: "\" B \"")
    }
    #expect(item.score(ofChoice: SimpleChoice.ID(rawValue: "B")) == 1)
  }

  @Test func `an interaction inside a container is found and the order kept`() throws {
    let bytes = Array(
      ItemText().text
        .replacing("<qti-item-body>", with: "<qti-item-body><div><p>前</p>")
        .replacing("</qti-item-body>", with: "<p>后</p></div></qti-item-body>").utf8)
    let item = try #require(AssessmentItem.read(bytes: bytes, file: "t.xml").item)
    #expect(item.body.count == 3)
    #expect(item.choiceInteractions.count == 1)
  }

  @Test(arguments: [("v2p1", AssessmentItem.Version.v2p1), ("v2p2", .v2p2)])
  func `QTI 2 is read by its own names`(segment: String, version: AssessmentItem.Version) throws {
    let text = """
      <assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_\(segment)" identifier="t1"
        title="题目" adaptive="false" timeDependent="false">
        <responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
          <mapping lowerBound="0" upperBound="2" defaultValue="-1">
            <mapEntry mapKey="A" mappedValue="3"/></mapping>
        </responseDeclaration>
        <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
        <itemBody><p>故事</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="0">
          <prompt>问题？</prompt><simpleChoice identifier="A">甲</simpleChoice>
          <simpleChoice identifier="B">乙</simpleChoice></choiceInteraction></itemBody>
        <responseProcessing
          template="http://www.imsglobal.org/question/qti_\(segment)/rptemplates/map_response"/>
        <modalFeedback outcomeIdentifier="F" identifier="A" showHide="show"><p>好</p></modalFeedback>
      </assessmentItem>
      """
    let item = try #require(AssessmentItem.read(bytes: Array(text.utf8), file: "t.xml").item)
    #expect(item.version == version)
    #expect(item.choiceInteractions.first?.prompt?.text == "问题？")
    let response = ResponseValue.choices([SimpleChoice.ID(rawValue: "A")])
    #expect(try item.score(["RESPONSE": response])["SCORE"]?.number == 2)
    #expect(item.feedback(for: SimpleChoice.ID(rawValue: "A"))?.text == "好")
  }

  @Test func `GB18030 and UTF-16 are read when declared`() throws {
    let utf16 = try Fixture.bytes("qti/hostile/xml/h15-utf16le-bom.xml")
    #expect(AssessmentItem.read(bytes: utf16, file: "t.xml").item != nil)
    let ascii = ItemText().text.replacing("UTF-8", with: "GB18030")
      .replacing("甲", with: "\u{1}")
      .unicodeScalars.filter { $0.isASCII }
    // 题 in GB18030, in place of the letter that stands for it.
    let bytes = ascii.flatMap { $0 == "\u{1}" ? [0xCC, 0xE2] : [UInt8(ascii: $0)] }
    let item = try #require(AssessmentItem.read(bytes: bytes, file: "t.xml").item)
    #expect(item.choiceInteractions.first?.choices.first?.content.text == "题")
  }

  @Test func `what is not supported has a message of its own`() {
    #expect(
      codes { $0.root = #"identifier="t1" title="" adaptive="true""# }
        == ["unsupported-adaptive"])
    #expect(
      codes { $0.outcomes += "<qti-template-declaration identifier=\"T\"/>" }
        == ["unsupported-template"])
    #expect(codes { $0.processing = "" } == ["missing-response-processing"])
    #expect(
      codes { $0.processing = "<qti-response-processing template=\"a/map_response_point\"/>" }
        == ["unsupported-response-processing"])
    #expect(
      codes {
        $0.processing = "<qti-response-processing><qti-include/></qti-response-processing>"
      } == ["unsupported-expression"])
    #expect(
      codes { $0.body = "<p><qti-drawing-interaction response-identifier=\"R2\"/></p>" }
        == ["unsupported-interaction"])
  }

  @Test func `faults of structure are errors with their own codes`() {
    let mapping = { (content: String) in "<qti-mapping>\(content)</qti-mapping>" }
    let mapped = { (content: String) in ItemText.mapped(content).read().codes }
    #expect(codes { $0.declaration = "" } == ["missing-correct-response"])
    #expect(
      codes { $0.declaration = $0.declaration.replacing("B", with: "Z") }
        == ["unknown-choice"])
    #expect(mapped("") == ["missing-mapping"])
    #expect(
      mapped(mapping("<qti-map-entry map-key=\"Z\" mapped-value=\"1\"/>"))
        == ["unknown-choice"])
    let entry = "<qti-map-entry map-key=\"A\" mapped-value=\"1\"/>"
    #expect(mapped(mapping(entry + entry)) == ["duplicate-identifier"])
    #expect(
      mapped("<qti-mapping lower-bound=\"2\" upper-bound=\"1\">\(entry)</qti-mapping>")
        == ["bounds"])
    for number in ["0x10", "1e999", "NaN", "１", "", "1 2"] {
      let codes = mapped(mapping("<qti-map-entry map-key=\"A\" mapped-value=\"\(number)\"/>"))
      #expect(codes.first == (number.isEmpty ? "missing-attribute" : "number"), "\(number)")
    }
    #expect(
      codes { $0.choices = $0.choices.replacing("\"C\"", with: "\"A\"") }
        == ["duplicate-identifier"])
    #expect(
      codes { $0.interaction = #"response-identifier="OTHER" max-choices="1""# }
        .contains("undeclared-response"))
    #expect(codes { $0.cardinality = "ordered" } == ["cardinality"])
    #expect(codes { $0.cardinality = "some" }.first == "cardinality")
    #expect(
      codes { $0.outcomes = $0.outcomes.replacing("float", with: "identifier") }
        == ["base-type"])
    #expect(codes { $0.root = #"identifier="1 x" title="""# } == ["identifier"])
    #expect(
      codes { $0.interaction = #"response-identifier="RESPONSE" max-choices="-1""# }
        == ["number"])
  }

  @Test func `the hash is SHA-256 over the bytes of the file`() throws {
    // Computed with sha256sum (GNU coreutils).
    let bytes = try Fixture.bytes("qti/cases/items/o02-sjt-graded-single.xml")
    let item = try #require(AssessmentItem.read(bytes: bytes, file: "o02.xml").item)
    #expect(
      item.contentHash == "90023f64cc327a5231dccd05d7cf856dd3f6cf853f9224e9a0beb7b989c355b2")
  }
}
