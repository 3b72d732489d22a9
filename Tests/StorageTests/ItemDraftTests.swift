import Foundation
import ItemBank
import Storage
import Testing

/// Drafts of items as they are kept.
struct ItemDraftTests {
  private func manuscript(_ title: String) -> ItemManuscript {
    var manuscript = ItemManuscript()
    manuscript[.title] = title
    return manuscript
  }

  private func saving(
    _ title: String, from revision: Int, page: String = "p", follows: Bool = true
  ) -> ItemDraftSaving {
    ItemDraftSaving(
      manuscript(title), from: revision, page: page, followsOwnPage: follows, editor: "account:b")
  }

  private let id = ItemDraft.ID(rawValue: "draft-1")

  @Test func `a draft reads back with who, when and which text`() async throws {
    try await TestStore.with { store, _ in
      let begun = try await store.beginItemDraft(
        id, with: manuscript("一"), changing: nil, author: "account:a", at: TestStore.noon)
      #expect(begun == id)
      _ = try await store.saveItemDraft(id, saving("二", from: 1), at: TestStore.noon + 60)
      let draft = try #require(try await store.itemDraft(id))
      #expect(draft.author == "account:a" && draft.editor == "account:b" && draft.revision == 2)
      #expect(draft.begunAt == TestStore.noon && draft.savedAt == TestStore.noon + 60)
      #expect(draft.manuscript == manuscript("二") && draft.base == nil)
      #expect(try await store.manuscript(of: id, revision: 1) == manuscript("一"))
      #expect(try await store.itemDrafts() == [draft])
    }
  }

  @Test func `of one item there is one draft`() async throws {
    try await TestStore.with { store, _ in
      let item = AssessmentItem.ID(rawValue: "a1-01")
      _ = try await store.beginItemDraft(
        id, with: manuscript("一"), changing: item, author: "account:a", at: TestStore.noon)
      let again = try await store.beginItemDraft(
        ItemDraft.ID(rawValue: "draft-2"), with: manuscript("二"), changing: item,
        author: "account:b", at: TestStore.noon)
      #expect(again == id)
      let base = try #require(try await store.itemDraft(id)?.base)
      #expect(base == ItemDraft.Base(item: item, manuscript: manuscript("一")))
      for name in ["draft-3", "draft-4"] {
        let new = try await store.beginItemDraft(
          ItemDraft.ID(rawValue: name), with: ItemManuscript(), changing: nil,
          author: "account:a", at: TestStore.noon)
        #expect(new.rawValue == name, "new items are as many as are begun")
      }
    }
  }

  @Test func `a text made from an older one is kept only where it follows its own page`()
    async throws
  {
    try await TestStore.with { store, _ in
      _ = try await store.beginItemDraft(
        id, with: manuscript("一"), changing: nil, author: "account:a", at: TestStore.noon)
      func outcome(_ saving: ItemDraftSaving) async throws -> String {
        switch try await store.saveItemDraft(id, saving, at: TestStore.noon) {
        case .kept(let draft): "kept \(draft.revision)"
        case .stale(let draft): "stale \(draft.revision)"
        case .gone: "gone"
        }
      }
      #expect(try await outcome(saving("二", from: 1, page: "p")) == "kept 2")
      #expect(try await outcome(saving("三", from: 1, page: "q")) == "stale 2")
      #expect(try await outcome(saving("三", from: 1, page: "p")) == "kept 3")
      #expect(try await outcome(saving("四", from: 2, page: "p", follows: false)) == "stale 3")
      #expect(try await outcome(saving("三", from: 1, page: "q")) == "kept 3", "the same once more")
      #expect(try await outcome(saving("四", from: 9, page: "p")) == "stale 3", "no such text yet")
      #expect(try await store.itemDraft(id)?.manuscript == manuscript("三"))
      #expect(
        try await store.deleteItemDraft(id, reason: "重复", actor: "account:a", at: TestStore.noon))
      #expect(try await outcome(saving("五", from: 3)) == "gone")
      #expect(try await store.manuscript(of: id, revision: 1) == nil)
    }
  }

  @Test func `of two who save at the same time one is told of the other`() async throws {
    try await TestStore.with { store, _ in
      _ = try await store.beginItemDraft(
        id, with: manuscript("一"), changing: nil, author: "account:a", at: TestStore.noon)
      let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
        for name in 0..<8 {
          let wish = saving("第\(name)", from: 1, page: "p\(name)")
          group.addTask {
            if case .kept = try await store.saveItemDraft(id, wish, at: TestStore.noon) {
              true
            } else {
              false
            }
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(kept == 1)
      #expect(try await store.itemDraft(id)?.revision == 2)
    }
  }

  @Test func `a text kept while another was handed in stays, as a change of that`() async throws {
    try await TestStore.with { store, folder in
      _ = try await store.beginItemDraft(
        id, with: manuscript("一"), changing: nil, author: "account:a", at: TestStore.noon)
      var handed = try #require(try await store.itemDraft(id))
      handed.manuscript[.identifier] = "q1"
      _ = try await store.saveItemDraft(id, saving("二", from: 1), at: TestStore.noon)
      try await store.endItemDraft(handedIn: handed, actor: "account:a", at: TestStore.noon)
      let left = try #require(try await store.itemDraft(id))
      #expect(left.base?.item.rawValue == "q1" && left.manuscript == manuscript("二"))
      try await store.endItemDraft(handedIn: left, actor: "account:a", at: TestStore.noon)
      #expect(try await store.itemDraft(id) == nil)
      let rows = try RawDatabase(folder).rows("SELECT count(*) FROM item_draft_revision")
      #expect(rows == ["0"])
    }
  }
}
