import ArgumentParser
import Diagnostics
import Foundation
import Logging

/// `bianque serve`: runs the service.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "运行服务。Runs the service.",
    discussion: "每个选项也可以用环境变量 BIANQUE_… 设置。Each option is also a BIANQUE_… variable.")

  @Option(help: "监听的地址，缺省 127.0.0.1。The address to listen on.")
  var host: String?
  @Option(help: "端口，缺省 8080；0 表示任意空闲端口。The port; 0 takes a free one.")
  var port: String?
  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data: String?
  @Option(help: "数据库地址；缺省用数据文件夹里的 SQLite。The database, if not SQLite in the data folder.")
  var database: String?
  @Option(help: "题库文件夹，缺省 ItemBank。The folder of the item bank.")
  var bank: String?
  @Option(help: "课程文件夹，缺省 Courses。The folder of courses and programmes.")
  var courses: String?
  @Option(help: "网页文件夹，缺省 Web。The folder of templates, texts and styles.")
  var web: String?

  func run() async throws {
    let terminal = Terminal.current
    do {
      LoggingSystem.bootstrap(StreamLogHandler.standardError)
      let configuration = try Configuration(
        options: options(), environment: ProcessInfo.processInfo.environment)
      let service = try await Composition(configuration, terminal: terminal).service()
      try await service.run()
    } catch let error as ConfigurationError {
      for fault in error.faults { terminal.say(terminal(fault)) }
      throw ExitCode(Exit.configuration)
    } catch let error as ContentError {
      terminal.say(error.diagnostics.filter { $0.severity == .error })
      terminal.say(
        terminal(
          Text(
            "内容有错误，服务没有启动。改好后可先用 bianque bank check 检查。",
            "The content has errors; the service was not started. Check it with bianque bank check."
          )))
      throw ExitCode(Exit.refused)
    }
  }

  private func options() -> [String: String] {
    [
      "BIANQUE_HOST": host, "BIANQUE_PORT": port, "BIANQUE_DATA": data,
      "BIANQUE_DATABASE": database, "BIANQUE_BANK": bank, "BIANQUE_COURSES": courses,
      "BIANQUE_WEB": web,
    ].compactMapValues { $0 }
  }
}

/// Content that the service cannot be started with.
struct ContentError: Error {
  var diagnostics: [Diagnostic]
}
