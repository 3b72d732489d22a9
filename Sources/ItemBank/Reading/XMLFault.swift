import CLibXML2
import Diagnostics

/// Why a document could not be parsed.
enum XMLFault {
  case tooLarge(bytes: Int, limit: Int)
  case tooDeep(line: Int, column: Int)
  case tooManyNames(line: Int, column: Int)
  case doctype(line: Int, column: Int)
  case encoding(line: Int, column: Int)
  case undeclaredEntity(line: Int, column: Int)
  case undeclaredPrefix(line: Int, column: Int)
  case notXML(line: Int, column: Int)

  /// Names a fault by libxml2's error code.
  ///
  /// - Parameters:
  ///   - code: a value of `xmlParserErrors`.
  ///   - depth: how many elements are open.
  ///   - line: the line, from 1.
  ///   - column: the column, from 1.
  init(code: UInt32, depth: Int, line: Int, column: Int) {
    self =
      switch code {
      case XML_ERR_INVALID_CHAR.rawValue, XML_ERR_INVALID_ENCODING.rawValue,
        XML_ERR_UNKNOWN_ENCODING.rawValue, XML_ERR_UNSUPPORTED_ENCODING.rawValue,
        XML_I18N_CONV_FAILED.rawValue, XML_I18N_NO_HANDLER.rawValue, XML_I18N_NO_NAME.rawValue:
        .encoding(line: line, column: column)
      case XML_ERR_UNDECLARED_ENTITY.rawValue, XML_WAR_UNDECLARED_ENTITY.rawValue:
        .undeclaredEntity(line: line, column: column)
      case XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue:
        .undeclaredPrefix(line: line, column: column)
      // The depth limit has no code of its own.
      case XML_ERR_INTERNAL_ERROR.rawValue where depth >= 255:
        .tooDeep(line: line, column: column)
      default:
        .notXML(line: line, column: column)
      }
  }
}

extension Findings {
  /// Notes why a document could not be parsed.
  mutating func note(_ fault: XMLFault) {
    switch fault {
    case .tooLarge(let bytes, let limit):
      error(
        "too-large", line: 0,
        Text(
          "文件有 \(bytes) 字节，超过上限 \(limit) 字节。",
          "The file has \(bytes) bytes; the limit is \(limit)."),
        remedy: Text("请拆分内容，或去掉内嵌的图片。", "Split the content, or take embedded pictures out."))
    case .tooDeep(let line, let column):
      error(
        "too-deep", line: line, column: column,
        Text("元素嵌套超过 256 层。", "Elements are nested more than 256 deep."),
        remedy: Text("请检查是否有未关闭的标签。", "Look for tags that were never closed."))
    case .tooManyNames(let line, let column):
      error(
        "too-many-names", line: line, column: column,
        Text(
          "一个元素的属性过多，或命名空间过多。",
          "An element has too many attributes, or there are too many namespaces."),
        remedy: Text("请检查文件是否由程序误写。", "See whether a program wrote the file wrongly."))
    case .doctype(let line, let column):
      error(
        "doctype", line: line, column: column,
        Text("文件含有 DOCTYPE 声明，为安全起见一律拒绝。", "The file has a DOCTYPE, which is always refused."),
        remedy: Text("请删去 DOCTYPE 一行；QTI 不需要它。", "Delete the DOCTYPE; QTI needs none."))
    case .encoding(let line, let column):
      error(
        "encoding", line: line, column: column,
        Text("文件的字节与声明的编码不符。", "The bytes do not agree with the declared encoding."),
        remedy: Text(
          "请另存为 UTF-8，或改正第一行的 encoding。", "Save it as UTF-8, or correct encoding in its first line."
        ))
    case .undeclaredEntity, .undeclaredPrefix, .notXML:
      noteSyntax(fault)
    }
  }

  private mutating func noteSyntax(_ fault: XMLFault) {
    switch fault {
    case .undeclaredEntity(let line, let column):
      error(
        "undeclared-entity", line: line, column: column,
        Text(
          "使用了 XML 不认识的实体，如 &nbsp;。", "An entity that XML does not know is used, such as &nbsp;."),
        remedy: Text(
          "请直接写出字符，或写 &#160; 这样的编号。", "Write the character itself, or its number as &#160;."))
    case .undeclaredPrefix(let line, let column):
      error(
        "undeclared-prefix", line: line, column: column,
        Text("使用了没有声明的命名空间前缀。", "A namespace prefix is used that was not declared."),
        remedy: Text("请在根元素上用 xmlns:前缀 声明它。", "Declare it on the root element with xmlns:prefix."))
    case .notXML(let line, let column):
      error(
        "not-xml", line: line, column: column,
        Text("文件不是格式正确的 XML。", "The file is not well-formed XML."),
        remedy: Text(
          "请在所指位置检查标签、引号和 & 符号。", "Look at the tags, quotes and & signs at this place."))
    case .tooLarge, .tooDeep, .tooManyNames, .doctype, .encoding:
      return
    }
  }
}
