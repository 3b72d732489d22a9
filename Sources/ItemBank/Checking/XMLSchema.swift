import CLibXML2
import Diagnostics

/// A compiled XML schema, freed when nobody holds it any more.
final class XMLSchema {
  /// The namespace it is about.
  let namespace: String
  private let pointer: xmlSchemaPtr

  private init(_ pointer: xmlSchemaPtr) {
    self.pointer = pointer
    namespace = pointer.pointee.targetNamespace.map { String(cString: $0) } ?? ""
  }

  deinit { xmlSchemaFree(pointer) }

  /// Compiles a schema with the files it includes from beside it.
  ///
  /// Nothing may be parsed on another thread meanwhile: loading files is allowed for the process.
  ///
  /// - Parameters:
  ///   - path: the XSD file.
  ///   - findings: where faults are noted.
  /// - Returns: the schema, nil when it cannot be compiled.
  static func compile(_ path: String, findings: inout Findings) -> XMLSchema? {
    cxml_allow_schema_files()
    defer { cxml_initialise() }
    let faults = SchemaFaults()
    guard let context = xmlSchemaNewParserCtxt(path) else { return nil }
    defer { xmlSchemaFreeParserCtxt(context) }
    let sink = Unmanaged.passUnretained(faults).toOpaque()
    let compiled = withExtendedLifetime(faults) {
      xmlSchemaSetParserStructuredErrors(context, noteSchemaFault, sink)
      return xmlSchemaParse(context)
    }
    if let compiled { return XMLSchema(compiled) }
    let first = faults.found.first
    findings.error(
      "unusable-schema", line: first?.line ?? 0,
      Text(
        "XSD 不能用：\(first?.message ?? "文件读不了")",
        "The XSD cannot be used: \(first?.message ?? "the file cannot be read")"),
      remedy: Text(
        "请检查 --schema 的路径，以及它引用的文件是否齐全。",
        "Check the path after --schema, and that the files it includes are there."))
    return nil
  }

  /// What a document does against the schema; nothing when it is about another namespace.
  ///
  /// - Parameters:
  ///   - bytes: a document that was parsed before, and so is safe to parse.
  ///   - findings: where faults are noted, as warnings: the reader decides what is usable.
  func check(_ bytes: [UInt8], findings: inout Findings) {
    let options = Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_BIG_LINES.rawValue)
    let document = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, nil,
        options | Int32(XML_PARSE_NOERROR.rawValue))
    }
    guard let document, let context = xmlSchemaNewValidCtxt(pointer) else { return }
    defer {
      xmlSchemaFreeValidCtxt(context)
      xmlFreeDoc(document)
    }
    let root = xmlDocGetRootElement(document)?.pointee.ns?.pointee.href.map { String(cString: $0) }
    guard root == namespace else { return }
    let faults = SchemaFaults()
    let sink = Unmanaged.passUnretained(faults).toOpaque()
    _ = withExtendedLifetime(faults) {
      xmlSchemaSetValidStructuredErrors(context, noteSchemaFault, sink)
      return xmlSchemaValidateDoc(context, document)
    }
    for fault in faults.found {
      findings.warning(
        "schema", line: fault.line,
        Text("不符合 XSD：\(fault.message)", "Against the XSD: \(fault.message)"),
        remedy: Text("请对照标准改正；别的系统可能不收。", "Correct it; other systems may refuse it."))
    }
  }
}

/// What libxml2 says about a schema or a document.
private final class SchemaFaults {
  var found: [(line: Int, message: String)] = []
}

private let noteSchemaFault: xmlStructuredErrorFunc = { sink, error in
  guard let sink, let error else { return }
  let faults = Unmanaged<SchemaFaults>.fromOpaque(sink).takeUnretainedValue()
  let message = error.pointee.message.map { String(cString: $0).collapsed } ?? ""
  faults.found.append((Int(error.pointee.line), String(message.prefix(300))))
}
