import Diagnostics

/// No product is named: an item asks about teaching, and outlives products.
struct NoBrandIsNamed: ItemRule {
  private static let brands = WordSearch([
    "希沃", "钉钉", "微信", "腾讯", "雨课堂", "学习通", "百度", "抖音", "快手", "问卷星", "华为", "科大讯飞", "猿题库", "作业帮",
    "豆包", "文心一言", "通义千问", "讯飞星火", "powerpoint", "ppt", "excel", "wps", "ipad", "deepseek",
    "chatgpt", "kimi", "qq群",
  ])

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let texts = item.readTexts + item.modalFeedback.map { ($0.content.text, $0.line) }
    return texts.flatMap { text, line in
      Self.brands.found(in: text).map { brand in
        .warning(
          "brand-name", item, line: line,
          Text("出现了产品名“\(brand)”。", "A product is named: “\(brand)”"),
          remedy: Text(
            "请说它做什么，如“电子表格”“班级群”。", "Say what it does, such as “a spreadsheet”."))
      }
    }
  }
}
