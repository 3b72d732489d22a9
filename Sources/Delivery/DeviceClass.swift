/// What kind of device a test was taken on.
///
/// Kept with a session so that it can be seen whether an item is harder on a small screen. Only the
/// class is kept, never what the browser said of itself.
public enum DeviceClass: String, Hashable, Sendable, CaseIterable, Codable {
  /// Held in one hand.
  case phone
  /// A larger screen that is touched.
  case tablet
  /// A desktop or laptop computer.
  case computer

  /// Reads the class from what a browser says of itself; nil when that does not tell, as of a program.
  ///
  /// - Parameters:
  ///   - mobileHint: the header `Sec-CH-UA-Mobile`, `?1` or `?0`; nil if it was not sent.
  ///   - userAgent: the header `User-Agent`; nil if it was not sent.
  public init?(mobileHint: String?, userAgent: String?) {
    let words = userAgent?.lowercased() ?? ""
    if ["ipad", "tablet", "playbook", "silk"].contains(where: words.contains) {
      self = .tablet
    } else if words.contains("android"), mobileHint == "?0" || !words.contains("mobile") {
      // Android's tablets leave the word out.
      self = .tablet
    } else if mobileHint == "?0"
      || ["windows nt", "macintosh", "x11", "cros"].contains(where: words.contains)
    {
      // Asked before the words of phones: WeChat's browser on a computer has those too.
      self = .computer
    } else if mobileHint == "?1"
      || ["iphone", "ipod", "mobile", "harmonyos"].contains(where: words.contains)
    {
      self = .phone
    } else {
      return nil
    }
  }
}
