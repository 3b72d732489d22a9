import Diagnostics

/// No choice is about the others (以上都对): it is found without knowing anything.
struct ChoicesStandAlone: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let about = #/以上(?:都|均|皆|全)|上述(?:都|均|皆|全)|(?i:\b(?:all|none) of the above\b)/#
    return item.interactions.flatMap(\.choices).compactMap { choice -> Diagnostic? in
      choice.content.text.firstMatch(of: about).map { _ in
        .warning(
          "all-of-the-above", item, line: choice.line,
          Text(
            "选项 \(choice.id.rawValue) 说的是别的选项。", "Choice \(choice.id.rawValue) is about the others."
          ),
          remedy: Text("请换成一个具体的做法。", "Put something that can be done in its place."))
      }
    }
  }
}
