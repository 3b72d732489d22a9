import ArgumentParser
import Diagnostics
import Foundation

/// The folders of the content that a command reads whole.
struct ContentFolders: ParsableArguments {
  @Option(help: "题库文件夹，缺省 ItemBank。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "课程文件夹，缺省 Courses。The folder of courses and programmes.")
  var courses = "Courses"

  /// Reads the content.
  ///
  /// - Throws: exit code 1, after saying which errors are in it.
  func content(_ terminal: Terminal) throws -> PublishedContent {
    do throws(ContentError) {
      return try PublishedContent(
        bank: URL(filePath: bank, directoryHint: .isDirectory),
        courses: URL(filePath: courses, directoryHint: .isDirectory))
    } catch {
      terminal.say(error.diagnostics.filter { $0.severity == .error })
      throw ExitCode(Exit.refused)
    }
  }
}
