public import Foundation
public import People
import Storage

/// Accounts made without a page, for commands that set a service up.
extension Site {
  /// Makes a staff account.
  ///
  /// - Parameters:
  ///   - grant: what it may be.
  ///   - login: the name to sign in with.
  ///   - name: the name that others see.
  ///   - password: its password.
  /// - Returns: the key of its one-time codes, as an authenticator app takes it.
  /// - Throws: ``StaffAccountError`` or the store's error.
  public func makeStaff(
    _ grant: Grant, login: String, name: String, password: String
  ) async throws -> String {
    let token = AccessToken()
    let secret = OneTimePassword.newSecret()
    try await store.invite(
      grant, tokenHash: token.hash, expiresAt: now() + 60, actor: "command", at: now())
    _ = try await store.makeAccount(
      from: token.hash, id: StaffAccount.ID(rawValue: AccessToken.randomName()), login: login,
      name: name,
      credentials: StaffCredentials(
        passwordHash: try await passwords.hash(password), totpSecret: secret, usedStep: 0),
      at: now())
    return OneTimePassword.readable(secret)
  }

  /// Opens a teacher's account.
  ///
  /// - Parameters:
  ///   - person: the teacher.
  ///   - school: the teacher's school.
  /// - Returns: the personal code.
  /// - Throws: the store's error.
  public func openAccount(of person: Person, school: AdministrativeUnit) async throws -> String {
    let (activation, personal) = (SignInCode.activation(), SignInCode.personal())
    let key = settings.codeKey
    let code = school.code ?? ""
    let hash = key.hash(school: code, code: activation)
    try await store.issueCodes(
      [IssuedCode(person: person, hash: hash)], expiresAt: now() + 60, of: school.id,
      actor: "command", at: now())
    _ = try await store.activate(
      hash, personalHash: key.hash(school: code, code: personal), tokenHash: AccessToken().hash,
      at: now())
    return SignInCode.grouped(personal)
  }

  /// The one-time code of a key at a time.
  ///
  /// - Parameters:
  ///   - key: the key as an authenticator app takes it: base 32, spaces and hyphens allowed.
  ///   - time: the time.
  /// - Returns: six digits; nil if it is no key.
  public static func oneTimeCode(key: String, at time: Date) -> String? {
    OneTimePassword.secret(readable: key).flatMap {
      OneTimePassword.text(secret: $0, step: OneTimePassword.step(at: time))
    }
  }
}
