import Courses
import Foundation
import ItemBank
import People
import Storage

/// Whether a teacher may begin a test for a programme today.
///
/// Only teachers with an account have windows: a visitor belongs to no school, and may begin at any
/// time. What has begun is never closed.
enum TestOpening: Hashable, Sendable {
  /// They may.
  case open
  /// Their turn comes, from the first day to the last.
  case opens(CalendarDay, closes: CalendarDay)
  /// Their turn is over; the last day it was open.
  case closed(CalendarDay)
  /// There are windows, and none is for their school.
  case notTheirs

  /// Decides.
  ///
  /// - Parameters:
  ///   - windows: those of the test and the programme.
  ///   - path: the teacher's school with the units above it.
  ///   - today: the day.
  init(_ windows: [TestWindow], path: [AdministrativeUnit.ID], on today: CalendarDay) {
    let theirs = windows.filter { $0.isFor(path) }
    let next = theirs.filter { today < $0.opensOn }.min { $0.opensOn < $1.opensOn }
    if windows.isEmpty || theirs.contains(where: { $0.opensOn <= today && today <= $0.closesOn }) {
      self = .open
    } else if let next {
      self = .opens(next.opensOn, closes: next.closesOn)
    } else if let last = theirs.map(\.closesOn).max() {
      self = .closed(last)
    } else {
      self = .notTheirs
    }
  }

  /// What the teacher is told; nil when they may begin.
  func text(_ phrases: Phrases) -> String? {
    switch self {
    case .open: nil
    case .opens(let opens, let closes):
      phrases("start.opens", ["opens": phrases.day(opens), "closes": phrases.day(closes)])
    case .closed(let day): phrases("start.closed", ["closed": phrases.day(day)])
    case .notTheirs: phrases("start.notTheirs")
    }
  }
}

extension Site {
  /// Whether whoever asks may begin a test for a programme now.
  ///
  /// - Throws: the store's error.
  func opening(
    of test: AssessmentTest.ID, programme: String, for context: VisitorContext
  ) async throws -> TestOpening {
    guard case .person(let person) = context.signedIn?.who else { return .open }
    let windows = try await store.testWindows(of: test, programme: programme)
    guard !windows.isEmpty else { return .open }
    let path = try await store.path(of: person.unit).map(\.id)
    return TestOpening(windows, path: path, on: CalendarDay(now()))
  }
}

extension Phrases {
  /// A day in prose: 2026年11月21日, or 21 November 2026.
  func day(_ day: CalendarDay) -> String {
    self(
      "site.date",
      ["year": "\(day.year)", "month": self("site.month\(day.month)"), "day": "\(day.day)"])
  }
}
