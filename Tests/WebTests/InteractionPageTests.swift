import Delivery
import Foundation
import HTTPTypes
import ItemBank
import Storage
import TestSupport
import Testing

@testable import Web

/// Every kind of question on its page: what a browser sends, and what is made of it.
struct InteractionPageTests {
  private let bank: Bank
  private let answers: [String: InteractionBank.Answer]

  init() throws {
    bank = try InteractionBank.read()
    answers = [String: InteractionBank.Answer](
      uniqueKeysWithValues: try InteractionBank.answers().map { ($0.item, $0) })
  }

  /// Opens a session on the bank with every kind of question.
  private func withSession(
    _ body: (TestSite, Visitor, String) async throws -> Void
  ) async throws {
    try await TestSite.with(bank: bank) { site in
      let visitor = site.visitor()
      try await body(site, visitor, try await visitor.begin())
    }
  }

  /// The fields of the best answer to an item, as a form sends them.
  private func best(_ item: ItemHTML) throws -> [(String, String)] {
    let answer = try #require(answers[item.id])
    var fields: [(String, String)] = []
    for label in answer.ticks {
      let control = try #require(item.control(label), "\(item.id): \(label)")
      fields.append((control.name, control.value))
    }
    for (label, text) in answer.places {
      let control = try #require(item.control(label), "\(item.id): \(label)")
      let option = try #require(control.options.first { $0.text == text }, "\(item.id): \(text)")
      fields.append((control.name, option.value))
    }
    for (label, text) in answer.texts {
      fields.append((try #require(item.control(label), "\(item.id): \(label)").name, text))
    }
    for (source, targets) in answer.grid {
      for target in targets {
        let control = try #require(item.control(target, under: source), "\(item.id): \(target)")
        fields.append((control.name, control.value))
      }
    }
    return fields
  }

  /// Goes to the stage with an item.
  private func open(
    _ item: String, _ visitor: Visitor, _ session: String
  ) async throws -> (path: String, item: ItemHTML) {
    for stage in 1...3 {
      let path = "/sessions/\(session)/stages/\(stage)"
      let items = ItemHTML.all(on: try await visitor.get(path).text)
      if let found = items.first(where: { $0.id == item }) { return (path, found) }
      _ = try await visitor.post(path, [("then", "submit")])
    }
    throw NoSuchItem()
  }

  private struct NoSuchItem: Error {}

  private func base(_ page: String) -> String {
    page.firstMatch(of: #/name="base" value="([^"]*)"/#).map { String($0.1) } ?? "none"
  }

  @Test func `the best answer to every kind of question is scored in its highest category`()
    async throws
  {
    try await withSession { site, visitor, session in
      var seen: Set<String> = []
      for stage in 1...3 {
        let path = "/sessions/\(session)/stages/\(stage)"
        let items = ItemHTML.all(on: try await visitor.get(path).text)
        let fields = try items.flatMap(best)
        seen.formUnion(items.map(\.id))
        let reply = try await visitor.post(path, fields)
        #expect(reply.location == "/sessions/\(session)/check", "\(reply.text)")
        let check = try await visitor.get("/sessions/\(session)/check").text
        #expect(check.components(separatedBy: "state-answered").count == items.count + 1)
        _ = try await visitor.post(path, [("then", "submit")])
      }
      #expect(seen == Set(answers.keys))
      let token = try #require(visitor.cookies["bianque"].flatMap { AccessToken($0) })
      let result = try #require(
        try await site.site.store.result(
          .init(id: .init(rawValue: session), owner: SessionOwner(tokenHash: token.hash))))
      for evidence in result.evidence {
        #expect(evidence.category == answers[evidence.item.rawValue]?.category)
        #expect(evidence.category == evidence.maximumCategory, "\(evidence.item.rawValue)")
      }
      #expect(result.evidence.count == 12)
    }
  }

  @Test func `what was answered stands in the controls again, and nothing else does`()
    async throws
  {
    try await withSession { _, visitor, session in
      for stage in 1...3 {
        let path = "/sessions/\(session)/stages/\(stage)"
        let items = ItemHTML.all(on: try await visitor.get(path).text)
        let fields = try items.flatMap(best)
        _ = try await visitor.post(path, fields)
        let again = try await visitor.get(path).text
        let shown = ItemHTML.all(on: again).flatMap(\.controls).filter { control in
          ["radio", "checkbox"].contains(control.type) ? control.isChecked : !control.value.isEmpty
        }
        #expect(shown.count == fields.count)
        // Sent back as it was shown it changes nothing.
        let sent = shown.map { ($0.name, $0.value) } + [("base", base(again))]
        #expect(try await visitor.post(path, sent).status == 303)
        #expect(base(try await visitor.get(path).text) == base(again))
        _ = try await visitor.post(path, [("then", "submit")])
      }
    }
  }

  @Test
  func `half an order brings the stage back with the remedy beside it and keeps what was set`()
    async throws
  {
    try await withSession { _, visitor, session in
      let (path, item) = try await open("x04-order", visitor, session)
      let selects = item.controls.filter { $0.tag == "select" }
      #expect(selects.count == 4)
      let reply = try await visitor.post(
        path, [("base", ",,,"), (selects[0].name, "2"), (selects[2].name, "1")])
      #expect(reply.status == 422)
      #expect(reply.text.contains("还有 2 项没有选序号"))
      let shown = try #require(ItemHTML.all(on: reply.text).first { $0.id == item.id })
      #expect(shown.controls.filter { $0.tag == "select" }.map(\.value) == ["2", "", "1", ""])
      #expect(shown.html.components(separatedBy: "aria-invalid").count == 3)
      let twice = try await visitor.post(
        path, [("base", ",,,")] + selects.map { ($0.name, "3") })
      #expect(twice.status == 422)
      #expect(twice.text.contains("有几项都选了 3"))
    }
  }

  @Test func `a match left half open is taken, and the check says what is empty`() async throws {
    try await withSession { _, visitor, session in
      let (path, item) = try await open("x05-match", visitor, session)
      let fields = Array(try best(item).prefix(3))
      #expect(try await visitor.post(path, [("base", ",,,")] + fields).status == 303)
      let check = try await visitor.get("/sessions/\(session)/check").text
      #expect(check.contains("只答了一部分"))
      #expect(check.contains("还有 1 处空着"))
    }
  }

  @Test func `a target used too often, half a pair and a word for a number come back with words`()
    async throws
  {
    for (id, label, value, sentence) in [
      ("x05-match", nil, 0, "同一项用得太多，最多 2 次"),
      ("x10-associate", "第 1 对，第一项", 1, "第 1 对只选了一项"),
      ("x08-text", "第 1 空，共 2 空", -1, "要填数字"),
    ] as [(String, String?, Int, String)] {
      try await withSession { _, visitor, session in
        let (path, item) = try await open(id, visitor, session)
        let fields = item.controls.filter { control in
          label.map { $0 == control.label } ?? (control.tag == "select")
        }.map { ($0.name, value < 0 ? "大半" : $0.options[value + (label == nil ? 1 : 0)].value) }
        let reply = try await visitor.post(path, [("base", ",,,")] + fields)
        #expect(reply.status == 422, "\(id)")
        #expect(reply.text.contains(sentence), "\(id)")
      }
    }
  }

  @Test(arguments: ["x02-multiple", "x04-order", "x08-text", "x11-composite", "x12-mark"])
  func `who is not sure says so on every item, and an answer given after that counts`(id: String)
    async throws
  {
    try await withSession { _, visitor, session in
      let (path, item) = try await open(id, visitor, session)
      let unsure = try #require(item.controls.first { $0.value == "unsure" })
      #expect(unsure.label == "我不确定")
      let fields = try best(item)
      let isOne = unsure.type == "radio"
      // Ticked beside an answer the tick is the last word.
      let both = (isOne ? [] : fields) + [(unsure.name, "unsure")]
      #expect(try await visitor.post(path, [("base", ",,,")] + both).status == 303)
      let page = try await visitor.get(path).text
      #expect(base(page).split(separator: ",").contains("unsure"))
      let shown = try #require(ItemHTML.all(on: page).first { $0.id == id })
      let filled = shown.controls.filter {
        $0.isChecked || $0.type == "text" && !$0.value.isEmpty
      }
      #expect(filled.map(\.value) == ["unsure"])
      // Answered on a page that showed the tick, the answer is.
      let after = fields + (isOne ? [] : [(unsure.name, "unsure")])
      #expect(try await visitor.post(path, [("base", base(page))] + after).status == 303)
      #expect(!base(try await visitor.get(path).text).contains("unsure"))
    }
  }

  @Test func `clearing every field takes the answer back, on the page that showed it`()
    async throws
  {
    try await withSession { _, visitor, session in
      let (path, item) = try await open("x07-gap", visitor, session)
      _ = try await visitor.post(path, [("base", ",,,")] + (try best(item)))
      let shown = base(try await visitor.get(path).text)
      #expect(shown != ",,,")
      // A tab that was opened before the answer clears nothing.
      _ = try await visitor.post(path, [("base", ",,,")])
      #expect(base(try await visitor.get(path).text) == shown)
      _ = try await visitor.post(path, [("base", shown)])
      #expect(base(try await visitor.get(path).text) == ",,,")
    }
  }

  @Test func `what an author calls a choice, a gap or a target stays on the server`() async throws {
    try await withSession { site, visitor, session in
      var sent = ""
      let program = try await site.visitor().json(
        .post, "/api/v1/sessions", ["environment": "A", "programme": "jiangsu-2020"])
      sent += program.text
      for stage in 1...3 {
        let path = "/sessions/\(session)/stages/\(stage)"
        let page = try await visitor.get(path).text
        sent += page
        for control in ItemHTML.all(on: page).flatMap(\.controls) where control.type != "text" {
          for value in [control.value] + control.options.map(\.value) {
            #expect(value.wholeMatch(of: #/[0-9a-f]{12}|unsure|[1-9]|/#) != nil, "\(value)")
          }
        }
        _ = try await visitor.post(path, try ItemHTML.all(on: page).flatMap(best))
        sent += try await visitor.get("/sessions/\(session)/check").text
        _ = try await visitor.post(path, [("then", "submit")])
      }
      let names = Set(
        bank.items.flatMap(\.item.interactions).flatMap { interaction in
          interaction.choices.map(\.id.rawValue) + interaction.gaps.map(\.rawValue)
        })
      for name in names {
        for quote in ["\"", "&quot;"] {
          #expect(!sent.contains("\(quote)\(name)\(quote)"), "\(name)")
        }
      }
      for word in ["SCORE", "FEEDBACK", "correct", "partly"] {
        #expect(!sent.replacing("state-partly", with: "").contains(word), "\(word)")
      }
      for message in bank.items.flatMap(\.item.modalFeedback) {
        #expect(!sent.contains(message.content.text))
      }
    }
  }

  @Test func `after the end each answer stands beside its advice`() async throws {
    try await withSession { _, visitor, session in
      for stage in 1...3 {
        let path = "/sessions/\(session)/stages/\(stage)"
        let items = ItemHTML.all(on: try await visitor.get(path).text)
        _ = try await visitor.post(path, try items.flatMap(best))
        _ = try await visitor.post(path, [("then", "submit")])
      }
      let result = try await visitor.get("/sessions/\(session)/result").text
      for advice in [
        "说出想法，全班就知道错在哪里。", "用得出来，才算会用。", "讲得清楚，说明懂了词义。",
        "先有猜想，视频才有用处。", "时机和用处都对。", "名单只能告诉本人。",
      ] { #expect(result.contains(advice), "\(advice)") }
      for other in ["打卡只说明交了作业。", "想想视频放在猜想前面会怎样。", "时间可以公开。"] {
        #expect(!result.contains(other), "\(other)")
      }
      #expect(result.contains("1 先让学生写下自己的猜想"))
    }
  }
}
