import Competency
import ItemBank

/// What differs between two editions of an item, part by part.
struct EditionComparison {
  /// A part that is not the same.
  struct Part: Hashable {
    /// The key of its name.
    var name: String
    /// What tells it from others of that name, such as a choice's identifier.
    var which: String
    var before: String
    var after: String
  }

  let parts: [Part]

  /// Compares two editions.
  ///
  /// - Parameters:
  ///   - before: the earlier edition; nil if there was none.
  ///   - after: the later one.
  init(from before: BankItem?, to after: BankItem) {
    let old = before.map(Self.texts) ?? [:]
    let new = Self.texts(after)
    parts = Set(old.keys).union(new.keys).sorted { ($0.order, $0.which) < ($1.order, $1.which) }
      .compactMap { key in
        let (first, second) = (old[key] ?? "", new[key] ?? "")
        return first == second
          ? nil : Part(name: key.name, which: key.which, before: first, after: second)
      }
  }

  private struct Key: Hashable {
    var order: Int
    var name: String
    var which = ""
  }

  private static func texts(_ item: BankItem) -> [Key: String] {
    var texts: [Key: String] = [
      Key(order: 0, name: "title"): item.item.title,
      Key(order: 6, name: "points"): item.points.map(\.rawValue).joined(separator: " "),
      Key(order: 7, name: "tags"): [item.parallelFamily, item.schoolStage, item.subject]
        .compactMap { $0 }.joined(separator: " "),
    ]
    let stories = item.item.body.compactMap { part in
      switch part {
      case .markup(let markup): markup.text
      case .flow(let flow): flow.text
      case .choiceInteraction, .interaction: nil
      }
    }
    texts[Key(order: 1, name: "story")] = stories.joined(separator: "\n")
    for interaction in item.item.interactions {
      texts[Key(order: 2, name: "prompt", which: interaction.responseIdentifier)] =
        interaction.prompt?.text
      for choice in interaction.choices {
        let key = choice.id.rawValue
        texts[Key(order: 3, name: "choice", which: key)] = choice.content.text
        if let score = item.item.score(ofChoice: choice.id) {
          texts[Key(order: 4, name: "worth", which: key)] = Numeral.hours(score)
        }
        texts[Key(order: 5, name: "feedback", which: key)] =
          item.item.feedback(for: choice.id)?.text
        texts[Key(order: 8, name: "misconception", which: key)] = item.misconceptions[choice.id]
      }
    }
    return texts
  }
}
