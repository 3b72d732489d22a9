import Testing

@testable import Courses

struct ContentVersionTests {
  /// Computed with a separate FNV-1a program in Python 3.11.
  @Test func `a version is the FNV-1a hash of bytes and lengths`() {
    var version = ContentVersion()
    #expect(version.hexadecimal == "cbf29ce484222325")
    version.add(Array("foobar".utf8))
    #expect(version.hexadecimal == "5350172cc9a331ae")
  }

  @Test func `bytes that move to the next file change the version`() {
    var first = ContentVersion()
    first.add([1, 2])
    first.add([3])
    var second = ContentVersion()
    second.add([1])
    second.add([2, 3])
    #expect(first.hexadecimal != second.hexadecimal)
  }
}
