extension AssessmentItem {
  /// The messages that belong to responses, for after the test.
  ///
  /// QTI shows a message by the value of an outcome variable. Most templates of response processing
  /// set no such variable; in their items a message belongs to the choice it is named for.
  ///
  /// - Parameter responses: the responses by response variable.
  /// - Returns: the messages in the order of the file.
  /// - Throws: ``ResponseError`` if a response does not fit its declaration.
  public func feedback(
    after responses: [String: ResponseValue]
  ) throws(ResponseError) -> [SafeMarkup] {
    let outcomes = try score(responses)
    let taken = takenChoices(in: responses).map(\.rawValue)
    return modalFeedback.filter { message in
      let values = outcomes[message.outcomeIdentifier]?.values ?? []
      let names = values.isEmpty ? taken : values.flatMap(\.identifiers)
      return names.contains(message.identifier) == message.showsWhenMatched
    }.map(\.content)
  }

  /// The choices that responses take, leaving out those of questions whose every choice is used,
  /// such as an order: taking them says nothing.
  ///
  /// - Parameter responses: the responses by response variable.
  /// - Returns: the choices, in the order of the questions.
  public func takenChoices(in responses: [String: ResponseValue]) -> [SimpleChoice.ID] {
    interactions.flatMap { interaction -> [SimpleChoice.ID] in
      switch interaction {
      case .choice, .hottext, .inlineChoice:
        (responses[interaction.responseIdentifier]?.identifiers ?? [])
          .map(SimpleChoice.ID.init(rawValue:))
      case .order, .match, .associate, .gapMatch, .textEntry: []
      }
    }
  }
}
