public import Competency
import Delivery
public import ItemBank

/// A blueprint tried on teachers who do not exist, before real ones get it.
///
/// Taken teacher by teacher, so that whoever runs it can say how far it is and stop it.
public struct FormTrial: Sendable {
  /// What one teacher's test was like.
  private struct Note: Sendable {
    var items: Int
    var characters: Int
    /// The mean ability in scope and the error of the estimate, in logits.
    var ability: Double
    var error: Double
    /// The error and the standard error of each dimension that was asked about.
    var dimensions: [Dimension.ID: (error: Double, standardError: Double)]
  }

  private var simulation: FormSimulation
  private let length: ReadingLength
  private var notes: [Note] = []
  private var asked: [CompetencyPoint.ID: Int] = [:]
  private var uncertain: [CompetencyPoint.ID: Int] = [:]
  private var inScope: [CompetencyPoint.ID: Int] = [:]
  private let seed: UInt64

  /// How far parameters that nobody has calibrated are taken to be wrong.
  public static let parameterError = SimulatedTeachers.ParameterError.moderate

  /// Prepares a trial.
  ///
  /// - Parameters:
  ///   - bank: the bank, with the blueprint in it.
  ///   - framework: the framework of the test.
  ///   - blueprint: what is tried.
  ///   - seed: what everything follows from.
  public init(bank: Bank, framework: Framework, blueprint: Blueprint, seed: UInt64) {
    self.seed = seed
    length = ReadingLength(bank)
    simulation = FormSimulation(
      bank: bank, framework: framework, blueprint: blueprint, programme: "",
      error: Self.parameterError, seed: seed)
  }

  /// How many teachers have taken the test.
  public var teachers: Int { notes.count }

  /// Lets one teacher more take the test.
  ///
  /// - Throws: ``BlueprintError`` when the bank cannot fill the form.
  public mutating func advance() throws {
    let abilities = simulation.nextAbilities()
    let environment = simulation.environment(ofTeacher: notes.count)
    let sitting = try simulation.sit(in: environment, abilities: abilities)
    simulation.note(sitting.result, abilities: abilities)
    for point in sitting.result.points where point.isInScope {
      inScope[point.point, default: 0] += 1
      guard let verdict = point.verdict else { continue }
      asked[point.point, default: 0] += 1
      if verdict == .uncertain { uncertain[point.point, default: 0] += 1 }
    }
    notes.append(note(sitting, abilities: abilities))
  }

  private func note(_ sitting: FormSimulation.Sitting, abilities: [Double]) -> Note {
    let result = sitting.result
    let framework = simulation.framework
    var dimensions: [Dimension.ID: (error: Double, standardError: Double)] = [:]
    for dimension in result.dimensions where dimension.composite.evidenceCount > 0 {
      let truth = result.trueMean(of: abilities) { point in
        point.isInScope && framework.point(point.point)?.dimension == dimension.id
      }
      dimensions[dimension.id] = (
        dimension.composite.ability - truth, dimension.composite.standardError
      )
    }
    let truth = result.trueMean(of: abilities, where: \.isInScope)
    return Note(
      items: sitting.items.count, characters: length.characters(of: sitting.session.stages),
      ability: truth, error: result.overall.ability - truth, dimensions: dimensions)
  }

  /// What has come of it so far.
  public var report: FormTrialReport {
    FormTrialReport(
      teachers: notes.count, seed: seed, items: .init(notes.map { Double($0.items) }),
      minutes: .init(notes.map { ReadingLength.minutes(characters: $0.characters) }),
      forms: simulation.forms, violations: simulation.forms - simulation.fulfilled,
      coverage90: simulation.verdicts.coverage, dimensions: dimensions, abilities: abilityBands,
      points: points, exposure: exposure)
  }

  private var dimensions: [FormTrialReport.Dimension] {
    simulation.framework.dimensions.map { dimension in
      let errors = notes.compactMap { $0.dimensions[dimension.id] }
      return FormTrialReport.Dimension(
        id: dimension.id.rawValue, teachers: errors.count,
        error: Self.rootMeanSquare(errors.map(\.error)),
        standardError: Self.mean(errors.map(\.standardError)))
    }
  }

  /// Teachers by their true ability, in five groups of as many.
  private var abilityBands: [FormTrialReport.AbilityBand] {
    let sorted = notes.sorted { $0.ability < $1.ability }
    return (0..<5).compactMap { band in
      let group = sorted[(band * sorted.count / 5)..<((band + 1) * sorted.count / 5)]
      guard !group.isEmpty else { return nil }
      return FormTrialReport.AbilityBand(
        teachers: group.count, ability: Self.mean(group.map(\.ability)),
        error: Self.rootMeanSquare(group.map(\.error)))
    }
  }

  private var points: [FormTrialReport.Point] {
    var itemCounts: [CompetencyPoint.ID: Int] = [:]
    for item in simulation.bank.items(of: simulation.blueprint.test) where item.state == .live {
      for point in item.points.prefix(1) { itemCounts[point, default: 0] += 1 }
    }
    return simulation.framework.points.compactMap { point in
      guard let teachers = inScope[point.id] else { return nil }
      return FormTrialReport.Point(
        id: point.id.rawValue, items: itemCounts[point.id, default: 0], teachers: teachers,
        asked: asked[point.id, default: 0], uncertain: uncertain[point.id, default: 0])
    }
  }

  private var exposure: FormTrialReport.Exposure {
    let pool = simulation.bank.items(of: simulation.blueprint.test).filter {
      $0.state == .live || $0.state == .pilot
    }
    let rates = simulation.exposures.counted(pool, after: ItemExposure(), maximum: 1)
      .map { FormTrialReport.Exposure.Item(item: $0.item.rawValue, rate: $0.rate) }
    let limit = simulation.blueprint.selection?.maximumExposure
    return FormTrialReport.Exposure(
      limit: limit, maximum: rates.first?.rate ?? 0, items: pool.count,
      used: rates.count { $0.rate > 0 }, mostGiven: Array(rates.prefix(10)),
      over: limit.map { limit in rates.filter { $0.rate > limit } } ?? [])
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }

  private static func rootMeanSquare(_ values: [Double]) -> Double {
    mean(values.map { $0 * $0 }).squareRoot()
  }
}
