import CLibXML2
import Diagnostics

extension XMLElement {
  /// The largest item, stimulus or test file that is parsed, in bytes.
  static let itemLimit = 2_000_000
  /// The largest manifest, usage or framework file that is parsed, in bytes.
  static let packageLimit = 32_000_000

  /// Parses a document into a tree.
  ///
  /// Documents are written by strangers: nothing outside the bytes is ever loaded, no entity is
  /// expanded, and any DOCTYPE is refused. The size is limited here because the text limit of
  /// libxml2 2.9.14 does not hold.
  ///
  /// - Parameters:
  ///   - bytes: the document, in any encoding it declares.
  ///   - limit: the most bytes that are parsed.
  ///   - findings: where faults are noted, at most one.
  /// - Returns: the root element, or nil when there is an error.
  static func parse(
    _ bytes: [UInt8], limit: Int = itemLimit, findings: inout Findings
  ) -> XMLElement? {
    read(bytes, limit: limit, findings: &findings, child: nil)
  }

  /// Parses a document whose root has many children, one child after the other: they never stand in
  /// memory together.
  ///
  /// - Parameters:
  ///   - bytes: the document, as for ``parse(_:limit:findings:)``.
  ///   - limit: the most bytes that are parsed.
  ///   - findings: where faults of the document are noted, at most one.
  ///   - child: takes each child element of the root at its end tag, in document order; also those
  ///     that stand before a fault.
  /// - Returns: the root element without its children, or nil when there is an error.
  static func parse(
    _ bytes: [UInt8], limit: Int, findings: inout Findings, eachChild child: (XMLElement) -> Void
  ) -> XMLElement? {
    withoutActuallyEscaping(child) { child in
      read(bytes, limit: limit, findings: &findings, child: child)
    }
  }

  private static func read(
    _ bytes: [UInt8], limit: Int, findings: inout Findings, child: ((XMLElement) -> Void)?
  ) -> XMLElement? {
    guard bytes.count <= limit else {
      findings.note(.tooLarge(bytes: bytes.count, limit: limit))
      return nil
    }
    guard !hasTooManyAttributes(bytes) else {
      findings.note(.tooManyNames(line: 0, column: 0))
      return nil
    }
    switch XMLDocument.parse(bytes, child: child) {
    case .parsed(let document):
      return document.takenRoot()
    case .refused(let fault):
      findings.note(fault)
      return nil
    }
  }
}

extension XMLElement {
  /// The most equals signs between two opening brackets, and the most namespaces in scope.
  fileprivate static let nameLimit = 2_000

  /// Whether some tag could have so many attributes that parsing would take long.
  ///
  /// libxml2 compares every attribute of a tag with every other before it tells anyone of the tag.
  private static func hasTooManyAttributes(_ bytes: [UInt8]) -> Bool {
    var count = 0
    for byte in bytes {
      if byte == UInt8(ascii: "<") { count = 0 }
      if byte == UInt8(ascii: "=") { count += 1 }
      if count > nameLimit { return true }
    }
    return false
  }
}

/// A parsed document, freed when it goes out of scope.
private struct XMLDocument: ~Copyable {
  private let pointer: xmlDocPtr
  /// The children that were copied while the document was parsed, by their element.
  private let copied: [xmlNodePtr: [XMLElement.Node]]

  private init(_ pointer: xmlDocPtr, copied: [xmlNodePtr: [XMLElement.Node]]) {
    self.pointer = pointer
    self.copied = copied
  }

  deinit { xmlFreeDoc(pointer) }

  enum Result: ~Copyable {
    case parsed(XMLDocument)
    case refused(XMLFault)
  }

