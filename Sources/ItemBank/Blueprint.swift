public import Competency

/// How many items of which kind a teacher gets in a test.
///
/// Read from the JSON file beside the test, such as `tests/diagnostic-2.0.blueprint.json`.
public struct Blueprint: Hashable, Sendable {
  /// Who may take a test.
  public enum Audience: String, Hashable, Sendable, CaseIterable {
    /// Anybody, without signing in.
    case `public`
    /// Teachers whom an institution has enrolled.
    case enrolled
  }

  /// The rules for the teachers of one environment.
  public struct Form: Hashable, Sendable {
    /// The teacher's environment.
    public var environment: Environment.ID
    /// How many items come from each environment; the sum is the length of the test.
    public var fromEnvironment: [Environment.ID: Int]
    /// How few and how many items come from each dimension; a dimension not named is free.
    public var fromDimension: [Dimension.ID: ClosedRange<Int>]
    /// The most items a point may have.
    public var perPointMaximum: Int
    /// The most items of the points that differ from ``perPointMaximum``.
    public var perPointException: [CompetencyPoint.ID: Int]

    /// Creates a form.
    public init(
      environment: Environment.ID, fromEnvironment: [Environment.ID: Int],
      fromDimension: [Dimension.ID: ClosedRange<Int>], perPointMaximum: Int,
      perPointException: [CompetencyPoint.ID: Int] = [:]
    ) {
      self.environment = environment
      self.fromEnvironment = fromEnvironment
      self.fromDimension = fromDimension
      self.perPointMaximum = perPointMaximum
      self.perPointException = perPointException
    }

    /// The most items a point may have in this form.
    public func maximum(of point: CompetencyPoint.ID) -> Int {
      perPointException[point] ?? perPointMaximum
    }
  }

  /// How the stages after the first are chosen when they are not drawn beforehand: within the same
  /// rules, the items that are expected to make the abilities surest.
  public struct Selection: Hashable, Sendable {
    /// Among how many of the best units one is drawn.
    public var among: Int
    /// The largest share of the sessions that could have had an item in which it may be.
    public var maximumExposure: Double

    /// The fewest items a test needs before its items may be chosen by what they tell: with fewer
    /// the same ones would come back too often.
    public static let minimumItemCount = 200

    /// Creates a selection.
    public init(among: Int, maximumExposure: Double) {
      self.among = among
      self.maximumExposure = maximumExposure
    }
  }

  /// The test it belongs to.
  public var test: AssessmentTest.ID
  /// Its version.
  public var version: String
  /// The name of the test for teachers.
  public var title: LocalizedName
  /// The framework its points, dimensions and environments are of.
  public var framework: Framework.ID
  /// Who may take the test.
  public var audience: Audience
  /// The number of stages, at least 1.
  public var stages: Int
  /// The number of items in a stage, at least 1.
  public var itemsPerStage: Int
  /// How many items that are tried out are mixed into a form beside those that count.
  public var pilotItems: Int
  /// The forms, one for each environment.
  public var forms: [Form]
  /// Items that must not meet: of each group a form holds one at most.
  ///
  /// Parallel items are kept apart anyway, see ``BankItem/parallelFamily``.
  public var enemies: [[AssessmentItem.ID]]
  /// How later stages are chosen; nil when the whole form is drawn at the start.
  public var selection: Selection?
  /// Whether it was changed in the service; it then outlives a folder that says otherwise.
  public var isChangedInService: Bool
  /// The file it was read from, as the reader was given it.
  public var file: String

  /// Creates a blueprint.
  public init(
    test: AssessmentTest.ID, version: String, title: LocalizedName, framework: Framework.ID,
    audience: Audience, stages: Int, itemsPerStage: Int, pilotItems: Int = 0, forms: [Form],
    enemies: [[AssessmentItem.ID]] = [], selection: Selection? = nil,
    isChangedInService: Bool = false, file: String = ""
  ) {
    self.test = test
    self.version = version
    self.title = title
    self.framework = framework
    self.audience = audience
    self.stages = stages
    self.itemsPerStage = itemsPerStage
    self.pilotItems = pilotItems
    self.forms = forms
    self.enemies = enemies
    self.selection = selection
    self.isChangedInService = isChangedInService
    self.file = file
  }

  /// The number of items a teacher gets that count.
  public var length: Int { stages * itemsPerStage }

  /// The form for the teachers of an environment.
  public func form(for environment: Environment.ID) -> Form? {
    forms.first { $0.environment == environment }
  }
}

extension Bank {
  /// How many items that are tried out a teacher may get in a test, beside those that count.
  public func pilotItemCount(of blueprint: Blueprint) -> Int {
    min(blueprint.pilotItems, items(of: blueprint.test).count { $0.state == .pilot })
  }
}

extension Bank {
  /// The same bank with another blueprint for one test; its version stays.
  public func replacing(_ blueprint: Blueprint) -> Bank {
    Bank(
      version: version, title: title, frameworks: frameworks, items: items, stimuli: stimuli,
      tests: tests,
      blueprints: blueprints.map { $0.test == blueprint.test ? blueprint : $0 })
  }
}
