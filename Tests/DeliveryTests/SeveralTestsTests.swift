import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

/// One bank, several tests: each draws from its own items and is judged by its own framework.
struct SeveralTestsTests {
  private let bank: Bank
  private let framework: Framework

  init() throws {
    bank = try ShippedContent().bank
    framework = try #require(bank.framework(Framework.ID(rawValue: "cn-2014")))
  }

  private func session(_ environment: String, seed: UInt64) throws -> TestSession {
    try TestSession(
      start: TestSession.Start(
        test: AssessmentTest.ID(rawValue: "diagnostic-2014"), bankVersion: bank.version,
        environment: Environment.ID(rawValue: environment), schoolStage: "小学", subject: "语文",
        programme: "quanzhou-2016", seed: seed),
      bank: bank)
  }

  private func points(_ session: TestSession) -> [CompetencyPoint] {
    session.stages.flatMap(\.items).compactMap { id in
      bank.item(id)?.points.first.flatMap(framework.point)
    }
  }

  @Test(arguments: ["I", "II"])
  func `every draw for a category holds 16 items of its own within the blueprint`(
    category: String
  ) throws {
    let blueprint = try #require(bank.blueprint(of: AssessmentTest.ID(rawValue: "diagnostic-2014")))
    let form = try #require(blueprint.form(for: Environment.ID(rawValue: category)))
    var seen: Set<CompetencyPoint.ID> = []
    for seed in 0..<200 as Range<UInt64> {
      let points = points(try session(category, seed: seed))
      #expect(points.count == 16)
      #expect(Set(points.map(\.id)).count == 16)
      #expect(
        Dictionary(grouping: points, by: \.environment).mapValues(\.count) == form.fromEnvironment)
      for (dimension, range) in form.fromDimension {
        #expect(range.contains(points.count { $0.dimension == dimension }))
      }
      seen.formUnion(points.map(\.id))
    }
    // Every row with an item that a page can show has a chance.
    let shown = bank.items.filter {
      $0.framework == framework.id && $0.item.asksForOneChoice
        && form.fromEnvironment[$0.environment ?? form.environment] != nil
    }
    #expect(seen.isSuperset(of: shown.flatMap(\.points)))
  }

  @Test func `the category of common rows is nobody's own`() {
    #expect(throws: BlueprintError.unknownEnvironment("C")) { try session("C", seed: 1) }
  }

  @Test func `the result is of the test's framework, in the framework's order`() throws {
    var session = try session("I", seed: 3)
    for event in session.events(in: .best, bank: bank) { try session.apply(event, bank: bank) }
    let result = try #require(session.result(bank: bank))
    #expect(result.points.map(\.point) == framework.points.map(\.id))
    #expect(result.dimensions.map(\.id.rawValue) == ["D1", "D2", "D3", "D4", "D5"])
    #expect(result.points.count { $0.isInScope } == 25)
    #expect(result.points.count { $0.evidenceCount > 0 } == 16)
    #expect(result.isProvisional)
    #expect(result.versions.calibration.hasSuffix("provisional-2014"))
    #expect(result.overall.ability > framework.measurement.target)
  }
}
