/// Pieces of a picture.
///
/// Numbers go into attributes, texts are escaped, and looks are the style sheet's business: classes
/// only.
enum SVG {
  /// A number with at most one decimal.
  static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? "\(Int(tenths / 10))" : "\(tenths / 10)"
  }

  static func text(
    _ text: String, _ name: String, x: Double, y: Double, anchor: String? = nil
  ) -> String {
    let end = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
    return "<text class=\"\(name)\" x=\"\(number(x))\" y=\"\(number(y))\"\(end)>"
      + HTML(escaping: text).markup + "</text>"
  }

  static func rectangle(
    _ name: String, x: Double, y: Double, width: Double, height: Double
  ) -> String {
    "<rect class=\"\(name)\" x=\"\(number(x))\" y=\"\(number(y))\" "
      + "width=\"\(number(max(width, 0)))\" height=\"\(number(height))\"/>"
  }

  static func line(_ name: String, from: (Double, Double), to: (Double, Double)) -> String {
    "<line class=\"\(name)\" x1=\"\(number(from.0))\" y1=\"\(number(from.1))\" "
      + "x2=\"\(number(to.0))\" y2=\"\(number(to.1))\"/>"
  }

  static func circle(_ name: String, x: Double, y: Double, radius: Double) -> String {
    "<circle class=\"\(name)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
  }

  /// A picture with its name and, for who cannot see it, what it shows.
  static func picture(
    _ name: String, width: Double, height: Double, title: String, description: String,
    content: [String]
  ) -> String {
    "<svg class=\"chart chart-\(name)\" viewBox=\"0 0 \(number(width)) \(number(height))\" "
      + "role=\"img\" aria-labelledby=\"chart-\(name)-title chart-\(name)-desc\">"
      + "<title id=\"chart-\(name)-title\">\(HTML(escaping: title).markup)</title>"
      + "<desc id=\"chart-\(name)-desc\">\(HTML(escaping: description).markup)</desc>"
      + content.joined() + "</svg>"
  }
}
