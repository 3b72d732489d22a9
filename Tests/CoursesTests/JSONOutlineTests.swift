import Testing

@testable import Courses

struct JSONOutlineTests {
  @Test func `members stand at their key, elements at their value`() {
    let outline = JSONOutline(
      Array("{\n  \"甲\": [1,\n    {\"b\": \"x\\\"y\"}], \"c\": null\n}\n".utf8))
    #expect(outline.fault == nil)
    #expect(
      outline.places == [
        "": .init(line: 1, column: 1), "甲": .init(line: 2, column: 3),
        "甲.0": .init(line: 2, column: 9), "甲.1": .init(line: 3, column: 5),
        "甲.1.b": .init(line: 3, column: 6), "c": .init(line: 3, column: 21),
      ])
  }

  @Test(arguments: [
    ("", 1, 1), ("{\"a\":1,}", 1, 8), ("{\"a\":1,\n\"b\" 2}", 2, 5), ("[1 2]", 1, 4),
    ("[1]\n x", 2, 2), ("{\"甲\": tru}", 1, 7), ("[\"a", 1, 4), ("{a:1}", 1, 2), ("[1,", 1, 4),
    ("[\"a\\q\"]", 1, 5), ("[\"a\\", 1, 5),
  ])
  func `the first byte that cannot be there is told`(text: String, line: Int, column: Int) {
    #expect(JSONOutline(Array(text.utf8)).fault == .init(line: line, column: column))
  }

  @Test func `a text that is not UTF-8 is told where it begins`() {
    let bytes: [UInt8] = [0x5B, 0x31, 0x2C, 0x22, 0xD0, 0xD5, 0x22, 0x5D]
    #expect(JSONOutline(bytes).fault == .init(line: 1, column: 5))
  }

  @Test func `very deep nesting is refused, not followed`() {
    let text = String(repeating: "[", count: 100_000)
    #expect(JSONOutline(Array(text.utf8)).fault == .init(line: 1, column: 66))
  }
}
