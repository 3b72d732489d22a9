import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Logging
import Psychometrics
import Storage

/// Runs calibrations beside the service: one at a time, at low priority, so that nobody who answers
/// waits for it.
///
/// How far a run is stands in the database after every cycle. A service that starts again goes on
/// where it stopped.
final class CalibrationJob: Sendable {
  /// Why a run came to nothing, as the name of a phrase.
  enum Fault: String, Error {
    /// The test is not in the bank any more.
    case noTest
    /// No item has enough answers.
    case tooFewAnswers
    /// Something failed that has nothing to do with the answers; the log says what.
    case broken
  }

  /// The most cycles of a run: what has not settled by then is told so.
  static let cycleLimit = 60

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

  /// Begins a run.
  ///
  /// - Returns: its number; nil if one is running.
  /// - Throws: the store's error.
  func start(_ settings: CalibrationRun.Settings, actor: String) async throws -> Int? {
    let bank = publications.bank
    guard
      let number = try await store.startCalibration(
        settings, bank: bank.version, actor: actor, at: now())
    else { return nil }
    work(at: number)
    return number
  }

  /// Goes on with a run that was interrupted.
  ///
  /// - Throws: the store's error.
  func goOn() async throws {
    guard let run = try await store.calibrations().first(where: { $0.status == .running }) else {
      return
    }
    work(at: run.number)
  }

  /// Waits until nothing runs.
  func finish() async { await background.finish() }

  private func work(at number: Int) {
    background.begin { [self] in
      do {
        try await run(number)
      } catch let fault as Fault {
        await fail(number, fault)
      } catch {
        logger.error("calibration failed", metadata: ["error": "\(error)"])
        await fail(number, .broken)
      }
    }
  }

  private func fail(_ number: Int, _ fault: Fault) async {
    do {
      _ = try await store.endCalibration(
        number, as: .failed, from: .running, fault: fault.rawValue, at: now())
    } catch {
      logger.error("calibration not ended", metadata: ["error": "\(error)"])
    }
  }

  private func run(_ number: Int) async throws {
    guard let run = try await store.calibration(number), run.status == .running else { return }
    let bank = try await publications.bank(run.bankVersion)
    let data = try await data(for: run.settings, bank: bank)
    var progress = run.progress
    progress.persons = data.answers.count
    progress.answers = data.answerCounts.reduce(0, +)
    let enough = data.items.indices.filter { data.answerCounts[$0] >= run.settings.minimumAnswers }
    guard !enough.isEmpty else { throw Fault.tooFewAnswers }
    var calibration = data.calibration(
      keepsCalibrated: run.settings.keepsCalibrated,
      goingOnFrom: progress.items.isEmpty ? nil : restored(progress, data, run.settings),
      after: progress.cycles)
    let clock = ContinuousClock()
    repeat {
      let began = clock.now
      await calibration.advance(data.answers, threads: 2)
      progress.cycles = calibration.cycles
      progress.largestChange = calibration.largestChange
      progress.secondsPerCycle = (clock.now - began) / .seconds(1)
      progress.items = Self.kept(calibration, data)
      // Somebody may have ended it.
      guard try await store.keepProgress(progress, ofCalibration: number) else { return }
    } while !calibration.hasSettled && calibration.cycles < Self.cycleLimit
    let results = enough.map { Self.result(at: $0, of: calibration, data) }
    _ = try await store.endCalibration(
      number, as: .finished, from: .running, results: results, at: now())
  }

  /// The answers that count.
  private func data(
    for settings: CalibrationRun.Settings, bank: Bank
  ) async throws -> CalibrationData {
    let test = AssessmentTest.ID(rawValue: settings.test)
    guard var data = CalibrationData(test: test, bank: bank) else { throw Fault.noTest }
    var next: String?
    repeat {
      let batch = try await store.finishedSessions(
        of: test, finishedFrom: Self.date(settings.from), for: .calibration, after: next)
      for session in batch.sessions {
        do {
          let former = try await publications.bank(session.start.bankVersion)
          data.add(session, takenWith: former)
        } catch is Publications.Missing {
          // Nobody knows any more what was asked: it cannot count.
        }
      }
      next = batch.next
    } while next != nil
    return data
  }

  /// The beginning of a day such as `2026-09-01`, where the teachers are; nil for no day.
  static func date(_ day: String) -> Date? {
    CalendarDay(day).flatMap {
      Calendar.served.date(from: DateComponents(year: $0.year, month: $0.month, day: $0.day))
    }
  }

  private func restored(
    _ progress: CalibrationRun.Progress, _ data: CalibrationData,
    _ settings: CalibrationRun.Settings
  ) -> [ProvisionalItem] {
    zip(data.items, data.judged(keepsCalibrated: settings.keepsCalibrated)).map { item, judged in
      guard let kept = progress.items[item.id.rawValue],
        kept.count == judged.stepLocations.count + 1
      else { return judged }
      var restored = judged
      restored.slope = kept[0]
      restored.stepLocations = Array(kept.dropFirst())
      return restored
    }
  }

  private static func kept(
    _ calibration: ProvisionalCalibration, _ data: CalibrationData
  ) -> [String: [Double]] {
    var kept: [String: [Double]] = [:]
    for (item, moved) in zip(data.items, calibration.items) {
      kept[item.id.rawValue] = [moved.slope] + moved.stepLocations
    }
    return kept
  }

  private static func result(
    at place: Int, of calibration: ProvisionalCalibration, _ data: CalibrationData
  ) -> CalibrationRun.ItemResult {
    let item = data.items[place]
    let moved = calibration.items[place]
    let errors = calibration.standardErrors[place]
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
    let stepErrors = errors.dropFirst()
    return CalibrationRun.ItemResult(
      item: item.id.rawValue, answers: data.answerCounts[place],
      locationBefore: item.parameters.map { mean($0.stepLocations) },
      location: mean(moved.stepLocations),
      // Of a mean of steps taken as independent: a little too large, never too small.
      locationError: mean(Array(stepErrors)),
      slopeBefore: item.parameters?.slope, slope: moved.slope, logSlopeError: errors.first ?? 0,
      steps: moved.stepLocations, wasCalibrated: item.parameters?.isProvisional == false,
      isPilot: item.state == .pilot)
  }
}
