import Competency
import Delivery
import Foundation
import ItemBank
import Storage
import TestSupport
import Testing

/// Answers of every kind, kept and read back.
struct InteractionReplayTests {
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  @Test func `answers of every kind read back as they were, and replay to the same bytes`()
    async throws
  {
    let bank = try InteractionBank.read()
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: noon)
    var start = Cast.wang(in: bank)
    start.test = AssessmentTest.ID(rawValue: "interactions")
    let session = try TestSession(start: start, bank: bank)
    try await store.startSession(Cast.wangKey, session: session, startedAt: noon, unclaimed: [])
    var answers: [AssessmentItem.ID: TestSession.Answer] = [:]
    for stage in session.stages {
      for item in stage.items {
        answers[item] = TestSession.answer(to: item, in: .best, bank: bank)
      }
      _ = try await store.submitStage(
        stage.number, changes: answers.filter { stage.items.contains($0.key) }, after: 0,
        closes: true, in: Cast.wangKey, receivedAt: noon, bank: bank)
    }
    let found = try #require(try await store.session(Cast.wangKey))
    let replayed = try found.replayed(bank: bank)
    #expect(replayed.answers == answers)
    #expect(answers.count == bank.items.count)
    let result = try #require(replayed.result(bank: bank))
    #expect(try Store.canonicalJSON(of: result) == (try await store.storedResult(Cast.wangKey)))
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }
}
