import Competency
import Foundation
import ItemBank
import TestSupport
import Testing

/// The shipped bank is code: what a machine can check of it is checked here.
///
/// What only people can (is the story true, is the best choice too easy to spot) is the reviewers'.
struct ShippedBankTests {
  private let bank: Bank
  private let content: ShippedContent

  init() throws {
    content = try ShippedContent()
    // What is said here of one framework is said of the first; others have tests of their own.
    let (whole, framework) = (content.bank, content.bank.frameworks[0])
    let blueprints = whole.blueprints.filter { $0.framework == framework.id }
    bank = Bank(
      version: whole.version, title: whole.title, frameworks: [framework],
      items: whole.items.filter { $0.framework == framework.id }, stimuli: whole.stimuli,
      tests: whole.tests.filter { test in blueprints.contains { $0.test == test.id } },
      blueprints: blueprints)
  }

  private var framework: Framework { bank.frameworks[0] }

  /// The items that ask for one of several graded choices and for nothing else.
  private var graded: [BankItem] {
    bank.items.filter { item in
      guard item.item.interactions.count == 1,
        case .choice(let interaction) = item.item.interactions[0]
      else { return false }
      return interaction.maxChoices == 1
    }
  }

  /// The items that ask for several choices, an order, pairs, passages or words.
  private var others: [BankItem] {
    let graded = Set(graded.map(\.id))
    return bank.items.filter { !graded.contains($0.id) }
  }

  /// An item's choices with their scores, lowest first.
  private func scored(_ item: BankItem) throws -> [(choice: SimpleChoice, score: Double)] {
    let interaction = try #require(item.item.choiceInteractions.first)
    return interaction.choices.map { ($0, item.item.score(ofChoice: $0.id) ?? -1) }
      .sorted { $0.1 < $1.1 }
  }

  private func length(_ markup: SafeMarkup) -> Int {
    markup.text.count { !$0.isWhitespace }
  }

  @Test func `the bank is read and checked without an error or a warning`() {
    #expect(content.diagnostics.isEmpty, "\(content.diagnostics)")
    let report = BankChecker.check(paths: [Project.root.appending(path: "ItemBank").path])
    #expect(report.diagnostics.isEmpty, "\(report.diagnostics)")
    #expect(report.items == content.bank.items.count)
  }

