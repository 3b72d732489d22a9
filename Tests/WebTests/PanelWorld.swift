import Competency
import Foundation
import ItemBank
import People
import Storage
import TestSupport
import Testing

@testable import Web

/// A site with its bank published, somebody of the institution, and judges with accounts of their own.
struct PanelWorld {
  let site: TestSite
  let people: PeopleWorld
  let institution: Visitor
  /// The judges' browsers, by account.
  let judges: [(account: StaffAccount.ID, visitor: Visitor)]
  /// Items that can be scored choice by choice and have parameters.
  let items: [BankItem]

  static func with(
    judges count: Int, _ body: (PanelWorld) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      try await site.publishBank()
      let people = try await PeopleWorld(site)
      let city = Grant.Scope.unit(try people.unit("示范市").id)
      let institution = try await people.institution()
      var judges: [(StaffAccount.ID, Visitor)] = []
      for _ in 0..<count {
        let known = Set(try await site.site.store.accounts().map(\.id))
        let visitor = try await people.staff(Grant(.judge, city))
        let account = try #require(
          try await site.site.store.accounts().first { !known.contains($0.id) })
        judges.append((account.id, visitor))
      }
      let items = site.content.bank.items.filter {
        Set($0.item.scoredChoices.values).isSuperset(of: [0, 4]) && $0.parameters != nil
          && $0.state == .live
          && $0.framework == site.content.bank.frameworks[0].id
      }
      try await body(
        PanelWorld(
          site: site, people: people, institution: institution, judges: judges, items: items))
    }
  }

  /// Opens a panel of the first items.
  func open(
    _ kind: Panel.Kind = .options, items count: Int = 2, name: String = "第一轮"
  ) async throws -> Panel {
    let reply = try await institution.post(
      "/institution/panels",
      [("then", "open"), ("kind", kind.rawValue), ("name", name)]
        + items.prefix(count).map { ("item", $0.id.rawValue) }
        + judges.map { ("judge", $0.account.rawValue) })
    let number = try #require(
      reply.location?.split(separator: "/").last.flatMap { Int($0) }, "\(reply.text)")
    return try #require(try await site.site.store.panel(number))
  }

  /// The browser of the judge with a number.
  func visitor(_ number: Int, of panel: Panel) throws -> Visitor {
    let account = try #require(panel.judges.first { $0.number == number }).account
    return try #require(judges.first { $0.account == account }).visitor
  }

  /// The place at which a judge is shown a choice, from 1.
  func shown(_ choice: SimpleChoice.ID, to judge: Int, place: Int, of panel: Panel) throws -> Int {
    let asked = JudgedPlace(
      panel: panel, judge: judge, place: place, bank: site.content.bank, entries: [],
      phrases: site.site.renderer.phrases(.chinese))
    return try #require(asked.choices.firstIndex { $0.id == choice }) + 1
  }

  /// The fields with which a judge scores an item's choices.
  func fields(
    _ scores: [SimpleChoice.ID: Int], judge: Int, place: Int, of panel: Panel, revision: Int = 0
  ) throws -> [(String, String)] {
    try [("round", "1"), ("revision", "\(revision)")]
      + scores.map { choice, points in
        ("score-\(try shown(choice, to: judge, place: place, of: panel))", "\(points)")
      }
  }

  /// Scores an item's choices as a judge.
  func score(
    _ scores: [SimpleChoice.ID: Int], judge: Int, place: Int, of panel: Panel
  ) async throws {
    let reply = try await visitor(judge, of: panel).post(
      "/panels/\(panel.number)/items/\(place)",
      fields(scores, judge: judge, place: place, of: panel))
    #expect(reply.status == 303, "\(reply.text)")
  }

  /// Ends a round or the panel.
  func end(_ panel: Panel, _ how: String = "close") async throws {
    let reply = try await institution.post(
      "/institution/panels/\(panel.number)", [("then", how), ("confirm", "1")])
    #expect(reply.status == 303)
  }
}
