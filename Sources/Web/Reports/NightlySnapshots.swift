import Competency
import Delivery
import Foundation
import ItemBank
import Logging
import Reporting
import Storage

extension Site {
  /// Takes the day's snapshot if there is none yet, and then one each night, until the task that
  /// runs it is cancelled; each time it is also counted how often items were given, and what
  /// their answers say of them.
  ///
  /// Days begin at midnight where the service stands. A night that fails is logged, and tried again
  /// the next: the pages then show the last good one with its date.
  public func keepSnapshots() async {
    while !Task.isCancelled {
      await takeSnapshots()
      await takeCourseDemand()
      await countExposures()
      await analyseItemsIfDue()
      do {
        try await Task.sleep(for: .seconds(Self.secondsToMidnight(from: now(), in: .served)))
      } catch {
        return
      }
    }
  }

  /// Takes the snapshots of the day that lack.
  func takeSnapshots() async {
    let time = now()
    let day = Self.day(of: time, in: .served)
    for framework in publications.bank.frameworks {
      let tests = publications.bank.blueprints.filter { $0.framework == framework.id }.map(\.test)
      // A framework without a test has nobody's results and no page.
      guard !tests.isEmpty else { continue }
      do {
        let began = ContinuousClock.now
        guard
          let taken = try await store.takeSnapshot(of: framework, tests: tests, day: day, at: time)
        else { continue }
        logger.info(
          "snapshot taken",
          metadata: [
            "day": "\(day)", "framework": "\(framework.id.rawValue)",
            "units": "\(taken.tree.units.count)",
            "seconds": "\((ContinuousClock.now - began) / .seconds(1))",
          ])
      } catch {
        logger.error("no snapshot tonight", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Counts how often the items of each test that chooses its stages were given, and names those
  /// given too often.
  func countExposures() async {
    for blueprint in publications.bank.blueprints {
      guard let maximum = blueprint.selection?.maximumExposure else { continue }
      do {
        let counted = try await store.countExposures(
          of: blueprint.test, bank: publications.bank, until: now())
        for exposure in counted ?? [] where exposure.rate > maximum {
          logger.warning(
            "item given too often; it is held back from now on",
            metadata: ["item": "\(exposure.item.rawValue)", "rate": "\(exposure.rate)"])
        }
      } catch {
        logger.error("exposures not counted tonight", metadata: ["error": "\(error)"])
      }
    }
  }

  /// The day of a moment, counted from 1970-01-01 in a time zone.
  static func day(of time: Date, in zone: TimeZone) -> Int {
    let seconds = time.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: time))
    return Int((seconds / 86_400).rounded(.down))
  }

  /// How long it is to the next midnight, at least one second.
  static func secondsToMidnight(from time: Date, in zone: TimeZone) -> Double {
    let seconds = time.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: time))
    let next = (Double(day(of: time, in: zone)) + 1) * 86_400
    return max(1, next - seconds)
  }
}
