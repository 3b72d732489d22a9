import Competency

/// A language of the product.
///
/// Chinese is the first.
public enum Language: String, Hashable, Sendable, CaseIterable {
  /// Simplified Chinese.
  case chinese = "zh-Hans"
  /// English.
  case english = "en"

  /// The value of the `lang` attribute of a page.
  var htmlLanguage: String {
    switch self {
    case .chinese: "zh-CN"
    case .english: "en"
    }
  }

  /// The language a browser asks for: English only if it is preferred to every kind of Chinese.
  ///
  /// - Parameter header: the value of `Accept-Language`; nil if it was not sent.
  init(acceptLanguage header: String?) {
    var best: (language: Language, quality: Double)?
    for part in (header ?? "").split(separator: ",") {
      let pieces = part.split(separator: ";").map { $0.trimmingSpaces }
      guard let tag = pieces.first?.lowercased() else { continue }
      let quality =
        pieces.dropFirst().first { $0.hasPrefix("q=") }
        .flatMap { Double($0.dropFirst(2)) } ?? 1
      let language: Language? =
        tag.hasPrefix("zh") ? .chinese : tag.hasPrefix("en") ? .english : nil
      guard let language, quality > best?.quality ?? 0 else { continue }
      best = (language, quality)
    }
    self = best?.language ?? .chinese
  }
}

extension Language {
  /// The language that a person wrote something in, as far as its characters tell.
  static func written(in text: String) -> Language {
    let hasHan = text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    return hasHan ? .chinese : .english
  }
}

extension LocalizedName {
  /// The name in a language.
  func text(in language: Language) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    drop { $0 == " " }.prefix { $0 != " " }
  }
}
