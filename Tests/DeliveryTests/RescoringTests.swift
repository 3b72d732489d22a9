import Competency
import Delivery
import Foundation
import ItemBank
import TestSupport
import Testing

/// What a change of the bank would do to finished sessions, before it is made.
struct RescoringTests {
  private let base: PackageFiles
  private let bank: Bank
  private let framework: Framework
  private let sessions: [TestSession]

  init() throws {
    base = PackageFiles(folder: Project.root.appending(path: "ItemBank"))
    bank = try ShippedContent().bank
    framework = bank.frameworks[0]
    let bank = bank
    sessions = try (0..<36 as Range<UInt64>).map { seed in
      let start =
        switch seed % 3 {
        case 0: Cast.wang(seed: seed, in: bank)
        case 1: Cast.li(seed: seed, in: bank)
        default: Cast.zhao(seed: seed, in: bank)
        }
      let manner = TestSession.Manner.allCases[Int(seed / 3 % 4)]
      var session = try TestSession(start: start, bank: bank)
      for event in session.events(in: manner, bank: bank) {
        try session.apply(event, bank: bank)
      }
      return session
    }
  }

  /// A bank in which the best and the worst choice of an item have changed places, and another item
  /// is retired.
  private func changed() throws -> (bank: Bank, items: [AssessmentItem.ID]) {
    let asked = Set(sessions.flatMap { $0.stages.flatMap(\.items) })
    let counts = Dictionary(grouping: sessions.flatMap { $0.stages.flatMap(\.items) }) { $0 }
    let common = bank.items.filter { asked.contains($0.id) && !$0.item.scoredChoices.isEmpty }
      .sorted {
        (counts[$1.id]?.count ?? 0, $0.id.rawValue) < (counts[$0.id]?.count ?? 0, $1.id.rawValue)
      }
    let (rekeyed, retired) = (common[0], common[1])
    let worth = rekeyed.item.scoredChoices
    let best = try #require(worth.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })
    let worst = try #require(
      worth.min { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) })
    let result = BankImporter.change(
      [
        ItemChange(item: rekeyed.id, scores: [best.key: worst.value, worst.key: best.value]),
        ItemChange(item: retired.id, state: .retired),
      ], in: base)
    return (try #require(result.bank), [rekeyed.id, retired.id])
  }

  @Test func `a bank like the one there is changes nothing`() {
    var rescoring = Rescoring(present: bank, proposed: bank, framework: framework)
    for session in sessions { rescoring.add(session) }
    let comparison = rescoring.comparison
    #expect(comparison.sessionCount == sessions.count)
    #expect(comparison.affectedCount == 0 && comparison.levelChanges == 0)
    #expect(comparison.priorityChanges == 0 && comparison.verdictChanges == 0)
    for composite in comparison.composites { #expect(composite.present == composite.proposed) }
  }

  @Test func `what is foreseen is what the sessions say when the change is made`() throws {
    let (then, items) = try changed()
    var rescoring = Rescoring(present: bank, proposed: then, framework: framework)
    #expect(rescoring.changedItems == Set(items))
    for session in sessions { rescoring.add(session) }
    let comparison = rescoring.comparison
    // Every session scored anew, by itself.
    let before = try sessions.map { try #require($0.result(bank: bank)) }
    let after = try sessions.map { try #require($0.result(bank: then)) }
    let pairs = Array(zip(before, after))
    #expect(
      comparison.affectedCount
        == sessions.count { !Set($0.stages.flatMap(\.items)).isDisjoint(with: items) })
    #expect(comparison.priorityChanges == pairs.count { $0.priorities != $1.priorities })
    #expect(
      comparison.verdictChanges
        == pairs.count { $0.points.map(\.verdict) != $1.points.map(\.verdict) })
    #expect(
      comparison.composites[0].levelChanges
        == pairs.count { $0.overall.likelyLevel != $1.overall.likelyLevel })
    #expect(comparison.verdictChanges > 0)
    for (place, dimension) in framework.dimensions.enumerated() {
      let shown = comparison.composites[place + 1]
      #expect(shown.dimension == dimension.id)
      let composites = after.map { $0.dimensions[place].composite }.filter { $0.evidenceCount > 0 }
      let mean = composites.map(\.ability).reduce(0, +) / Double(composites.count)
      let variance =
        composites.map { ($0.ability - mean) * ($0.ability - mean) }.reduce(0, +)
        / Double(composites.count)
      let noise =
        composites.map { $0.standardError * $0.standardError }.reduce(0, +)
        / Double(composites.count)
      let precision = try #require(shown.proposed)
      #expect(abs(precision.reliability - variance / (variance + noise)) < 1e-9)
      let error = composites.map(\.standardError).reduce(0, +) / Double(composites.count)
      #expect(abs(precision.standardError - error) < 1e-12)
    }
  }

  @Test func `two halves joined are the whole`() throws {
    // Every other item retired: a change that many levels feel.
    let then = Bank(
      version: Bank.Version(rawValue: "half"), title: bank.title, frameworks: bank.frameworks,
      items: bank.items.enumerated().map { place, item in
        var item = item
        if place % 2 == 0 { item.state = .retired }
        return item
      }, stimuli: bank.stimuli, tests: bank.tests, blueprints: bank.blueprints)
    var whole = Rescoring(present: bank, proposed: then, framework: framework)
    var (first, second) = (whole, whole)
    for (place, session) in sessions.enumerated() {
      whole.add(session)
      if place < 17 { first.add(session) } else { second.add(session) }
    }
    #expect(second.comparison.composites.contains { $0.levelChanges > 0 })
    first.add(second)
    let (joined, direct) = (first.comparison, whole.comparison)
    #expect(joined.sessionCount == direct.sessionCount)
    #expect(joined.affectedCount == direct.affectedCount)
    #expect(joined.priorityChanges == direct.priorityChanges)
    #expect(joined.verdictChanges == direct.verdictChanges)
    #expect(joined.levelChanges == direct.levelChanges)
    for (one, other) in zip(joined.composites, direct.composites) {
      #expect(one.levelChanges == other.levelChanges)
      #expect(abs((one.proposed?.reliability ?? 0) - (other.proposed?.reliability ?? 0)) < 1e-12)
    }
  }

  @Test func `the shipped bank fills every form, and holes are named`() throws {
    let blueprint = bank.blueprints[0]
    let coverage = BlueprintCoverage(blueprint, bank: bank)
    #expect(coverage.isFilled)
    #expect(coverage.forms.count == blueprint.forms.count)
    #expect(coverage.forms.allSatisfy { $0.failureShare == 0 && $0.thinPoints.isEmpty })
    let point = framework.points[0].id
    let gone = bank.items(of: blueprint.test).filter { $0.points.first == point }.map(\.id)
    let changes = gone.dropFirst().map { ItemChange(item: $0, state: .retired) }
    let thin = try #require(BankImporter.change(Array(changes), in: base).bank)
    let holes = BlueprintCoverage(blueprint, bank: thin).forms.flatMap(\.thinPoints)
    #expect(Set(holes.map(\.point)) == [point])
    #expect(holes.allSatisfy { $0.itemCount == 1 })
    let dimension = framework.points[0].dimension
    let all = bank.items(of: blueprint.test).filter { item in
      item.points.first.flatMap(framework.point)?.dimension == dimension
    }.map { ItemChange(item: $0.id, state: .retired) }
    let empty = try #require(BankImporter.change(all, in: base).bank)
    #expect(!BlueprintCoverage(blueprint, bank: empty).isFilled)
  }
}
