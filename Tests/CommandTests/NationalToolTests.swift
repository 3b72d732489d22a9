import Simulation
import Testing

@testable import bianque

/// The national tool's rules against what was seen of its published page.
struct NationalToolTests {
  private func all(_ answer: NationalTool.Answer) -> [Int: NationalTool.Answer] {
    NationalTool.topics.mapValues { _ in answer }
  }

  @Test func `the perfect answer still brings three topics`() {
    #expect(NationalTool.recommended(all(.yes), wanted: .whiteboard) == [6, 13, 25])
  }

  @Test func `one imperfect answer is enough for most topics`() {
    var brought: Set<Int> = []
    for statement in NationalTool.topics.keys {
      var answers = all(.yes)
      answers[statement] = .no
      brought.formUnion(NationalTool.recommended(answers, wanted: .network))
    }
    #expect(
      brought.isSuperset(of: [1, 2, 4, 5, 7, 12, 14, 17, 18, 21, 22, 23, 24, 26, 27]))
    // T3, T11 and T15 forgive one.
    #expect(brought.isDisjoint(with: [3, 11, 15]))
  }

  @Test func `not knowing about the platform recommends everything but the topic about it`() {
    let topics = NationalTool.recommended(all(.unsure), wanted: .whiteboard)
    #expect(!topics.contains(16))
    #expect(topics.count == 27 - 3)
  }

  @Test func `someone who answers at random is sent to about twenty of twenty-seven topics`() {
    // The published page brought 20.2 on average of 300 careless teachers of a whiteboard school; which
    // of its statements are keyed the other way round is not part of the rules.
    var dice = NormalDice(seed: 1, purpose: "national tool")
    var sum = 0
    for _ in 0..<3000 {
      var answers: [Int: NationalTool.Answer] = [:]
      for statement in NationalTool.topics.keys.sorted() {
        answers[statement] = dice.uniform() < 0.5 ? .yes : .no
      }
      sum += NationalTool.recommended(answers, wanted: .whiteboard).count
    }
    let mean = Double(sum) / 3000
    #expect(mean > 19.5 && mean < 21.5, "\(mean)")
  }
}
