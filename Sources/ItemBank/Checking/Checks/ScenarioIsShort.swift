import Diagnostics

/// A scenario that items share has at most 200 characters.
struct ScenarioIsShort: BankRule {
  private static let most = 200

  func check(_ bank: Bank) -> [Diagnostic] {
    bank.stimuli.compactMap { stimulus in
      let text = stimulus.content.text
      let length = text.count { !$0.isWhitespace }
      guard length > Self.most, text.unicodeScalars.contains(where: \.properties.isIdeographic)
      else { return nil }
      return Diagnostic(
        "story-too-long", .warning, file: stimulus.file,
        message: Text(
          "共用的情境有 \(length) 字，不宜超过 \(Self.most) 字。",
          "The scenario has \(length) characters; \(Self.most) are enough."),
        remedy: Text("请删去与决定无关的话。", "Take out what the decisions do not need."))
    }
  }
}
