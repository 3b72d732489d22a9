public import ItemBank
public import Psychometrics

/// What the judges of a cut-score session said, and the borders that come of it.
public struct CutScoreJudgements: Hashable, Sendable {
  /// One judgement.
  public struct Judgement: Hashable, Sendable {
    /// The judge's number in the panel.
    public var judge: Int
    /// The round, from 1.
    public var round: Int
    /// The item; empty for the marks in a booklet.
    public var item: String
    /// By border: the score expected of a person there, or the page of the mark.
    public var values: [String: Double]

    /// Creates a judgement.
    public init(judge: Int, round: Int, item: String, values: [String: Double]) {
      self.judge = judge
      self.round = round
      self.item = item
      self.values = values
    }
  }

  /// What came of one border.
  public enum Outcome: Hashable, Sendable {
    /// Fewer than ``PanelRules/minimumJudges`` judges said all that is needed.
    case tooFewJudges(Int)
    /// The border.
    case cut(AbilityCut, judges: Int)
    /// What the judges said gives none.
    case none(CutScoreError)
  }

  /// The items, in the order of the models.
  public var items: [AssessmentItem.ID]
  /// The items' models.
  public var models: [ResponseModel]
  /// Everything that was said.
  public var judgements: [Judgement]

  /// Creates what was said.
  public init(items: [AssessmentItem.ID], models: [ResponseModel], judgements: [Judgement]) {
    self.items = items
    self.models = models
    self.judgements = judgements
  }

  /// The judges who have said something.
  public var judges: [Int] { Set(judgements.map(\.judge)).sorted() }

  /// What judges expect of a person at a border, item by item, of those who judged every item.
  ///
  /// What a judge did not say again in a later round stands as it was said.
  ///
  /// - Parameters:
  ///   - border: the border.
  ///   - round: the last round that counts.
  /// - Returns: by judge, one score for each item.
  public func expectations(of border: String, upTo round: Int) -> [Int: [Double]] {
    var said: [Int: [String: Double]] = [:]
    for judgement in judgements.sorted(by: { $0.round < $1.round }) where judgement.round <= round {
      if let value = judgement.values[border] {
        said[judgement.judge, default: [:]][judgement.item] = value
      }
    }
    return said.compactMapValues { values in
      let scores = items.compactMap { values[$0.rawValue] }
      return scores.count == items.count ? scores : nil
    }
  }

  /// The values that were said of one item in a round, rising, without who said them.
  ///
  /// Empty for fewer than ``PanelRules/spreadJudges``.
  public func spread(of item: AssessmentItem.ID, border: String, round: Int) -> [Double] {
    let values = judgements.filter { $0.round == round && $0.item == item.rawValue }
      .compactMap { $0.values[border] }
    return values.count >= PanelRules.spreadJudges ? values.sorted() : []
  }

  /// A border by expected scores (Angoff).
  public func angoff(_ border: String, upTo round: Int) -> Outcome {
    let judges = expectations(of: border, upTo: round).sorted { $0.key < $1.key }.map(\.value)
    guard judges.count >= PanelRules.minimumJudges else { return .tooFewJudges(judges.count) }
    do throws(CutScoreError) {
      return .cut(try Angoff.cut(judgements: judges, models: models), judges: judges.count)
    } catch {
      return .none(error)
    }
  }

  /// A border by marks in the booklet of the items (bookmark).
  public func bookmark(_ border: String) -> Outcome {
    let marks = judgements.filter { $0.item.isEmpty }.compactMap { $0.values[border] }
      .compactMap(Int.init(exactly:))
    guard marks.count >= PanelRules.minimumJudges else { return .tooFewJudges(marks.count) }
    do throws(CutScoreError) {
      return .cut(try Bookmark(models: models).cut(marks: marks), judges: marks.count)
    } catch {
      return .none(error)
    }
  }
}
