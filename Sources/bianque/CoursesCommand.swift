import ArgumentParser
import Courses
import Diagnostics
import Foundation
import ItemBank
import Storage

/// `bianque courses`: the course catalogue in and out.
struct CoursesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "courses", abstract: "课程目录的导入与导出。Brings the course catalogue in and out.",
    subcommands: [CoursesImport.self, CoursesExport.self])
}

/// Where the catalogue is: the folders of content and the database beside them.
struct CatalogueOptions: ParsableArguments {
  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"
  @Option(help: "题库文件夹。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "课程文件夹。The folder of courses.")
  var courses = "Courses"

  /// The catalogue in service, with its files and the version of the folder.
  struct InService {
    var store: Store
    var content: PublishedContent
    var catalogue: Catalogue
    var files: [String: [UInt8]]
  }

  /// Opens what a service with these folders has in service.
  ///
  /// - Throws: exit code 1, after saying what is wrong with the content; 78 if the data folder cannot
  ///   be opened.
  func opened(_ terminal: Terminal) async throws -> InService {
    let content: PublishedContent
    do throws(ContentError) {
      content = try PublishedContent(bank: folder(bank), courses: folder(courses))
    } catch {
      terminal.say(error.diagnostics)
      throw ExitCode(Exit.refused)
    }
    let store = try DataFolder(data).open()
    try await content.publish(to: store, courses: folder(courses))
    let version =
      try await store.coursesInService(folder: content.catalogue.version)
      ?? content.catalogue.version
    let files = try await store.publishedFiles(.courses, version: version)
    let read = try CourseFiles.withFolder(of: files) {
      CatalogueReader.read(folder: $0, frameworks: content.bank.frameworks)
    }
    guard let catalogue = read.catalogue else {
      terminal.say(read.diagnostics)
      throw ExitCode(Exit.refused)
    }
    return InService(store: store, content: content, catalogue: catalogue, files: files)
  }

  private func folder(_ path: String) -> URL { URL(filePath: path, directoryHint: .isDirectory) }
}

/// `bianque courses import`: a sheet takes the place of the courses, or of the institutions.
struct CoursesImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "导入课程表或机构表（CSV），全部成功或全部不改。Brings a sheet in, all or nothing.")

  @Argument(help: "表格文件。The sheet.")
  var file: String
  @Flag(help: "只检查，不导入。Checks only.")
  var dryRun = false
  @Flag(help: "课程都真实开设，不再标“示例”。The courses are really offered.")
  var offered = false
  @OptionGroup var options: CatalogueOptions

  func run() async throws {
    let terminal = Terminal.current
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    } catch {
      terminal.say(
        terminal(Text("读不了文件“\(file)”。", "The file \"\(file)\" cannot be read.")))
      throw ExitCode(Exit.refused)
    }
    let present = try await options.opened(terminal)
    let read = try CatalogueImport(
      bytes, name: file, into: present.files, frameworks: present.content.bank.frameworks,
      isSample: offered ? false : nil)
    terminal.say(read.diagnostics)
    let comparison = read.catalogue.map { CatalogueComparison(from: present.catalogue, to: $0) }
    let keeps = !dryRun && comparison?.isSame == false
    if keeps, let catalogue = read.catalogue, let comparison {
      do {
        try await present.store.publishCourses(
          catalogue.version, files: read.files, replacing: present.catalogue.version,
          folder: present.content.catalogue.version, actor: "command",
          detail: comparison.auditDetail(version: catalogue.version), at: Date())
      } catch StoreError.coursesChanged {
        terminal.say(
          terminal(
            Text(
              "这期间另有一版课程目录开始使用，什么也没有改。请再导入一次。",
              "Another version of the courses came into service meanwhile. Nothing was changed; "
                + "import once more.")))
        throw ExitCode(Exit.refused)
      }
    }
    try present.store.close()
    try terminal.answer(
      CoursesAnswer(
        kept: keeps, kind: read.kind.rawValue, version: read.catalogue?.version,
        added: comparison?.added.map(\.rawValue) ?? [],
        changed: comparison?.changed.map(\.rawValue) ?? [],
        removed: comparison?.removed.map(\.rawValue) ?? [],
        unchanged: comparison?.unchanged ?? 0,
        diagnostics: read.diagnostics.map { BankCheckAnswer.Finding($0, terminal: terminal) }))
    if read.catalogue == nil { throw ExitCode(Exit.refused) }
  }
}

/// What `courses import` prints.
struct CoursesAnswer: Encodable {
  var kept: Bool
  var kind: String
  /// The version that is, or would be, in service; absent when the sheet is refused.
  var version: String?
  var added: [String]
  var changed: [String]
  var removed: [String]
  var unchanged: Int
  var diagnostics: [BankCheckAnswer.Finding]
}

/// `bianque courses export`: the courses in service as a sheet.
struct CoursesExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "导出现在用的课程表（CSV）。Writes the courses in service.")

  @Option(help: "写到这个文件；缺省写到标准输出。The file to write; standard output otherwise.")
  var to: String?
  @Flag(help: "导出机构表。Writes the institutions instead.")
  var providers = false
  @OptionGroup var options: CatalogueOptions

  func run() async throws {
    let terminal = Terminal.current
    let present = try await options.opened(terminal)
    try present.store.close()
    let bytes = Data(
      providers ? present.catalogue.providersSheet() : present.catalogue.coursesSheet())
    guard let to else { return FileHandle.standardOutput.write(bytes) }
    do {
      try bytes.write(to: URL(filePath: to))
    } catch {
      terminal.say(terminal(Text("写不了文件“\(to)”。", "The file \"\(to)\" cannot be written.")))
      throw ExitCode(Exit.refused)
    }
  }
}
