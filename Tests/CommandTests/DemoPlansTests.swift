import Competency
import Courses
import Foundation
import People
import Recommendation
import Reporting
import Storage
import TestSupport
import Testing

@testable import Web
@testable import bianque

/// The plans of the seeded world, and what an institution sees of them.
struct DemoPlansTests {
  /// A world of three small schools, on 26 November 2026: the term began months ago.
  private struct World {
    let folder: URL
    let now: Date
    let service: RunningService

    init(schoolSizes: [Int], planShare: Int) async throws {
      folder = try Project.temporaryFolder()
      now = Date(timeIntervalSince1970: 1_795_665_600)
      let terminal = Terminal(environment: [:])
      let made = try await Composition(
        Configuration(
          options: [
            "BIANQUE_DATA": folder.path,
            "BIANQUE_BANK": Project.root.appending(path: "ItemBank").path,
            "BIANQUE_COURSES": Project.root.appending(path: "Courses").path,
            "BIANQUE_WEB": Project.root.appending(path: "Web").path,
          ], environment: [:]), terminal: terminal
      ).service()
      service = RunningService(
        site: made.site.at(now), store: made.store, content: made.content,
        configuration: made.configuration, logger: made.logger, terminal: terminal)
      _ = try await DemoBuilding(
        service: service, seed: 1, terminal: terminal, now: now, schoolSizes: schoolSizes,
        planShare: planShare
      ).build()
    }

    /// The newest plan of each teacher of a county, read teacher by teacher.
    func plans(in county: AdministrativeUnit.ID) async throws -> [StoredPlan] {
      var plans: [StoredPlan] = []
      for unit in try await service.store.units(below: county) where unit.kind.hasTeachers {
        for row in try await service.store.participation(of: unit.id) {
          let owner = SessionOwner(tokenHash: nil, person: row.person.id)
          for session in try await service.store.sessions(of: row.person.id) {
            let key = SessionKey(id: session.id, owner: owner)
            guard let id = try await service.store.newestPlan(of: key) else { continue }
            plans.append(try #require(try await service.store.plan(id, of: owner)))
          }
        }
      }
      return plans
    }
  }

  @Test func `the demand for courses in the seeded world is what its plans say`() async throws {
    // Two in five of the third county's school finish, and ten settled plans are needed.
    let world = try await World(schoolSizes: [20, 20, 40, 3], planShare: 1)
    let site = world.service.site
    await site.takeSnapshots()
    await site.takeCourseDemand()
    let framework = try #require(site.publications.testedFrameworks.first).id
    let counties = try await world.service.store.units(below: nil).filter { $0.kind == .county }
    var asked = 0
    for county in counties {
      let settled = try await world.plans(in: county.id).filter {
        $0.createdAt <= world.now - Site.planSettles
      }
      let demand = try #require(
        try await world.service.store.courseDemand(
          in: [county.id], of: framework, term: site.term), "\(county.name)")
      #expect(demand.plans == settled.count)
      for course in site.publications.courses.catalogue.courses(of: framework) {
        let holding = settled.count { $0.plan.courses.contains(course.id) }
        let range = try #require(demand.ranges[course.id])
        #expect((range.lowest...range.highest).contains(holding))
        // No range says more than five numbers do.
        #expect(range.highest - range.lowest >= 4)
        if range.lowest > 0 { asked += 1 }
      }
    }
    #expect(counties.count == 3 && asked > 10)
    try FileManager.default.removeItem(at: world.folder)
  }

  @Test func `plans of the seeded world are made after the result, and some are changed`()
    async throws
  {
    let world = try await World(schoolSizes: [12, 12, 12, 3], planShare: 2)
    let city = try #require(
      try await world.service.store.units(below: nil).first { $0.kind == .city })
    let plans = try await world.plans(in: city.id)
    for plan in plans {
      #expect(!plan.plan.courses.isEmpty && plan.createdAt <= world.now)
      #expect(Set(plan.wishes.locked).isSubset(of: plan.plan.courses))
      #expect(Set(plan.wishes.excluded).isDisjoint(with: plan.plan.courses))
      let isChanged = !plan.wishes.locked.isEmpty || !plan.wishes.excluded.isEmpty
      #expect(plan.version == (isChanged ? 2 : 1))
    }
    let days = Set(plans.map { Int($0.createdAt.timeIntervalSince1970 / 86_400) })
    #expect(days.count > 5)
    #expect(plans.contains { !$0.wishes.locked.isEmpty })
    #expect(plans.contains { !$0.wishes.excluded.isEmpty })
    #expect(plans.contains { $0.version == 1 })
    try FileManager.default.removeItem(at: world.folder)
  }
}
