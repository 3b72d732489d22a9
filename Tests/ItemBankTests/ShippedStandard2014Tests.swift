import Competency
import Foundation
import ItemBank
import TestSupport
import Testing

/// The part of the shipped bank that follows the standard of 2014.
struct ShippedStandard2014Tests {
  private let content: ShippedContent
  private let framework: Framework
  private let items: [BankItem]

  init() throws {
    content = try ShippedContent()
    framework = try #require(content.bank.framework(Framework.ID(rawValue: "cn-2014")))
    let id = framework.id
    items = content.bank.items.filter { $0.framework == id }
  }

  private struct Row: Decodable {
    var code: String
    var dimension: String
    var text: String
  }

  private struct Standard: Decodable {
    var rows: [Row]
  }

  private var singles: [BankItem] { items.filter(\.item.asksForOneChoice) }

  /// An item's choices with their scores, lowest first.
  private func scored(_ item: BankItem) throws -> [(choice: SimpleChoice, score: Double)] {
    let interaction = try #require(item.item.choiceInteractions.first)
    return interaction.choices.map { ($0, item.item.score(ofChoice: $0.id) ?? -1) }
      .sorted { $0.1 < $1.1 }
  }

  private func length(_ markup: SafeMarkup) -> Int {
    markup.text.count { !$0.isWhitespace }
  }

  @Test func `the framework holds the 45 texts of the standard, word for word`() throws {
    let standard = try JSONDecoder().decode(
      Standard.self, from: Data(try Fixture.bytes("standard-2014.json")))
    #expect(standard.rows.count == 45)
    #expect(framework.points.map(\.id.rawValue) == standard.rows.map(\.code))
    #expect(framework.points.map(\.statement) == standard.rows.map(\.text))
    #expect(framework.points.map(\.dimension.rawValue) == standard.rows.map(\.dimension))
    let ofCategory = Dictionary(grouping: framework.points, by: \.environment.rawValue)
    #expect(ofCategory.mapValues(\.count) == ["I": 20, "II": 20, "C": 5])
    #expect(framework.points.allSatisfy { $0.nameStatus == .verified })
    #expect(framework.points.allSatisfy { (2...12).contains($0.name.chinese.count) })
    #expect(framework.points.allSatisfy { $0.name.english != $0.name.chinese })
  }

  @Test func `teachers of both categories are asked about the common rows`() {
    let includes = framework.environments.map { $0.includes.map(\.rawValue) }
    #expect(includes == [["I", "C"], ["I", "II", "C"], ["C"]])
  }

  @Test func `every text has one item, in its category`() {
    #expect(items.map { $0.points.map(\.rawValue) } == framework.points.map { [$0.id.rawValue] })
    for item in items {
      #expect(item.points.allSatisfy { framework.point($0)?.environment == item.environment })
      #expect(item.schoolStage != nil && item.subject != nil)
      #expect(item.status == "draft")
    }
    let stages = Set(items.compactMap(\.schoolStage))
    #expect(stages == ["幼儿园", "小学", "初中", "高中", "中职", "特殊教育"])
    #expect(Set(items.compactMap(\.subject)).count >= 10)
  }

  @Test func `at least twelve items ask otherwise than for one choice, in five ways`() {
    let others = items.filter { !$0.item.asksForOneChoice }
    #expect(others.count >= 12)
    let kinds = Set(
      others.flatMap(\.item.interactions).map { interaction in
        switch interaction {
        case .choice: "several choices"
        case .order: "order"
        case .match: "match"
        case .hottext: "hottext"
        case .inlineChoice: "inline choice"
        case .associate, .gapMatch, .textEntry: "another"
        }
      })
    #expect(kinds == ["several choices", "order", "match", "hottext", "inline choice"])
  }

  @Test func `stories, questions and choices are short enough for a phone`() {
    for item in items {
      let id = item.id.rawValue
      let story = item.item.body.reduce(0) { sum, part in
        if case .markup(let markup) = part { sum + length(markup) } else { sum }
      }
      // The story of the item with gaps stands in one text with its sentences.
      if case .flow? = item.item.body.first {
      } else {
        #expect((60...120).contains(story), "\(id): \(story)")
      }
      for choice in item.item.interactions.flatMap(\.choices) {
        #expect((2...60).contains(length(choice.content)), "\(id) \(choice.id.rawValue)")
      }
    }
  }

