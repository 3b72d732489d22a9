import CQRencode

/// A QR code as a drawing.
enum QRCode {
  /// A QR code of a text.
  ///
  /// - Parameters:
  ///   - text: what a phone shall read.
  ///   - title: what it is for, for those who do not see it.
  /// - Returns: an SVG element; empty if the text is too long for a QR code.
  static func svg(_ text: String, title: String) -> String {
    guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return "" }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        // The lowest bit says black. Neighbours in a row become one bar.
        let start = column
        while column < width, code.pointee.data[row * width + column] & 1 == 1 { column += 1 }
        if column > start { path += "M\(start + 4) \(row + 4)h\(column - start)v1H\(start + 4)z" }
        column += 1
      }
    }
    let side = width + 8
    return """
      <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(HTML(escaping: title).markup)">\
      <rect class="qr-ground" width="\(side)" height="\(side)"/>\
      <path class="qr-ink" d="\(path)"/></svg>
      """
  }
}
