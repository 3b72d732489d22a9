import Foundation
import TestSupport

/// The command as a person calls it: a process with arguments, an environment and an exit code.
struct Command {
  var status: Int32
  var output: String
  var errors: String

  /// Runs `bianque` from the root of the project.
  init(_ arguments: [String], environment: [String: String] = [:], home: URL = Project.root) throws
  {
    let process = Process()
    process.executableURL = try Self.executable()
    process.arguments = arguments
    process.currentDirectoryURL = home
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("BIANQUE_") }
    variables["LC_ALL"] = "zh_CN.UTF-8"
    process.environment = variables.merging(environment) { $1 }
    let folder = try Project.temporaryFolder()
    let (outputFile, errorFile) = (folder.appending(path: "out"), folder.appending(path: "err"))
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: outputFile, encoding: .utf8)
    errors = try String(contentsOf: errorFile, encoding: .utf8)
    try FileManager.default.removeItem(at: folder)
  }

  struct NotBuilt: Error {}

  /// The executable beside the test bundle.
  private static func executable() throws -> URL {
    var folder = URL(filePath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appending(path: "bianque")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    throw NotBuilt()
  }

  /// The output as JSON.
  func json() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(output.utf8))
  }
}
