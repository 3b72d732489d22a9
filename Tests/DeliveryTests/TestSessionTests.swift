import Delivery
import ItemBank
import TestSupport
import Testing

struct TestSessionTests {
  private let bank: Bank

  init() throws {
    bank = try ShippedContent().bank
  }

  private func session() throws -> TestSession {
    try TestSession(start: Cast.wang(in: bank), bank: bank)
  }

  private func answer(_ item: AssessmentItem.ID, _ manner: TestSession.Manner) throws
    -> TestSession.Answer
  {
    try #require(TestSession.answer(to: item, in: manner, bank: bank))
  }

  @Test func `a stage submitted twice counts once and says so`() throws {
    var session = try session()
    try session.apply(.stageSubmitted(1), bank: bank)
    #expect(throws: SessionError.stageClosed(1)) {
      try session.apply(.stageSubmitted(1), bank: bank)
    }
    #expect(session.state == .interacting(stage: 2))
  }

  @Test func `a stage out of order is refused and nothing changes`() throws {
    var session = try session()
    #expect(throws: SessionError.stageNotReached(3, current: 1)) {
      try session.apply(.stageSubmitted(3), bank: bank)
    }
    #expect(session.state == .interacting(stage: 1))
  }

  @Test func `the highest sequence counts, whatever arrives last`() throws {
    var session = try session()
    let item = session.stages[0].items[0]
    let (late, early) = (try answer(item, .best), try answer(item, .weakest))
    #expect(
      try session.apply(.responded(item: item, answer: late, sequence: 5), bank: bank))
    #expect(
      try !session.apply(.responded(item: item, answer: early, sequence: 4), bank: bank))
    #expect(session.answers[item] == late)
    #expect(session.lastSequence == 5)
  }

  @Test func `the same sequence twice is the same answer`() throws {
    var session = try session()
    let item = session.stages[0].items[0]
    let first = try answer(item, .best)
    try session.apply(.responded(item: item, answer: first, sequence: 2), bank: bank)
    #expect(
      try !session.apply(.responded(item: item, answer: .unsure, sequence: 2), bank: bank))
    #expect(session.answers[item] == first)
  }

  @Test func `an answer to a closed stage, a later stage or a foreign item is refused`() throws {
    var session = try session()
    let (first, later) = (session.stages[0].items[0], session.stages[1].items[0])
    let early = TestSession.Event.responded(
      item: later, answer: try answer(later, .best), sequence: 1)
    #expect(throws: SessionError.stageNotReached(2, current: 1)) {
      try session.apply(early, bank: bank)
    }
    try session.apply(.stageSubmitted(1), bank: bank)
    let closed = TestSession.Event.responded(
      item: first, answer: try answer(first, .best), sequence: 1)
    #expect(throws: SessionError.stageClosed(1)) { try session.apply(closed, bank: bank) }
    let foreign = AssessmentItem.ID(rawValue: "nowhere")
    #expect(throws: SessionError.itemNotPresented("nowhere")) {
      try session.apply(.responded(item: foreign, answer: .unsure, sequence: 1), bank: bank)
    }
    #expect(session.answers.isEmpty)
  }

  @Test func `a choice that the item does not have is refused`() throws {
    var session = try session()
    let item = session.stages[0].items[0]
    let wrong = TestSession.Answer.response([
      "RESPONSE": .choice(SimpleChoice.ID(rawValue: "Q"))
    ])
    #expect(throws: SessionError.responseDoesNotFit(item: item.rawValue)) {
      try session.apply(.responded(item: item, answer: wrong, sequence: 1), bank: bank)
    }
    let several = TestSession.Answer.response([
      "RESPONSE": .choices(["A", "B"].map(SimpleChoice.ID.init(rawValue:)))
    ])
    #expect(throws: SessionError.responseDoesNotFit(item: item.rawValue)) {
      try session.apply(.responded(item: item, answer: several, sequence: 1), bank: bank)
    }
  }

  @Test func `after the last stage the session takes nothing more`() throws {
    var session = try session()
    for event in session.events(in: .best, bank: bank) { try session.apply(event, bank: bank) }
    #expect(session.state == .closed)
    #expect(throws: SessionError.finished) {
      try session.apply(.stageSubmitted(4), bank: bank)
    }
  }
}
