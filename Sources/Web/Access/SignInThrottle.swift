import Foundation
import Synchronization

/// Slows down whoever tries codes and passwords, without locking out a school behind one address.
///
/// Teachers' codes have 60 bits: nobody guesses one. Wrong ones from one network are answered later
/// and later, right ones always. For a staff account, whose password a person chose, wrong ones
/// close the account to further tries for a time that doubles.
final class SignInThrottle: Sendable {
  private struct Failures {
    var count = 0
    var last = Date.distantPast
  }

  /// After so many wrong codes from one network, answers to wrong ones are delayed.
  static let freeFailures = 30
  /// After so many wrong passwords, an account takes none for a while.
  static let accountFailures = 10
  private static let forgetAfter: TimeInterval = 3600
  private let failures = Mutex<[String: Failures]>([:])

  /// How long the answer to a wrong code from a network shall wait.
  ///
  /// - Parameters:
  ///   - network: the network the request came from.
  ///   - time: the time.
  /// - Returns: the delay, at most five seconds.
  func delayAfterFailure(from network: String, at time: Date) -> Duration {
    let count = note("network \(network)", at: time)
    guard count > Self.freeFailures else { return .zero }
    return .milliseconds(min(250 * (count - Self.freeFailures), 5000))
  }

  /// Notes a wrong password for an account.
  func noteFailure(account: String, at time: Date) {
    _ = note("account \(account)", at: time)
  }

  /// Forgets the wrong passwords of an account after a right one.
  func noteSuccess(account: String) {
    failures.withLock { $0["account \(account)"] = nil }
  }

  /// Until when an account takes no password; nil if it takes one now.
  func closedUntil(account: String, at time: Date) -> Date? {
    failures.withLock { failures in
      guard let entry = failures["account \(account)"], entry.count >= Self.accountFailures else {
        return nil
      }
      let doublings = min(entry.count - Self.accountFailures, 5)
      let until = entry.last + 30 * TimeInterval(1 << doublings)
      return until > time ? until : nil
    }
  }

  private func note(_ key: String, at time: Date) -> Int {
    failures.withLock { failures in
      // Strangers choose the keys: what is old goes before it becomes much.
      if failures.count > 10_000 {
        failures = failures.filter { time < $0.value.last + Self.forgetAfter }
      }
      var entry = failures[key] ?? Failures()
      if time > entry.last + Self.forgetAfter { entry.count = 0 }
      entry.count += 1
      entry.last = time
      failures[key] = entry
      return entry.count
    }
  }
}
