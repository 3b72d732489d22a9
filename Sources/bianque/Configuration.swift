import Diagnostics
import Foundation
import Storage

/// Everything the service is told from outside, read once and checked before anything starts.
///
/// Each setting is an option of `serve`, or else an environment variable:
/// - `BIANQUE_HOST` (default 127.0.0.1): the address to listen on.
/// - `BIANQUE_PORT` (0…65535, default 8080): the port; 0 takes a free one.
/// - `BIANQUE_DATA` (default `data`): the folder for the database; made if missing.
/// - `BIANQUE_DATABASE` (default none): another database than the one in the data folder.
/// - `BIANQUE_BANK` (default `ItemBank`), `BIANQUE_COURSES` (default `Courses`), `BIANQUE_WEB`
///   (default `Web`): the folders of content.
/// - `BIANQUE_PUBLIC_URL` (default none): the address visitors use, when a proxy stands in front;
///   with `https://` cookies are kept to TLS.
/// - `BIANQUE_CONTACT` (default none): whom a visitor may ask, shown on the help page.
/// - `BIANQUE_CYCLE_YEARS` (1…30, default 5): a programme's cycle; names are kept a year longer.
struct Configuration: Hashable, Sendable {
  var host: String
  var port: Int
  var data: URL
  var bank: URL
  var courses: URL
  var web: URL
  var isBehindTLS: Bool
  var publicHost: String?
  var contact: String?
  var retention: RetentionRule
  /// Whether people and answers are simulated; no variable sets it.
  var isSimulated = false

  /// Reads the configuration.
  ///
  /// - Parameters:
  ///   - options: what the command line gave, by the variable's name.
  ///   - environment: the environment of the process.
  /// - Throws: ``ConfigurationError`` with every fault at once.
  init(options: [String: String], environment: [String: String]) throws(ConfigurationError) {
    var faults: [Text] = []
    let prefix = "BIANQUE_"
    for name in environment.keys.sorted() where name.hasPrefix(prefix) {
      if !Self.names.contains(name) {
        faults.append(
          Text("没有这个设置：\(name)。", "There is no setting \(name)."))
      }
    }
    let value = { (name: String) -> String? in
      (options[name] ?? environment[name]).flatMap { $0.isEmpty ? nil : $0 }
    }
    host = value("BIANQUE_HOST") ?? "127.0.0.1"
    port = 8080
    if let text = value("BIANQUE_PORT") {
      if let number = Int(text), (0...65_535).contains(number) {
        port = number
      } else {
        faults.append(
          Text(
            "端口必须是 0 到 65535 的整数，现在是“\(text)”。",
            "The port must be a whole number from 0 to 65535, not \"\(text)\"."))
      }
    }
    if let database = value("BIANQUE_DATABASE") {
      faults.append(
        Text(
          "目前只支持数据文件夹里的 SQLite 数据库，不能用“\(database)”。",
          "Only the SQLite database in the data folder is supported, not \"\(database)\"."))
    }
    let folder = { (name: String, usual: String) in
      URL(filePath: value(name) ?? usual, directoryHint: .isDirectory)
    }
    data = folder("BIANQUE_DATA", "data")
    bank = folder("BIANQUE_BANK", "ItemBank")
    courses = folder("BIANQUE_COURSES", "Courses")
    web = folder("BIANQUE_WEB", "Web")
    let publicURL = value("BIANQUE_PUBLIC_URL")
    isBehindTLS = publicURL?.hasPrefix("https://") ?? false
    // http://host:port/path: what stands between the second and the third slash.
    publicHost = publicURL?.split(separator: "/").dropFirst().first.map(String.init)
    if let publicURL, !isBehindTLS, !publicURL.hasPrefix("http://") {
      faults.append(
        Text(
          "BIANQUE_PUBLIC_URL 要以 https:// 或 http:// 开头，现在是“\(publicURL)”。",
          "BIANQUE_PUBLIC_URL must begin with https:// or http://, not \"\(publicURL)\"."))
    }
    contact = value("BIANQUE_CONTACT")
    retention = RetentionRule()
    if let text = value("BIANQUE_CYCLE_YEARS") {
      if let years = Int(text), (1...30).contains(years) {
        retention = RetentionRule(cycleYears: years)
      } else {
        faults.append(
          Text(
            "BIANQUE_CYCLE_YEARS 必须是 1 到 30 的整数，现在是“\(text)”。",
            "BIANQUE_CYCLE_YEARS must be a whole number from 1 to 30, not \"\(text)\"."))
      }
    }
    if !faults.isEmpty { throw ConfigurationError(faults: faults) }
  }

  private static let names: Set<String> = [
    "BIANQUE_HOST", "BIANQUE_PORT", "BIANQUE_DATA", "BIANQUE_DATABASE", "BIANQUE_BANK",
    "BIANQUE_COURSES", "BIANQUE_WEB", "BIANQUE_PUBLIC_URL", "BIANQUE_CONTACT",
    "BIANQUE_CYCLE_YEARS",
  ]
}

/// Why the service cannot start as it is configured.
struct ConfigurationError: Error, Hashable {
  /// One sentence for each fault.
  var faults: [Text]

  init(faults: [Text]) {
    self.faults = faults
  }

  init(_ fault: Text) {
    faults = [fault]
  }
}
