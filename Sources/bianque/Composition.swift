import Competency
import Courses
import Delivery
import Diagnostics
import Foundation
import Hummingbird
import ItemBank
import Logging
import NIOCore
import Storage
import Web

/// Puts the service together: the only place that knows all the parts.
struct Composition {
  let configuration: Configuration
  let terminal: Terminal

  init(_ configuration: Configuration, terminal: Terminal) {
    self.configuration = configuration
    self.terminal = terminal
  }

  /// The service, ready to run.
  ///
  /// - Throws: ``ContentError`` if bank, courses or programmes have errors; ``ConfigurationError``
  ///   if a folder cannot be used.
  func service() async throws -> RunningService {
    var content = try PublishedContent(
      bank: configuration.bank, courses: configuration.courses)
    let store = try openStore()
    try await content.addImports(from: store, to: configuration.bank)
    try await content.publish(to: store, from: configuration)
    let logger = Logger(label: "bianque")
    let codeKey = try key()
    let site: Site
    do {
      site = try await Site(
        store: store, bank: content.bank, catalogue: content.catalogue,
        programmes: content.programmes, webFolder: configuration.web,
        settings: Site.Settings(
          isBehindTLS: configuration.isBehindTLS, publicHost: configuration.publicHost,
          contact: configuration.contact, codeKey: codeKey,
          isSimulated: configuration.isSimulated),
        logger: logger, now: { Date() }, random: { UInt64.random(in: .min ... .max) })
    } catch {
      throw ConfigurationError(
        Text(
          "网页文件夹“\(configuration.web.path)”缺文件或读不了，请检查 --web。",
          "The web folder \"\(configuration.web.path)\" lacks files or cannot be read; check --web."
        ))
    }
    try await site.useCoursesInService()
    return RunningService(
      site: site, store: store, content: content, configuration: configuration, logger: logger,
      terminal: terminal)
  }

  private func key() throws -> CodeKey {
    do {
      return try CodeKeyFile.key(in: configuration.data)
    } catch {
      throw ConfigurationError(
        Text(
          "数据文件夹里的 \(CodeKeyFile.name) 不是登录码密钥，请从备份恢复；删掉它会让已发的登录码全部失效。",
          "\(CodeKeyFile.name) in the data folder is no key of sign-in codes; restore it from a "
            + "backup. Without it every code that was given out is void."))
    }
  }

  private func openStore() throws -> Store { try Self.openStore(in: configuration.data) }

  /// Opens the database of a data folder, making both if need be.
  ///
  /// - Throws: ``ConfigurationError`` if the folder or the database cannot be used.
  static func openStore(in folder: URL) throws -> Store {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try Store(folder: folder, now: Date())
    } catch StoreError.newerSchema(let found, let known) {
      throw ConfigurationError(
        Text(
          "数据库由更新的版本写成（结构 \(found)，本程序认识到 \(known)），请用新版本打开。",
          "The database was written by a newer version (schema \(found); this one knows \(known))."
        ))
    } catch {
      throw ConfigurationError(
        Text(
          "数据文件夹“\(folder.path)”不能写，请检查路径和权限。",
          "The data folder \"\(folder.path)\" cannot be written to; check it."))
    }
  }
}

/// The bank, courses and programmes in service, read and without errors.
struct PublishedContent {
  private(set) var bank: Bank
  /// The files of the bank when they are not just those of its folder.
  private var bankFiles: [String: [UInt8]]?
  /// The bank in service when imports were looked for.
  private var before = BankBefore.any
  /// What is different from the bank in service.
  private var differences: [ItemDifference] = []
  let catalogue: Catalogue
  let programmes: [Programme]

  /// Reads all content.
  ///
  /// - Parameters:
  ///   - bankFolder: the folder of the item bank.
  ///   - courses: the folder of courses and programmes.
  /// - Throws: ``ContentError`` with everything that is wrong.
  init(bank bankFolder: URL, courses: URL) throws(ContentError) {
    let (bank, bankDiagnostics) = BankReader.read(folder: bankFolder)
    var diagnostics = bankDiagnostics
    var catalogue: Catalogue?
    var programmes: [Programme] = []
    if let frameworks = bank?.frameworks, !frameworks.isEmpty {
      let read = CatalogueReader.read(folder: courses, frameworks: frameworks)
      catalogue = read.catalogue
      diagnostics += read.diagnostics
      let rules = ProgrammeReader.read(
        folder: courses.appending(path: "programmes"), frameworks: frameworks)
      programmes = rules.programmes
      diagnostics += rules.diagnostics
    }
    guard !diagnostics.contains(where: { $0.severity == .error }), let bank, let catalogue else {
      throw ContentError(diagnostics: diagnostics)
    }
    self.bank = bank
    self.catalogue = catalogue
    self.programmes = programmes
  }

  /// Lays what was imported into the published bank, and what was changed of its tests, over the bank of the folder.
  ///
  /// - Throws: ``ContentError`` if the two do not go together; the database's error.
  mutating func addImports(from store: Store, to folder: URL) async throws {
    let found = try await store.bankInService(.public)
    before = .version(found)
    guard let version = found else { return }
    let published = try await store.publishedFiles(.bank, version: version.rawValue)
    let present = PackageFiles(folder: folder)
    let files = BankImporter.refreshed(
      present, keeping: PackageFiles(published, name: version.rawValue))
    let contents = files.contents
    if contents != present.contents {
      let (read, diagnostics) = BankReader.read(files)
      guard let read, !diagnostics.contains(where: { $0.severity == .error }) else {
        throw ContentError(diagnostics: diagnostics)
      }
      bank = read
      bankFiles = contents
    }
    if bank.version != version,
      let earlier = BankReader.read(files: published, name: version.rawValue).bank
    {
      differences = bank.differences(from: earlier)
    }
  }

