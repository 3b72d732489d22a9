import Foundation

/// The texts of one language, read from `Web/locales/`.
///
/// No other place holds a sentence that a visitor reads.
struct Phrases: Sendable {
  /// Why the texts could not be read.
  struct Fault: Error, Hashable {
    var file: String
    var problem: String
  }

  let language: Language
  /// The texts as nested dictionaries, for templates: `{{t.landing.title}}`.
  let tree: [String: any Sendable]
  /// The same texts by their dotted key.
  let byKey: [String: String]

  /// The options below a key, in the order that the text `<key>Order` gives.
  private let orders: [String: [String]]

  /// Reads the texts of a language.
  ///
  /// - Throws: ``Fault`` or the file's error if they cannot be read.
  init(language: Language, folder: URL) throws {
    let file = folder.appending(path: "\(language.rawValue).json")
    let object: Any
    do {
      object = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    } catch {
      throw Fault(file: file.path, problem: error.localizedDescription)
    }
    var byKey: [String: String] = [:]
    guard let tree = Self.collect(object, under: "", into: &byKey) as? [String: any Sendable] else {
      throw Fault(file: file.path, problem: "the document is not an object of texts")
    }
    self.language = language
    self.tree = tree
    self.byKey = byKey
    orders = byKey.reduce(into: [:]) { orders, entry in
      if entry.key.hasSuffix("Order") {
        orders[String(entry.key.dropLast(5))] = entry.value.split(separator: " ").map(String.init)
      }
    }
  }

  /// The keys of a group of options, in the order in which a person expects them: the words of the
  /// text `<key>Order`.
  func order(of key: String) -> [String] {
    orders[key] ?? []
  }

  /// A text with its `%{name}` places filled.
  ///
  /// A key that is missing shows itself, in angle brackets: `PhrasesTests` finds every key that the
  /// code uses and fails on one that a language lacks.
  func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
    guard var text = byKey[key] else { return "⟨\(key)⟩" }
    for (name, value) in values { text = text.replacingOccurrences(of: "%{\(name)}", with: value) }
    return text
  }

  private static func collect(
    _ object: Any, under prefix: String, into byKey: inout [String: String]
  ) -> (any Sendable)? {
    if let text = object as? String {
      byKey[prefix] = text
      return text
    }
    guard let dictionary = object as? [String: Any] else { return nil }
    var tree: [String: any Sendable] = [:]
    for (key, value) in dictionary {
      tree[key] = collect(value, under: prefix.isEmpty ? key : "\(prefix).\(key)", into: &byKey)
    }
    return tree
  }
}
