import HTTPTypes
import ItemBank
import Storage

/// Two texts of one draft side by side, for a person to take either, part by part.
///
/// The form holds all that was typed, so that nothing of it is lost whatever is decided.
struct DraftConflictPage {
  let draft: ItemDraft
  /// What was sent.
  let mine: ItemManuscript
  /// What is kept, or what the bank has by now.
  let theirs: ItemManuscript
  /// What both were made from; nil if it is not known.
  let base: ItemManuscript?
  /// Whether the other text is the bank's.
  let isAgainstBank: Bool
  /// Who kept the other text; nil if nobody in particular.
  let who: String?
  let phrases: Phrases

  func page() -> Page {
    let kind = isAgainstBank ? "Bank" : ""
    var values: [String: Any] = [
      "action": SitePath.draft(draft.id), "draftURL": SitePath.draft(draft.id),
      "revision": draft.revision, "contentLang": Language.chinese.htmlLanguage,
      "leadHTML": HTML(
        phrases(
          "draftConflict.lead\(kind)",
          ["time": phrases.moment(draft.savedAt), "who": who ?? phrases("releases.program")]),
        in: phrases.language
      ).markup,
      "theirsText": phrases("draftConflict.theirs\(kind)"),
      "fields": ItemSheetColumn.all.filter { !mine[$0].isEmpty }.map {
        ["name": $0.name, "value": mine[$0]]
      },
      "parts": mine.differences(from: theirs).map(part),
    ]
    if isAgainstBank { values["isAgainstBank"] = true }
    return Page(
      template: "institution/draft-conflict", title: phrases("draftConflict.title"),
      address: SitePath.draft(draft.id), status: .conflict, isCanonical: false, values: values)
  }

  private func part(_ column: ItemSheetColumn) -> [String: Any] {
    // What only the other has changed is most likely wanted; what both have, the person decides
    // about, with their own text chosen so far.
    let isTheirs = base.map { $0[column] == mine[column] } ?? false
    let isBoth = base.map { $0[column] != mine[column] && $0[column] != theirs[column] } ?? false
    var values: [String: Any] = [
      "name": column.name, "label": DraftColumn(column).label(phrases),
      "mine": mine[column].isEmpty ? phrases("draftConflict.empty") : mine[column],
      "theirs": theirs[column].isEmpty ? phrases("draftConflict.empty") : theirs[column],
      "isTheirs": isTheirs,
    ]
    if isBoth { values["bothText"] = phrases("draftConflict.both") }
    if !mine[column].isEmpty { values["mineLang"] = Language.chinese.htmlLanguage }
    if !theirs[column].isEmpty { values["theirsLang"] = Language.chinese.htmlLanguage }
    return values
  }
}
