import Delivery
import ItemBank

extension StageBody {
  /// Something that can be taken, or a place where something is put.
  struct Choice: Encodable {
    var id: String
    /// HTML.
    var label: String
    /// The most pairs it may stand in, 0 without limit; only where pairs are made.
    var matchMax: Int?
  }

  /// A question as a program shows it.
  struct Interaction: Encodable {
    var responseIdentifier: String
    /// QTI's name of the interaction.
    var type: String
    var cardinality: String
    var baseType: String
    /// The most choices, 0 without limit; only where choices are taken or ordered.
    var maxChoices: Int?
    /// The most pairs, 0 without limit; only where pairs are made.
    var maxAssociations: Int?
    /// How many characters the author expects; only where a text is written.
    var expectedLength: Int?
    /// HTML; empty when the question stands in the text.
    var prompt: String
    /// HTML of a text with gaps or passages: `<span data-target>` or `<span data-choice>` with the
    /// identifier.
    var text: String?
    var choices: [Choice]
    /// What a pair begins with, or is put into the text.
    var sources: [Choice]?
    /// What a pair ends with: targets, or the places of the text.
    var targets: [Choice]?
  }
}

extension StageBody.Interaction {
  /// The interaction as a session shows it.
  init(_ interaction: Interaction, of item: AssessmentItem, in session: TestSession) {
    let declaration = item.responseDeclaration(interaction.responseIdentifier)
    let view = InteractionView(interaction: interaction, item: item, session: session)
    self.init(
      responseIdentifier: interaction.responseIdentifier, type: interaction.typeName,
      cardinality: declaration?.cardinality.rawValue ?? "single",
      baseType: declaration?.baseType.rawValue ?? "identifier",
      prompt: interaction.prompt?.html ?? "", choices: view.choices())
    switch interaction {
    case .choice(let choice): maxChoices = choice.maxChoices
    case .order(let order): maxChoices = order.maxChoices
    case .hottext(let hottext):
      maxChoices = hottext.maxChoices
      text = view.text(of: hottext.content)
    case .match(let match):
      maxAssociations = match.maxAssociations
      sources = view.associable(match.sources)
      targets = view.associable(match.targets)
    case .associate(let associate):
      maxAssociations = associate.maxAssociations
      choices = view.associable(associate.choices)
    case .gapMatch(let gapMatch):
      maxAssociations = gapMatch.maxAssociations
      text = view.text(of: gapMatch.content)
      sources = view.associable(gapMatch.words)
      targets = gapMatch.content.gaps.enumerated().map { index, gap in
        StageBody.Choice(id: view.token(gap), label: String(index + 1))
      }
    case .inlineChoice:
      sources = choices
      targets = [StageBody.Choice(id: interaction.responseIdentifier, label: "1")]
    case .textEntry(let entry): expectedLength = entry.expectedLength
    }
  }
}

/// The choices and texts of an interaction, every identifier under the name it is sent with.
private struct InteractionView {
  let interaction: Interaction
  let item: AssessmentItem
  let session: TestSession

  func token(_ id: SimpleChoice.ID) -> String { ChoiceToken.token(of: id, in: item) }

  /// What can be taken; none where sources and targets say it all.
  func choices() -> [StageBody.Choice] {
    switch interaction {
    case .match, .gapMatch, .textEntry: []
    case .choice, .order, .associate, .hottext, .inlineChoice:
      session.presentedChoices(of: interaction, in: item.id).map {
        StageBody.Choice(id: token($0.id), label: $0.content.html)
      }
    }
  }

  /// Choices that stand in pairs, in the order in which they are shown.
  func associable(_ choices: [AssociableChoice]) -> [StageBody.Choice] {
    session.presentedChoices(of: interaction, in: item.id).compactMap { shown in
      choices.first { $0.id == shown.id }.map {
        StageBody.Choice(id: token($0.id), label: $0.choice.content.html, matchMax: $0.matchMax)
      }
    }
  }

  func text(of flow: Flow) -> String {
    flow.html { part in
      switch part {
      case .gap(let gap): "<span data-target=\"\(token(gap))\"></span>"
      case .passage(let passage):
        "<span data-choice=\"\(token(passage.id))\">\(passage.content.html)</span>"
      case .markup, .inlineChoice, .textEntry: ""
      }
    }
  }
}

extension Flow {
  /// The text as HTML, with something else in place of what is answered.
  fileprivate func html(_ place: (Part) -> String) -> String {
    parts.map { part in
      if case .markup(let markup) = part { markup.html } else { place(part) }
    }.joined()
  }
}

extension AssessmentItem {
  /// What is read of the item, as HTML: `data-response` names the question that stands in a place.
  var bodyHTML: String {
    body.map { part in
      switch part {
      case .markup(let markup): markup.html
      case .choiceInteraction(let choice): Self.place("div", choice.responseIdentifier)
      case .interaction(let interaction): Self.place("div", interaction.responseIdentifier)
      case .flow(let flow):
        flow.html { part in
          switch part {
          case .inlineChoice(let choice): Self.place("span", choice.responseIdentifier)
          case .textEntry(let entry): Self.place("span", entry.responseIdentifier)
          case .markup, .gap, .passage: ""
          }
        }
      }
    }.joined()
  }

  private static func place(_ element: String, _ variable: String) -> String {
    "<\(element) data-response=\"\(HTML(escaping: variable).markup)\"></\(element)>"
  }
}

extension Interaction {
  /// QTI's name of the interaction.
  fileprivate var typeName: String {
    switch self {
    case .choice: "choiceInteraction"
    case .order: "orderInteraction"
    case .match: "matchInteraction"
    case .associate: "associateInteraction"
    case .gapMatch: "gapMatchInteraction"
    case .hottext: "hottextInteraction"
    case .inlineChoice: "inlineChoiceInteraction"
    case .textEntry: "textEntryInteraction"
    }
  }
}
