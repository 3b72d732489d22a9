import Competency
import Delivery
import Foundation
import HTTPTypes
import ItemBank
import People
import Simulation
import Storage
import TestSupport
import Testing

@testable import Web

/// The institution's tests: blueprints edited, simulated, put into service, and scheduled.
struct FormPageTests {
  /// A site whose bank is published, the world of people, and somebody of the institution.
  private func withInstitution(
    _ body: (TestSite, PeopleWorld, Visitor) async throws -> Void
  ) async throws {
    try await TestSite.with { site in
      try await site.publishBank()
      let world = try await PeopleWorld(site)
      let visitor = try await world.institution()
      try await body(site, world, visitor)
    }
  }

  private func blueprint(_ site: TestSite) throws -> Blueprint {
    try #require(site.content.bank.blueprints.first)
  }

  private func address(_ site: TestSite) throws -> String {
    "/institution/forms/\(try blueprint(site).test.rawValue)"
  }

  /// What the form of a blueprint would send, with some fields changed.
  private func fields(
    of blueprint: Blueprint, _ site: TestSite, revision: Int? = nil, _ changes: [String: String]
  ) throws -> [(String, String)] {
    let framework = try #require(site.content.bank.framework(blueprint.framework))
    let fields = BlueprintFields(
      blueprint: blueprint, framework: framework, phrases: site.site.renderer.phrases(.chinese))
    return fields.values(of: blueprint).merging(changes) { $1 }.map { ($0.key, $0.value) }
      + [("revision", revision.map { "\($0)" } ?? "")]
  }

  @Test func `the list shows every blueprint, whether it can be filled, and where items are few`()
    async throws
  {
    try await withInstitution { site, _, institution in
      let page = try await institution.get("/institution/forms")
      #expect(page.status == 200)
      for blueprint in site.content.bank.blueprints {
        #expect(page.text.contains(blueprint.title.chinese))
        #expect(page.text.contains("/institution/forms/\(blueprint.test.rawValue)"))
      }
      #expect(page.text.contains("4 段 × 4 题，共 16 题，约 24 分钟"))
      #expect(page.text.contains("各种教学环境的试卷都组得出来。"))
      let form = try await institution.get(try address(site))
      #expect(form.status == 200)
      #expect(form.text.contains("现在就按这份蓝图出题"))
    }
  }

