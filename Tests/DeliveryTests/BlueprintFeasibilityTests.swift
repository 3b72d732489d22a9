import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

/// What a bank lacks for a blueprint.
struct BlueprintFeasibilityTests {
  private let bank: Bank
  private let blueprint: Blueprint
  private let framework: Framework

  init() throws {
    bank = try ShippedContent().bank
    blueprint = try #require(bank.blueprints.first)
    framework = try #require(bank.framework(blueprint.framework))
  }

  private func feasibility(_ blueprint: Blueprint) -> BlueprintFeasibility {
    BlueprintFeasibility(blueprint, bank: bank.replacing(blueprint))
  }

  @Test func `the shipped blueprints can be filled, and nothing is said to be missing`() {
    for blueprint in bank.blueprints {
      let found = feasibility(blueprint)
      #expect(found.isFilled)
      #expect(found.forms.allSatisfy { $0.shortages.isEmpty })
    }
  }

  @Test func `an environment that gives too few items is named, with how many are missing`() throws
  {
    var greedy = blueprint
    greedy.stages = 10
    let place = try #require(greedy.forms.firstIndex { $0.fromEnvironment.count == 1 })
    let environment = greedy.forms[place].environment
    greedy.forms[place].fromEnvironment = [environment: greedy.length]
    greedy.forms[place].fromDimension = [:]
    greedy.forms[place].perPointException = [:]
    greedy.forms[place].perPointMaximum = 2
    let counts = Dictionary(
      grouping: bank.items(of: blueprint.test).compactMap(\.points.first)
        .filter { framework.point($0)?.environment == environment }, by: { $0 }
    ).mapValues(\.count)
    let held = counts.values.reduce(0) { $0 + min(2, $1) }
    #expect(held < greedy.length)
    let form = feasibility(greedy).forms[place]
    #expect(!form.canBeFilled && form.failureShare == 1)
    #expect(form.shortages == [.environment(environment, wanted: greedy.length, held: held)])
  }

  @Test func `a dimension that gives too few items is named`() throws {
    var greedy = blueprint
    let dimension = try #require(framework.dimensions.first).id
    greedy.forms[0].perPointMaximum = 1
    greedy.forms[0].perPointException = [:]
    greedy.forms[0].fromDimension = [dimension: 10...greedy.length]
    let shortages = feasibility(greedy).forms[0].shortages
    #expect(
      shortages.contains { shortage in
        guard case .dimension(dimension, wanted: 10, held: let held) = shortage else {
          return false
        }
        return held < 10
      })
  }

  @Test func `bounds that cannot be met together are told apart from missing items`() {
    var narrow = blueprint
    for dimension in framework.dimensions { narrow.forms[0].fromDimension[dimension.id] = 0...1 }
    #expect(
      feasibility(narrow).forms[0].shortages
        == [.bounds(wanted: narrow.length, held: framework.dimensions.count)])
    // Enough of everything, and yet no two items may meet.
    var hostile = blueprint
    hostile.enemies = [bank.items(of: blueprint.test).map(\.id)]
    #expect(feasibility(hostile).forms.allSatisfy { $0.shortages == [.together] })
  }

  @Test func `points and stories are counted as the bank has them`() throws {
    let form = feasibility(blueprint).forms[0]
    for point in form.points {
      #expect(
        point.held == bank.items(of: blueprint.test).count { $0.points.first == point.point })
      #expect(point.isThin == (point.held < 2 * point.maximum))
    }
    for stories in form.stories {
      #expect(stories.held < stories.wanted)
      let held = bank.items(of: blueprint.test).count { item in
        item.points.first.flatMap(framework.point)?.environment == stories.environment
          && [nil, stories.schoolStage].contains(item.schoolStage)
      }
      #expect(stories.held == held)
    }
  }
}
