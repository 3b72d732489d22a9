import Competency
import Delivery
import Foundation
import ItemBank
public import People

extension Store {
  /// Keeps a form that a school is about to print.
  ///
  /// - Parameters:
  ///   - form: the form.
  ///   - actor: who asks, for the audit log.
  /// - Throws: the database's error if it cannot be kept.
  public func keepPaperForm(_ form: PaperForm, actor: String) async throws {
    let stages = try FormRecord(form.stages).json()
    let start = form.start
    try await commits.commit { connection in
      try connection.execute(
        """
        INSERT INTO paper_form
          (code, unit, test, bank_version, environment, programme, seed, form, made_at)
        VALUES (\(form.code.rawValue), \(form.unit.rawValue), \(start.test.rawValue),
          \(start.bankVersion.rawValue), \(start.environment.rawValue), \(start.programme),
          \(Int64(bitPattern: start.seed)), \(stages), \(form.madeAt.storedTime))
        """)
      try connection.audit(
        AuditEvent(
          actor: actor, action: "make-paper-form", object: "unit:\(form.unit.rawValue)",
          detail: form.code.rawValue), at: form.madeAt)
    }
  }

  /// The forms of a school, the newest first, each with how many teachers' sheets were keyed in.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func paperForms(
    of unit: AdministrativeUnit.ID
  ) async throws -> [(form: PaperForm, entries: Int)] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT code, unit, test, bank_version, environment, programme, seed, form, made_at,
          (SELECT count(*) FROM test_session WHERE paper_form = code) AS entries
        FROM paper_form WHERE unit = \(unit.rawValue) ORDER BY made_at DESC, code
        """
      ).map { (try PaperForm(row: $0), Int(try $0.integer("entries"))) }
    }
  }

  /// A form of a school.
  ///
  /// - Returns: nil if the school has none of that code.
  /// - Throws: the database's error if it cannot be read.
  public func paperForm(
    _ code: PaperForm.Code, of unit: AdministrativeUnit.ID
  ) async throws -> PaperForm? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT code, unit, test, bank_version, environment, programme, seed, form, made_at
        FROM paper_form WHERE code = \(code.rawValue) AND unit = \(unit.rawValue)
        """
      ).map(PaperForm.init(row:))
    }
  }
}

extension PaperForm {
  fileprivate init(row: Row) throws {
    self.init(
      code: Code(rawValue: try row.text("code")),
      unit: AdministrativeUnit.ID(rawValue: try row.text("unit")),
      start: TestSession.Start(
        test: AssessmentTest.ID(rawValue: try row.text("test")),
        bankVersion: Bank.Version(rawValue: try row.text("bank_version")),
        environment: Environment.ID(rawValue: try row.text("environment")), schoolStage: nil,
        subject: nil, programme: try row.text("programme"),
        seed: UInt64(bitPattern: try row.integer("seed"))),
      stages: try FormRecord(json: try row.text("form")).form(),
      madeAt: try Date(storedTime: try row.text("made_at")))
  }
}
