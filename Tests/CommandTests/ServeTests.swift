import Foundation
import TestSupport
import Testing

/// What `serve` says and how it ends when it cannot start.
struct ServeTests {
  private func copyOfBank() throws -> URL {
    let folder = try Project.temporaryFolder()
    let copy = folder.appending(path: "ItemBank")
    try FileManager.default.copyItem(at: Project.root.appending(path: "ItemBank"), to: copy)
    return copy
  }

  @Test func `an unknown setting is named, and the exit code says configuration`() throws {
    let command = try Command(["serve"], environment: ["BIANQUE_PROT": "80"])
    #expect(command.status == 78)
    #expect(command.errors == "没有这个设置：BIANQUE_PROT。\n")
  }

  @Test func `all faults of a configuration are told at once, in the person's language`() throws {
    let command = try Command(
      ["serve", "--port", "seventy"],
      environment: ["BIANQUE_X": "1", "BIANQUE_DATABASE": "postgres://x", "LC_ALL": "en_GB.UTF-8"])
    #expect(command.status == 78)
    #expect(command.errors.split(separator: "\n").count == 3)
    #expect(command.errors.contains("There is no setting BIANQUE_X."))
    #expect(command.errors.contains("\"seventy\""))
  }

  @Test func `a data folder that cannot be made is named`() throws {
    let file = try Project.temporaryFolder().appending(path: "file")
    try Data().write(to: file)
    let command = try Command(
      ["serve", "--port", "0", "--data", file.appending(path: "data").path])
    #expect(command.status == 78)
    #expect(command.errors.contains("数据文件夹"))
    #expect(command.errors.split(separator: "\n").count == 1)
    try FileManager.default.removeItem(at: file.deletingLastPathComponent())
  }

  @Test func `a port in use is named with what to do`() throws {
    let listener = try #require(Listener())
    defer { listener.close() }
    let data = try Project.temporaryFolder()
    let command = try Command(
      ["serve", "--port", "\(listener.port)", "--data", data.path])
    #expect(command.status == 78)
    #expect(command.errors.contains("端口 \(listener.port) 已被占用"))
    try FileManager.default.removeItem(at: data)
  }

  @Test func `a malformed item is refused with file, line, column and remedy`() throws {
    let bank = try copyOfBank()
    let item = bank.appending(path: "items/A1/a1-01.xml")
    let text = try String(contentsOf: item, encoding: .utf8)
    try text.replacingOccurrences(of: "</qti-item-body>", with: "</qti-item>")
      .write(to: item, atomically: true, encoding: .utf8)
    let data = try Project.temporaryFolder()
    let command = try Command(["serve", "--bank", bank.path, "--data", data.path])
    #expect(command.status == 1)
    #expect(command.errors.firstMatch(of: #/a1-01\.xml:\d+:\d+: 错误/#) != nil)
    #expect(command.errors.contains("服务没有启动"))
    let check = try Command(["bank", "check", bank.path, "--json"])
    #expect(check.status == 1)
    let report = try #require(try check.json() as? [String: Any])
    let first = try #require((report["diagnostics"] as? [[String: Any]])?.first)
    for key in ["code", "severity", "file", "line", "column", "message", "remedy"] {
      #expect(first[key] != nil)
    }
    try FileManager.default.removeItem(at: bank.deletingLastPathComponent())
    try FileManager.default.removeItem(at: data)
  }

  @Test(arguments: [
    ("catalogue.csv", "A1:0.33", "A99:0.33"),
    ("programmes/jiangsu-2020.json", "\"min\": 50", "\"min\": "),
  ])
  func `a malformed catalogue or programme is refused with its place`(
    file: String, old: String, new: String
  ) throws {
    let folder = try Project.temporaryFolder()
    let courses = folder.appending(path: "Courses")
    try FileManager.default.copyItem(at: Project.root.appending(path: "Courses"), to: courses)
    let target = courses.appending(path: file)
    let text = try String(contentsOf: target, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacingOccurrences(of: old, with: new)
      .write(to: target, atomically: true, encoding: .utf8)
    let command = try Command(
      ["serve", "--courses", courses.path, "--data", folder.appending(path: "data").path])
    #expect(command.status == 1)
    let name = try #require(file.split(separator: "/").last)
    #expect(command.errors.contains("\(name):"))
    try FileManager.default.removeItem(at: folder)
  }
}

/// A port that is in use.
struct Listener {
  let port: Int
  private let descriptor: Int32

  init?() {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let size = length
    let descriptor = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 1) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else { return nil }
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  func close() {
    _ = Foundation.close(descriptor)
  }
}
