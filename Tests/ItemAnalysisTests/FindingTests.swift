import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

@testable import ItemAnalysis

/// Every flag finds what it is for, and hardly anything else.
struct FindingTests {
  private static let world: Result<PlantedWorld, any Error> = Result {
    try PlantedWorld(plants: PlantedWorld.Plant.faults)
  }
  private static let analysis: Result<BankAnalysis, any Error> = Result {
    let planted = try Self.world.get()
    return BankAnalysis(planted.sheets(6_000, seed: 1), bank: planted.bank)
  }

  @Test(arguments: [
    (PlantedWorld.Plant.wrongKey, Finding.Kind.suspectedKey), (.secondBest, .risingOption),
    (.harderOnPhones, .difference), (.leaked, .drift), (.noise, .weak), (.blunt, .misfit),
    (.overused, .overexposed),
  ])
  func `a planted fault raises its flag`(plant: PlantedWorld.Plant, kind: Finding.Kind) throws {
    let (world, analysis) = (try Self.world.get(), try Self.analysis.get())
    let item = try #require(world.item(plant))
    let found = try #require(analysis.findings.first { $0.item == item && $0.kind == kind })
    #expect(found.peopleAffected >= AnalysisRules.groupCount)
    if kind == .suspectedKey {
      let scores = try #require(world.bank.item(item)).item
      #expect(try scores.score(ofChoice: #require(found.option)) == 0)
      #expect(try scores.score(ofChoice: #require(found.keyed)) == 4)
    }
    if kind == .difference {
      #expect(found.grouping == .device && found.group == "phone")
      #expect(found.size.value > 0.5, "harder on a phone")
    }
    if kind == .drift { #expect(found.size.value < -0.5, "easier than before") }
  }

  @Test func `at most a tenth of the sound items is flagged`() throws {
    let (world, analysis) = (try Self.world.get(), try Self.analysis.get())
    let sound = Set(world.items.map(\.id))
      .subtracting(world.plants.filter { $0.value != .anchor }.keys)
    let flagged = Set(analysis.findings.filter(\.kind.isDefect).compactMap(\.item))
      .intersection(sound)
    #expect(sound.count > 120)
    #expect(flagged.count * 10 <= sound.count, "\(flagged)")
    // What was foreseen is far less: one in twenty of the alarms.
    #expect(flagged.count <= 6, "\(analysis.findings.filter(\.kind.isDefect).described)")
  }

  @Test func `a bank without faults raises hardly a flag`() throws {
    let world = try PlantedWorld(plants: [])
    let analysis = BankAnalysis(world.sheets(4_000, seed: 77), bank: world.bank)
    let flagged = Set(analysis.findings.filter(\.kind.isDefect).compactMap(\.item))
    #expect(flagged.count <= 4, "\(analysis.findings.filter(\.kind.isDefect).described)")
  }

  // A fault of the test, not of an item. Dimensions share much of what they measure: with sixteen
  // items even one that is hardly asked about is not coarse, with two all are.
  @Test func `forms of two items leave every dimension coarse, forms of sixteen none`() throws {
    let world = try PlantedWorld(plants: [])
    let short = BankAnalysis(world.sheets(8_000, seed: 11, length: 2), bank: world.bank)
    let coarse = short.findings.filter { $0.kind == .thinInformation }
    #expect(
      Set(coarse.compactMap(\.dimension)) == Set(world.framework.dimensions.map(\.id)),
      "\(short.levels.filter { $0.count > 0 })")
    for finding in coarse {
      let level = try #require(
        short.levels.first { $0.dimension == finding.dimension && $0.level == finding.level })
      #expect(level.count >= AnalysisRules.levelCount)
      #expect(finding.peopleAffected * 10 >= level.count * 3)
    }
    // Whoever reads of coarse measurement is not led to items that are sound.
    let flagged = Set(short.findings.filter(\.kind.isDefect).compactMap(\.item))
    #expect(flagged.count * 10 <= short.items.count { $0.count > 50 }, "\(flagged)")
    let usual = BankAnalysis(world.sheets(800, seed: 11), bank: world.bank)
    #expect(!usual.findings.contains { $0.kind == .thinInformation })
  }

  @Test
  func `an item that is tried out is ready from two hundred answers on, and so is a judged one`()
    throws
  {
    let world = try PlantedWorld(plants: [.triedOut, .rarelyTriedOut, .anchor])
    let sheets = world.sheets(2_000, seed: 21)
    let answers = sheets.flatMap(\.entries).reduce(into: [AssessmentItem.ID: Int]()) {
      $0[$1.item, default: 0] += 1
    }
    let analysis = BankAnalysis(sheets, bank: world.bank)
    let ready = analysis.findings.filter { $0.kind == .pilotReady }
    let tried = try #require(world.item(.triedOut))
    let rare = try #require(world.item(.rarelyTriedOut))
    #expect(ready.contains { $0.item == tried })
    #expect(!ready.contains { $0.item == rare })
    #expect(answers[tried, default: 0] >= 200)
    #expect((50..<200).contains(answers[rare, default: 0]))
    // Exactly those, by the sheets themselves; what is calibrated needs nothing.
    let anchor = world.item(.anchor)
    let enough: [AssessmentItem.ID] = answers.compactMap { item, count in
      count >= 200 && item != anchor ? item : nil
    }
    let flagged: [AssessmentItem.ID] = ready.compactMap(\.item)
    #expect(Set(flagged) == Set(enough))
    #expect(ready.allSatisfy { Int($0.size.value) == answers[$0.item ?? tried] })
    #expect(ready.allSatisfy { !$0.kind.isDefect })
    // Without parameters of its own it is found where it really stands.
    let steps = try #require(world.truth[tried]).stepLocations
    let location = try #require(analysis.items.first { $0.item == tried }?.location)
    let truth = steps.reduce(0, +) / Double(steps.count)
    #expect(abs(location.value - truth) < 4 * location.standardError, "\(location) \(truth)")
  }

  @Test func `when the key is mended the flag is gone, without a new answer`() throws {
    let world = try Self.world.get()
    let item = try #require(world.item(.wrongKey))
    let mended = Bank(
      version: Bank.Version(rawValue: "mended"), title: world.bank.title,
      frameworks: world.bank.frameworks,
      items: world.bank.items.map { $0.id == item ? $0.withEndsExchanged : $0 },
      stimuli: world.bank.stimuli, tests: world.bank.tests, blueprints: world.bank.blueprints)
    let analysis = BankAnalysis(
      world.sheets(3_000, seed: 1), bank: mended, older: [world.bank.version: world.bank])
    #expect(!analysis.findings.contains { $0.item == item && $0.kind.isDefect })
    #expect(try #require(analysis.items.first { $0.item == item }).count > 150)
  }

  @Test func `an answer to an item that read otherwise does not count`() throws {
    let world = try PlantedWorld(plants: [])
    let item = try #require(world.items.first)
    let rewritten = Bank(
      version: Bank.Version(rawValue: "rewritten"), title: world.bank.title,
      frameworks: world.bank.frameworks,
      items: world.bank.items.map { $0.id == item.id ? $0.rewritten : $0 },
      stimuli: world.bank.stimuli, tests: world.bank.tests, blueprints: world.bank.blueprints)
    let analysis = BankAnalysis(
      world.sheets(800, seed: 3), bank: rewritten, older: [world.bank.version: world.bank])
    #expect(analysis.items.first { $0.item == item.id }?.count == 0)
    #expect(analysis.items.count { $0.count > 0 } > 120)
  }
}

