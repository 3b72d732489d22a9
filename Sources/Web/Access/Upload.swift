import Foundation
import Hummingbird

/// The fields and the one file of a form that a person sent with a file (multipart/form-data).
struct Upload: Sendable {
  /// The file's name as the browser gave it, without folders.
  var fileName = ""
  /// The file's bytes; empty if none was chosen.
  var file: [UInt8] = []
  private var fields: [String: String] = [:]

  /// The most bytes a form with a file may have: a sheet of 5 MB and what is around it; archives of
  /// rosters are smaller than the sheets in them.
  static let limit = 5_200_000

  /// The most bytes a form with a package of items may have, and what is around it.
  static let packageLimit = 64_500_000

  /// Reads a form with a file.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - limit: the most bytes the form may have.
  /// - Throws: ``Refusal/tooLarge`` if it is too large; ``Refusal/unreadable`` if it is no such form.
  init(_ request: Request, limit: Int = Upload.limit) async throws {
    guard let type = request.headers[.contentType], type.hasPrefix("multipart/form-data"),
      let boundary = type.split(separator: "boundary=").last, boundary.utf8.count <= 200
    else { throw Refusal.unreadable }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: limit)
    } catch {
      throw Refusal.tooLarge(limit: limit)
    }
    let mark = "--" + boundary.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    try read(Data(body.readableBytesView), mark: Data(mark.utf8))
  }

  /// The value of a field; nil if it was not sent or is empty.
  subscript(_ name: String) -> String? {
    fields[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func read(_ body: Data, mark: Data) throws(Refusal) {
    let lineEnd = Data("\r\n".utf8)
    guard var here = body.range(of: mark)?.upperBound else { throw .unreadable }
    while let next = body.range(of: lineEnd + mark, in: here..<body.endIndex) {
      let part = body[here..<next.lowerBound]
      guard let head = part.range(of: lineEnd + lineEnd) else { throw .unreadable }
      take(
        head: String(decoding: part[part.startIndex..<head.lowerBound], as: UTF8.self),
        content: part[head.upperBound...])
      here = next.upperBound
    }
  }

  private mutating func take(head: String, content: Data) {
    guard let name = Self.attribute("name", of: head) else { return }
    if let file = Self.attribute("filename", of: head) {
      fileName = String(file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
      self.file = [UInt8](content)
    } else {
      fields[name] = String(decoding: content, as: UTF8.self)
    }
  }

  private static func attribute(_ name: String, of head: String) -> String? {
    guard let start = head.range(of: " \(name)=\"")?.upperBound,
      let end = head[start...].firstIndex(of: "\"")
    else { return nil }
    return String(head[start..<end])
  }
}
