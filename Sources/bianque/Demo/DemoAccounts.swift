import Diagnostics
import Foundation
import People
import Storage
import Web

/// The accounts of the seeded world: one of every role, and a few teachers.
struct DemoAccounts {
  let site: Site
  let store: Store
  let terminal: Terminal

  /// One password for all: the folder is temporary and listens on this machine only.
  private static let password = "diagnose then prescribe"

  /// Makes the accounts.
  ///
  /// - Returns: the list to print.
  /// - Throws: the store's error if one cannot be kept.
  func make() async throws -> [String] {
    let units = try await store.units(below: nil)
    guard let city = units.first(where: { $0.kind == .city }),
      let county = units.first(where: { $0.kind == .county }),
      let school = units.first(where: { $0.kind == .school && $0.parent == county.id }),
      let tiny = units.first(where: { $0.kind == .site }),
      let group = try await store.teachingGroups(of: school.id).first
    else { return [] }
    let grants: [(String, Text, Grant)] = [
      ("operator", Text("运维", "operator"), Grant(.operating, .everything)),
      ("institution", Text("培训机构", "institution"), Grant(.institution, .unit(city.id))),
      ("city", Text("\(city.name)教育局", "city"), Grant(.regionViewer, .unit(city.id))),
      ("county", Text("\(county.name)教育局", "county"), Grant(.regionViewer, .unit(county.id))),
      (
        "school", Text("\(school.name)校级管理员", "school administrator"),
        Grant(.schoolAdministrator, .unit(school.id))
      ),
      (
        "tiny", Text("\(tiny.name)管理员", "administrator of a tiny school"),
        Grant(.schoolAdministrator, .unit(tiny.id))
      ),
      (
        "leader", Text("\(school.name)\(group.name)组长", "leader of a teaching group"),
        Grant(.groupLeader, .group(group.id, of: school.id))
      ),
      ("auditor", Text("第三方评价", "auditor"), Grant(.auditor, .unit(city.id))),
    ]
    // As many as figures of a panel need.
    let judges = (1...6).map { number in
      ("judge\(number)", Text("评委\(number)", "judge \(number)"), Grant(.judge, .unit(city.id)))
    }
    var lines = [
      terminal(
        Text(
          "工作人员（/sign-in/staff），密码都是“\(Self.password)”，动态码用 bianque one-time-code 密钥 得到：",
          "Staff (/sign-in/staff), password \"\(Self.password)\"; the one-time code comes from "
            + "bianque one-time-code KEY:"))
    ]
    for (login, name, grant) in grants + judges {
      let key = try await site.makeStaff(
        grant, login: login, name: terminal(name), password: Self.password)
      lines.append("  \(login)\t\(key)\t\(terminal(name))")
    }
    lines.append(
      terminal(Text("老师（/sign-in），学校代码和个人码：", "Teachers (/sign-in), school and personal code:")))
    let rows = try await store.participation(of: school.id)
    for row in rows.prefix(2) + rows.filter({ $0.state == .notActivated }).prefix(1) {
      let code = try await site.openAccount(of: row.person, school: school)
      lines.append("  \(school.code ?? "")\t\(code)\t\(school.name) \(row.person.entry.name)")
    }
    return lines
  }
}
