import Competency
import Delivery
import Foundation
import ItemBank
import People
import Psychometrics
import Simulation
import Storage
import Web

/// Lets the simulated teachers take the diagnostic, by the same acts as real ones.
struct DemoSessions {
  let store: Store
  let bank: Bank
  let blueprint: Blueprint
  let world: DemoWorld
  let programme: String
  let seed: UInt64
  let now: Date
  /// What is wrong with which item.
  let plants: DemoPlants
  /// One in so many of those who finish makes a plan.
  let planShare: Int

  /// Nine in ten of the teachers finish in the first three schools of four; fewer in the fourth.
  private static let finishing = [95, 88, 72, 40]

  /// Takes all sessions, several at a time so that they share commits.
  ///
  /// - Returns: the sessions of those who make a plan.
  /// - Throws: the store's error if one cannot be kept.
  func take() async throws -> [DemoPlans.Planner] {
    guard let framework = bank.framework(blueprint.framework) else { return [] }
    let responses = ResponsesByCategory(bank)
    let units = try await store.units(below: nil)
    var jobs: [Job] = []
    var finishing = 0
    for (place, unit) in units.filter({ $0.kind.hasTeachers }).sorted(by: {
      ($0.name, $0.id.rawValue) < ($1.name, $1.id.rawValue)
    }).enumerated() {
      for row in try await store.participation(of: unit.id) where !row.person.entry.isNearRetirement
      {
        var generator = SeededGenerator(
          seed: seed, purpose: "\(unit.name) \(row.person.staffNumber)")
        let draw = generator.number(below: 100)
        guard draw < Self.finishing[place % 4] + 4 else { continue }
        let isFinished = draw < Self.finishing[place % 4]
        jobs.append(
          Job(
            person: row.person, seed: generator.next(),
            shift: world.schoolEffects[unit.name] ?? 0,
            placeOfFinished: isFinished ? finishing : nil,
            startedAt: now - Double(generator.number(below: Self.days * 24) + 1) * 3600,
            device: Self.device(using: &generator)))
        if isFinished { finishing += 1 }
      }
    }
    return try await withThrowingTaskGroup(of: DemoPlans.Planner?.self) { group in
      var waiting = jobs[...]
      var planners: [DemoPlans.Planner] = []
      for _ in 0..<64 { if let job = waiting.popFirst() { add(job, framework, responses, &group) } }
      while let planner = try await group.next() {
        if let planner { planners.append(planner) }
        if let job = waiting.popFirst() { add(job, framework, responses, &group) }
      }
      return planners.sorted { $0.place < $1.place }
    }
  }

  private struct Job: Sendable {
    var person: Person
    var seed: UInt64
    var shift: Double
    /// The place among those who finish; nil for who is still on the way.
    var placeOfFinished: Int?
    var startedAt: Date
    var device: DeviceClass
  }

  /// Over how many days the sessions are spread.
  private static let days = 30

  /// Somewhat more than half of the teachers hold a phone.
  private static func device(using generator: inout SeededGenerator) -> DeviceClass {
    switch generator.number(below: 20) {
    case 0..<11: .phone
    case 11: .tablet
    default: .computer
    }
  }

  private func add(
    _ job: Job, _ framework: Framework, _ responses: ResponsesByCategory,
    _ group: inout ThrowingTaskGroup<DemoPlans.Planner?, any Error>
  ) {
    group.addTask { try await take(job, framework: framework, responses: responses) }
  }

  private func take(
    _ job: Job, framework: Framework, responses: ResponsesByCategory
  ) async throws -> DemoPlans.Planner? {
    let environments = framework.environments
    let start = TestSession.Start(
      test: blueprint.test, bankVersion: bank.version,
      environment: environments[Int(job.seed % UInt64(environments.count))].id,
      schoolStage: job.person.entry.schoolStage, subject: job.person.entry.subject,
      programme: programme, seed: job.seed)
    let drawn = try TestSession(start: start, bank: bank)
    var session = TestSession(
      start: start,
      stages: plants.form(
        drawn.stages, bank: bank, framework: framework, environment: start.environment,
        seed: job.seed))
    let key = SessionKey(
      id: TestSession.ID(rawValue: RandomNames.identifier()),
      owner: SessionOwner(tokenHash: nil, person: job.person.id))
    try await store.startSession(
      key, session: session, device: job.device, startedAt: job.startedAt,
      unclaimed: RandomNames.unclaimedHash())
    var teacher = SimulatedTeacher(framework: framework, shift: job.shift, seed: job.seed)
    // Who is on the way has submitted one stage.
    while let stage = session.currentStage, job.placeOfFinished != nil || stage.number == 1 {
      var answers: [AssessmentItem.ID: TestSession.Answer] = [:]
      for id in stage.items {
        guard let item = bank.item(id) else { continue }
        answers[id] = teacher.answer(
          item, from: responses, plants: plants, device: job.device,
          isLate: job.startedAt > now - Double(Self.days) / 2 * 86_400)
      }
      guard
        let submitted = try await store.submitStage(
          stage.number, changes: answers, after: 0, closes: true, in: key,
          receivedAt: job.startedAt + Double(stage.number) * 360, bank: bank)
      else { break }
      session = submitted
    }
    // Every so many, school after school: each county then has its part.
    guard let place = job.placeOfFinished, place.isMultiple(of: planShare),
      session.state == .closed
    else { return nil }
    return DemoPlans.Planner(
      session: key, place: place / planShare,
      finishedAt: job.startedAt + Double(session.stages.count) * 360, seed: job.seed)
  }
}
