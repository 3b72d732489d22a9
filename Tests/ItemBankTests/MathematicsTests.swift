import ItemBank
import Testing

struct MathematicsTests {
  private func read(_ formula: String) throws -> (html: String, codes: [String]) {
    var text = ItemText()
    text.body = "<p>\(formula)</p>"
    let (item, codes) = text.read()
    guard case .markup(let markup) = try #require(item?.body.first) else { return ("", codes) }
    return (markup.html, codes)
  }

  private static let namespace = "xmlns=\"http://www.w3.org/1998/Math/MathML\""

  @Test func `a formula is kept as MathML`() throws {
    let (html, codes) = try read(
      "<math \(Self.namespace) display=\"block\"><mfrac><mn>3</mn><mn>4</mn></mfrac></math>")
    #expect(html == "<p><math display=\"block\"><mfrac><mn>3</mn><mn>4</mn></mfrac></math></p>")
    #expect(codes.isEmpty)
  }

  @Test func `a prefix is dropped, for browsers know none`() throws {
    let html = try read(
      "<m:math xmlns:m=\"http://www.w3.org/1998/Math/MathML\"><m:mi>x</m:mi></m:math>"
    ).html
    #expect(html == "<p><math><mi>x</mi></math></p>")
  }

  @Test func `what a formula could bring with it goes, and is told`() throws {
    for (part, kept) in [
      ("<mi href=\"javascript:alert(1)\">x</mi>", "<mi>x</mi>"),
      ("<mi onclick=\"alert(1)\">x</mi>", "<mi>x</mi>"),
      ("<maction><mi>x</mi></maction>", "<mi>x</mi>"),
      (
        "<semantics><mi>x</mi><annotation-xml><mi>y</mi></annotation-xml></semantics>",
        "<semantics><mi>x</mi></semantics>"
      ),
      ("<mglyph src=\"https://a.example/x.png\"/>", ""),
    ] {
      let (html, codes) = try read("<math \(Self.namespace)>\(part)</math>")
      #expect(html == "<p><math>\(kept)</math></p>")
      #expect(codes.filter { $0 != "external-asset" } == ["removed-markup"])
    }
  }

  @Test func `the names of MathML mean nothing outside its namespace`() throws {
    #expect(try read("<mi>x</mi>").html == "<p>x</p>")
  }
}
