import ItemBank

/// Why an answer could not be taken, with what to do about it, in the reader's language.
struct AnswerFault: Hashable, Sendable {
  /// The item's number in the test.
  var number: Int
  var fault: EntryFault

  /// One sentence, the same beside the item, above the form and in the API.
  func text(_ phrases: Phrases) -> String {
    let number = "\(number)"
    return switch fault.reason {
    case .notOffered: phrases("errors.answerItem", ["number": number])
    case .placesMissing(let count):
      phrases("errors.placesMissing", ["number": number, "count": "\(count)"])
    case .placeTaken(let place):
      phrases("errors.placeTaken", ["number": number, "place": "\(place)"])
    case .placeSkipped(let place):
      phrases("errors.placeSkipped", ["number": number, "place": "\(place)"])
    case .halfPair(let pair): phrases("errors.halfPair", ["number": number, "pair": "\(pair)"])
    case .pairWithItself(let pair):
      phrases("errors.pairWithItself", ["number": number, "pair": "\(pair)"])
    case .tooMany(let maximum):
      phrases("errors.tooMany", ["number": number, "maximum": "\(maximum)"])
    case .usedTooOften(let maximum):
      phrases("errors.usedTooOften", ["number": number, "maximum": "\(maximum)"])
    case .notANumber: phrases("errors.notANumber", ["number": number])
    case .tooLong(let maximum):
      phrases("errors.tooLong", ["number": number, "maximum": "\(maximum)"])
    }
  }
}
