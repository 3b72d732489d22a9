import Foundation
import TestSupport
import Testing

/// What `courses export` and `courses import` do to the catalogue.
struct CoursesCommandTests {
  @Test func `a sheet goes out, comes in changed, and goes out as it came in`() throws {
    let folder = try Project.temporaryFolder()
    let data = ["--data", folder.appending(path: "data").path]
    let file = folder.appending(path: "课程.csv")
    let out = try Command(["courses", "export", "--to", file.path] + data)
    #expect(out.status == 0, "\(out.errors)")
    let sheet = try String(contentsOf: file, encoding: .utf8)

    let same = try answer(Command(["courses", "import", file.path] + data))
    #expect(same["kept"] as? Bool == false)

    let changed = sheet.replacing(",jia,video,online,3,", with: ",jia,video,online,4,")
    try Data(changed.utf8).write(to: file)
    let looked = try answer(Command(["courses", "import", file.path, "--dry-run"] + data))
    #expect(looked["kept"] as? Bool == false)
    #expect((looked["changed"] as? [String])?.isEmpty == false)
    let kept = try answer(Command(["courses", "import", file.path] + data))
    #expect(kept["kept"] as? Bool == true)
    #expect(try Command(["courses", "export"] + data).output == changed)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `a sheet with a fault is refused with its place, and nothing changes`() throws {
    let folder = try Project.temporaryFolder()
    let data = ["--data", folder.appending(path: "data").path]
    let file = folder.appending(path: "课程.csv")
    let sheet = try Command(["courses", "export"] + data).output
    try Data(sheet.replacing(",jia,video,online,3,", with: ",jia,video,online,x,").utf8)
      .write(to: file)
    let command = try Command(["courses", "import", file.path] + data)
    #expect(command.status == 1)
    #expect(command.errors.contains("课程.csv:2:7: 错误 [bad-number]"))
    #expect(try Command(["courses", "export"] + data).output == sheet)
    #expect(try Command(["courses", "import", folder.path + "/none.csv"] + data).status == 1)
    try FileManager.default.removeItem(at: folder)
  }

  private func answer(_ command: Command) throws -> [String: Any] {
    #expect(command.status == 0, "\(command.errors)")
    return try #require(try command.json() as? [String: Any])
  }
}
