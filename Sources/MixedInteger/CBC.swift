public import Foundation

/// COIN-OR's branch-and-cut solver, run as a process of its own.
///
/// It is not linked in: the request path never waits for it, and its faults end with it. Debian has it
/// as `coinor-cbc`.
public struct CBC: Sendable {
  /// Why no outcome came of a run.
  public enum Failure: Error, Hashable, Sendable {
    /// The file of the programme cannot be written.
    case unwritable
    /// The solver cannot be started, or ended in a way that says nothing.
    case failed
  }

  /// The program.
  public var executable: URL

  /// Names the program to run.
  public init(executable: URL) { self.executable = executable }

  /// The program found in the folders of a search path; nil where it is not installed.
  ///
  /// - Parameter searchPath: folders separated by colons, such as the variable `PATH`.
  /// - Returns: the first that may be executed.
  public static func installed(searchPath: String) -> CBC? {
    searchPath.split(separator: ":").lazy
      .map { URL(filePath: String($0), directoryHint: .isDirectory).appending(path: "cbc") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      .map { CBC(executable: $0) }
  }

  /// Solves a programme.
  ///
  /// - Parameters:
  ///   - program: the programme.
  ///   - seconds: how long the solver may take; it is ended ten seconds later if it does not stop.
  ///   - relativeGap: from which gap between values and bound on it may stop.
  /// - Returns: what the solver found out; its values are checked against the rows.
  /// - Throws: ``Failure``.
  public func solve(
    _ program: MixedIntegerProgram, seconds: Double, relativeGap: Double = 1e-4
  ) throws(Failure) -> SolverOutcome {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "bianque-cbc-\(UUID().uuidString)", directoryHint: .isDirectory)
    let model = folder.appending(path: "model.lp")
    let log = folder.appending(path: "log.txt")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(program.lpText.utf8).write(to: model)
      try Data().write(to: log)
    } catch { throw .unwritable }
    defer { remove(folder) }
    let solution = folder.appending(path: "solution.txt")
    try run(
      [
        model.path, "timeMode", "elapsed", "sec", "\(seconds)", "ratio", "\(relativeGap)", "solve",
        "solution", solution.path,
      ], log: log, seconds: seconds + 10)
    do {
      let report = CBCReport(
        log: String(decoding: try Data(contentsOf: log), as: UTF8.self),
        solution: String(decoding: try Data(contentsOf: solution), as: UTF8.self))
      return report.outcome(of: program, relativeGap: relativeGap)
    } catch { throw .failed }
  }

  private func run(_ arguments: [String], log: URL, seconds: Double) throws(Failure) {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    do {
      let output = try FileHandle(forWritingTo: log)
      process.standardOutput = output
      process.standardError = output
      try process.run()
    } catch { throw .failed }
    let deadline = ContinuousClock.now + .seconds(seconds)
    while process.isRunning {
      if ContinuousClock.now > deadline { process.terminate() }
      Thread.sleep(forTimeInterval: 0.005)
    }
  }

  /// A folder that stays behind in the system's temporary folder harms nobody.
  private func remove(_ folder: URL) {
    do { try FileManager.default.removeItem(at: folder) } catch { return }
  }
}
