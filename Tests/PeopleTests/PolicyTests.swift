import People
import Testing

struct PolicyTests {
  private static func unit(_ id: String, _ kind: AdministrativeUnit.Kind) -> AdministrativeUnit {
    AdministrativeUnit(id: .init(rawValue: id), kind: kind, parent: nil, name: id)
  }

  private static let school = Object.unit(
    path: [unit("school", .school), unit("county", .county), unit("city", .city)])
  private static let county = Object.unit(path: [unit("county", .county), unit("city", .city)])

  @Test func `a stranger may do nothing`() {
    for action in Action.allCases {
      for object in [.service, Self.school, Self.county, .record(of: .init(rawValue: "p"))] {
        #expect(!can(.stranger, action, object))
      }
    }
  }

  @Test func `a record is kept by the person it is about and by nobody else, whatever the role`() {
    let person = Person.ID(rawValue: "p")
    #expect(can(Actor(person: person), .keepOwnRecord, .record(of: person)))
    #expect(!can(Actor(person: .init(rawValue: "q")), .keepOwnRecord, .record(of: person)))
    for role in Role.allCases {
      let actor = Actor(grants: [Grant(role, .everything)])
      #expect(!can(actor, .keepOwnRecord, .record(of: person)))
    }
  }

  @Test func `a grant reaches down, never up or sideways`() {
    let inCounty = Actor(grants: [Grant(.regionViewer, .unit(.init(rawValue: "county")))])
    #expect(can(inCounty, .viewSummary, Self.school))
    #expect(can(inCounty, .viewSummary, Self.county))
    #expect(!can(inCounty, .viewSummary, .unit(path: [Self.unit("city", .city)])))
    #expect(!can(inCounty, .viewParticipation, Self.school))
    let elsewhere = Actor(grants: [Grant(.regionViewer, .unit(.init(rawValue: "other")))])
    #expect(!can(elsewhere, .viewSummary, Self.school))
  }

  @Test func `an institution sees the demand of a region and looks into no school`() {
    let actor = Actor(grants: [Grant(.institution, .unit(.init(rawValue: "city")))])
    #expect(can(actor, .viewSummary, Self.county))
    #expect(!can(actor, .viewSummary, Self.school))
  }

  @Test func `a unit that does not exist is in nobody's reach`() {
    for role in Role.allCases {
      let actor = Actor(grants: [Grant(role, .unit(.init(rawValue: "school")))])
      for action in Action.allCases { #expect(!can(actor, action, .unit(path: []))) }
    }
  }
}
