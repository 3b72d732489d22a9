import Delivery
import Foundation
import ItemBank
import Logging
import Simulation
import Storage

/// Tries blueprints on simulated teachers beside the service: one at a time, at low priority, so
/// that nobody who answers waits for it.
///
/// What comes of it follows from the seed, so a service that starts again begins the trial anew and
/// finds the same.
final class FormTrialJob: Sendable {
  /// How many teachers may be asked for: with fewer the shares of rare things mean nothing, with more
  /// nothing moves any longer.
  static let teacherCounts = 50...5000
  /// How many, unless somebody asks for another number.
  static let usualTeachers = 500
  /// After how many teachers it is noted how far it is.
  private static let teachersPerNote = 25

  private let store: Store
  private let publications: Publications
  private let now: @Sendable () -> Date
  private let logger: Logger
  private let background = BackgroundWork()

  init(
    store: Store, publications: Publications, now: @escaping @Sendable () -> Date, logger: Logger
  ) {
    self.store = store
    self.publications = publications
    self.now = now
    self.logger = logger
  }

  /// Begins a trial.
  ///
  /// - Parameters:
  ///   - blueprint: what is tried.
  ///   - bank: the bank it draws from.
  ///   - teachers: how many simulated teachers take the test.
  ///   - seed: what everything follows from, not negative.
  ///   - actor: who begins it.
  /// - Returns: its number; nil if one is running.
  /// - Throws: the store's error.
  func start(
    _ blueprint: Blueprint, bank: Bank, teachers: Int, seed: Int, actor: String
  ) async throws -> Int? {
    guard
      let number = try await store.startFormTrial(
        of: blueprint, bank: bank.version, teachers: teachers, seed: seed, actor: actor, at: now())
    else { return nil }
    work(at: number)
    return number
  }

  /// Begins a trial anew that was interrupted.
  ///
  /// - Throws: the store's error.
  func goOn() async throws {
    guard let run = try await store.formTrials(of: nil).first(where: { $0.status == .running })
    else { return }
    work(at: run.number)
  }

  /// Waits until nothing runs.
  func finish() async { await background.finish() }

  private func work(at number: Int) {
    background.begin { [self] in
      do {
        try await run(number)
      } catch {
        logger.error("trial of a blueprint failed", metadata: ["error": "\(error)"])
        await fail(number)
      }
    }
  }

  private func fail(_ number: Int) async {
    do {
      _ = try await store.endFormTrial(number, as: .failed, at: now())
    } catch {
      logger.error("trial of a blueprint not ended", metadata: ["error": "\(error)"])
    }
  }

  private func run(_ number: Int) async throws {
    guard let run = try await store.formTrial(number), run.status == .running else { return }
    let bank = try await publications.bank(run.bankVersion).replacing(run.blueprint)
    guard let framework = bank.framework(run.blueprint.framework) else {
      throw BlueprintError.unknownTest(run.blueprint.test.rawValue)
    }
    var trial = FormTrial(
      bank: bank, framework: framework, blueprint: run.blueprint, seed: UInt64(max(run.seed, 0)))
    while trial.teachers < run.teachers {
      try trial.advance()
      guard trial.teachers.isMultiple(of: Self.teachersPerNote) else { continue }
      // Somebody may have ended it.
      guard try await store.noteFormTrial(number, done: trial.teachers) else { return }
    }
    _ = try await store.endFormTrial(number, as: .finished, report: trial.report, at: now())
  }
}