  @Test func `what stands in the fields is the blueprint, and sent back it stays the same`()
    async throws
  {
    try await withInstitution { site, _, institution in
      for blueprint in site.content.bank.blueprints {
        let sent = try fields(of: blueprint, site, [:])
        let address = "/institution/forms/\(blueprint.test.rawValue)"
        let page = try await institution.get(address)
        for (name, value) in sent where name != "enemies" && name != "selection" {
          #expect(page.text.contains("name=\"\(name)\" value=\"\(value)\""), "\(name)")
        }
        let saved = try await institution.post(address, sent)
        #expect(saved.location == address)
        var kept = try #require(
          try await site.site.store.blueprintDraft(of: blueprint.test)
        ).blueprint
        #expect(kept.version == "2")
        (kept.version, kept.file) = (blueprint.version, blueprint.file)
        #expect(kept == blueprint)
      }
    }
  }

  @Test
  func `a blueprint that the bank cannot fill is refused with the reason, and nothing changes`()
    async throws
  {
    try await withInstitution { site, _, institution in
      let blueprint = try blueprint(site)
      let address = try address(site)
      let form = try #require(blueprint.forms.first)
      // Ten stages, all of one environment, one item a point: more than there are points.
      var changes = ["stages": "10", "point.\(form.environment.rawValue)": "1"]
      for form in blueprint.forms {
        for environment in form.fromEnvironment.keys {
          changes[BlueprintFields.from(form, environment)] =
            environment == form.environment ? "40" : "0"
        }
      }
      let refused = try await institution.post(address, try fields(of: blueprint, site, changes))
      #expect(refused.status == 422)
      let name = form.environment.rawValue
      #expect(refused.text.contains("环境 \(name) 的试卷组不出来：环境 \(name) 要 40 题"))
      #expect(refused.text.contains("name=\"stages\" value=\"10\""), "what was typed is kept")
      #expect(try await site.site.store.blueprintDraft(of: blueprint.test) == nil)
      #expect(site.site.publications.bank.version == site.content.bank.version)
    }
  }

  @Test(arguments: [
    ("stages", "0", "“分几段”要填 1 到 10 的整数"),
    ("itemsPerStage", "四", "“每段几题”要填 1 到 10 的整数"),
    ("pilotItems", "5", "每段至多一道试测题，最多 4 道"),
    ("exposure", "120", "“曝光上限（%）”要填 1 到 100 的整数"),
    ("enemies", "a1-01 nothing-01", "互斥题里有测验没有的题：nothing-01"),
    ("enemies", "a1-01", "互斥题一组至少两道不同的题：a1-01"),
    ("from.A.A", "15", "各环境加起来是 15 题，应当是 16 题"),
    ("min.A.XQ", "9", "“学情分析”的至少不能大于至多"),
  ])
  func `a wrong field is named, beside it and on top`(
    field: String, value: String, sentence: String
  ) async throws {
    try await withInstitution { site, _, institution in
      let blueprint = try blueprint(site)
      let reply = try await institution.post(
        try address(site), try fields(of: blueprint, site, [field: value]))
      #expect(reply.status == 422)
      #expect(reply.text.components(separatedBy: sentence).count == 3, "on top and beside")
      #expect(reply.text.contains("href=\"#\(field)\""))
      #expect(try await site.site.store.blueprintDraft(of: blueprint.test) == nil)
    }
  }

  @Test func `a form is built, simulated, used and put back; sessions that run keep theirs`()
    async throws
  {
    try await withInstitution { site, world, institution in
      let blueprint = try blueprint(site)
      let address = try address(site)
      let teacher = try await world.teacher("王丽")
      let session = try await teacher.begin()

      let saved = try await institution.post(
        address, try fields(of: blueprint, site, ["exposure": "30", "enemies": "a1-01 a1-02"]))
      #expect(saved.location == address)
      #expect(site.site.publications.bank.version == site.content.bank.version, "not in use yet")
      let page = try await institution.get(address)
      #expect(page.text.contains("还没有启用"))
      #expect(page.text.contains("曝光上限（%）：40 % → 30 %"))
      #expect(page.text.contains("互斥题：不限 → a1-01 a1-02"))

      let started = try await institution.post(
        "\(address)/trials", [("teachers", "60"), ("seed", "5")])
      let trial = try #require(started.location)
      #expect(trial == "\(address)/trials/1")
      await site.site.formTrials.finish()
      let run = try #require(try await site.site.store.formTrial(1))
      #expect(run.status == .finished && run.blueprint.selection?.maximumExposure == 0.3)
      let report = try #require(run.report)
      #expect(report.violations == 0 && report.teachers == 60)
      let words = [
        "zh-Hans": ["以下全部来自模拟", "0 份，共 60 份", "上限 30%", "各维度的误差", "看数"],
        "en": ["All of this is simulated", "0 of 60", "limit 30%", "Error of each dimension"],
      ]
      for (language, sentences) in words {
        let shown = try await institution.get(trial, headers: [.acceptLanguage: language])
        #expect(shown.status == 200)
        for sentence in sentences { #expect(shown.text.contains(sentence), "\(sentence)") }
        // Four pictures, and the mark at the head of every page.
        #expect(shown.text.components(separatedBy: "<svg").count == 6)
        #expect(shown.text.components(separatedBy: "<tbody").count == 6, "a table for each picture")
      }

      let silent = try await institution.post(
        "\(address)/release", [("revision", "1"), ("then", "release")])
      #expect(silent.status == 422)
      let late = try await institution.post(
        "\(address)/release", [("revision", "7"), ("then", "release"), ("reason", "x")])
      #expect(late.status == 422)
      let used = try await institution.post(
        "\(address)/release",
        [("revision", "1"), ("then", "release"), ("reason", "曝光太高")])
      #expect(used.location == "/institution/releases")
      let now = site.site.publications.bank
      #expect(now.blueprint(of: blueprint.test)?.selection?.maximumExposure == 0.3)
      #expect(now.blueprint(of: blueprint.test)?.version == "2")
      #expect(try await site.site.store.blueprintDraft(of: blueprint.test) == nil)
      let releases = try await institution.get("/institution/releases")
      #expect(releases.text.contains("曝光太高"))
      #expect(try await teacher.get("/sessions/\(session)/stages/1").status == 200)
      try await teacher.finish(session)
      #expect(try await teacher.get("/sessions/\(session)/result").status == 200)

      let latest = try #require(try await site.site.store.releases(of: .public).first)
      _ = try await institution.post(
        "/institution/releases/\(latest.number)/back", [("reason", "先看看")])
      #expect(site.site.publications.bank.version == site.content.bank.version)
    }
  }

  @Test func `of two who edit at once the second is told, and a draft can be thrown away`()
    async throws
  {
    try await withInstitution { site, _, institution in
      let blueprint = try blueprint(site)
      let address = try address(site)
      _ = try await institution.post(
        address, try fields(of: blueprint, site, ["exposure": "30"]))
      let second = try await institution.post(
        address, try fields(of: blueprint, site, ["exposure": "20"]))
      #expect(second.status == 422)
      #expect(second.text.contains("这期间有人保存"))
      #expect(second.text.contains("name=\"exposure\" value=\"20\""))
      let kept = try #require(try await site.site.store.blueprintDraft(of: blueprint.test))
      #expect(kept.blueprint.selection?.maximumExposure == 0.3)
      let gone = try await institution.post(
        "\(address)/release", [("revision", "1"), ("then", "discard")])
      #expect(gone.location == address)
      #expect(try await site.site.store.blueprintDraft(of: blueprint.test) == nil)
    }
  }

  @Test func `a trial asks for a number it can do, runs alone, and can be ended`() async throws {
    try await withInstitution { site, _, institution in
      let address = try address(site)
      for (teachers, seed) in [("49", "1"), ("5001", "1"), ("many", "1"), ("60", "-1")] {
        let wrong = try await institution.post(
          "\(address)/trials", [("teachers", teachers), ("seed", seed)])
        #expect(wrong.status == 422)
        #expect(wrong.text.contains("name=\"teachers\" value=\"\(teachers)\""))
      }
      _ = try await institution.post("\(address)/trials", [("teachers", "5000"), ("seed", "1")])
      let other = try await institution.post(
        "\(address)/trials", [("teachers", "60"), ("seed", "1")])
      #expect(other.status == 422)
      #expect(other.text.contains("已经有一次模拟在做"))
      let ended = try await institution.post("\(address)/trials/1")
      #expect(ended.location == "\(address)/trials/1")
      await site.site.formTrials.finish()
      #expect(try await site.site.store.formTrial(1)?.status == .cancelled)
      #expect(try await institution.get("\(address)/trials/1").text.contains("已取消"))
    }
  }

  @Test func `a trial that the service's end interrupted finds the same when it begins anew`()
    async throws
  {
    try await withInstitution { site, _, _ in
      let blueprint = try blueprint(site)
      // As it stands when a service was ended in the middle.
      let started = try await site.site.store.startFormTrial(
        of: blueprint, bank: site.content.bank.version, teachers: 50, seed: 9, actor: "account:1",
        at: TestSite.noon)
      let number = try #require(started)
      try await site.site.goOnTrying()
      await site.site.formTrials.finish()
      var trial = FormTrial(
        bank: site.content.bank,
        framework: try #require(site.content.bank.framework(blueprint.framework)),
        blueprint: blueprint, seed: 9)
      for _ in 0..<50 { try trial.advance() }
      let run = try #require(try await site.site.store.formTrial(number))
      #expect(run.report == trial.report)
    }
  }
}
