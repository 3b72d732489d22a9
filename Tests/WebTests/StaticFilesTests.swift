import Foundation
import TestSupport
import Testing

@testable import Web

struct StaticFilesTests {
  @Test func `a style sheet is sent without its comments and otherwise as it is`() {
    let sheet = "/* names */ a { b: c } /* x\n * y */\n.d{}/**/ /* open"
    let sent = String(decoding: StaticFiles.withoutComments([UInt8](sheet.utf8)), as: UTF8.self)
    #expect(sent == " a { b: c } \n.d{} /* open")
  }

  @Test func `the style sheet is small enough for a bad line`() throws {
    let files = try StaticFiles(folder: Project.root.appending(path: "Web/static"))
    let sheet = try #require(files.byAddress.first { $0.key.hasSuffix(".css") }?.value)
    #expect(!String(decoding: sheet.bytes, as: UTF8.self).contains("/*"))
    #expect(try #require(sheet.gzipped).count <= 8 * 1024)
  }
}
