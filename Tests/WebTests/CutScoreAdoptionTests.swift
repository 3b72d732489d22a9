import Competency
import ItemBank
import Psychometrics
import Storage
import TestSupport
import Testing

@testable import Web

/// Borders that a panel has set, put into service by the institution.
struct CutScoreAdoptionTests {
  private let panels = "/institution/panels"

  @Test func `borders of a closed panel are put to use with a reason, and can be taken back`()
    async throws
  {
    try await PanelWorld.with(judges: 6) { world in
      let publications = world.site.site.publications
      let before = publications.bank
      let panel = try await world.open(.bookmark, items: 3, name: "定线")
      for (place, mark) in [2, 3, 3, 4, 3, 2].enumerated() {
        _ = try await world.visitor(place + 1, of: panel).post(
          "/panels/1/items/1",
          [("round", "1"), ("level-applying", "\(mark)"), ("level-innovating", "\(mark + 3)")])
      }
      let address = "\(panels)/1/cuts"
      let fields = [("base", before.version.rawValue), ("reason", "第 1 轮评委定线")]
      // Nothing is put to use that judges are still saying.
      #expect(try await world.institution.post(address, fields).status == 404)
      try await world.end(panel)
      let page = try await world.institution.get("\(panels)/1").text
      #expect(page.contains("action=\"\(address)\"") && page.contains("（示例）"))
      #expect(page.contains("第 1 轮评委定线“定线”，6 位评委"))
      let unreasoned = try await world.institution.post(address, [fields[0]])
      #expect(unreasoned.status == 422 && unreasoned.text.contains(##"href="#reason""##))
      let stale = try await world.institution.post(address, [("base", "other"), fields[1]])
      #expect(stale.status == 422 && publications.bank.version == before.version)

      let taken = try await world.institution.post(address, fields)
      #expect(taken.location == "/institution/releases", "\(taken.text)")
      let framework = publications.bank.frameworks[0]
      let models = panel.models(in: world.site.content.bank)
      let cut = try Bookmark(models: models).cut(marks: [2, 3, 3, 4, 3, 2])
      let applying = framework.measurement.levels.compactMap(\.cutScore)[0]
      #expect(abs(applying.location - cut.location) < 1e-6)
      #expect(abs(applying.standardError - cut.standardError) < 1e-6)
      #expect(applying.isSetByPanel && framework.measurement.version.hasSuffix("+panel-1"))
      #expect(publications.bank.differences(from: before).isEmpty)
      let release = try #require(try await world.site.site.store.releases(of: .public).first)
      #expect(release.note.reason == "第 1 轮评委定线" && release.note.actor.hasPrefix("account:"))
      let releases = try await world.institution.get("/institution/releases").text
      #expect(releases.contains("题目没有变，改的是测验的蓝图或等级线"))
      let after = try await world.institution.get("\(panels)/1").text
      #expect(after.contains("现在用的就是这一轮的等级线") && !after.contains("action=\"\(address)\""))
      let again = try await world.institution.post(
        address, [("base", publications.bank.version.rawValue), fields[1]])
      #expect(again.status == 422 && again.text.contains("在用的已经是这些等级线"))

      let back = try await world.institution.post(
        "/institution/releases/\(release.number)/back", [("reason", "再议")])
      #expect(back.status == 303 && publications.bank.version == before.version)
      #expect(publications.bank.frameworks[0].measurement == before.frameworks[0].measurement)
    }
  }
}
