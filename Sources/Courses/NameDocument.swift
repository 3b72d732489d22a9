import Competency

/// A name in both languages, as files write it.
struct NameDocument: Decodable {
  var chinese: String
  var english: String

  enum CodingKeys: String, CodingKey {
    case chinese = "zh-Hans"
    case english = "en"
  }

  var localized: LocalizedName { LocalizedName(chinese: chinese, english: english) }
}
