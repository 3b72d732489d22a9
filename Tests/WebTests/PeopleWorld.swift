import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// One city with two counties; two schools in the first, one in the second; a teacher and a member of
/// staff of every kind.
struct PeopleWorld {
  let site: TestSite
  let units: [AdministrativeUnit]
  let persons: [Person]
  let group: TeachingGroup

  static let unitSheet = """
    单位名称,类型,上级单位,标识码
    示范市,市,,
    东县,区县,示范市,
    西县,区县,示范市,
    东一小,学校,东县,2133010001
    东二小,学校,东县,
    西一小,学校,西县,
    """

  static let personSheet = """
    工号,姓名,学校,学段,学科,教研组,临近退休
    T1,王丽,东一小,小学,数学,数学组,
    T2,李强,东一小,小学,数学,数学组,
    T3,赵敏,东一小,小学,语文,语文组,是
    T1,陈静,西一小,小学,英语,英语组,
    """

  init(_ site: TestSite) async throws {
    self.site = site
    for sheet in [Self.unitSheet, Self.personSheet] {
      let roster = try #require(RosterReader.read([UInt8](sheet.utf8), file: "名册.csv").roster)
      let found = try await site.site.store.importRoster(
        roster, within: nil, keeps: true, actor: "command", at: TestSite.noon,
        newID: AccessToken.randomName, newCode: SignInCode.school)
      #expect(found.diagnostics.isEmpty, "\(found.diagnostics)")
    }
    units = try await site.site.store.units(below: nil)
    var persons: [Person] = []
    for unit in units {
      persons += try await site.site.store.participation(of: unit.id).map(\.person)
    }
    self.persons = persons
    let school = try #require(units.first { $0.name == "东一小" })
    group = try #require(
      try await site.site.store.teachingGroups(of: school.id).first { $0.name == "数学组" })
  }

  func unit(_ name: String) throws -> AdministrativeUnit {
    try #require(units.first { $0.name == name })
  }

  func person(_ name: String) throws -> Person {
    try #require(persons.first { $0.entry.name == name })
  }

  /// A browser of somebody with a grant.
  func staff(_ grant: Grant) async throws -> Visitor { try await Self.staff(grant, of: site) }

  /// A browser of somebody with a grant, whatever units there are.
  static func staff(_ grant: Grant, of site: TestSite) async throws -> Visitor {
    let store = site.site.store
    let (invitation, token) = (AccessToken(), AccessToken())
    try await store.invite(
      grant, tokenHash: invitation.hash, expiresAt: TestSite.noon + 60, actor: "command",
      at: TestSite.noon)
    let id = StaffAccount.ID(rawValue: AccessToken.randomName())
    _ = try await store.makeAccount(
      from: invitation.hash, id: id, login: id.rawValue, name: "工作人员",
      credentials: StaffCredentials(
        passwordHash: "", totpSecret: OneTimePassword.newSecret(), usedStep: 0), at: TestSite.noon)
    #expect(try await store.signIn(id, step: 1, tokenHash: token.hash, at: TestSite.noon))
    let visitor = site.visitor()
    visitor.hold(account: token)
    return visitor
  }

  /// A browser of somebody of the institution of the city.
  func institution() async throws -> Visitor {
    try await staff(Grant(.institution, .unit(try unit("示范市").id)))
  }

  /// A browser of a teacher who is signed in.
  func teacher(_ name: String) async throws -> Visitor {
    let (person, token) = (try person(name), AccessToken())
    let (code, personal) = (AccessToken().hash, AccessToken().hash)
    try await site.site.store.issueCodes(
      [IssuedCode(person: person, hash: code)], expiresAt: TestSite.noon + 60, of: person.unit,
      actor: "command", at: TestSite.noon)
    _ = try await site.site.store.activate(
      code, personalHash: personal, tokenHash: token.hash, at: TestSite.noon)
    let visitor = site.visitor()
    visitor.hold(account: token)
    return visitor
  }
}
