/// Why a test cannot be scored.
public enum TestScoringError: Error, Hashable, Sendable {
  /// The test has no item of this name.
  case unknownReference(String)
  /// The item of a reference was not given.
  case missingItem(reference: String)
  /// A response to an item does not fit.
  case response(reference: String, ResponseError)
}

extension AssessmentTest {
  /// Scores the responses to a test by its outcome processing.
  ///
  /// A pure function. An item nobody answered is scored as one left empty.
  ///
  /// - Parameters:
  ///   - items: every item of the test, by the identifier its reference has in the test.
  ///   - responses: the responses to each item by response variable, by the same identifiers.
  /// - Returns: the value of every outcome variable the test declares.
  /// - Throws: ``TestScoringError`` if an item is missing or a response does not fit.
  public func score(
    items: [String: AssessmentItem], responses: [String: [String: ResponseValue]]
  ) throws(TestScoringError) -> [String: OutcomeValue] {
    let places = places
    for reference in responses.keys.sorted()
    where !places.contains(where: { $0.reference.identifier == reference }) {
      throw .unknownReference(reference)
    }
    var scope = ProcessingScope(
      responseDeclarations: [], outcomeDeclarations: outcomeDeclarations, responses: [:])
    for var place in places {
      let identifier = place.reference.identifier
      guard let item = items[identifier] else { throw .missingItem(reference: identifier) }
      do throws(ResponseError) {
        place.outcomes = try item.score(responses[identifier] ?? [:])
      } catch {
        throw .response(reference: identifier, error)
      }
      scope.items.append(place)
    }
    if let outcomeProcessing { scope.process(outcomeProcessing) }
    return [String: OutcomeValue](
      zip(outcomeDeclarations, scope.outcomes).map { ($0.identifier, $1.outcome) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The references with the parts and sections they stand in.
  private var places: [ProcessingScope.ScoredItem] {
    parts.flatMap { part in
      part.sections.flatMap { $0.places(in: [part.identifier]) }
    }
  }
}

extension AssessmentSection {
  fileprivate func places(in outer: [String]) -> [ProcessingScope.ScoredItem] {
    let sections = outer + [identifier]
    return children.flatMap { child in
      switch child {
      case .section(let section): section.places(in: sections)
      case .item(let reference):
        [ProcessingScope.ScoredItem(reference: reference, sections: sections, outcomes: [:])]
      }
    }
  }
}