  @Test func `single choices are graded without a gap, alike in length, the best not the longest`()
    throws
  {
    for item in singles {
      let choices = try scored(item)
      #expect(choices.map(\.score) == [0, 1, 2, 3], "\(item.id.rawValue)")
      let lengths = choices.map { length($0.choice.content) }
      let (shortest, longest) = (try #require(lengths.min()), try #require(lengths.max()))
      #expect(Double(longest) <= 1.3 * Double(shortest), "\(item.id.rawValue): \(lengths)")
      #expect(try #require(lengths.last) < longest, "\(item.id.rawValue): \(lengths)")
    }
  }

  @Test func `the best choice stands equally often in each place and at each length`() throws {
    var places: [Int: Int] = [:]
    var ranks: [Int: Int] = [:]
    for item in singles {
      let interaction = try #require(item.item.choiceInteractions.first)
      let best = try #require(try scored(item).last).choice
      places[try #require(interaction.choices.firstIndex { $0.id == best.id }), default: 0] += 1
      ranks[
        interaction.choices.count { length($0.content) < length(best.content) }, default: 0] += 1
    }
    let share = Double(singles.count) / 4
    for place in 0..<4 {
      #expect((0.67 * share...1.34 * share).contains(Double(places[place, default: 0])))
    }
    let rankShare = Double(singles.count) / 3
    for rank in 0..<3 {
      #expect((0.67 * rankShare...1.34 * rankShare).contains(Double(ranks[rank, default: 0])))
    }
  }

  @Test func `every choice has feedback, and every weak one the misconception behind it`() throws {
    for item in items {
      let id = item.id.rawValue
      for interaction in item.item.interactions {
        var offered = interaction.choices
        // What is matched is explained with the thing it is matched for.
        if case .match(let match) = interaction { offered = match.sources.map(\.choice) }
        for choice in offered {
          let feedback = try #require(item.item.feedback(for: choice.id), "\(id)")
          #expect(length(feedback) >= 8)
          for word in ["错误", "不对", "错了"] {
            #expect(!feedback.text.contains(word), "\(id): \(feedback.text)")
          }
        }
      }
      #expect(!item.item.rubricBlocks.isEmpty)
    }
    for item in singles {
      let choices = try scored(item)
      for (choice, _) in choices.dropLast() {
        #expect(item.misconceptions[choice.id] != nil, "\(item.id.rawValue)")
      }
      #expect(item.misconceptions[try #require(choices.last).choice.id] == nil)
    }
  }

  @Test func `each item names its decision, its evidence and its variants`() throws {
    let manifest = String(
      decoding: try Data(
        contentsOf: Project.root.appending(path: "ItemBank/imsmanifest.xml")), as: UTF8.self)
    for item in items {
      let start = try #require(manifest.range(of: "identifier=\"R-\(item.id.rawValue)\""))
      let end = try #require(
        manifest.range(of: "</resource>", range: start.upperBound..<manifest.endIndex))
      let resource = manifest[start.upperBound..<end.lowerBound]
      for word in ["decision:", "evidence:", "variants:"] {
        #expect(resource.components(separatedBy: ">\(word)").count == 2, "\(item.id.rawValue)")
      }
    }
  }

  @Test func `no brand and no half-width punctuation stands in what a teacher reads`() {
    let brands = [
      "希沃", "钉钉", "微信", "朋友圈", "QQ", "腾讯", "雨课堂", "学习通", "PPT", "PowerPoint", "Excel", "Word",
      "WPS", "百度", "抖音", "问卷星", "华为", "iPad", "DeepSeek", "ChatGPT", "几何画板",
    ]
    for item in items {
      var texts = item.item.interactions.flatMap(\.choices).map(\.content.text)
      texts += item.item.interactions.compactMap(\.prompt?.text)
      texts += item.item.modalFeedback.map(\.content.text)
      texts += item.item.body.compactMap { part in
        switch part {
        case .markup(let markup): markup.text
        case .flow(let flow): flow.text
        case .choiceInteraction, .interaction: nil
        }
      }
      for text in texts {
        for brand in brands { #expect(!text.lowercased().contains(brand.lowercased()), "\(text)") }
        #expect(
          text.firstMatch(of: #/[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]/#) == nil,
          "\(text)")
      }
    }
  }

  @Test func `parameters are provisional, one step for each category above the lowest`() throws {
    for item in items {
      let parameters = try #require(item.parameters)
      #expect(parameters.isProvisional)
      #expect(parameters.stepLocations.count == item.maximumCategory)
      #expect(Array(parameters.loadingShares.keys) == item.points)
    }
  }

  @Test func `the test names every item once and has a form for either category`() throws {
    let test = try #require(content.bank.test(AssessmentTest.ID(rawValue: "diagnostic-2014")))
    #expect(test.itemReferences.compactMap(\.item) == items.map(\.id))
    let blueprint = try #require(content.bank.blueprint(of: test.id))
    #expect(blueprint.audience == .public)
    #expect((blueprint.stages, blueprint.itemsPerStage) == (4, 4))
    #expect(blueprint.forms.map(\.environment.rawValue) == ["I", "II"])
  }
}