  @Test func `the framework has 30 points, 4 dimensions, 3 environments and an empty cell`() {
    #expect(framework.points.count == 30)
    let ofEnvironment = Dictionary(grouping: framework.points, by: \.environment.rawValue)
    #expect(ofEnvironment.mapValues(\.count) == ["A": 13, "B": 10, "C": 7])
    let ofDimension = Dictionary(grouping: framework.points, by: \.dimension)
    #expect(framework.dimensions.map { ofDimension[$0.id]?.count } == [2, 7, 14, 7])
    #expect(
      !framework.points.contains {
        $0.environment.rawValue == "C" && $0.dimension == framework.dimensions[0].id
      })
    #expect(framework.points.contains { $0.nameStatus == .verified })
    #expect(framework.points.contains { $0.nameStatus == .fromMemory })
    #expect(framework.points.allSatisfy { !$0.name.english.isEmpty })
  }

  @Test func `every point has an item, the two of learner analysis four each`() {
    let counts = bank.items.reduce(into: [CompetencyPoint.ID: Int]()) { counts, item in
      for point in item.points { counts[point, default: 0] += 1 }
    }
    #expect(framework.points.allSatisfy { counts[$0.id, default: 0] >= 1 })
    for point in framework.points where point.dimension == framework.dimensions[0].id {
      #expect(counts[point.id, default: 0] >= 4)
    }
    #expect(bank.items.count >= 48)
  }

  @Test func `practice and tests have thirteen items, every other point of B and C six`() {
    let counts = Dictionary(grouping: bank.items, by: { $0.points[0] }).mapValues(\.count)
    for point in framework.points where point.environment.rawValue != "A" {
      let least = point.dimension == framework.dimensions[0].id ? 13 : 6
      #expect(counts[point.id, default: 0] >= least, "\(point.id.rawValue)")
    }
  }

  @Test func `parallel forms are two or more of one point, each with a story of its own`() throws {
    let text = try String(
      contentsOf: Project.root.appending(path: "ItemBank/imsmanifest.xml"), encoding: .utf8)
    var families: [String: [BankItem]] = [:]
    for resource in text.split(separator: "<resource ") {
      guard let family = resource.firstMatch(of: #/parallel:([a-z0-9-]+)/#)?.1,
        let name = resource.firstMatch(of: #/identifier="R-([^"]+)"/#)?.1,
        let item = bank.item(AssessmentItem.ID(rawValue: String(name)))
      else { continue }
      families[String(family), default: []].append(item)
    }
    #expect(families.count >= 16)
    for (family, items) in families {
      #expect(items.count >= 2, "\(family)")
      #expect(Set(items.map(\.points)).count == 1, "\(family)")
      #expect(Set(items.map { $0.scenario?.rawValue ?? $0.id.rawValue }).count == items.count)
    }
  }

  @Test func `every environment fills a form of 16 with items of its own`() {
    for environment in framework.environments {
      #expect(bank.items.count { $0.environment == environment.id } >= 16)
    }
  }

  @Test func `an item's story is set in the environment of its point`() {
    for item in bank.items {
      #expect(item.points.count == 1)
      #expect(item.points.allSatisfy { framework.point($0)?.environment == item.environment })
      #expect(item.schoolStage != nil && item.subject != nil)
    }
  }

  @Test func `at least thirty scenarios serve two or three items each`() {
    let shared = Dictionary(grouping: bank.items.filter { $0.scenario != nil }, by: \.scenario)
    #expect(shared.count >= 30)
    #expect(shared.values.allSatisfy { (2...3).contains($0.count) })
    for items in shared.values { #expect(Set(items.map(\.environment)).count == 1) }
  }

  @Test func `stories, scenarios, questions and choices are short enough for a phone`() {
    for item in bank.items {
      let story = item.item.body.reduce(0) { sum, part in
        if case .markup(let markup) = part { sum + length(markup) } else { sum }
      }
      #expect(story <= 120, "\(item.id.rawValue): \(story)")
      if item.scenario == nil { #expect(story >= 60, "\(item.id.rawValue): \(story)") }
      for choice in item.item.interactions.flatMap(\.choices) {
        #expect(length(choice.content) <= 60, "\(item.id.rawValue) \(choice.id.rawValue)")
      }
    }
    for stimulus in bank.stimuli { #expect(length(stimulus.content) <= 200) }
  }

  @Test func `choices are graded without a gap, alike in length, the best not the longest`() throws
  {
    for item in graded {
      let choices = try scored(item)
      #expect((4...5).contains(choices.count))
      #expect(choices.map(\.score) == (0..<choices.count).map(Double.init))
      let lengths = choices.map { length($0.choice.content) }
      let (shortest, longest) = (try #require(lengths.min()), try #require(lengths.max()))
      #expect(Double(longest) <= 1.3 * Double(shortest), "\(item.id.rawValue): \(lengths)")
      #expect(try #require(lengths.last) < longest, "\(item.id.rawValue): \(lengths)")
    }
  }

  @Test func `every choice has feedback, and every weak one the misconception behind it`() throws {
    for item in graded {
      for (choice, score) in try scored(item) {
        let feedback = try #require(item.item.feedback(for: choice.id))
        #expect(length(feedback) >= 8)
        for word in ["错误", "不对", "错了"] { #expect(!feedback.text.contains(word)) }
        if score <= 1 { #expect(item.misconceptions[choice.id] != nil, "\(item.id.rawValue)") }
      }
      #expect(item.misconceptions[try #require(try scored(item).last).choice.id] == nil)
      #expect(!item.item.rubricBlocks.isEmpty)
    }
  }

  @Test func `other items give their key the most, no answer nothing, and feedback to each`() throws
  {
    for item in others.map(\.item) {
      var key: [String: ResponseValue] = [:]
      for declaration in item.responseDeclarations {
        let values = declaration.correctResponse
        key[declaration.identifier] =
          declaration.cardinality == .single
          ? .single(try #require(values.first)) : .list(declaration.baseType, values)
      }
      let most = try #require(item.declaredMaximumScore)
      #expect((2...4).contains(most), "\(item.id.rawValue)")
      #expect(try item.score(key)["SCORE"]?.number == most, "\(item.id.rawValue)")
      #expect(try item.score([:])["SCORE"]?.number == 0, "\(item.id.rawValue)")
      let choices = item.choiceInteractions.flatMap(\.choices)
      #expect(choices.allSatisfy { item.feedback(for: $0.id) != nil }, "\(item.id.rawValue)")
      #expect(item.modalFeedback.count >= 3, "\(item.id.rawValue)")
      for feedback in item.modalFeedback {
        #expect(length(feedback.content) >= 8, "\(item.id.rawValue)")
        for word in ["错误", "不对", "错了"] { #expect(!feedback.content.text.contains(word)) }
      }
      #expect(!item.rubricBlocks.isEmpty)
    }
  }

  @Test func `the best choice stands equally often in each place and at each length`() throws {
    var places: [Int: Int] = [:]
    var ranks: [Int: Int] = [:]
    let five = try graded.filter { try scored($0).count == 5 }
    for item in five {
      let interaction = try #require(item.item.choiceInteractions.first)
      let best = try #require(try scored(item).last).choice
      places[try #require(interaction.choices.firstIndex { $0.id == best.id }), default: 0] += 1
      ranks[
        interaction.choices.count { length($0.content) < length(best.content) }, default: 0] += 1
    }
    // Within a third of equal shares; the longest is excluded by the rule above.
    let share = Double(five.count) / 5
    for place in 0..<5 {
      #expect((0.67 * share...1.34 * share).contains(Double(places[place, default: 0])))
    }
    let rankShare = Double(five.count) / 4
    for rank in 0..<4 {
      #expect((0.67 * rankShare...1.34 * rankShare).contains(Double(ranks[rank, default: 0])))
    }
  }

  @Test func `no brand, no menu and no half-width punctuation stands in what a teacher reads`() {
    let brands = [
      "希沃", "钉钉", "微信", "QQ", "腾讯", "雨课堂", "学习通", "PPT", "PowerPoint", "Excel", "Word", "WPS",
      "百度", "抖音", "问卷星", "华为", "iPad", "DeepSeek", "ChatGPT",
    ]
    var texts = bank.stimuli.map(\.content.text)
    for item in bank.items {
      texts += item.item.interactions.flatMap(\.choices).map(\.content.text)
      texts += item.item.interactions.compactMap(\.prompt?.text)
      texts += item.item.modalFeedback.map(\.content.text)
      texts += item.item.body.compactMap { part in
        switch part {
        case .markup(let markup): markup.text
        case .flow(let flow): flow.text
        case .choiceInteraction, .interaction: nil
        }
      }
    }
    for text in texts {
      for brand in brands {
        #expect(!text.lowercased().contains(brand.lowercased()), "\(brand): \(text)")
      }
      #expect(
        text.firstMatch(of: #/[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]/#) == nil, "\(text)"
      )
    }
  }

  @Test func `parameters are provisional, one step for each category above the lowest`() throws {
    for item in bank.items {
      let parameters = try #require(item.parameters)
      #expect(parameters.isProvisional)
      #expect(parameters.stepLocations.count == item.maximumCategory)
      #expect(parameters.slope > 0)
      #expect(abs(parameters.loadingShares.values.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test func `the public test names every item once and has a form for every environment`() throws {
    let test = try #require(bank.tests.first)
    #expect(test.itemReferences.compactMap(\.item) == bank.items.map(\.id))
    let blueprint = try #require(bank.blueprint(of: test.id))
    #expect(blueprint.audience == .public)
    #expect((blueprint.stages, blueprint.itemsPerStage) == (4, 4))
    #expect(Set(blueprint.forms.map(\.environment)) == Set(framework.environments.map(\.id)))
  }

  @Test func `learner analysis has thirteen items, every other point of A six`() {
    let counts = Dictionary(grouping: bank.items, by: { $0.points[0] }).mapValues(\.count)
    for point in framework.points where point.environment.rawValue == "A" {
      let least = point.dimension == framework.dimensions[0].id ? 13 : 6
      #expect(counts[point.id, default: 0] >= least, "\(point.id.rawValue)")
    }
  }

  @Test func `taking everything is worth nothing where nothing limits how many are taken`() throws {
    for item in others.map(\.item) {
      for interaction in item.interactions {
        switch interaction {
        case .choice(let choice) where choice.maxChoices == 0: break
        case .hottext(let hottext) where hottext.maxChoices == 0: break
        default: continue
        }
        let everything = ResponseValue.choices(interaction.choices.map(\.id))
        let score = try item.score([interaction.responseIdentifier: everything])["SCORE"]?.number
        #expect(score == 0, "\(item.id.rawValue)")
      }
    }
  }
}
