import Competency
import Courses
import Delivery
import Foundation
import Storage
import TestSupport
import Testing

@testable import Web

/// Choices that only some programmes have: the county's institution, the exemption, an order of steps.
struct PlanChoiceTests {
  private func quanzhou(_ site: TestSite) async throws -> (PlanWorld, String) {
    let world = try await PlanWorld(site, .weakest, environment: "I", programme: "quanzhou-2016")
    return (world, try await world.plan(programme: "quanzhou-2016"))
  }

  private func providers(_ page: String, _ site: TestSite) -> Set<String> {
    Set(
      PlanWorld.courses(page).compactMap { id in
        site.content.catalogue.course(.init(rawValue: id))?.provider.rawValue
      })
  }

  @Test func `the county's institution is chosen on the plan, and its courses alone are planned`()
    async throws
  {
    try await TestSite.with { site in
      let (world, plan) = try await quanzhou(site)
      let page = try await world.visitor.get(plan).text
      #expect(page.contains("由哪家机构培训"))
      let offered = site.content.catalogue.courses(
        of: try #require(site.content.programmes.first { $0.id.rawValue == "quanzhou-2016" })
          .framework
      ).map(\.provider.rawValue)
      let chosen = try #require(offered.first)
      try await world.change(plan, [("change", "provider"), ("provider", chosen)])
      let narrowed = try await world.visitor.get(plan).text
      #expect(providers(narrowed, site) == [chosen])
      #expect(narrowed.contains("培训机构选了“"))
      // Taken back, it is as it was.
      try await world.change(plan, [("change", "provider"), ("provider", "")])
      #expect(
        PlanWorld.courses(try await world.visitor.get(plan).text) == PlanWorld.courses(page))
      #expect(
        try await world.change(plan, [("change", "provider"), ("provider", "nobody")]).status
          == 422)
    }
  }

  @Test func `who is near retirement need not take part, and the paper says so`() async throws {
    try await TestSite.with { site in
      let (world, plan) = try await quanzhou(site)
      let page = try await world.visitor.get(plan).text
      #expect(page.contains("距退休不满 5 年"))
      try await world.change(plan, [("change", "exemption"), ("exempt", "yes")])
      let exempt = try await world.visitor.get(plan).text
      #expect(exempt.contains("你可不参加，计划只作建议"))
      // Nothing is demanded, so nothing is missing.
      #expect(!exempt.contains("notice-warning"))
      #expect(try await world.visitor.get("\(plan)/print").text.contains("可不参加；本计划只作建议"))
      try await world.change(plan, [("change", "exemption"), ("exempt", "no")])
      #expect(
        PlanWorld.courses(try await world.visitor.get(plan).text) == PlanWorld.courses(page))
      #expect(try await world.change(plan, [("change", "exemption")]).status == 422)
    }
  }

  @Test func `a programme without such choices does not offer them, nor obey them`() async throws {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest)
      let plan = try await world.plan()
      let page = try await world.visitor.get(plan).text
      #expect(!page.contains("name=\"provider\"") && !page.contains("name=\"exempt\""))
      try await world.change(plan, [("change", "exemption"), ("exempt", "yes")])
      #expect(
        PlanWorld.courses(try await world.visitor.get(plan).text) == PlanWorld.courses(page))
    }
  }

  @Test func `the wishes are in the database and come back`() async throws {
    try await TestSite.with { site in
      let (world, plan) = try await quanzhou(site)
      try await world.change(plan, [("change", "exemption"), ("exempt", "yes")])
      let chosen = try #require(site.content.catalogue.providers.first?.id)
      try await world.change(plan, [("change", "provider"), ("provider", chosen.rawValue)])
      let id = StoredPlan.ID(rawValue: String(plan.split(separator: "/").last ?? ""))
      let stored = try #require(
        try await site.site.store.plan(id, of: SessionOwner(tokenHash: world.token.hash)))
      #expect(stored.wishes.isExempt && stored.wishes.provider == chosen)
    }
  }

  @Test func `Ziyuan's four steps stand on the printed plan in their order, with what is planned`()
    async throws
  {
    try await TestSite.with { site in
      let world = try await PlanWorld(site, .weakest, programme: "ziyuan-2020")
      let plan = try await world.plan(programme: "ziyuan-2020")
      let sheet = try await world.visitor.get("\(plan)/print").text
      let steps = ["完成线上培训 25 学时以上", "研课、磨课、授课、评课", "上传能力点成果 2 个以上", "完成线下实践 25 学时以上"]
      let places = steps.map { sheet.range(of: $0)?.lowerBound }
      #expect(places.allSatisfy { $0 != nil })
      #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
      let english = site.visitor(language: "en")
      english.hold(session: world.token)
      let other = try await english.get("\(plan)/print").text
      #expect(other.contains("At least 25 hours online"))
      #expect(other.contains("<span lang=\"zh-CN\">研课、磨课、授课、评课</span>"))
      // A programme without an order has no such table.
      let jiangsu = try await PlanWorld(site, .weakest)
      let plain = try await jiangsu.visitor.get("\(try await jiangsu.plan())/print").text
      #expect(!plain.contains("完成的先后"))
    }
  }
}
