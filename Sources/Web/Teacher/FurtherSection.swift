import Delivery
import ItemBank
import Storage

/// One stage more on top of a finished test: what it is expected to bring, and what it brought.
struct FurtherSection {
  /// What can be done now.
  private enum Standing {
    case offered(FurtherStage)
    /// Begun, in the same browser or another, and not finished.
    case open(TestSession.ID, TestSession)
    case limitReached
    case nothingLeft
    /// There is nothing to say: all is clear, the test chooses no stages, or a newer session exists.
    case closed
  }

  private let opened: OpenedSession
  private let result: TestResult
  private let standing: Standing
  /// The newest finished session of both together: plans are made from it.
  let newest: TestSession.ID

  /// Reads what can follow a finished session.
  ///
  /// - Throws: the store's error if it cannot be read.
  init(_ opened: OpenedSession, result: TestResult, site: Site) async throws {
    self.opened = opened
    self.result = result
    let continuations = try await site.store.continuations(of: opened.key)
    newest = continuations.last(where: \.isFinished)?.id ?? opened.key.id
    if let open = continuations.last, !open.isFinished {
      let key = SessionKey(id: open.id, owner: opened.key.owner)
      standing = .open(open.id, try await OpenedSession(key, site: site).session)
      return
    }
    guard continuations.isEmpty, result.unclearPoints.count > 0, !result.evidence.isEmpty,
      opened.bank.blueprint(of: opened.session.start.test)?.selection != nil
    else {
      standing = .closed
      return
    }
    if opened.session.furtherStages >= TestSession.furtherStageLimit {
      standing = .limitReached
    } else if try await site.store.isSuperseded(opened.stored, of: opened.key.owner) {
      standing = .closed
    } else {
      standing =
        try await site.store.furtherStage(
          after: opened.session, of: opened.key.owner, bank: opened.bank
        ).map(Standing.offered) ?? .nothingLeft
    }
  }

  /// The way from a result that a newer one stands for; nil while there is none.
  func newerValues(_ phrases: Phrases) -> [String: Any]? {
    newest == opened.key.id ? nil : ["url": SitePath.result(newest)]
  }

  /// The values of the section; nil when there is nothing to say.
  func values(_ phrases: Phrases) -> [String: Any]? {
    var values: [String: Any] = ["titleText": phrases("further.title")]
    if let expectation = opened.stored.expectation {
      let now = result.unclearPoints
      values["titleText"] = phrases("further.resultTitle")
      values["realisedText"] = phrases(
        "further.realised",
        [
          "before": "\(expectation.before.count)", "expected": Self.whole(expectation.unclear),
          "after": "\(now.count)", "uncertain": "\(now.uncertain)", "untested": "\(now.untested)",
        ])
      values["earlierURL"] = opened.stored.earlier.last.map { SitePath.result($0.id) }
    }
    switch standing {
    case .offered(let further): values["offer"] = offer(further, phrases)
    case .open(let id, let session): values["openURL"] = SitePath.current(session, id: id)
    case .limitReached:
      values["endText"] = phrases(
        "further.limit", ["stages": "\(TestSession.furtherStageLimit)"])
    case .nothingLeft: values["endText"] = phrases("further.nothingLeft")
    case .closed: if values["realisedText"] == nil { return nil }
    }
    return values
  }

  private func offer(_ further: FurtherStage, _ phrases: Phrases) -> [String: Any] {
    let items = "\(further.stage.items.count)"
    let after = Self.whole(further.expectedUnclear)
    let isLittle = after == "\(further.before.count)"
    return [
      "text": phrases(
        isLittle ? "further.offerLittle" : "further.offer",
        [
          "before": "\(further.before.count)", "uncertain": "\(further.before.uncertain)",
          "untested": "\(further.before.untested)", "items": items,
          "minutes": "\(StagePage.minutesPerStage)", "after": after,
        ]),
      "action": SitePath.further(opened.key.id),
      "buttonText": phrases("further.button", ["items": items]),
    ]
  }

  private static func whole(_ number: Double) -> String { "\(Int(number.rounded()))" }
}
