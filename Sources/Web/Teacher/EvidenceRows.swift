import Competency
import Delivery
import ItemBank

/// The answered items behind a result, and the versions it was worked out with.
///
/// Of an item there is the stem and what the teacher chose. Only practice banks, whose keys are public,
/// also show the message of what was chosen.
struct EvidenceRows {
  let opened: OpenedSession
  let phrases: Phrases
  /// Whether the messages of choices may be shown.
  let isPractice: Bool

  init(opened: OpenedSession, phrases: Phrases) {
    self.init(
      opened: opened, phrases: phrases,
      isPractice: opened.bank.isPractice(opened.session.start.test))
  }

  init(opened: OpenedSession, phrases: Phrases, isPractice: Bool) {
    self.opened = opened
    self.phrases = phrases
    self.isPractice = isPractice
  }

  /// One row for each item that is still in the bank.
  ///
  /// - Parameters:
  ///   - evidence: the items.
  ///   - point: the point they are looked at for; nil for all they are about.
  /// - Returns: the values of the rows.
  func rows(
    _ evidence: [TestResult.ItemEvidence], about point: CompetencyPoint.ID? = nil
  ) -> [[String: Any]] {
    evidence.compactMap { evidence in
      guard let item = opened.bank.item(evidence.item) else { return nil }
      var row: [String: Any] = [
        "numberText": phrases(
          "stage.item", ["number": "\(opened.session.number(of: evidence.item))"]),
        "promptText": item.item.question,
        "pointText": item.points.map(\.rawValue).joined(separator: " "),
      ]
      if let point, let share = item.parameters?.loadingShares[point] {
        row["shareText"] = phrases(share >= 0.5 ? "pointPage.chiefly" : "pointPage.also")
      }
      if evidence.isUnsure {
        row["unsure"] = true
      } else if case .response(let responses)? = opened.session.givenAnswers[evidence.item] {
        row["chosen"] = chosen(responses, in: item.item)
      }
      return row
    }
  }

  private func chosen(
    _ responses: [String: ResponseValue], in item: AssessmentItem
  ) -> [String: Any] {
    let fields = AnswerFields(item, in: opened.session)
    return [
      "text": AnswerSummary(fields, answer: .response(responses)).wholeText,
      "feedback": isPractice ? feedback(of: item, after: responses) : [],
    ]
  }

  private func feedback(
    of item: AssessmentItem, after responses: [String: ResponseValue]
  ) -> [String] {
    do throws(ResponseError) {
      return try item.feedback(after: responses).map(\.text)
    } catch {
      // Responses were checked when they were saved; one that no longer fits has no message.
      return []
    }
  }

  /// What a result was worked out with.
  static func versions(
    _ result: TestResult, framework: Framework, _ phrases: Phrases
  ) -> [[String: Any]] {
    [
      ("versionBank", result.versions.bank),
      (
        "versionCalibration",
        result.versions.calibration.split(separator: "/").last.map(String.init) ?? ""
      ),
      ("versionFramework", "\(framework.id.rawValue) \(result.versions.measurement)"),
      ("versionEngine", result.versions.engine),
    ].map { key, value in ["name": phrases("result.\(key)"), "value": value] }
  }
}

extension Bank {
  /// Whether a test is open to anybody: then its keys are public, and its messages help to learn.
  func isPractice(_ test: AssessmentTest.ID) -> Bool {
    blueprint(of: test)?.audience == .public
  }
}
