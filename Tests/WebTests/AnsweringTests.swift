import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

struct AnsweringTests {
  @Test func `a visitor without an account goes from the first page to a printed plan`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      #expect(try await visitor.get("/").status == 200)
      #expect(try await visitor.get("/start").status == 200)
      let session = try await visitor.begin()
      try await visitor.finish(session)
      let result = try await visitor.get("/sessions/\(session)/result")
      #expect(result.status == 200)
      let made = try await visitor.post(
        "/sessions/\(session)/plans", [("programme", "jiangsu-2020")])
      let plan = try #require(made.location)
      #expect(try await visitor.get(plan).text.contains("选课计划"))
      #expect(try await visitor.get("\(plan)/print").text.contains("个人研修计划"))
    }
  }

  @Test func `the start asks for what is missing, beside the field and above the form`()
    async throws
  {
    try await TestSite.with { site in
      let reply = try await site.visitor().post(
        "/sessions", [("environment", "A"), ("subject", "nonsense")])
      #expect(reply.status == 422)
      #expect(reply.text.contains("有 3 处还没有填好"))
      #expect(reply.text.contains("href=\"#schoolStage\""))
      #expect(reply.text.contains("href=\"#programme\""))
      #expect(!reply.text.contains("href=\"#environment\""))
    }
  }

  @Test func `who is not sure of the classroom is asked about the simplest one`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      var fields = Visitor.startFields
      fields[0] = ("environment", "unknown")
      let reply = try await visitor.post("/sessions", fields)
      let stage = try await visitor.get(try #require(reply.location))
      #expect(visitor.choices(on: stage.text).allSatisfy { $0.name.hasPrefix("answer-a") })
    }
  }

  @Test func `a stage submitted twice counts once and the page leads on`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let path = "/sessions/\(session)/stages/1"
      #expect(try await visitor.post(path, [("then", "submit")]).status == 303)
      let again = try await visitor.post(path, [("then", "submit")])
      #expect(again.status == 409)
      #expect(again.text.contains("/sessions/\(session)/stages/2"))
      #expect(try await visitor.get(path).status == 409)
      let early = try await visitor.post("/sessions/\(session)/stages/4", [("then", "submit")])
      #expect(early.status == 409)
      #expect(early.text.contains("还没有轮到这一段"))
    }
  }

  @Test func `a value that stands for no choice brings the stage back with the phrase beside it`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let path = "/sessions/\(session)/stages/1"
      let choices = visitor.choices(on: try await visitor.get(path).text)
      let reply = try await visitor.post(
        path, [(choices[0].name, choices[0].values[0]), (choices[1].name, "B")])
      #expect(reply.status == 422)
      let sentences = reply.text.matches(of: #/href="#q\d+">(第 \d+ 题的答案没有存上)/#)
      let sentence = try #require(sentences.first).1
      let refused = try #require(
        ItemHTML.all(on: reply.text).first { $0.controls.first?.name == choices[1].name })
      #expect(sentences.count == 1)
      #expect(refused.html.contains(sentence))
      // The good answer stands on the page, so that it need not be chosen again.
      #expect(reply.text.contains("value=\"\(choices[0].values[0])\" checked"))
      // Nothing was half done: the good answer beside it is not kept either.
      let after = try await visitor.get(path)
      #expect(!after.text.contains(" checked"))
    }
  }

  @Test func `a page left open in another tab does not undo what was answered since`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let path = "/sessions/\(session)/stages/1"
      let choices = visitor.choices(on: try await visitor.get(path).text)
      let (first, second) = (choices[0], choices[1])
      // Both tabs were made when nothing was answered: their base is empty.
      _ = try await visitor.post(path, [("base", ",,,"), (first.name, first.values[1])])
      _ = try await visitor.post(path, [("base", ",,,"), (second.name, second.values[2])])
      let page = try await visitor.get(path).text
      #expect(page.contains("value=\"\(first.values[1])\" checked"))
      #expect(page.contains("value=\"\(second.values[2])\" checked"))
    }
  }

  @Test func `an answer that was sent before a form and arrives after it does not overturn it`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let path = "/sessions/\(session)/stages/1"
      let item = visitor.choices(on: try await visitor.get(path).text)[0]
      _ = try await visitor.post(
        path, [("base", ",,,"), ("sequence", "3"), (item.name, item.values[2])])
      let late = try await visitor.json(
        .put, "/api/v1/sessions/\(session)/responses/\(item.name.dropFirst(7))",
        ["response": ["RESPONSE": ["base": ["identifier": item.values[1]]]], "sequence": 2])
      #expect(late.status == 200)
      #expect((try late.json()["saved"] as? Int) == 4)
      let page = try await visitor.get(path).text
      #expect(page.contains("value=\"\(item.values[2])\" checked"))
    }
  }

  @Test func `without one answer nothing is said about needs`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      for stage in 1...4 {
        _ = try await visitor.post("/sessions/\(session)/stages/\(stage)", [("then", "submit")])
      }
      let result = try await visitor.get("/sessions/\(session)/result").text
      #expect(result.contains("这次没有作答"))
      #expect(!result.contains("没有发现"))
      let done = try await visitor.get("/sessions/\(session)/done").text
      #expect(done.contains("16 题没有答"))
    }
  }

  @Test func `a script gets the next page itself, a plain form the way to it`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let path = "/sessions/\(session)/stages/1"
      let direct = try await visitor.post(path, [("then", "submit"), ("direct", "1")])
      #expect(direct.status == 200)
      #expect(direct.text.contains("data-url=\"/sessions/\(session)/stages/2\""))
    }
  }

  @Test func `another browser finds no session and no plan, and cannot tell that they exist`()
    async throws
  {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      try await visitor.finish(session)
      let plan = try #require(
        try await visitor.post("/sessions/\(session)/plans").location)
      let stranger = site.visitor()
      _ = try await stranger.begin()
      for path in [
        "/sessions/\(session)/stages/1", "/sessions/\(session)/check",
        "/sessions/\(session)/result", "/sessions/\(session)/done", plan, "\(plan)/print",
      ] {
        let reply = try await stranger.get(path)
        let missing = try await stranger.get(
          path.replacingOccurrences(of: session, with: "nothing").replacingOccurrences(
            of: plan, with: "/plans/nothing"))
        #expect(reply.status == 404)
        #expect(reply.body == missing.body)
      }
      let erased = try await stranger.post("/sessions/\(session)/erasure")
      #expect(erased.status == 404)
      #expect(try await visitor.get("/sessions/\(session)/result").status == 200)
    }
  }

  @Test func `the result waits for the last stage`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      let reply = try await visitor.get("/sessions/\(session)/result")
      #expect(reply.location == "/sessions/\(session)/stages/1")
      #expect(try await visitor.post("/sessions/\(session)/plans").status == 409)
    }
  }

  @Test func `the first page offers to go on with an open session`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      _ = try await visitor.post("/sessions/\(session)/stages/1", [("then", "submit")])
      #expect(try await visitor.get("/").text.contains("/sessions/\(session)/stages/2"))
    }
  }

  @Test func `after erasing nothing of the session can be read`() async throws {
    try await TestSite.with { site in
      let visitor = site.visitor()
      let session = try await visitor.begin()
      try await visitor.finish(session)
      let reply = try await visitor.post("/sessions/\(session)/erasure")
      #expect(reply.headers[.clearSiteData] != nil)
      #expect(visitor.cookies["bianque"]?.isEmpty == true)
      #expect(try await visitor.get(try #require(reply.location)).text.contains("已经删除"))
      #expect(try await visitor.get("/sessions/\(session)/result").status == 404)
    }
  }

  @Test(arguments: ["zh-CN,zh;q=0.9,en;q=0.5", "en-GB,en;q=0.9"])
  func `pages speak the browser's language until the visitor chooses`(header: String) async throws {
    try await TestSite.with { site in
      let visitor = site.visitor(language: header)
      let isChinese = header.hasPrefix("zh")
      #expect(
        try await visitor.get("/").text.contains("<html lang=\"\(isChinese ? "zh-CN" : "en")\""))
      let chosen = try await visitor.post(
        "/language", [("lang", isChinese ? "en" : "zh-Hans"), ("return", "/start")])
      #expect(chosen.location == "/start")
      #expect(
        try await visitor.get("/").text.contains("<html lang=\"\(isChinese ? "en" : "zh-CN")\""))
    }
  }

  @Test(arguments: [
    "//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example/",
  ])
  func `choosing a language leads nowhere else`(destination: String) async throws {
    try await TestSite.with { site in
      let reply = try await site.visitor().post(
        "/language", [("lang", "en"), ("return", destination)])
      #expect(reply.location == "/")
    }
  }
}
