import Delivery
import Foundation
import ItemAnalysis
import ItemBank
import People
import Storage
import TestSupport
import Testing

/// Answer sheets and analyses in a real database.
struct ItemAnalysisTests {
  private let noon = TestStore.noon

  private func take(
    _ store: Store, _ key: SessionKey, in bank: Bank, start: TestSession.Start,
    manner: TestSession.Manner = .best, device: DeviceClass? = nil
  ) async throws -> TestSession {
    var session = try TestSession(start: start, bank: bank)
    try await store.startSession(
      key, session: session, device: device, startedAt: noon, unclaimed: [])
    while let stage = session.currentStage {
      let answers = [AssessmentItem.ID: TestSession.Answer](
        try stage.items.map {
          ($0, try #require(TestSession.answer(to: $0, in: manner, bank: bank)))
        }, uniquingKeysWith: { first, _ in first })
      session = try #require(
        try await store.submitStage(
          stage.number, changes: answers, after: 0, closes: true, in: key, receivedAt: noon,
          bank: bank))
    }
    return session
  }

  @Test func `answers of every kind stand in the sheet as they were given`() async throws {
    let bank = try InteractionBank.read()
    var start = Cast.wang(in: bank)
    start.test = AssessmentTest.ID(rawValue: "interactions")
    try await TestStore.with { store, _ in
      let session = try await take(
        store, Cast.wangKey, in: bank, start: start, device: .phone)
      #expect(try await store.collectAnswerSheets() == 1)
      #expect(try await store.collectAnswerSheets() == 0, "once is enough")
      let sheet = try #require(try await store.answerSheets().first)
      #expect(sheet.entries.map(\.item) == session.stages.flatMap(\.items))
      for entry in sheet.entries { #expect(entry.answer == session.answers[entry.item]) }
      #expect(sheet.groups == AnswerGroups(device: .phone, schoolStage: "小学", subject: "数学"))
      #expect(sheet.entries.allSatisfy { $0.seconds == nil }, "a stage came at once")
      let scoring = AnswerScoring(bank: bank)
      for entry in sheet.entries {
        let answer = try #require(entry.answer)
        let scored = try #require(scoring.scored(answer, to: entry.item))
        let evidence = session.result(bank: bank)?.evidence.first { $0.item == entry.item }
        #expect(scored.category == evidence?.category, "as the result scored it")
      }
    }
  }

  @Test func `a finished session reads alike from its sheet and from its events`() async throws {
    let bank = try InteractionBank.read()
    var start = Cast.wang(in: bank)
    start.test = AssessmentTest.ID(rawValue: "interactions")
    for manner in [TestSession.Manner.best, .weakest, .unsure] {
      try await TestStore.with { store, _ in
        let given = try await take(store, Cast.wangKey, in: bank, start: start, manner: manner)
        let fromEvents = try await store.finishedSessions(of: start.test, for: .rescoring)
        #expect(try await store.collectAnswerSheets() == 1)
        let fromSheets = try await store.finishedSessions(of: start.test, for: .rescoring)
        let (event, sheet) = (
          try #require(fromEvents.sessions.first), try #require(fromSheets.sessions.first)
        )
        #expect(event.stages == given.stages)
        #expect(sheet.answers == given.answers && event.answers == given.answers)
        #expect(sheet.stages.map(\.number) == given.stages.map(\.number))
        #expect(sheet.stages.map(\.items) == given.stages.map(\.items))
        #expect(sheet.start == given.start)
        #expect(sheet.result(bank: bank) == given.result(bank: bank))
      }
    }
  }

  @Test func `an answer that was saved alone has its time, and the last one counts`() async throws {
    let bank = try ShippedContent().bank
    try await TestStore.with { store, _ in
      var session = try TestSession(start: Cast.wang(in: bank), bank: bank)
      try await store.startSession(Cast.wangKey, session: session, startedAt: noon, unclaimed: [])
      let item = try #require(session.currentStage?.items.first)
      for (sequence, manner) in [TestSession.Manner.weakest, .unsure].enumerated() {
        _ = try await store.saveResponse(
          try #require(TestSession.answer(to: item, in: manner, bank: bank)), to: item,
          sequence: sequence + 1, in: Cast.wangKey, receivedAt: noon + 40 + Double(sequence),
          bank: bank)
      }
      while let stage = session.currentStage {
        session = try #require(
          try await store.submitStage(
            stage.number, changes: [:], after: 2, closes: true, in: Cast.wangKey,
            receivedAt: noon + 300, bank: bank))
      }
      try await store.collectAnswerSheets()
      let sheet = try #require(try await store.answerSheets().first)
      let entry = try #require(sheet.entries.first { $0.item == item })
      #expect(entry.answer == .unsure)
      #expect(entry.seconds == 40)
      #expect(sheet.entries.count == 16)
      #expect(sheet.entries.count { $0.answer == nil } == 15)
    }
  }

