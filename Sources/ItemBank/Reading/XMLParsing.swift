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
    guard bytes.count <= limit else {
      findings.note(.tooLarge(bytes: bytes.count, limit: limit))
      return nil
    }
    guard !hasTooManyAttributes(bytes) else {
      findings.note(.tooManyNames(line: 0, column: 0))
      return nil
    }
    switch XMLDocument.parse(bytes) {
    case .parsed(let document):
      return document.root()
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

  private init(_ pointer: xmlDocPtr) { self.pointer = pointer }

  deinit { xmlFreeDoc(pointer) }

  enum Result: ~Copyable {
    case parsed(XMLDocument)
    case refused(XMLFault)
  }

  // Not NOENT, DTDLOAD, DTDATTR, XINCLUDE, HUGE or RECOVER: each of them opens a door.
  private static let options =
    Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_BIG_LINES.rawValue)
    | Int32(XML_PARSE_COMPACT.rawValue) | Int32(XML_PARSE_NOCDATA.rawValue)

  /// Done once and never undone: the loader that refuses every external entity, and the handler that
  /// keeps faults from the terminal, are process-wide.
  private static let initialised: Void = cxml_initialise()

  static func parse(_ bytes: [UInt8]) -> Result {
    _ = initialised
    guard let context = xmlNewParserCtxt() else { return .refused(.notXML(line: 0, column: 0)) }
    defer { xmlFreeParserCtxt(context) }
    let faults = FirstFault()
    context.pointee._private = Unmanaged.passUnretained(faults).toOpaque()
    context.pointee.sax.pointee.serror = noteError
    context.pointee.sax.pointee.internalSubset = refuseDoctype
    context.pointee.sax.pointee.startElementNs = startElement
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
    let parsed = XMLDocument(document)
    // An undeclared prefix leaves the document well formed; only nsWellFormed tells.
    guard faults.first == nil, context.pointee.wellFormed == 1, context.pointee.nsWellFormed == 1,
      document.pointee.intSubset == nil
    else { return .refused(faults.first ?? .notXML(line: 0, column: 0)) }
    return .parsed(parsed)
  }

  func root() -> XMLElement? {
    xmlDocGetRootElement(pointer).map { XMLElement(copying: $0, in: pointer) }
  }
}

/// The first fault of a parse: later ones follow from it.
private final class FirstFault {
  var first: XMLFault?

  func note(_ fault: XMLFault) {
    if first == nil { first = fault }
  }

  static func of(_ context: xmlParserCtxtPtr) -> FirstFault? {
    context.pointee._private.map {
      Unmanaged<FirstFault>.fromOpaque($0).takeUnretainedValue()
    }
  }
}

private let noteError: xmlStructuredErrorFunc = { userData, error in
  guard let userData, let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else {
    return
  }
  // The parser's user data is the parser itself: the tree builder depends on it.
  let context = userData.assumingMemoryBound(to: xmlParserCtxt.self)
  FirstFault.of(context)?.note(
    XMLFault(
      code: UInt32(bitPattern: error.pointee.code), depth: Int(context.pointee.nameNr),
      line: Int(error.pointee.line), column: Int(error.pointee.int2)))
}

private let refuseDoctype: internalSubsetSAXFunc = { userData, _, _, _ in
  guard let userData else { return }
  let context = userData.assumingMemoryBound(to: xmlParserCtxt.self)
  let input = context.pointee.input
  FirstFault.of(context)?.note(
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
    FirstFault.of(context)?.note(
      .tooManyNames(line: Int(input?.pointee.line ?? 0), column: Int(input?.pointee.col ?? 0)))
    xmlStopParser(context)
    return
  }
  xmlSAX2StartElementNs(
    userData, name, prefix, uri, namespaceCount, namespaces, attributeCount, defaulted, attributes)
}

extension XMLElement {
  /// Copies a node and all below it.
  ///
  /// The parser has limited the depth to 256.
  fileprivate init(copying node: xmlNodePtr, in document: xmlDocPtr) {
    name = String(cString: node.pointee.name)
    namespace = node.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) } ?? ""
    line = max(0, Int(xmlGetLineNo(node)))
    attributes = []
    var attribute = node.pointee.properties
    while let current = attribute {
      attributes.append(Attribute(copying: current, in: document))
      attribute = current.pointee.next
    }
    children = []
    var child = node.pointee.children
    while let current = child {
      append(current, in: document)
      child = current.pointee.next
    }
  }

  private mutating func append(_ node: xmlNodePtr, in document: xmlDocPtr) {
    switch node.pointee.type {
    case XML_ELEMENT_NODE:
      children.append(.element(XMLElement(copying: node, in: document)))
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      guard let content = node.pointee.content else { return }
      children.append(.text(String(cString: content)))
    default:
      return
    }
  }
}

extension XMLElement.Attribute {
  fileprivate init(copying attribute: xmlAttrPtr, in document: xmlDocPtr) {
    name = String(cString: attribute.pointee.name)
    namespace = attribute.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) } ?? ""
    guard let content = xmlNodeListGetString(document, attribute.pointee.children, 1) else {
      value = ""
      return
    }
    defer { cxml_free(content) }
    value = String(cString: content)
  }
}
