import Delivery
import Foundation
import ItemBank

/// The form of a session, or what is still to come of it, as it is kept: stages with their groups,
/// as JSON.
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
    try storedJSON()
  }

  /// The stages as values.
  ///
  /// - Parameter first: the number of the first.
  /// - Returns: the stages, numbered on from it.
  func form(from first: Int = 1) -> [Stage] {
    stages.enumerated().map { index, groups in
      Stage(
        number: index + first,
        groups: groups.map { group in
          Stage.Group(
            stimulus: group.stimulus.map(AssessmentStimulus.ID.init(rawValue:)),
            items: group.items.map(AssessmentItem.ID.init(rawValue:)))
        })
    }
  }
}
