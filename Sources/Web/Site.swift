public import Courses
public import Foundation
import Hummingbird
public import ItemBank
public import Logging
public import Storage

/// Everything the pages and the API stand on, put together once at start.
public struct Site: Sendable {
  /// What the operator decides about how the service is reached.
  public struct Settings: Hashable, Sendable {
    /// Whether visitors reach the service over TLS, ended by a proxy in front of it.
    public var isBehindTLS: Bool
    /// The host, with a port if it is not the usual one, that visitors use when a proxy stands in
    /// front; nil if they reach the service itself.
    public var publicHost: String?
    /// Whom a visitor may ask; nil when the operator names nobody.
    public var contact: String?
    /// The key of sign-in codes.
    public var codeKey: CodeKey
    /// Whether people and answers are simulated, which every page then says.
    public var isSimulated: Bool

    /// Creates settings.
    public init(
      isBehindTLS: Bool, publicHost: String?, contact: String?, codeKey: CodeKey,
      isSimulated: Bool = false
    ) {
      self.isBehindTLS = isBehindTLS
      self.publicHost = publicHost
      self.contact = contact
      self.codeKey = codeKey
      self.isSimulated = isSimulated
    }

    /// Whether a request came over a line on which codes and passwords may travel: TLS, or this
    /// machine itself.
    func mayCarrySecrets(_ host: String?) -> Bool {
      let name = host?.split(separator: ":").first.map(String.init) ?? ""
      return isBehindTLS || ["localhost", "127.0.0.1", "[::1]", "[", ""].contains(name)
    }
  }

  /// The whole address of a page, to be printed or handed on.
  func address(of path: String, request: Request) -> String {
    let host = settings.publicHost ?? request.head.authority ?? "127.0.0.1"
    return "\(settings.isBehindTLS ? "https" : "http")://\(host)\(path)"
  }

  let store: Store
  let publications: Publications
  let renderer: PageRenderer
  let counters = ServiceCounters()
  let planner = Planner()
  let itemDesk: ItemDesk
  let returnedSheets = ReturnedSheets()
  let passwords = Passwords()
  let throttle = SignInThrottle()
  let calibrations: CalibrationJob
  let formTrials: FormTrialJob
  /// What was foreseen of changed banks.
  let whatIfOutcomes = WhatIfOutcomes()
  /// The OpenAPI document, as it is sent.
  let apiDescription: [UInt8]
  let settings: Settings
  let logger: Logger
  private(set) var now: @Sendable () -> Date
  let random: @Sendable () -> UInt64

  /// Puts a site together.
  ///
  /// - Parameters:
  ///   - store: where everything is kept.
  ///   - bank: the bank in service.
  ///   - catalogue: the courses in service.
  ///   - programmes: the programmes on offer, in the order they are shown.
  ///   - webFolder: the folder with `templates/`, `static/` and `locales/`.
  ///   - settings: how the service is reached.
  ///   - logger: where to log.
  ///   - now: the clock.
  ///   - random: where the seeds of sessions come from.
  /// - Throws: the fault of the first template or text that cannot be read.
  public init(
    store: Store, bank: Bank, catalogue: Catalogue, programmes: [Programme], webFolder: URL,
    settings: Settings, logger: Logger, now: @escaping @Sendable () -> Date,
    random: @escaping @Sendable () -> UInt64
  ) async throws {
    self.store = store
    itemDesk = ItemDesk(store: store)
    publications = Publications(
      store: store, bank: bank, courses: Publications.Courses(catalogue, programmes))
    renderer = try await PageRenderer(webFolder: webFolder, isSimulated: settings.isSimulated)
    apiDescription = [UInt8](
      try Data(contentsOf: webFolder.appending(path: "openapi.json")))
    self.settings = settings
    self.logger = logger
    self.now = now
    self.random = random
    calibrations = CalibrationJob(
      store: store, publications: publications, now: now, logger: logger)
    formTrials = FormTrialJob(
      store: store, publications: publications, now: now, logger: logger)
  }

  /// Goes on with a calibration that was interrupted when the service stopped.
  ///
  /// - Throws: the store's error.
  public func goOnCalibrating() async throws { try await calibrations.goOn() }

  /// Begins a trial of a blueprint anew that was interrupted when the service stopped.
  ///
  /// - Throws: the store's error.
  public func goOnTrying() async throws { try await formTrials.goOn() }

  /// The site as it was at another time: what it makes then bears that date.
  func at(_ time: Date) -> Site {
    var site = self
    site.now = { time }
    return site
  }

  /// Takes over a newly published bank, if there is one.
  ///
  /// Running sessions keep theirs. For the process that serves to call every few seconds.
  ///
  /// - Returns: the version that was taken over; nil if there is nothing new.
  /// - Throws: the reason if the newly published bank cannot be used; the old one stays in service.
  public func takeOverBank() async throws -> Bank.Version? {
    let version = try await publications.takeOverBank()
    if version != nil { indexItems() }
    return version
  }
}