  /// Keeps the files that sessions and plans will be pinned to.
  ///
  /// - Throws: ``ConfigurationError`` if an item of the bank was published for another audience.
  func publish(to store: Store, from configuration: Configuration) async throws {
    do {
      try await store.publish(
        bank, as: .public, files: try bankFiles ?? Self.files(in: configuration.bank),
        publishedAt: Date(), replacing: before,
        note: BankRelease.Note(
          kind: .folder, actor: "service", reason: "", differences: differences))
    } catch StoreError.audience(let item) {
      throw ConfigurationError(.audience(of: item))
    } catch StoreError.bankChanged {
      throw ConfigurationError(.bankChanged)
    }
    try await publish(to: store, courses: configuration.courses)
  }

  /// Keeps the files of the folder that the courses were read from.
  func publish(to store: Store, courses: URL) async throws {
    try await store.publish(
      .courses, version: catalogue.version, files: Self.files(in: courses),
      publishedAt: Date())
  }

  private static func files(in folder: URL) throws -> [String: [UInt8]] {
    let root = folder.resolvingSymlinksInPath().standardizedFileURL.path
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
      let file = URL(filePath: root).appending(path: path)
      let values = try file.resourceValues(forKeys: [.isRegularFileKey])
      guard values.isRegularFile == true, !file.lastPathComponent.hasPrefix(".") else { continue }
      files[path] = [UInt8](try Data(contentsOf: file))
    }
    return files
  }
}

/// The service while it runs.
struct RunningService {
  let site: Site
  let store: Store
  let content: PublishedContent
  let configuration: Configuration
  let logger: Logger
  let terminal: Terminal

  /// Serves until the process is asked to end, and finishes what has begun.
  ///
  /// - Throws: ``ConfigurationError`` if the address cannot be had.
  func run() async throws {
    let (host, port, terminal) = (configuration.host, configuration.port, terminal)
    // Only somebody at this terminal can make the first operator: there is no account to begin with.
    let invitation = try await site.firstOperatorInvitation()
    let application = site.application(host: host, port: port) { actual in
      let address = "http://\(host == "0.0.0.0" ? "127.0.0.1" : host):\(actual)/"
      print(terminal(Text("扁鹊已启动：\(address)", "Bianque is running: \(address)")))
      if let invitation {
        let link = "\(address.dropLast())\(invitation)"
        print(
          terminal(
            Text(
              "还没有运维账号。用这个一次性链接创建（24 小时内有效）：\(link)",
              "There is no operator yet. Make one with this one-time link (24 hours): \(link)")))
      }
      fflush(nil)
    }
    let site = site
    do {
      try await site.goOnCalibrating()
      try await site.goOnTrying()
    } catch {
      // The service is wanted more than a calibration: its page says that it is still at work.
      logger.error("calibration not gone on with", metadata: ["error": "\(error)"])
    }
    let nights = Task {
      site.indexItems()
      await site.keepSnapshots()
    }
    defer { nights.cancel() }
    let retention = Task {
      await DailyRetention(store: store, rule: configuration.retention, logger: logger).run()
    }
    defer { retention.cancel() }
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await application.runService() }
        group.addTask { await watchBank() }
        // The watch ends only when it is told to; what ends first is the service.
        defer { group.cancelAll() }
        _ = try await group.next()
      }
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw ConfigurationError(
        Text(
          "\(host) 的端口 \(port) 已被占用，请用 --port 换一个。",
          "Port \(port) on \(host) is in use; choose another with --port."))
    } catch is IOError, is SocketAddressError {
      throw ConfigurationError(
        Text(
          "不能在 \(host):\(port) 上监听，请检查 --host 和 --port。",
          "Cannot listen on \(host):\(port); check --host and --port."))
    }
  }

  /// Looks every few seconds whether another bank was published, and takes it over.
  private func watchBank() async {
    var refused = false
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: .seconds(3))
        if let version = try await site.takeOverBank() {
          logger.info("bank taken over", metadata: ["version": "\(version.rawValue)"])
        }
        refused = false
      } catch is CancellationError {
        return
      } catch {
        // Said once, not every few seconds.
        if !refused { logger.error("bank not taken over", metadata: ["error": "\(error)"]) }
        refused = true
      }
    }
  }
}

extension Text {
  /// Why a bank is not put into service over another import.
  static let bankChanged = Text(
    "题库同时被另一次导入更改，这一次没有改变任何东西。请再运行一次。",
    "Another import changed the bank meanwhile; this one changed nothing. Run it again.")

  /// Why a bank whose forms cannot be filled is not published.
  static func unfilled(_ forms: [UnfilledForm]) -> Text {
    let names = forms.map { "\($0.test.rawValue) \($0.environment.rawValue)" }
    return Text(
      "这样改以后，下面的试卷组不出来，题库没有变：\(names.joined(separator: "、"))。请先补题。",
      "After this change these forms could not be filled, so the bank has not changed: "
        + "\(names.joined(separator: ", ")). Add items first.")
  }

  /// Why a bank with an item for two audiences is not published.
  static func audience(of item: String) -> Text {
    Text(
      "题目 \(item) 已按另一种开放范围发布过：公开过的题不能再用于限定人员的测验，反之亦然。",
      "Item \(item) was published for another audience: what was public cannot be for enrolled"
        + " teachers, nor the other way round.")
  }
}
