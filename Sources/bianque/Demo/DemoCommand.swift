import ArgumentParser
import Courses
import Diagnostics
import Foundation
import ItemBank
import Logging
import Storage
import Web

/// `bianque demo`: a seeded world in a temporary folder, served.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "在临时文件夹里造一座模拟的城市并运行服务。Serves a simulated city from a temporary folder.")

  @Option(help: "端口，缺省 8080；0 表示任意空闲端口。The port; 0 takes a free one.")
  var port = 8080
  @Option(help: "随机种子，缺省 1。The seed.")
  var seed: UInt64 = 1
  @Option(help: "题库文件夹。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "课程文件夹。The folder of courses.")
  var courses = "Courses"
  @Option(help: "网页文件夹。The folder of templates, texts and styles.")
  var web = "Web"

  func run() async throws {
    let terminal = Terminal.current
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "bianque-demo-\(RandomNames.identifier())", directoryHint: .isDirectory)
    defer { removeQuietly(folder) }
    do {
      LoggingSystem.bootstrap(StreamLogHandler.standardError)
      var configuration = try Configuration(
        options: [
          "BIANQUE_PORT": "\(port)", "BIANQUE_DATA": folder.path, "BIANQUE_BANK": bank,
          "BIANQUE_COURSES": courses, "BIANQUE_WEB": web,
        ], environment: [:])
      configuration.isSimulated = true
      let began = ContinuousClock.now
      let service = try await Composition(configuration, terminal: terminal).service()
      let lines = try await DemoBuilding(service: service, seed: seed, terminal: terminal).build()
      terminal.say(
        terminal(
          Text(
            "造好了，用了 \((ContinuousClock.now - began).components.seconds) 秒。人和作答都是模拟的。",
            "Ready after \((ContinuousClock.now - began).components.seconds) seconds. People and "
              + "answers are simulated.")))
      for line in lines { print(line) }
      try await service.run()
    } catch let error as ConfigurationError {
      for fault in error.faults { terminal.say(terminal(fault)) }
      throw ExitCode(Exit.configuration)
    } catch let error as ContentError {
      terminal.say(error.diagnostics.filter { $0.severity == .error })
      throw ExitCode(Exit.refused)
    }
  }

  private func removeQuietly(_ folder: URL) {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      // A temporary folder that stays is the system's to clear.
    }
  }
}

/// Fills an empty service with the seeded world.
struct DemoBuilding {
  let service: RunningService
  let seed: UInt64
  let terminal: Terminal
  var now = Date()
  /// How many teachers each school has.
  var schoolSizes = DemoWorld.schoolSizes
  /// One in so many of those who finish makes a plan.
  var planShare = DemoPlans.usualShare

  /// Brings units and teachers in, lets them take the diagnostic and some of them
  /// plan, makes the accounts.
  ///
  /// - Returns: the list of accounts, to print.
  /// - Throws: the store's error if something cannot be kept.
  func build() async throws -> [String] {
    let world = DemoWorld(seed: seed, schoolSizes: schoolSizes)
    _ = try await service.store.importRoster(
      world.roster, within: nil, keeps: true, actor: "command", at: now,
      newID: RandomNames.identifier, newCode: RandomNames.schoolCode)
    let content = service.content
    guard let shipped = content.bank.blueprints.first(where: { $0.audience == .public }),
      let programme = content.programmes.first(where: { $0.framework == shipped.framework })
    else { return [] }
    let (bank, pilots) = try await DemoPilots(service: service, terminal: terminal, now: now)
      .publish(in: shipped)
    let blueprint = bank.blueprint(of: shipped.test) ?? shipped
    let plants = try DemoPlants(
      in: bank, blueprint: blueprint, programme: programme.id.rawValue, seed: seed)
    let planners = try await DemoSessions(
      store: service.store, bank: bank, blueprint: blueprint, world: world,
      programme: programme.id.rawValue, seed: seed, now: now, plants: plants,
      planShare: planShare
    ).take()
    // The analysis is the work of one core, plans are that of another.
    let plans = DemoPlans(site: service.site, programme: programme.id, now: now)
    async let planned: Void = plans.make(for: planners)
    try await service.store.analyseItems(of: bank, at: now)
    try await planned
    return try await DemoAccounts(
      site: service.site, store: service.store, terminal: terminal
    ).make() + lines(about: plants) + lines(about: pilots)
  }
}

extension DemoBuilding {
  /// Which items are spoilt, for whoever wants to know whether they were found.
  private func lines(about plants: DemoPlants) -> [String] {
    [
      terminal(
        Text(
          "题目里埋了几处模拟的问题（/institution 应当找得到）：",
          "A few items have simulated faults (/institution ought to find them):"))
    ]
      + DemoPlants.Fault.allCases.compactMap { fault in
        plants.items[fault].map { "· \($0.rawValue) \(terminal(fault.text))" }
      }
  }

  /// Which items are tried out.
  private func lines(about pilots: [AssessmentItem.ID]) -> [String] {
    guard !pilots.isEmpty else { return [] }
    let names = pilots.map(\.rawValue).joined(separator: " ")
    return [
      terminal(
        Text(
          "试测中、不计分的题（/institution 应当说答够了）：\(names)",
          "Tried out, unscored (/institution ought to say there are answers enough): \(names)"))
    ]
  }
}

/// `bianque one-time-code`: what an authenticator app would show for a key.
struct OneTimeCode: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "one-time-code", abstract: "由密钥算出当前动态码。The present one-time code of a key.")

  @Argument(help: "密钥（base32）。The key.")
  var key: String

  func run() throws {
    let terminal = Terminal.current
    guard let code = Site.oneTimeCode(key: key, at: Date()) else {
      terminal.say(terminal(Text("这不是密钥。", "This is no key.")))
      throw ExitCode(Exit.usage)
    }
    print(code)
  }
}
