import Diagnostics

/// What kinds of QTI document a reader can ask for, by the name of their root element in 3.0.
enum DocumentKind: String {
  case item = "qti-assessment-item"
  case stimulus = "qti-assessment-stimulus"
  case test = "qti-assessment-test"
}

extension Findings {
  /// Parses a document and makes sure that it is of the kind and of a version we read.
  ///
  /// - Parameters:
  ///   - bytes: the document.
  ///   - kind: what it should be.
  /// - Returns: the root element in the names of 3.0, and its version; nil when there is an error.
  mutating func document(
    _ bytes: [UInt8], _ kind: DocumentKind
  ) -> (root: XMLElement, version: AssessmentItem.Version)? {
    guard let root = XMLElement.parse(bytes, findings: &self) else { return nil }
    guard let version = QTINames.version(ofNamespace: root.namespace) else {
      noteVersion(of: root)
      return nil
    }
    let renamed = QTINames.renamed(root, from: version)
    guard renamed.name == kind.rawValue else {
      error(
        "unexpected-document", line: root.line,
        Text(
          "根元素是 \(root.name)，应为 \(kind.rawValue)。",
          "The root element is \(root.name), expected \(kind.rawValue)."),
        remedy: Text("请检查文件是否放错或在清单中类型写错。", "Check the file and its type in the manifest."))
      return nil
    }
    return (renamed, version)
  }

  private mutating func noteVersion(of root: XMLElement) {
    if root.name == "questestinterop" {
      error(
        "unsupported-version", line: root.line,
        Text("这是 QTI 1.2 文件，不能直接读取。", "This is QTI 1.2, which is not read."),
        remedy: Text("请先转换为 QTI 3.0 或 2.2。", "Convert it to QTI 3.0 or 2.2 first."))
      return
    }
    error(
      "unsupported-version", line: root.line,
      Text(
        "根元素 \(root.name) 的命名空间不是可读的 QTI 版本：\(root.namespace.prefix(200))",
        "The namespace of root element \(root.name) is no version of QTI we read:"
          + " \(root.namespace.prefix(200))"),
      remedy: Text("请使用 QTI 3.0、2.2 或 2.1 的命名空间。", "Use the namespace of QTI 3.0, 2.2 or 2.1."))
  }

  /// An attribute that must be there.
  ///
  /// - Returns: its value, or nil when it is missing, which is noted.
  mutating func required(_ name: String, of element: XMLElement) -> String? {
    if let value = element.attribute(name), !value.isEmpty { return value }
    error(
      "missing-attribute", line: element.line,
      Text("\(element.name) 缺少属性 \(name)。", "\(element.name) has no attribute \(name)."),
      remedy: Text("请补上这个属性。", "Add the attribute."))
    return nil
  }

  /// An attribute that must be there and must be an identifier.
  ///
  /// - Returns: the identifier, or nil when it is missing or wrong, which is noted.
  mutating func identifier(_ name: String = "identifier", of element: XMLElement) -> String? {
    guard let value = required(name, of: element) else { return nil }
    return identifier(value, line: element.line)
  }

  /// A text that must be an identifier.
  ///
  /// - Returns: the identifier, or nil when it is wrong, which is noted.
  mutating func identifier(_ value: String, line: Int) -> String? {
    if value.utf8.count <= 256, QTINames.isIdentifier(value) { return value }
    error(
      "identifier", line: line,
      Text("标识符不合规定：\(value.prefix(80))", "This is no identifier: \(value.prefix(80))"),
      remedy: Text(
        "请以字母或下划线开头，只用字母、数字、点、连字符和下划线。",
        "Begin with a letter or underscore; use letters, digits, dots, hyphens and underscores only."
      ))
    return nil
  }

  /// An attribute that is a whole number not below 0.
  ///
  /// - Returns: the number; the default when the attribute is absent or wrong, the latter noted.
  mutating func count(_ name: String, of element: XMLElement, default value: Int) -> Int {
    guard let text = element.attribute(name) else { return value }
    // Whoever writes more means no limit; what is reckoned with it must not overflow.
    if let number = Int(text), number >= 0 { return min(number, 10_000) }
    noteNumber(text, of: name, line: element.line)
    return value
  }

  /// An attribute that is true or false.
  ///
  /// - Returns: the value; the default when the attribute is absent or wrong, the latter noted.
  mutating func flag(_ name: String, of element: XMLElement, default value: Bool) -> Bool {
    switch element.attribute(name) {
    case nil: return value
    case "true", "1": return true
    case "false", "0": return false
    case .some(let text):
      error(
        "boolean", line: element.line,
        Text(
          "属性 \(name) 应为 true 或 false：\(text.prefix(80))",
          "Attribute \(name) should be true or false: \(text.prefix(80))"),
        remedy: Text("请写 true 或 false。", "Write true or false."))
      return value
    }
  }

  /// Notes that something should be a number and is not.
  mutating func noteNumber(_ text: String, of name: String, line: Int) {
    error(
      "number", line: line,
      Text("\(name) 不是可用的数：\(text.prefix(80))", "\(name) is no usable number: \(text.prefix(80))"),
      remedy: Text(
        "请用半角数字，小数点写作“.”，不要用逗号、INF 或 NaN。",
        "Use digits with a point for decimals; no comma, INF or NaN."))
  }
}
