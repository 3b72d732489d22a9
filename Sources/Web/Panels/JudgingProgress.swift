import Storage

/// How far a judge is.
struct JudgingProgress {
  let panel: Panel
  /// What the judge has said.
  let entries: [PanelEntry]

  /// How many places there are to say something at: the items, or the one booklet.
  static func placeCount(_ panel: Panel) -> Int {
    panel.kind == .bookmark ? 1 : panel.settings.items.count
  }

  /// The names under which entries of the places are kept.
  static func names(_ panel: Panel) -> [String] {
    panel.kind == .bookmark ? [""] : panel.settings.items
  }

  private var said: Set<String> {
    Set(entries.filter { $0.round == panel.round && !$0.isLate }.map(\.item))
  }

  /// How many places are done.
  var count: Int { said.count }

  /// The first place with nothing said, from 1; nil when all are done.
  var next: Int? {
    let said = said
    return Self.names(panel).firstIndex { !said.contains($0) }.map { $0 + 1 }
  }

  func text(_ phrases: Phrases) -> String {
    guard panel.isOpen else { return phrases("judging.closed") }
    let progress = phrases(
      "judging.progress", ["count": "\(count)", "all": "\(Self.placeCount(panel))"])
    guard panel.kind == .angoff else { return progress }
    return phrases("panels.round\(panel.round)") + phrases("site.sentenceGap") + progress
  }

  func places(_ phrases: Phrases) -> [[String: Any]] {
    let said = said
    return Self.names(panel).enumerated().map { place, name in
      [
        "url": SitePath.judging(panel.number, place: place + 1),
        "text": panel.kind == .bookmark
          ? phrases("judging.booklet") : phrases("judging.place", ["place": "\(place + 1)"]),
        "stateText": phrases(said.contains(name) ? "judging.isSaved" : "judging.isMissing"),
        "state": said.contains(name) ? "done" : "notStarted",
      ]
    }
  }
}
