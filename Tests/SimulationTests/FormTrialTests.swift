import Competency
import Delivery
import ItemBank
import Simulation
import TestSupport
import Testing

/// A blueprint tried on teachers who do not exist.
struct FormTrialTests {
  private let bank: Bank
  private let framework: Framework
  private let blueprint: Blueprint

  init() throws {
    bank = try ShippedContent().bank
    blueprint = try #require(bank.blueprints.first { $0.selection != nil })
    framework = try #require(bank.framework(blueprint.framework))
  }

  private func report(
    _ blueprint: Blueprint, in bank: Bank? = nil, teachers: Int, seed: UInt64 = 3
  ) throws -> FormTrialReport {
    var trial = FormTrial(
      bank: (bank ?? self.bank).replacing(blueprint), framework: framework, blueprint: blueprint,
      seed: seed)
    for _ in 0..<teachers { try trial.advance() }
    return trial.report
  }

  @Test func `the same seed gives the same report, another one another`() throws {
    let first = try report(blueprint, teachers: 30)
    #expect(try report(blueprint, teachers: 30) == first)
    #expect(try report(blueprint, teachers: 30, seed: 4) != first)
    #expect(first.teachers == 30 && first.forms == 30 && first.violations == 0)
    #expect(first.items.median == Double(blueprint.length))
  }

  @Test func `figures are those that the sittings give when somebody else adds them up`() throws {
    let teachers = 24
    let report = try report(blueprint, teachers: teachers, seed: 11)
    var simulation = FormSimulation(
      bank: bank, framework: framework, blueprint: blueprint, programme: "",
      error: FormTrial.parameterError, seed: 11)
    var given: [AssessmentItem.ID: Int] = [:]
    var offered: [Environment.ID: Int] = [:]
    var (squares, asked, unclear) = ([Double](), 0, 0)
    let dimension = try #require(framework.dimensions.first)
    for teacher in 0..<teachers {
      let abilities = simulation.nextAbilities()
      let environment = simulation.environment(ofTeacher: teacher)
      let sitting = try simulation.sit(in: environment, abilities: abilities)
      for item in sitting.items { given[item, default: 0] += 1 }
      let scope = try #require(framework.environment(environment)).includes
      for included in scope { offered[included, default: 0] += 1 }
      let places = framework.points.indices.filter {
        framework.points[$0].dimension == dimension.id
          && scope.contains(framework.points[$0].environment)
      }
      let truth = places.map { abilities[$0] }.reduce(0, +) / Double(places.count)
      let estimate = try #require(sitting.result.dimensions.first).composite
      if estimate.evidenceCount > 0 {
        squares.append((estimate.ability - truth) * (estimate.ability - truth))
      }
      for point in sitting.result.points where point.isInScope && point.evidenceCount > 0 {
        asked += 1
        if point.verdict == .uncertain { unclear += 1 }
      }
    }
    let error = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    let found = try #require(report.dimensions.first)
    #expect(abs(found.error - error) < 1e-12 && found.teachers == squares.count)
    #expect(report.points.reduce(0) { $0 + $1.asked } == asked)
    #expect(report.points.reduce(0) { $0 + $1.uncertain } == unclear)
    let rates = try given.map { item, count in
      let point = try #require(bank.item(item)?.points.first.flatMap(framework.point))
      return Double(count) / Double(try #require(offered[point.environment]))
    }
    #expect(report.exposure.maximum == rates.max())
    #expect(report.exposure.used == given.count)
  }

  @Test func `items above the limit are named, and only those`() throws {
    var strict = blueprint
    strict.selection?.maximumExposure = 0.2
    let report = try report(strict, teachers: 40)
    #expect(report.exposure.limit == 0.2)
    #expect(!report.exposure.over.isEmpty, "forty teachers come before the first count")
    #expect(report.exposure.over.allSatisfy { $0.rate > 0.2 })
    #expect(report.exposure.over.first?.rate == report.exposure.maximum)
    var drawn = blueprint
    drawn.selection = nil
    let free = try self.report(drawn, teachers: 10)
    #expect(free.exposure.limit == nil && free.exposure.over.isEmpty)
  }

  @Test func `longer tests are surer and take longer`() throws {
    let longer = try #require(blueprint.scaled(to: 2 * blueprint.length))
    var drawn = blueprint
    drawn.selection = nil
    var drawnLonger = longer
    drawnLonger.selection = nil
    let short = try report(drawn, teachers: 150)
    let long = try report(drawnLonger, teachers: 150)
    #expect(long.items.median == 2 * short.items.median)
    #expect(long.minutes.median > 1.7 * short.minutes.median)
    let sum = { (report: FormTrialReport) in report.dimensions.reduce(0) { $0 + $1.error } }
    #expect(sum(long) < sum(short))
  }

  @Test func `a form that the bank cannot fill ends the trial with the reason`() throws {
    var greedy = blueprint
    for place in greedy.forms.indices { greedy.forms[place].perPointMaximum = 1 }
    for place in greedy.forms.indices {
      greedy.forms[place].perPointException = [:]
      greedy.forms[place].fromEnvironment = [greedy.forms[place].environment: greedy.length]
      greedy.forms[place].fromDimension = [:]
    }
    greedy.stages = 10
    for place in greedy.forms.indices {
      greedy.forms[place].fromEnvironment = [greedy.forms[place].environment: greedy.length]
    }
    #expect(throws: BlueprintError.self) { try report(greedy, teachers: 1) }
  }
}