  // Not NOENT, DTDLOAD, DTDATTR, XINCLUDE, HUGE or RECOVER: each of them opens a door.
  private static let options =
    Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_BIG_LINES.rawValue)
    | Int32(XML_PARSE_COMPACT.rawValue) | Int32(XML_PARSE_NOCDATA.rawValue)

  /// From so many bytes on, a document is copied while it is parsed: the parser's tree of a manifest of
  /// 5,000 items takes as much memory as all the items.
  private static let largeDocument = 1_000_000

  /// Done once and never undone: the loader that refuses every external entity, and the handler that
  /// keeps faults from the terminal, are process-wide.
  private static let initialised: Void = cxml_initialise()

  /// - Parameters:
  ///   - bytes: the document.
  ///   - child: takes the children of the root, which are not in the document then; nil to keep them.
  /// - Returns: the document, or its first fault.
  static func parse(_ bytes: [UInt8], child: ((XMLElement) -> Void)?) -> Result {
    _ = initialised
    guard let context = xmlNewParserCtxt() else { return .refused(.notXML(line: 0, column: 0)) }
    defer { xmlFreeParserCtxt(context) }
    let faults = ParseNotes(child, copiesEarly: child == nil && bytes.count > largeDocument)
    context.pointee._private = Unmanaged.passUnretained(faults).toOpaque()
    context.pointee.sax.pointee.serror = noteError
    context.pointee.sax.pointee.internalSubset = refuseDoctype
    context.pointee.sax.pointee.startElementNs = startElement
    if child != nil || faults.copiesEarly {
      context.pointee.sax.pointee.endElementNs = endElement
    }
    let document = withExtendedLifetime(faults) {
      bytes.withUnsafeBytes { buffer in
        xmlCtxtReadMemory(
          context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
          nil, nil, options)
      }
    }
    guard let document else {
      return .refused(faults.first ?? .notXML(line: 0, column: 0))
    }
    let parsed = XMLDocument(document, copied: faults.copied)
    // An undeclared prefix leaves the document well formed; only nsWellFormed tells.
    guard faults.first == nil, context.pointee.wellFormed == 1, context.pointee.nsWellFormed == 1,
      document.pointee.intSubset == nil
    else { return .refused(faults.first ?? .notXML(line: 0, column: 0)) }
    return .parsed(parsed)
  }

  /// Copies the root element and all below it, of which nothing is left in the document then.
  func takenRoot() -> XMLElement? {
    guard let root = xmlDocGetRootElement(pointer) else { return nil }
    var copying = TreeCopying(pointer, copied: copied)
    return copying.element(root)
  }
}

/// What a parse finds on its way.
private final class ParseNotes {
  /// The first fault: later ones follow from it.
  private(set) var first: XMLFault?
  /// Takes the children of the root, each as soon as it has ended.
  let child: ((XMLElement) -> Void)?
  /// Whether what stands two below the root is copied as soon as it has ended.
  let copiesEarly: Bool
  /// What has been copied so far of the children of the root's children.
  var copied: [xmlNodePtr: [XMLElement.Node]] = [:]

  init(_ child: ((XMLElement) -> Void)?, copiesEarly: Bool) {
    self.child = child
    self.copiesEarly = copiesEarly
  }

  func note(_ fault: XMLFault) {
    if first == nil { first = fault }
  }

  static func of(_ context: xmlParserCtxtPtr) -> ParseNotes? {
    context.pointee._private.map {
      Unmanaged<ParseNotes>.fromOpaque($0).takeUnretainedValue()
    }
  }
}

private let noteError: xmlStructuredErrorFunc = { userData, error in
  guard let userData, let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else {
    return
  }
  // The parser's user data is the parser itself: the tree builder depends on it.
  let context = userData.assumingMemoryBound(to: xmlParserCtxt.self)
  ParseNotes.of(context)?.note(
    XMLFault(
      code: UInt32(bitPattern: error.pointee.code), depth: Int(context.pointee.nameNr),
      line: Int(error.pointee.line), column: Int(error.pointee.int2)))
}

private let refuseDoctype: internalSubsetSAXFunc = { userData, _, _, _ in
  guard let userData else { return }
  let context = userData.assumingMemoryBound(to: xmlParserCtxt.self)
  let input = context.pointee.input
  ParseNotes.of(context)?.note(
    .doctype(line: Int(input?.pointee.line ?? 0), column: Int(input?.pointee.col ?? 0)))
  xmlStopParser(context)
}

private let startElement: startElementNsSAX2Func = {
  userData, name, prefix, uri, namespaceCount, namespaces, attributeCount, defaulted, attributes in
  guard let userData else { return }
  let context = userData.assumingMemoryBound(to: xmlParserCtxt.self)
  // Every prefix is looked up among all namespaces in scope, each of which counts twice here.
  guard context.pointee.nsNr <= 2 * XMLElement.nameLimit else {
    let input = context.pointee.input
    ParseNotes.of(context)?.note(
      .tooManyNames(line: Int(input?.pointee.line ?? 0), column: Int(input?.pointee.col ?? 0)))
    xmlStopParser(context)
    return
  }
  xmlSAX2StartElementNs(
    userData, name, prefix, uri, namespaceCount, namespaces, attributeCount, defaulted, attributes)
}

