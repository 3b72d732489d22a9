import Competency
import Courses
import Diagnostics
import Foundation

/// The cells of one course as a form: what was typed, and the cells that it makes.
struct CourseForm: Hashable, Sendable {
  /// How many points a course can be given beside those it has.
  static let spareGains = 2
  /// The most rows of points.
  static let gainLimit = 12
  /// Fields that are one cell each and typed.
  static let typed = [
    "title_zh", "title_en", "hours", "prerequisite", "equivalents", "price", "evidence_zh",
    "evidence_en", "enrolled", "completed", "ratings", "rating",
  ]
  /// Fields that are one cell each and chosen.
  static let chosen = ["provider", "form", "mode", "level", "primary"]

  /// The cells by the names of their columns.
  var fields: [String: String]
  /// The points with their gains, as typed.
  var gains: [(point: String, gain: String)] {
    get {
      (fields["gains"] ?? "").split(separator: ";").map { part in
        let pieces = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(pieces[0]), pieces.count > 1 ? String(pieces[1]) : "")
      }
    }
    set {
      fields["gains"] = newValue.filter { !$0.point.isEmpty || !$0.gain.isEmpty }
        .map { "\($0.point):\($0.gain)" }.joined(separator: ";")
    }
  }

  /// The form of a course as it is.
  init(_ course: Course) {
    fields = Catalogue.fields(of: course)
  }

  /// The form as it was sent.
  ///
  /// What has no field on the page (identifier, framework, topic) stays as it is.
  init(_ form: Form, of course: Course) {
    self.init(course)
    for name in Self.typed + Self.chosen { fields[name] = Self.plain(form[name] ?? "") }
    fields["stages"] = form.values(of: "stages").joined(separator: ";")
    fields["subjects"] = form.values(of: "subjects").joined(separator: ";")
    gains = (1...Self.gainLimit).map { number in
      (form["point\(number)"] ?? "", Self.plain(form["gain\(number)"] ?? ""))
    }
  }

  /// What people type, digits and signs of full width made plain in numbers.
  private static func plain(_ text: String) -> String {
    let plain = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let half = plain.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? plain
    return Double(half) == nil ? plain : half
  }
}
