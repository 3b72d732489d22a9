import Delivery
import Foundation
import ItemBank

/// The form of a session as it is kept: its stages with their groups, as JSON.
struct FormRecord: Codable, Hashable {
  struct Group: Codable, Hashable {
    var stimulus: String?
    var items: [String]
  }

  /// The groups of each stage.
  var stages: [[Group]]

  init(_ stages: [Stage]) {
    self.stages = stages.map { stage in
      stage.groups.map {
        Group(stimulus: $0.stimulus?.rawValue, items: $0.items.map(\.rawValue))
      }
    }
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(FormRecord.self, from: Data(json.utf8))
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The stages as values.
  func form() -> [Stage] {
    stages.enumerated().map { index, groups in
      Stage(
        number: index + 1,
        groups: groups.map { group in
          Stage.Group(
            stimulus: group.stimulus.map(AssessmentStimulus.ID.init(rawValue:)),
            items: group.items.map(AssessmentItem.ID.init(rawValue:)))
        })
    }
  }
}
