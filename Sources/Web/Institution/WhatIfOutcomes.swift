import ItemBank

/// What was foreseen lately.
///
/// Whoever reads a page again has it at once, and what two ask for at the same time is worked out once:
/// twenty thousand sessions keep both cores busy for a second.
actor WhatIfOutcomes {
  /// What was asked.
  struct Question: Hashable, Sendable {
    var test: AssessmentTest.ID
    /// The bank that would be changed.
    var bank: Bank.Version
    var changes: [ItemChange]
    /// How many sessions of the test are finished: one more can say something else.
    var sessionCount: Int
  }

  private static let mostKept = 8
  private var answers: [(question: Question, answer: Task<WhatIf.Outcome?, any Error>)] = []

  /// The answer to a question, worked out unless it is known or on its way.
  ///
  /// - Throws: what the work throws; it is then asked anew the next time.
  func answer(
    to question: Question, by work: @escaping @Sendable () async throws -> WhatIf.Outcome?
  ) async throws -> WhatIf.Outcome? {
    if let known = answers.first(where: { $0.question == question }) {
      return try await known.answer.value
    }
    let answer = Task { try await work() }
    answers.append((question, answer))
    if answers.count > Self.mostKept { answers.removeFirst() }
    do {
      return try await answer.value
    } catch {
      answers.removeAll { $0.question == question }
      throw error
    }
  }
}
