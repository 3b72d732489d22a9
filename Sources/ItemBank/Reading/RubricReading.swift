import Diagnostics

extension Findings {
  /// Reads the authors' notes of an item.
  ///
  /// - Parameter root: the item.
  /// - Returns: the notes, in order. They are never shown to candidates, whatever they ask for.
  mutating func rubricBlocks(of root: XMLElement) -> [RubricBlock] {
    root.descendants { $0.name == "qti-rubric-block" }.map { element in
      let views = (element.attribute("view") ?? "").split(separator: " ").map(String.init)
      if views.contains("candidate") {
        warning(
          "hidden-rubric", line: element.line,
          Text("qti-rubric-block 不会显示给作答者。", "A qti-rubric-block is not shown to candidates."),
          remedy: Text("要让作答者看到，请写进题干。", "Put what they must read into the body."))
      }
      // What is dropped from notes nobody sees is not worth a line.
      var ignored = Findings(file: file)
      let text = MarkupSanitiser.markup(of: element.children, findings: &ignored).text
      return RubricBlock(use: element.attribute("use"), views: views, text: text)
    }
  }
}
