public import Foundation
public import ItemBank

/// Judges who score the choices of items blind, or say where levels begin.
public struct Panel: Hashable, Sendable {
  /// What its judges are asked for.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Points for each choice of each item, without seeing key or colleagues.
    case options
    /// The score expected of a person at each border, item by item, in two rounds (Angoff).
    case angoff
    /// A mark for each border in a booklet ordered by difficulty (bookmark).
    case bookmark
  }

  /// What is judged.
  public struct Settings: Hashable, Sendable, Codable {
    /// The items, in the order in which they are shown.
    public var items: [String]
    /// The framework whose levels are set; empty where choices are scored.
    public var framework: String
    /// The levels whose lower border is set, lowest first; empty where choices are scored.
    public var levels: [String]

    /// Creates settings.
    public init(items: [String], framework: String = "", levels: [String] = []) {
      self.items = items
      self.framework = framework
      self.levels = levels
    }
  }

  /// Somebody who judges.
  public struct Judge: Hashable, Sendable {
    /// The number by which results name them, from 1, drawn when the panel was opened.
    public var number: Int
    /// The account.
    public var account: StaffAccount.ID

    /// Creates a judge.
    public init(number: Int, account: StaffAccount.ID) {
      self.number = number
      self.account = account
    }
  }

  /// Its number, from 1.
  public var number: Int
  /// What is asked.
  public var kind: Kind
  /// What it is called.
  public var name: String
  /// The bank whose items are judged, as they were when it was opened.
  public var bankVersion: Bank.Version
  /// What is judged.
  public var settings: Settings
  /// Where the order of the choices comes from.
  public var seed: UInt64
  /// The round it is in; 2 only for Angoff.
  public var round: Int
  /// Who opened it, as the audit log calls them.
  public var openedBy: String
  /// When it was opened.
  public var openedAt: Date
  /// When it was closed; nil while judges may say something.
  public var closedAt: Date?
  /// Its judges, by number.
  public var judges: [Judge]

  /// Whether judges may say something.
  public var isOpen: Bool { closedAt == nil }

  /// The items.
  public var items: [AssessmentItem.ID] { settings.items.map(AssessmentItem.ID.init(rawValue:)) }

  /// What an account is in it; nil if no judge.
  public func judge(_ account: StaffAccount.ID) -> Judge? { judges.first { $0.account == account } }
}

/// What a judge said about one item, or in one booklet.
public struct PanelEntry: Hashable, Sendable {
  /// The judge's number.
  public var judge: Int
  /// The round, from 1.
  public var round: Int
  /// The item; empty for the marks in a booklet.
  public var item: String
  /// What was said: by choice its points, or by level the expected score or the page.
  public var values: [String: Double]
  /// What the judge wrote beside it.
  public var remark: String
  /// How often it was said anew, from 1.
  public var revision: Int
  /// Whether it came after the end of its round, and does not count.
  public var isLate: Bool
  /// When.
  public var savedAt: Date

  /// Creates an entry.
  public init(
    judge: Int, round: Int, item: String, values: [String: Double], remark: String = "",
    revision: Int = 1, isLate: Bool = false, savedAt: Date
  ) {
    self.judge = judge
    self.round = round
    self.item = item
    self.values = values
    self.remark = remark
    self.revision = revision
    self.isLate = isLate
    self.savedAt = savedAt
  }
}