private let endElement: endElementNsSAX2Func = { userData, name, prefix, uri in
  guard let userData else { return }
  let context = userData.assumingMemoryBound(to: xmlParserCtxt.self)
  let depth = context.pointee.nodeNr
  xmlSAX2EndElementNs(userData, name, prefix, uri)
  guard let notes = ParseNotes.of(context), let parent = context.pointee.node,
    let document = context.pointee.myDoc
  else { return }
  // With an element goes the white space before it: its parent is empty again.
  var copying = TreeCopying(document)
  if notes.copiesEarly, depth == 3 {
    notes.copied[parent, default: []] += copying.children(of: parent)
  } else if let child = notes.child, depth == 2 {
    for case .element(let element) in copying.children(of: parent) { child(element) }
  }
}

/// Copies the nodes of a parsed document and frees each once it is copied: of a large document two
/// whole trees never stand in memory.
private struct TreeCopying {
  let document: xmlDocPtr
  /// Names and namespaces by where the parser keeps them.
  ///
  /// All were made before the first is freed, so no two that differ have one place. While a document is
  /// still parsed, this holds for one copy only.
  private var names: [UnsafePointer<xmlChar>: String] = [:]
  /// Children that were copied before, and are first among those of their element.
  private var copied: [xmlNodePtr: [XMLElement.Node]]

  init(_ document: xmlDocPtr, copied: [xmlNodePtr: [XMLElement.Node]] = [:]) {
    self.document = document
    self.copied = copied
  }

  /// Copies a node and all below it, which is gone afterwards.
  ///
  /// The parser has limited the depth to 256.
  mutating func element(_ node: xmlNodePtr) -> XMLElement {
    var element = XMLElement(
      name: name(node.pointee.name), namespace: namespace(node.pointee.ns), attributes: [],
      children: [], line: max(0, Int(xmlGetLineNo(node))))
    var attribute = node.pointee.properties
    while let current = attribute {
      element.attributes.append(self.attribute(current))
      attribute = current.pointee.next
    }
    element.children = copied.removeValue(forKey: node) ?? []
    element.children += children(of: node)
    return element
  }

  /// Copies what is below a node, which is empty afterwards.
  mutating func children(of node: xmlNodePtr) -> [XMLElement.Node] {
    var children: [XMLElement.Node] = []
    children.reserveCapacity(Self.count(node.pointee.children))
    while let current = node.pointee.children {
      if let child = child(current) { children.append(child) }
      xmlUnlinkNode(current)
      xmlFreeNode(current)
    }
    return children
  }

  /// How many nodes stand in a row.
  private static func count(_ first: xmlNodePtr?) -> Int {
    var (count, next) = (0, first)
    while let current = next {
      count += 1
      next = current.pointee.next
    }
    return count
  }

  private mutating func child(_ node: xmlNodePtr) -> XMLElement.Node? {
    switch node.pointee.type {
    case XML_ELEMENT_NODE: .element(element(node))
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      node.pointee.content.map { .text(String(cString: $0)) }
    default: nil
    }
  }

  private mutating func attribute(_ attribute: xmlAttrPtr) -> XMLElement.Attribute {
    XMLElement.Attribute(
      name: name(attribute.pointee.name), namespace: namespace(attribute.pointee.ns),
      value: value(attribute))
  }

  private func value(_ attribute: xmlAttrPtr) -> String {
    guard let content = xmlNodeListGetString(document, attribute.pointee.children, 1) else {
      return ""
    }
    defer { cxml_free(content) }
    return String(cString: content)
  }

  private mutating func namespace(_ namespace: xmlNsPtr?) -> String {
    namespace.flatMap { $0.pointee.href }.map { name($0) } ?? ""
  }

  private mutating func name(_ bytes: UnsafePointer<xmlChar>) -> String {
    if let known = names[bytes] { return known }
    let name = String(cString: bytes)
    names[bytes] = name
    return name
  }
}
