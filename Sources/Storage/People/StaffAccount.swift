public import Foundation
public import People

/// An account of somebody who is not signed in as a teacher.
public struct StaffAccount: Hashable, Sendable {
  /// Identifies an account.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as it is stored.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// Identifies it.
  public var id: ID
  /// The name to sign in with.
  public var login: String
  /// The name that others see.
  public var name: String
  /// What it may be, and how far.
  public var grant: Grant
  /// When it was closed; nil while it can be used.
  public var closedAt: Date?

  /// Creates an account.
  public init(id: ID, login: String, name: String, grant: Grant, closedAt: Date? = nil) {
    self.id = id
    self.login = login
    self.name = name
    self.grant = grant
    self.closedAt = closedAt
  }
}

/// What an account proves itself with.
public struct StaffCredentials: Hashable, Sendable {
  /// The password's hash with its parameters, in libsodium's text form.
  public var passwordHash: String
  /// The secret of the one-time passwords, 20 bytes.
  public var totpSecret: [UInt8]
  /// The last time step whose one-time password was used: none works twice.
  public var usedStep: Int

  /// Creates credentials.
  public init(passwordHash: String, totpSecret: [UInt8], usedStep: Int) {
    self.passwordHash = passwordHash
    self.totpSecret = totpSecret
    self.usedStep = usedStep
  }
}

extension Grant {
  /// The grant as a row holds it.
  init(row: Row) throws {
    guard let role = Role(rawValue: try row.text("role")) else {
      throw StoreError.unreadable(table: "staff_account")
    }
    let unit = try row.optionalText("unit").map(AdministrativeUnit.ID.init(rawValue:))
    let group = try row.optionalText("teaching_group").map(TeachingGroupID.init(rawValue:))
    let scope: Scope =
      switch (unit, group) {
      case (let unit?, let group?): .group(group, of: unit)
      case (let unit?, nil): .unit(unit)
      case (nil, _): .everything
      }
    self.init(role, scope)
  }

  /// The unit column of a row.
  var unitColumn: String? {
    switch scope {
    case .everything: nil
    case .unit(let unit), .group(_, let unit): unit.rawValue
    }
  }

  /// The group column of a row.
  var groupColumn: String? {
    if case .group(let group, _) = scope { group.rawValue } else { nil }
  }
}
