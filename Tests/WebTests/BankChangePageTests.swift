import Competency
import Delivery
import Foundation
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// The institution's pages that change the bank: what if, versions, calibrations.
struct BankChangePageTests {
  private let whatIf = "/institution/what-if"
  private let releases = "/institution/releases"
  private let calibrations = "/institution/calibrations"

  /// A site whose bank is published, with finished diagnostics and somebody of the institution.
  private func withInstitution(
    sessions: Int = 12, _ body: (TestSite, Visitor, [TestSession]) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      let bank = site.content.bank
      try await site.publishBank()
      var finished: [TestSession] = []
      for seed in 0..<UInt64(sessions) {
        finished.append(try await finish(Cast.wang(seed: seed, in: bank), seed: seed, site))
      }
      let world = try await PeopleWorld(site)
      let visitor = try await world.institution()
      try await body(site, visitor, finished)
    }
  }

  /// Takes a whole diagnostic by the store's own acts.
  private func finish(
    _ start: TestSession.Start, seed: UInt64, _ site: TestSite
  ) async throws -> TestSession {
    let bank = site.content.bank
    var session = try TestSession(start: start, bank: bank)
    let key = SessionKey(
      id: TestSession.ID(rawValue: "session-\(1000 + seed)"),
      owner: SessionOwner(tokenHash: AccessToken().hash))
    try await site.site.store.startSession(
      key, session: session, startedAt: TestSite.noon, unclaimed: RandomNames.unclaimedHash())
    let manner = TestSession.Manner.allCases[Int(seed % 4)]
    while let stage = session.currentStage {
      let answers = stage.items.reduce(into: [AssessmentItem.ID: TestSession.Answer]()) {
        $0[$1] = TestSession.answer(to: $1, in: manner, bank: bank)
      }
      session = try #require(
        try await site.site.store.submitStage(
          stage.number, changes: answers, after: 0, closes: true, in: key,
          receivedAt: TestSite.noon, bank: bank))
    }
    return session
  }

  /// The single choice that most of these sessions were asked.
  private func common(_ sessions: [TestSession], in bank: Bank) throws -> BankItem {
    let asked = Dictionary(grouping: sessions.flatMap { $0.stages.flatMap(\.items) }) { $0 }
    return try #require(
      bank.items.filter { asked[$0.id] != nil && !$0.item.scoredChoices.isEmpty }
        .max {
          (asked[$0.id]?.count ?? 0, $1.id.rawValue) < (asked[$1.id]?.count ?? 0, $0.id.rawValue)
        })
  }

  @Test func `a change is looked at, made with a reason, and put back`() async throws {
    try await withInstitution { site, institution, sessions in
      let bank = site.content.bank
      let item = try common(sessions, in: bank)
      let name = item.id.rawValue
      let address = "\(whatIf)?item=\(name)&state.\(name)=retired"
      let looked = try await institution.get(address)
      #expect(looked.status == 200)
      var rescoring = Rescoring(
        present: bank, proposed: try #require(retired(item, in: site)),
        framework: bank.frameworks[0])
      for session in sessions { rescoring.add(session) }
      let foreseen = rescoring.comparison
      #expect(foreseen.affectedCount > 0)
      #expect(
        looked.text.contains(
          "全部 \(foreseen.sessionCount) 份做完的自测，其中 \(foreseen.affectedCount) 份有这些题"))
      #expect(site.site.publications.bank.version == bank.version, "looking changes nothing")

      let fields = [
        ("item", name), ("state.\(name)", "retired"), ("base", bank.version.rawValue),
      ]
      let silent = try await institution.post(whatIf, fields)
      #expect(silent.status == 422)
      #expect(silent.text.contains("请写明原因"))
      let made = try await institution.post(whatIf, fields + [("reason", "选项 D 有歧义")])
      #expect(made.location == releases)
      #expect(site.site.publications.bank.item(item.id)?.state == .retired)
      let page = try await institution.get(releases)
      #expect(page.text.contains("选项 D 有歧义"))
      #expect(page.text.contains("改状态 1 题：\(name)"))
      // Somebody who looked at the old bank cannot overwrite the new one.
      let late = try await institution.post(whatIf, fields + [("reason", "再来一次")])
      #expect(late.status == 422)
      #expect(late.text.contains("这期间有人换了题库"))

      let latest = try #require(try await site.site.store.releases(of: .public).first)
      let unreasoned = try await institution.post("\(releases)/\(latest.number)/back")
      #expect(unreasoned.status == 422)
      let back = try await institution.post(
        "\(releases)/\(latest.number)/back", [("reason", "先看看")])
      #expect(back.location == releases)
      #expect(site.site.publications.bank.version == bank.version)
      let kinds = try await site.site.store.releases(of: .public).map(\.note.kind)
      #expect(kinds == [.rollback, .change, .folder])
      let line = try #require(try await site.site.store.auditPage(limit: 1).events.first)
      #expect(line.event.action == "release-bank")
    }
  }

  private func retired(_ item: BankItem, in site: TestSite) -> Bank? {
    BankImporter.change(
      [ItemChange(item: item.id, state: .retired)],
      in: PackageFiles(folder: Project.root.appending(path: "ItemBank"))
    ).bank
  }

  @Test func `another key is foreseen as new points, and impossible points are refused`()
    async throws
  {
    try await withInstitution { site, institution, sessions in
      let item = try common(sessions, in: site.content.bank)
      let name = item.id.rawValue
      let worth = item.item.scoredChoices
      let best = try #require(worth.max { $0.value < $1.value }).key.rawValue
      let worst = try #require(worth.min { $0.value < $1.value }).key.rawValue
      let page = try await institution.get(
        "\(whatIf)?item=\(name)&points.\(name).\(best)=0&points.\(name).\(worst)=4")
      #expect(page.status == 200)
      #expect(page.text.contains("影响多少人"))
      let refused = try await institution.get("\(whatIf)?item=\(name)&points.\(name).\(best)=0")
      #expect(refused.status == 422)
      #expect(refused.text.contains("没有一个选项得满分"))
      let unknown = try await institution.get("\(whatIf)?add=nobody")
      #expect(unknown.status == 422)
      #expect(unknown.text.contains("题库里没有这些题：nobody"))
    }
  }

  @Test func `a bank that could not fill a form any more does not go into service`() async throws {
    try await withInstitution(sessions: 0) { site, institution, _ in
      let bank = site.content.bank
      let framework = bank.frameworks[0]
      let dimension = framework.points[0].dimension
      let gone = bank.items(of: bank.blueprints[0].test).filter { item in
        item.points.first.flatMap(framework.point)?.dimension == dimension
      }
      let change = BankImporter.change(
        gone.map { ItemChange(item: $0.id, state: .retired) },
        in: PackageFiles(folder: Project.root.appending(path: "ItemBank")))
      await #expect(throws: BankPublishing.Fault.self) {
        try await BankPublishing(site: site.site).release(
          change, madeFrom: bank, kind: .change, actor: "command", reason: "")
      }
      let inService = try await site.site.store.bankInService(.public)
      #expect(inService == bank.version)
    }
  }

  @Test func `a calibration runs, says what it would change, and is published and put back`()
    async throws
  {
    try await withInstitution(sessions: 24) { site, institution, sessions in
      let bank = site.content.bank
      let asked = Dictionary(grouping: sessions.flatMap { $0.stages.flatMap(\.items) }) { $0 }
      #expect(asked.values.contains { $0.count >= 10 }, "an item has enough answers")
      let begun = try await institution.post(
        calibrations, [("test", "diagnostic-2.0"), ("minimum", "10"), ("anchors", "1")])
      #expect(begun.location == "\(calibrations)/1")
      await site.site.calibrations.finish()
      let run = try #require(try await site.site.store.calibration(1))
      #expect(run.status == .finished)
      #expect(run.progress.persons == sessions.count)
      #expect(run.results.count == asked.values.count { $0.count >= 10 })
      let page = try await institution.get("\(calibrations)/1")
      #expect(page.status == 200)
      #expect(page.text.contains("如果启用：24 份做完的自测里"))
      let published = try await institution.post("\(calibrations)/1", [("then", "publish")])
      #expect(published.location == "\(calibrations)/1")
      let first = try #require(run.results.first)
      let changed = site.site.publications.bank.item(AssessmentItem.ID(rawValue: first.item))
      #expect(changed?.parameters?.slope == first.slope)
      #expect(changed?.parameters?.stepLocations == first.steps)
      #expect(changed?.parameters?.isProvisional == false)
      #expect(changed?.parameters?.caseCount == first.answers)
      let latest = try #require(try await site.site.store.releases(of: .public).first)
      #expect(latest.note.kind == .calibration)
      #expect(latest.note.differences.allSatisfy { $0.aspects == [.parameters] })
      _ = try await institution.post(
        "\(releases)/\(latest.number)/back", [("reason", "锚题漂移")])
      #expect(site.site.publications.bank.version == bank.version)
    }
  }

  @Test func `a calibration with too few answers says so, and nothing changes`() async throws {
    try await withInstitution(sessions: 2) { site, institution, _ in
      _ = try await institution.post(calibrations, [("test", "diagnostic-2.0")])
      await site.site.calibrations.finish()
      let page = try await institution.get("\(calibrations)/1")
      #expect(page.text.contains("没有一道题有足够多的作答"))
      let bad = try await institution.post(
        calibrations, [("test", "nothing"), ("from", "soon"), ("minimum", "3")])
      #expect(bad.status == 422)
      for words in ["请选择一个测验", "日期要写成", "最少人数要在"] { #expect(bad.text.contains(words)) }
    }
  }

  @Test func `a run that was interrupted goes on when the service is back`() async throws {
    try await withInstitution(sessions: 24) { site, _, _ in
      let store = site.site.store
      let settings = CalibrationRun.Settings(
        test: "diagnostic-2.0", from: "", keepsCalibrated: true, minimumAnswers: 10)
      let number = try #require(
        try await store.startCalibration(
          settings, bank: site.content.bank.version, actor: "command", at: TestSite.noon))
      // Another one has to wait.
      let second = try await store.startCalibration(
        settings, bank: site.content.bank.version, actor: "command", at: TestSite.noon)
      #expect(second == nil)
      try await site.site.calibrations.goOn()
      await site.site.calibrations.finish()
      let ended = try await store.calibration(number)
      #expect(ended?.status == .finished)
    }
  }

  @Test func `a run that somebody ends stays ended`() async throws {
    try await withInstitution(sessions: 3) { site, institution, _ in
      let store = site.site.store
      let settings = CalibrationRun.Settings(
        test: "diagnostic-2.0", from: "", keepsCalibrated: true, minimumAnswers: 10)
      _ = try await store.startCalibration(
        settings, bank: site.content.bank.version, actor: "command", at: TestSite.noon)
      let page = try await institution.get("\(calibrations)/1")
      #expect(page.text.contains("正在读作答"))
      _ = try await institution.post("\(calibrations)/1", [("then", "cancel")])
      let isWanted = try await store.keepProgress(CalibrationRun.Progress(), ofCalibration: 1)
      #expect(!isWanted)
      let ended = try await institution.get("\(calibrations)/1")
      #expect(ended.text.contains("已取消"))
    }
  }
}
