import Diagnostics
import Foundation
import ItemBank
import Testing

/// `bank check --schema`: documents against an XSD that the operator has.
struct SchemaCheckTests {
  private static let item = ItemText().text

  @Test func `a schema of the operator's is checked against, and told when it is unusable`() throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "xsd-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    let write = { (name: String, text: String) in
      let file = folder.appending(path: name)
      try Data(text.utf8).write(to: file)
      return file.path(percentEncoded: false)
    }
    // Two files, as those of QTI are many.
    _ = try write(
      "types.xsd",
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" \
      targetNamespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" \
      xmlns:q="http://www.imsglobal.org/xsd/imsqtiasi_v3p0">\
      <xs:complexType name="Item"><xs:sequence><xs:any maxOccurs="unbounded" \
      processContents="skip"/></xs:sequence><xs:attribute name="identifier"/>\
      <xs:anyAttribute processContents="skip"/></xs:complexType></xs:schema>
      """)
    let schema = try write(
      "qti.xsd",
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" \
      targetNamespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" \
      xmlns:q="http://www.imsglobal.org/xsd/imsqtiasi_v3p0">\
      <xs:include schemaLocation="types.xsd"/>\
      <xs:element name="qti-assessment-item" type="q:Item"/></xs:schema>
      """)
    let good = try write("good.xml", Self.item)
    let bad = try write(
      "bad.xml", Self.item.replacing("qti-assessment-item", with: "qti-assessment-thing"))
    #expect(BankChecker.check(paths: [good], against: schema).isEmpty)
    #expect(BankChecker.check(paths: [bad], against: schema).map(\.code) == ["schema"])
    let broken = try write("broken.xsd", "<xs:schema")
    #expect(BankChecker.check(paths: [good], against: broken).map(\.code) == ["unusable-schema"])
    // Loading files ends with the schema: an item still cannot.
    let hostile = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + Self.item
    let file = try write(
      "hostile.xml", hostile.replacing(#"<?xml version="1.0" encoding="UTF-8"?>"#, with: ""))
    #expect(BankChecker.check(paths: [file], against: schema).isEmpty)
    #expect(BankChecker.check(paths: [file]).diagnostics.map(\.code) == ["doctype"])
  }
}
