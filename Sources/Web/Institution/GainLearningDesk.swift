import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Recommendation
import Storage

/// Learns what courses raise from the teachers who were diagnosed before and after them.
struct GainLearningDesk: Sendable {
  let site: Site
  let framework: Framework

  /// What has been learned by now, beside what was frozen.
  struct Found: Sendable {
    var update: GainsUpdate?
    var frozen: FrozenGains?
  }

  /// Works out what the diagnoses say.
  ///
  /// - Throws: the store's error, or that a bank or catalogue of an older diagnosis is gone.
  func learn() async throws -> Found {
    try await site.publications.refreshCourses()
    let courses = site.publications.courses.catalogue.courses(of: framework.id)
    let frozen = try await site.store.frozenGains(of: framework.id)
    let evidence = try await evidence(courses)
    let (framework, term) = (framework, site.term.name)
    // On a thread of its own: the few that serve answers must not wait for seconds of arithmetic.
    let update = await withCheckedContinuation { continuation in
      let thread = Thread {
        continuation.resume(
          returning: GainsUpdate(
            evidence, courses: courses, frozen: frozen?.gains, framework: framework, term: term))
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    return Found(update: update, frozen: frozen)
  }

  /// Freezes what has been learned for the term.
  ///
  /// - Returns: the gains; nil if no course has enough teachers, or the term has its gains already.
  /// - Throws: as ``learn()``.
  func freeze(actor: String) async throws -> FrozenGains? {
    let found = try await learn()
    guard let update = found.update else { return nil }
    let gains = update.frozen(after: found.frozen?.gains)
    guard
      gains.parameters.contains(where: {
        (update.teachers[$0.course] ?? 0) >= GainsUpdate.minimumTeachers
      })
    else { return nil }
    var teachers = found.frozen?.teachers ?? [:]
    for course in Set(gains.parameters.map(\.course)) {
      if let count = update.teachers[course], count >= GainsUpdate.minimumTeachers {
        teachers[course] = count
      }
    }
    let frozen = FrozenGains(
      gains: gains, teachers: teachers, actor: actor, frozenAt: site.now())
    return try await site.store.freezeGains(frozen, of: framework.id) ? frozen : nil
  }

  private func evidence(_ courses: [Course]) async throws -> [GainEvidence] {
    let tests = site.publications.bank.blueprints.filter { $0.framework == framework.id }
      .map(\.test)
    let byID = [Course.ID: Course](courses.map { ($0.id, $0) }) { known, _ in known }
    var evidence: [GainEvidence] = []
    for retest in try await site.store.plannedRetests(of: tests) {
      let banks = (
        try await site.publications.bank(retest.before.start.bankVersion),
        try await site.publications.bank(retest.after.start.bankVersion)
      )
      guard
        let measured = RetestMeasurement(
          before: (retest.before, banks.0), after: (retest.after, banks.1)),
        measured.mean.count == framework.points.count
      else { continue }
      let suitability = { (ids: [Course.ID]) in
        [Course.ID: [CompetencyPoint.ID: Double]](
          ids.compactMap { byID[$0] }.map { course in
            (
              course.id,
              GainEvidence.suitability(
                of: course, mean: measured.mean, covariance: measured.covariance,
                framework: framework)
            )
          }, uniquingKeysWith: { first, _ in first })
      }
      evidence.append(
        GainEvidence(
          mean: measured.mean, covariance: measured.covariance,
          courses: suitability(retest.courses),
          sites: measured.answers.map {
            GainEvidence.Site($0.response, predictor: $0.predictor)
          }, testletVariance: measured.testletVariance,
          draw: retest.slot.map { slot in
            GainEvidence.Draw(
              drawn: slot.drawn, propensities: slot.propensities,
              suitability: suitability(Array(slot.propensities.keys)))
          }))
    }
    return evidence
  }
}