  @Test func `erasing a session takes its sheet away and leaves one without groups`() async throws {
    let bank = try ShippedContent().bank
    try await TestStore.with { store, folder in
      _ = try await take(
        store, Cast.wangKey, in: bank, start: Cast.wang(in: bank), device: .computer)
      try await store.collectAnswerSheets()
      #expect(try await store.eraseSession(Cast.wangKey, erasedAt: noon, as: { "unknown" }))
      #expect(try await store.answerSheets().isEmpty)
      try await store.collectAnswerSheets()
      let sheet = try #require(try await store.answerSheets().first)
      #expect(sheet.groups == AnswerGroups())
      #expect(sheet.entries.count == 16)
      #expect(try RawDatabase(folder).rows("SELECT session FROM answer_sheet") == ["unknown"])
    }
  }

  @Test func `an analysis is kept, read back, and followed by the next`() async throws {
    let bank = try ShippedContent().bank
    try await TestStore.with { store, folder in
      try await store.publish(bank, as: .public, files: [:], publishedAt: noon)
      #expect(try await store.newestAnalysis() == nil)
      for number in 0..<3 {
        _ = try await take(
          store,
          SessionKey(
            id: TestSession.ID(rawValue: "s\(number)"),
            owner: SessionOwner(tokenHash: [UInt8(number)])), in: bank,
          start: Cast.wang(seed: UInt64(number), in: bank))
      }
      for number in 1...4 {
        #expect(try await store.analyseItems(of: bank, at: noon + Double(number)) == number)
      }
      let stored = try #require(try await store.analysis(4))
      #expect(stored.takenAt == noon + 4)
      #expect(stored.overview.sheetCount == 3 && stored.overview.answerCount == 48)
      #expect(stored.overview.bankVersion == bank.version.rawValue)
      let item = try #require(stored.overview.items.first { $0.count > 0 })
      #expect(try await store.statistics(of: item.item, in: 4)?.count == item.count)
      #expect(item.mean == nil, "three answers are no figure")
      #expect(try await store.statistics(of: item.item, in: 2) == nil, "details of two are kept")
      #expect(try await store.analysis(1) != nil)
      #expect(
        try RawDatabase(folder).rows("SELECT DISTINCT analysis FROM item_statistics ORDER BY 1")
          == ["3", "4"])
    }
  }

  @Test func `an item's history has an edition for each time it was changed`() async throws {
    let bank = try ShippedContent().bank
    let id = try #require(bank.items.first).id
    func version(_ name: String, hash: String) -> Bank {
      Bank(
        version: Bank.Version(rawValue: name), title: "", frameworks: bank.frameworks,
        items: bank.items.map { item in
          var item = item
          if item.id == id { item.item.contentHash = hash }
          return item
        }, stimuli: bank.stimuli, tests: bank.tests, blueprints: bank.blueprints)
    }
    try await TestStore.with { store, _ in
      for (place, edition) in [("v1", "a"), ("v2", "a"), ("v3", "b")].enumerated() {
        try await store.publish(
          version(edition.0, hash: edition.1), as: .public, files: [:],
          publishedAt: noon + Double(place))
      }
      let editions = try await store.editions(of: id)
      #expect(editions.map(\.version.rawValue) == ["v1", "v3"])
      #expect(editions.map(\.contentHash) == ["a", "b"])
    }
  }

  @Test func `counties have names that tell nobody which they are`() async throws {
    let bank = try ShippedContent().bank
    try await TestStore.with { store, _ in
      var roster = Roster()
      roster.units = [
        .init(kind: .city, name: "示范市", parent: nil, place: .init(file: "r", line: 1)),
        .init(kind: .county, name: "东县", parent: .name("示范市"), place: .init(file: "r", line: 2)),
        .init(kind: .school, name: "东一小", parent: .name("东县"), place: .init(file: "r", line: 3)),
      ]
      roster.persons = [
        .init(
          staffNumber: "1", unit: .name("东一小"),
          entry: Person.Entry(
            name: "王丽", schoolStage: "小学", subject: "数学", group: nil, isNearRetirement: false),
          hasLeft: false, place: .init(file: "r", line: 4), unitColumn: 1)
      ]
      _ = try await store.importRoster(
        roster, within: nil, keeps: true, actor: "test", at: noon,
        newID: { UUID().uuidString }, newCode: { "CODE" })
      let school = try #require(try await store.units(below: nil).first { $0.kind == .school })
      let person = try #require(try await store.participation(of: school.id).first).person
      _ = try await take(
        store,
        SessionKey(
          id: TestSession.ID(rawValue: "s"), owner: SessionOwner(tokenHash: nil, person: person.id)),
        in: bank, start: Cast.wang(in: bank))
      try await store.collectAnswerSheets()
      #expect(try await store.answerSheets().first?.groups.region == "R1")
    }
  }
}