extension [Finding] {
  /// How many there are of each kind, and the first of them.
  fileprivate var described: [String] {
    Dictionary(grouping: self, by: \.kind).map { kind, findings in
      "\(kind) \(findings.count): "
        + findings.prefix(6).map {
          "\($0.item?.rawValue ?? "") \($0.size.value) p=\($0.probability) n=\($0.size.count)"
        }.joined(separator: "; ")
    }.sorted()
  }
}

extension BankItem {
  /// The item with the points of its best and its worst choice exchanged.
  fileprivate var withEndsExchanged: BankItem {
    var mended = self
    for (place, declaration) in item.responseDeclarations.enumerated() {
      guard let mapping = declaration.mapping else { continue }
      let values = mapping.entries.map(\.value)
      guard let (low, high) = values.min().flatMap({ low in values.max().map { (low, $0) } })
      else { continue }
      for (entry, value) in values.enumerated() {
        mended.item.responseDeclarations[place].mapping?.entries[entry].value =
          value == low ? high : value == high ? low : value
      }
    }
    return mended
  }

  /// The item with another word in front.
  fileprivate var rewritten: BankItem {
    var rewritten = self
    rewritten.item.body.insert(.markup(SafeMarkup(text: "另一个故事")), at: 0)
    return rewritten
  }
}
