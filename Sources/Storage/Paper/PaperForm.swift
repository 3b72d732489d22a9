public import Delivery
public import Foundation
import ItemBank
public import People

/// A form that a school prints for teachers without a network, and keys in when it comes back.
public struct PaperForm: Hashable, Sendable {
  /// What stands on every sheet of it and tells it from others.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code as it is kept: capital letters and digits, without a hyphen.
    public var rawValue: String
    /// Wraps a code.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// Its code.
  public var code: Code
  /// The school that prints it.
  public var unit: AdministrativeUnit.ID
  /// What a session from it is started with; school stage and subject are the teacher's.
  public var start: TestSession.Start
  /// Its stages.
  public var stages: [Stage]
  /// When it was made.
  public var madeAt: Date

  /// Creates a form.
  public init(
    code: Code, unit: AdministrativeUnit.ID, start: TestSession.Start, stages: [Stage],
    madeAt: Date
  ) {
    self.code = code
    self.unit = unit
    self.start = start
    self.stages = stages
    self.madeAt = madeAt
  }
}
