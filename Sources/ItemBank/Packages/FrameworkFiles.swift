import Competency
import Diagnostics

/// The shape of a CASE package: the parts of CFPackage that a framework needs.
struct CASEPackageFile: Decodable {
  struct Document: Decodable {
    struct Extensions: Decodable {
      var frameworkIdentifier: String?
    }

    var title: String
    var version: String?
    var extensions: Extensions?
  }

  struct Association: Decodable {
    struct Node: Decodable {
      var identifier: String
    }

    var associationType: String
    var originNodeURI: Node
    var destinationNodeURI: Node
  }

  enum CodingKeys: String, CodingKey {
    case document = "CFDocument"
    case items = "CFItems"
    case associations = "CFAssociations"
  }

  var document: Document
  private var items: [CASEItemFile]
  private(set) var associations: [Association]

  /// The identifiers of all its items, of whatever kind.
  var identifiers: [String] { items.map(\.identifier) }

  /// The items of a kind that have a code, in the order of the file.
  func items(_ kind: CASEItemFile.Kind) -> [CASEItemFile] {
    items.filter { $0.kind == kind && !$0.code.isEmpty }
  }

  /// The item of a kind that an item belongs to; nil when there is not exactly one.
  func parent(of item: CASEItemFile, _ kind: CASEItemFile.Kind) -> CASEItemFile? {
    let type = kind == .dimension ? "isChildOf" : "isPartOf"
    let parents = Set(
      associations.filter {
        $0.associationType == type && $0.originNodeURI.identifier == item.identifier
      }.map(\.destinationNodeURI.identifier))
    let matching = items(kind).filter { parents.contains($0.identifier) }
    return matching.count == 1 ? matching.first : nil
  }
}

/// The shape of a CFItem.
struct CASEItemFile: Decodable {
  enum Kind: CaseIterable {
    case dimension
    case environment
    case point

    /// The kinds by what the documents call them.
    fileprivate static let byName: [String: Kind] = [
      "能力维度": .dimension, "教学环境": .environment, "能力类别": .environment, "能力点": .point,
      "标准条目": .point,
    ]
  }

  struct Extensions: Decodable {
    var nameStatus: String?
  }

  var identifier: String
  var fullStatement: String
  var abbreviatedStatement: String?
  var humanCodingScheme: String?
  var extensions: Extensions?
  private var type: String?

  enum CodingKeys: String, CodingKey {
    case identifier
    case fullStatement
    case abbreviatedStatement
    case humanCodingScheme
    case extensions
    case type = "CFItemType"
  }

  var kind: Kind? { type.flatMap { Kind.byName[$0] } }

  var code: String { humanCodingScheme ?? "" }

  func name(english names: [String: String]) -> LocalizedName {
    let chinese = abbreviatedStatement ?? fullStatement
    return LocalizedName(chinese: chinese, english: names[code] ?? chinese)
  }
}

/// The shape of a measurement file.
struct MeasurementFile: Decodable {
  struct Prior: Decodable {
    var mean: Double
    var general: Double
    var dimension: Double
    var environment: Double
    var specific: Double
  }

  struct Target: Decodable {
    var location: Double
    var standardError: Double
  }

  struct Level: Decodable {
    struct Cut: Decodable {
      var location: Double
      var standardError: Double
      var setByPanel: Bool
    }

    var id: String
    var name: LocalizedText
    var description: LocalizedText
    var cut: Cut?
  }

  struct Courses: Decodable {
    var levelLocations: [Double]
    var levelWidth: Double
    var prerequisiteWaivedAt: Double
    var hourPenalty: Double
  }

  struct Environment: Decodable {
    var includes: [String]
    var description: LocalizedText
  }

  struct English: Decodable {
    var title: String
    var names: [String: String]
  }

  var framework: String
  var version: String
  var prior: Prior
  var testletVariance: Double
  var target: Target
  var provisionalVariance: Double
  var levels: [Level]
  var courses: Courses
  var environments: [String: Environment]
  var english: English
}

extension MeasurementFile {
  /// What is wrong with the numbers.
  var faults: [Text] {
    var faults: [Text] = []
    let variances = [
      prior.general, prior.dimension, prior.environment, testletVariance, provisionalVariance,
    ]
    if !variances.allSatisfy({ $0 >= 0 }) || prior.specific <= 0 {
      faults.append(
        Text(
          "方差不能小于 0，specific 应大于 0。",
          "No variance may be below 0, and specific should be above 0."))
    }
    let errors = [target.standardError] + levels.compactMap { $0.cut?.standardError }
    if !errors.allSatisfy({ $0 >= 0 }) {
      faults.append(Text("标准误不能小于 0。", "No standard error may be below 0."))
    }
    let cuts = levels.compactMap { $0.cut?.location }
    if levels.isEmpty || levels.first?.cut != nil || cuts.count != levels.count - 1
      || zip(cuts, cuts.dropFirst()).contains(where: { $0 >= $1 })
    {
      faults.append(
        Text(
          "水平应由低到高，最低一级没有界线，其余各有一条递增的界线。",
          "Levels go up; the lowest has no cut, each other one a cut above the last."))
    }
    if courses.levelLocations.isEmpty || courses.levelWidth <= 0
      || !(0...1).contains(courses.prerequisiteWaivedAt) || courses.hourPenalty < 0
    {
      faults.append(Text("courses 中的数不在允许的范围内。", "A number in courses is out of range."))
    }
    return faults
  }

  /// The constants as measurement uses them.
  var constants: MeasurementConstants {
    MeasurementConstants(
      version: version, priorMean: prior.mean, generalVariance: prior.general,
      dimensionVariance: prior.dimension, environmentVariance: prior.environment,
      specificVariance: prior.specific, testletVariance: testletVariance,
      target: target.location, targetStandardError: target.standardError,
      provisionalVariance: provisionalVariance, levels: levels.map(\.level),
      courseLevelLocations: courses.levelLocations, courseLevelWidth: courses.levelWidth,
      prerequisiteWaivedAt: courses.prerequisiteWaivedAt, hourPenalty: courses.hourPenalty)
  }
}

extension MeasurementFile.Level {
  fileprivate var level: ProficiencyLevel {
    ProficiencyLevel(
      id: ProficiencyLevel.ID(rawValue: id), name: name.name, description: description.name,
      cutScore: cut.map {
        CutScore(
          location: $0.location, standardError: $0.standardError, isSetByPanel: $0.setByPanel)
      })
  }
}
