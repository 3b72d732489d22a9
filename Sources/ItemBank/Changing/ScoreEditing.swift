import Diagnostics

extension Findings {
  /// Gives the choices of an item other worths, and makes the best one the correct response.
  ///
  /// Only items with one question of one choice, scored by a table of the choices' worths, can be
  /// given another key: of others the key is more than a number a choice. The text for raters in the
  /// item is left as it is.
  ///
  /// - Parameters:
  ///   - scores: the points of choices; those not named keep theirs.
  ///   - root: the item's document.
  ///   - item: the item.
  mutating func score(
    _ scores: [SimpleChoice.ID: Int], in root: inout XMLElement, of item: BankItem
  ) {
    let choices = item.item.scoredChoices
    guard let maximum = item.maximumCategory, !choices.isEmpty else { return noteOtherKey(item) }
    var worth = choices
    for (choice, points) in scores {
      guard choices[choice] != nil, (0...maximum).contains(points) else {
        return noteScore(choice, points, maximum: maximum)
      }
      worth[choice] = points
    }
    guard let best = worth.filter({ $0.value == maximum }).map(\.key.rawValue).min() else {
      return noteNoBest(maximum)
    }
    for name in ["qti-response-declaration", "responseDeclaration"] {
      root.editElement(name) { declaration in
        for name in ["qti-correct-response", "correctResponse"] {
          declaration.editElement(name) { correct in
            for name in ["qti-value", "value"] {
              correct.editElement(name) { $0.children = [.text(best)] }
            }
          }
        }
        for name in ["qti-mapping", "mapping"] {
          declaration.editElement(name) { $0.setWorths(worth) }
        }
      }
    }
  }

  private mutating func noteOtherKey(_ item: BankItem) {
    error(
      "key-not-simple", line: 0,
      Text(
        "本题不是按选项给分的单选题，不能在这里改键。",
        "The item is not a single choice scored choice by choice; its key cannot be changed here."),
      remedy: Text(
        "请导出本题，改好评分后再导入。", "Export the item, correct its scoring and import it."))
  }

  private mutating func noteScore(_ choice: SimpleChoice.ID, _ points: Int, maximum: Int) {
    error(
      "score-category", line: 0,
      Text(
        "选项 \(choice.rawValue.prefix(20)) 的分值 \(points) 不可用：应为题中选项，0 到 \(maximum) 分。",
        "\(points) points for choice \(choice.rawValue.prefix(20)): name a choice of the item and 0 to \(maximum) points."
      ),
      remedy: Text("请改正分值。", "Correct the points."))
  }

  private mutating func noteNoBest(_ maximum: Int) {
    error(
      "maximum-score", line: 0,
      Text("没有一个选项得满分 \(maximum)。", "No choice earns the full \(maximum) points."),
      remedy: Text("请把最好的做法设为满分。", "Give the best choice full points."))
  }
}

extension AssessmentItem {
  /// What each choice is worth, when the item is one single choice scored by a table of its choices.
  ///
  /// Empty for every other item.
  public var scoredChoices: [SimpleChoice.ID: Int] {
    guard interactions.count == 1, responseDeclarations.count == 1,
      let declaration = responseDeclarations.first, declaration.cardinality == .single,
      let mapping = declaration.mapping
    else { return [:] }
    var worth: [SimpleChoice.ID: Int] = [:]
    for choice in interactions[0].choices {
      let key = BaseValue.identifier(choice.id.rawValue)
      guard let entry = mapping.entries.first(where: { $0.key == key }),
        let points = Int(exactly: entry.value), points == score(of: key, declaration.identifier)
      else { return [:] }
      worth[choice.id] = points
    }
    return worth
  }

  /// The SCORE of one value, when it is a whole number.
  private func score(of value: BaseValue, _ response: String) -> Int? {
    do throws(ResponseError) {
      let outcome = try score([response: .single(value)])["SCORE"]
      return outcome?.number.flatMap(Int.init(exactly:))
    } catch {
      return nil
    }
  }
}

extension XMLElement {
  /// Edits the first child element with a name.
  mutating func editElement(_ name: String, _ change: (inout XMLElement) -> Void) {
    guard let place = children.firstIndex(where: { $0.element?.name == name }),
      var element = children[place].element
    else { return }
    change(&element)
    children[place] = .element(element)
  }

  /// Sets the entries of a mapping.
  fileprivate mutating func setWorths(_ worth: [SimpleChoice.ID: Int]) {
    for index in children.indices {
      guard var entry = children[index].element else { continue }
      let isOlder = entry.name == "mapEntry"
      let key = entry.attribute(isOlder ? "mapKey" : "map-key") ?? ""
      guard let points = worth[SimpleChoice.ID(rawValue: key)] else { continue }
      entry.setAttribute(isOlder ? "mappedValue" : "mapped-value", to: String(points))
      children[index] = .element(entry)
    }
  }
}
