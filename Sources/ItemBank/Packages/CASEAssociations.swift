import Diagnostics

extension PackageReading {
  /// Looks for associations that lead nowhere, over all CASE packages of the bank together.
  ///
  /// A framework that no test is about has no measurement file, and a crosswalk between frameworks
  /// has no items of its own: both are read here, so that what they say can be relied on.
  mutating func checkAssociations() {
    var known: Set<String> = []
    var packages: [(path: String, package: CASEPackageFile)] = []
    for path in paths where isCASEPackage(path) {
      guard let bytes = content(path) else { continue }
      var findings = Findings(file: label(path))
      let package = findings.decode(CASEPackageFile.self, from: bytes)
      // What cannot be read of a framework with a measurement file has been said already.
      guard let package else {
        if !hasMeasurement(path) { append(findings.diagnostics) }
        continue
      }
      for identifier in package.identifiers where !known.insert(identifier).inserted {
        findings.noteDuplicate(identifier, line: 0)
      }
      append(findings.diagnostics)
      packages.append((path, package))
    }
    for (path, package) in packages {
      var findings = Findings(file: label(path))
      for association in package.associations {
        for node in [association.originNodeURI, association.destinationNodeURI]
        where !known.contains(node.identifier) {
          findings.noteDangling(node.identifier, type: association.associationType)
        }
      }
      append(findings.diagnostics)
    }
  }

  private func isCASEPackage(_ path: String) -> Bool {
    path.hasPrefix("frameworks/") && path.hasSuffix(".json")
      && !path.hasSuffix(".measurement.json")
  }

  private func hasMeasurement(_ path: String) -> Bool {
    content(String(path.dropLast(".json".count)) + ".measurement.json") != nil
  }
}

extension Findings {
  fileprivate mutating func noteDangling(_ identifier: String, type: String) {
    error(
      "case-association", line: 0,
      Text(
        "关联 \(type.prefix(40)) 指向的条目 \(identifier.prefix(80)) 不在题库的框架中。",
        "The association \(type.prefix(40)) leads to \(identifier.prefix(80)), "
          + "which no framework of the bank has."),
      remedy: Text(
        "请改正 identifier，或把那个框架的文件写进清单。",
        "Correct the identifier, or name that framework's file in the manifest."))
  }
}
