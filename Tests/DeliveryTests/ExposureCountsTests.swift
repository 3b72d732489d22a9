import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

/// How often items were given, of how many that could have had them, and what follows from it.
struct ExposureCountsTests {
  private let bank: Bank
  private let framework: Framework

  init() throws {
    bank = try ShippedContent().bank
    framework = bank.frameworks[0]
  }

  @Test func `an item was offered to all whose environment includes its own`() throws {
    var counts = ExposureCounts(framework: framework)
    let items = bank.items(of: bank.blueprints[0].test)
    let narrow = try #require(framework.environments.min { $0.includes.count < $1.includes.count })
    let wide = try #require(framework.environments.max { $0.includes.count < $1.includes.count })
    let ofNarrow = try #require(items.first { $0.environment == narrow.id })
    let ofWide = try #require(
      items.first { item in
        item.environment.map { wide.includes.contains($0) && !narrow.includes.contains($0) }
          ?? false
      })
    for _ in 0..<10 { counts.add([ofNarrow.id], for: narrow.id) }
    for number in 0..<10 {
      counts.add(number < 4 ? [ofNarrow.id, ofWide.id] : [ofWide.id], for: wide.id)
    }
    // A stage more is no session more.
    counts.addFurther([ofWide.id])
    #expect(counts.sessionCount == 20)
    let counted = counts.counted(
      [ofNarrow, ofWide],
      after: ItemExposure(admission: [ofNarrow.id: 0.5]), maximum: 0.4)
    let first = try #require(counted.first { $0.item == ofNarrow.id })
    let second = try #require(counted.first { $0.item == ofWide.id })
    #expect(first.offered == 20 && first.presented == 14)
    #expect(second.offered == 10 && second.presented == 10, "never more than it was offered")
    // .4 · .5 / .7 and .4 · 1 / 1, after van der Linden and Veldkamp.
    #expect(abs(first.admission - 0.4 * 0.5 / 0.7) < 1e-12)
    #expect(abs(second.admission - 0.4) < 1e-12)
    #expect(counted.map(\.item) == [ofWide.id, ofNarrow.id], "most exposed first")
  }

  @Test func `a calibration counts the answers of each item, retired ones left out`() throws {
    let sessions = try (0..<6 as Range<UInt64>).map { seed in
      var session = try TestSession(start: Cast.zhao(seed: seed, in: bank), bank: bank)
      for event in session.events(in: .first, bank: bank) {
        try session.apply(event, bank: bank)
      }
      return session
    }
    let given = sessions.flatMap { $0.stages.flatMap(\.items) }
    let retired = given[0]
    let changed = Bank(
      version: bank.version, title: bank.title, frameworks: bank.frameworks,
      items: bank.items.map { item in
        var item = item
        if item.id == retired { item.state = .retired }
        return item
      }, stimuli: bank.stimuli, tests: bank.tests, blueprints: bank.blueprints)
    var data = try #require(CalibrationData(test: bank.blueprints[0].test, bank: changed))
    for session in sessions { data.add(session, takenWith: bank) }
    #expect(!data.items.contains { $0.id == retired })
    for (item, count) in zip(data.items, data.answerCounts) {
      #expect(count == given.count { $0 == item.id }, "\(item.id.rawValue)")
    }
    #expect(data.answers.count == sessions.count)
  }

  @Test func `what was answered to an earlier wording does not count`() throws {
    var session = try TestSession(start: Cast.zhao(seed: 1, in: bank), bank: bank)
    for event in session.events(in: .first, bank: bank) { try session.apply(event, bank: bank) }
    let item = try #require(session.stages.first?.items.first)
    func renewed(_ change: (inout BankItem) -> Void) -> Bank {
      Bank(
        version: Bank.Version(rawValue: "renewed"), title: bank.title, frameworks: bank.frameworks,
        items: bank.items.map { present in
          var present = present
          if present.id == item { change(&present) }
          return present
        }, stimuli: bank.stimuli, tests: bank.tests, blueprints: bank.blueprints)
    }
    func count(_ present: Bank) throws -> Int {
      var data = try #require(CalibrationData(test: bank.blueprints[0].test, bank: present))
      data.add(session, takenWith: bank)
      return try data.answerCounts[#require(data.items.firstIndex { $0.id == item })]
    }
    #expect(try count(renewed { $0.version += "1" }) == 1)
    let other = try #require(bank.items.first { $0.id != item }).item.body
    #expect(try count(renewed { $0.item.body = other }) == 0)
  }

  @Test func `of two calibrations of one day the later number counts`() throws {
    var first = try #require(bank.items.first?.parameters)
    first.isProvisional = false
    first.lastUpdated = "2026-11-26"
    first.calibration = "urn:bianque:calibration:9"
    var second = first
    second.calibration = "urn:bianque:calibration:10"
    #expect(second.comes(before: first) && !first.comes(before: second))
    var judged = second
    judged.isProvisional = true
    judged.lastUpdated = "2027-01-01"
    #expect(first.comes(before: judged))
    first.lastUpdated = "2026-11-27"
    #expect(first.comes(before: second))
  }
}
