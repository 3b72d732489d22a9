public import Foundation
public import ItemBank

/// The bank with every kind of question, and the best answers to it.
public enum InteractionBank {
  /// The answer to one item, by what a person reads on the page in Chinese.
  public struct Answer: Decodable, Hashable, Sendable {
    /// The item.
    public var item: String
    /// The choices or passages to tick.
    public var ticks: [String]
    /// What to choose in select boxes, by the label of the box.
    public var places: [String: String]
    /// What to write, by the label of the field.
    public var texts: [String: String]
    /// The targets to tick, by the source they belong to.
    public var grid: [String: [String]]
    /// The category it is scored in.
    public var category: Int
  }

  /// Where bank and answers lie; the frameworks are the shipped ones.
  public static let folder = Project.root.appending(
    path: "Tests/TestSupport/Fixtures/interactions")

  /// Reads the bank.
  ///
  /// - Throws: ``ShippedContent/Unreadable`` with everything the reader said, if it said anything.
  public static func read() throws -> Bank {
    var files: [String: [UInt8]] = [:]
    for (folder, prefix) in [
      (folder.appending(path: "bank"), ""),
      (Project.root.appending(path: "ItemBank/frameworks"), "frameworks/"),
    ] {
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where path.hasSuffix(".xml") || path.hasSuffix(".json") {
        files[prefix + path] = [UInt8](try Data(contentsOf: folder.appending(path: path)))
      }
    }
    let (bank, diagnostics) = BankReader.read(files: files, name: "interactions")
    guard let bank, diagnostics.isEmpty else {
      throw ShippedContent.Unreadable(diagnostics: diagnostics)
    }
    return bank
  }

  /// The best answers, one for each item.
  ///
  /// - Throws: the file's error if it cannot be read.
  public static func answers() throws -> [Answer] {
    try JSONDecoder().decode(
      [Answer].self, from: Data(contentsOf: folder.appending(path: "answers.json")))
  }
}
