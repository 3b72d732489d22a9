import Delivery
import ItemBank

/// A test on offer.
struct TestBody: Encodable {
  struct Option: Encodable {
    var id: String
    var name: String
  }

  var id: String
  var title: String
  var framework: String
  var programme: String?
  var programmes: [Option]
  var environments: [Option]
  var schoolStages: [Option]
  var subjects: [Option]
  var length: Int
  var stages: Int
}

/// A session that has just been started.
struct StartedSessionBody: Encodable {
  var session: String
  var token: String
  var stage: StageBody?
}

/// What comes after a submitted stage.
struct NextStageBody: Encodable {
  var finished: Bool
  var stage: StageBody?
}

/// A stage as a program shows it.
///
/// Built from what a candidate may see and nothing else: no key, no score, no value of a choice.
struct StageBody: Encodable {
  struct Item: Encodable {
    var id: String
    var title: String
    var stimulus: String?
    var body: String
    var interactions: [Interaction]
  }

  var number: Int
  var of: Int
  var items: [Item]
}

extension StageBody {
  /// The open stage of a session; nil when it is closed.
  init?(_ session: TestSession, bank: Bank, phrases: Phrases) {
    guard let stage = session.currentStage else { return nil }
    number = stage.number
    of = session.stages.count
    items = stage.groups.flatMap { group in
      group.items.compactMap { id -> Item? in
        guard let item = bank.item(id)?.item else { return nil }
        return Item(
          id: id.rawValue,
          // The author's title may give the answer away.
          title: phrases("stage.item", ["number": "\(session.number(of: id))"]),
          stimulus: group.stimulus.flatMap { bank.stimulus($0)?.content.html },
          body: item.bodyHTML,
          interactions: item.interactions.map { Interaction($0, of: item, in: session) })
      }
    }
  }
}

/// An answer that is on the disk.
struct SavedBody: Encodable {
  /// The sequence of the answer that counts now.
  var saved: Int
  /// True when that is another answer than the one that was sent; absent otherwise.
  var superseded: Bool?
  /// How many seconds ago that one came, so that whoever waited for a line can tell which is the later
  /// choice; absent otherwise.
  var ago: Double?
}

/// What erasing did.
struct ErasedBody: Encodable {
  var erased: Bool
  /// What stays, in words.
  var stays: String
}
