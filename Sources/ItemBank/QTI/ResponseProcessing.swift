/// How responses become outcomes.
public enum ResponseProcessing: Hashable, Sendable {
  /// By one of the standard templates.
  case template(ResponseProcessingTemplate)
  /// By rules of the item's own.
  case rules(ProcessingRules)
}

/// The standard templates, and those of Common Cartridge.
///
/// They all read the variable `RESPONSE` and set `SCORE`.
public enum ResponseProcessingTemplate: String, Hashable, Sendable, CaseIterable {
  /// `SCORE` is 1 for the right answer, 0 for any other.
  case matchCorrect = "match_correct"
  /// `SCORE` is the sum of what the answers are worth; 0 for no answer, whatever the bounds.
  case mapResponse = "map_response"
  /// `FEEDBACK` is the response; `SCORE` is `MAXSCORE` for the right answer, else as it was.
  case cartridgeMatch = "CC2_match"
  /// `SCORE` is `MAXSCORE` for the right answer, else as it was; `FEEDBACKBASIC` is `correct` or
  /// `incorrect`.
  case cartridgeMatchBasic = "CC2_match_basic"
  /// `SCORE` as ``mapResponse``; `FEEDBACK` is `correct` when it is `MAXSCORE`, else `incorrect`.
  case cartridgeMapResponse = "CC2_map_response"

  /// Recognises a template by the last segment of its address, with or without `.xml`.
  ///
  /// The same templates are published under some twenty addresses; none is ever fetched.
  ///
  /// - Parameter template: the address as the item writes it.
  init?(template: String) {
    let segment = template.split(separator: "/").last ?? ""
    let name = segment.lowercased().hasSuffix(".xml") ? segment.dropLast(4) : segment
    let known = Self.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
    guard let known else { return nil }
    self = known
  }

  /// Whether the right answer decides the score.
  var usesCorrectResponse: Bool {
    switch self {
    case .matchCorrect, .cartridgeMatch, .cartridgeMatchBasic: true
    case .mapResponse, .cartridgeMapResponse: false
    }
  }
}

extension ResponseProcessing {
  /// The template, when there is one.
  var template: ResponseProcessingTemplate? {
    if case .template(let template) = self { template } else { nil }
  }
}
