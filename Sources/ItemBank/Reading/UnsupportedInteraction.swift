import Diagnostics

extension Findings {
  /// Notes an interaction of a kind we do not read, each kind with what to do about it.
  mutating func noteUnsupported(_ element: XMLElement) {
    switch element.name {
    case "qti-extended-text-interaction":
      refuse(
        element, "unsupported-extended-text",
        Text("简答题不能自动计分。", "A machine cannot score an extended text."),
        Text("请改为选择题或填空题。", "Ask with choices or a text entry."))
    case "qti-upload-interaction":
      refuse(
        element, "unsupported-upload",
        Text("不接受上传文件的题目。", "Files cannot be uploaded as answers."),
        Text("请改为可以自动计分的题型。", "Use a kind that a machine can score."))
    case "qti-portable-custom-interaction":
      refuse(
        element, "unsupported-pci",
        Text("不运行题目自带的程序（PCI）。", "Programs of an item's own (PCI) are not run."),
        Text("请改为标准题型。", "Use an interaction of the standard."))
    case "qti-hotspot-interaction", "qti-select-point-interaction",
      "qti-graphic-order-interaction", "qti-graphic-associate-interaction",
      "qti-graphic-gap-match-interaction", "qti-position-object-interaction":
      refuse(
        element, "unsupported-graphic",
        Text(
          "不支持在图片上作答：\(element.name)。", "Answering in a picture is not supported: \(element.name)."),
        Text("请把图中的选项写成文字。", "Put the choices of the picture into words."))
    default:
      refuse(
        element, "unsupported-interaction",
        Text(
          "不支持交互类型 \(element.name.prefix(80))。",
          "The interaction \(element.name.prefix(80)) is not supported."),
        Text("请改用单选或多选（qti-choice-interaction）。", "Use a qti-choice-interaction."))
    }
  }

  /// Notes a picture among the words of a gap match.
  mutating func notePictureInGap(_ element: XMLElement) {
    refuse(
      element, "unsupported-graphic",
      Text("填空的词语不能是图片。", "The words for gaps cannot be pictures."),
      Text("请用 qti-gap-text 写成文字。", "Put it into words with qti-gap-text."))
  }

  private mutating func refuse(
    _ element: XMLElement, _ code: String, _ message: Text, _ remedy: Text
  ) {
    error(code, line: element.line, message, remedy: remedy)
  }
}
