public import Competency
public import Diagnostics

/// Reads a framework from its two files: the CASE package that names its points, and the
/// measurement file beside it.
public enum FrameworkReader {
  /// Reads one framework.
  ///
  /// Never throws for content.
  ///
  /// - Parameters:
  ///   - caseBytes: the CASE package, such as `frameworks/cn-2.0.json`.
  ///   - caseFile: its name in diagnostics.
  ///   - measurementBytes: the constants, such as `frameworks/cn-2.0.measurement.json`.
  ///   - measurementFile: its name in diagnostics.
  /// - Returns: the framework, nil when a diagnostic is an error; and what is wrong with it.
  public static func read(
    caseBytes: [UInt8], caseFile: String, measurementBytes: [UInt8], measurementFile: String
  ) -> (framework: Framework?, diagnostics: [Diagnostic]) {
    var findings = Findings(file: caseFile)
    var measurementFindings = Findings(file: measurementFile)
    let package = findings.decode(CASEPackageFile.self, from: caseBytes)
    let measurement = measurementFindings.decode(MeasurementFile.self, from: measurementBytes)
    guard let package, let measurement else {
      return (nil, findings.diagnostics + measurementFindings.diagnostics)
    }
    measurementFindings.check(measurement, against: package)
    findings.checkIdentifiers(of: package)
    let points = package.items(.point).compactMap {
      findings.point($0, in: package, english: measurement.english.names)
    }
    let environments = package.items(.environment).compactMap {
      measurementFindings.environment($0, measurement)
    }
    let diagnostics = findings.diagnostics + measurementFindings.diagnostics
    if findings.hasErrors || measurementFindings.hasErrors { return (nil, diagnostics) }
    let names = measurement.english.names
    let framework = Framework(
      id: Framework.ID(rawValue: measurement.framework), version: package.document.version ?? "1",
      title: LocalizedName(
        chinese: package.document.title, english: measurement.english.title),
      dimensions: package.items(.dimension).map {
        Dimension(id: Dimension.ID(rawValue: $0.code), name: $0.name(english: names))
      },
      environments: environments, points: points, measurement: measurement.constants)
    return (framework, diagnostics)
  }
}

extension Findings {
  fileprivate mutating func check(_ measurement: MeasurementFile, against package: CASEPackageFile)
  {
    if let identifier = package.document.extensions?.frameworkIdentifier,
      identifier != measurement.framework
    {
      error(
        "framework-identifier", line: 0,
        Text(
          "测量文件属于框架 \(measurement.framework)，而不是 \(identifier)。",
          "The measurement file belongs to framework \(measurement.framework), not \(identifier)."),
        remedy: Text("请检查文件名与 framework 一项。", "Check the file's name and its framework."))
    }
    for fault in measurement.faults {
      error(
        "measurement", line: 0, fault,
        remedy: Text("请改正测量文件中的数。", "Correct the numbers in the measurement file."))
    }
  }

  fileprivate mutating func checkIdentifiers(of package: CASEPackageFile) {
    for kind in CASEItemFile.Kind.allCases {
      var codes: Set<String> = []
      for item in package.items(kind) where !codes.insert(item.code).inserted {
        noteDuplicate(item.code, line: 0)
      }
    }
    if package.items(.point).isEmpty {
      error(
        "no-points", line: 0,
        Text("框架中没有能力点。", "The framework has no competency points."),
        remedy: Text(
          "请给 CFItem 写上 CFItemType“能力点”或“标准条目”，以及 humanCodingScheme。",
          "Give CFItems the CFItemType 能力点 or 标准条目, and a humanCodingScheme."))
    }
  }

  fileprivate mutating func point(
    _ item: CASEItemFile, in package: CASEPackageFile, english: [String: String]
  ) -> CompetencyPoint? {
    guard let dimension = package.parent(of: item, .dimension),
      let environment = package.parent(of: item, .environment)
    else {
      error(
        "framework-structure", line: 0,
        Text(
          "能力点 \(item.code) 没有归入一个维度和一个环境。",
          "The point \(item.code) belongs to no dimension or no environment."),
        remedy: Text(
          "请用 isChildOf 指向维度，用 isPartOf 指向环境。",
          "Associate it with isChildOf to a dimension and isPartOf to an environment."))
      return nil
    }
    return CompetencyPoint(
      id: CompetencyPoint.ID(rawValue: item.code), name: item.name(english: english),
      statement: item.abbreviatedStatement == nil ? nil : item.fullStatement,
      dimension: Dimension.ID(rawValue: dimension.code),
      environment: Environment.ID(rawValue: environment.code),
      nameStatus: item.extensions?.nameStatus == "verified" ? .verified : .fromMemory,
      caseIdentifier: item.identifier)
  }

  fileprivate mutating func environment(
    _ item: CASEItemFile, _ measurement: MeasurementFile
  ) -> Environment? {
    guard let details = measurement.environments[item.code],
      details.includes.allSatisfy({ measurement.environments[$0] != nil })
    else {
      error(
        "framework-structure", line: 0,
        Text(
          "环境 \(item.code) 没有说明，或包含未知的环境。",
          "The environment \(item.code) is not described, or includes an unknown one."),
        remedy: Text("请补全 environments 一项。", "Complete environments."))
      return nil
    }
    return Environment(
      id: Environment.ID(rawValue: item.code),
      name: item.name(english: measurement.english.names),
      description: details.description.name,
      includes: details.includes.map { Environment.ID(rawValue: $0) })
  }
}
