import Synchronization

/// How often something happened since the service was started.
final class ServiceCounters: Sendable {
  /// What is counted.
  enum Event: Int, Hashable, Sendable, CaseIterable {
    case sessionStarted
    case answerSaved
    case stageSubmitted
    case planMade
    case signedIn
    case requestServed
    case requestRefused
    case requestFailed
  }

  private let counts = Mutex([Int](repeating: 0, count: Event.allCases.count))

  func count(_ event: Event) {
    counts.withLock { $0[event.rawValue] += 1 }
  }

  /// The counts in Prometheus' text format.
  var prometheusText: String {
    let counts = counts.withLock { $0 }
    return Event.allCases.map { event in
      let name = "bianque_\(Self.name(event))_total"
      return "# TYPE \(name) counter\n\(name) \(counts[event.rawValue])\n"
    }.joined()
  }

  private static func name(_ event: Event) -> String {
    switch event {
    case .sessionStarted: "sessions_started"
    case .answerSaved: "answers_saved"
    case .stageSubmitted: "stages_submitted"
    case .planMade: "plans_made"
    case .signedIn: "sign_ins"
    case .requestServed: "requests_served"
    case .requestRefused: "requests_refused"
    case .requestFailed: "requests_failed"
    }
  }
}
