import Competency

extension XMLElement {
  /// The namespace of QTI's usage data.
  static let usageNamespace = "http://www.imsglobal.org/xsd/imsqti_usagedata_v3p0"

  /// The statistics that one calibration gives of an item, as elements of a usage file.
  ///
  /// Numbers are written so that they are read again as they are.
  static func statistics(
    _ parameters: PartialCreditParameters, of item: AssessmentItem.ID
  ) -> [XMLElement] {
    var values = [("slope", parameters.slope)]
    values += parameters.stepLocations.enumerated().map { ("step.\($0 + 1)", $1) }
    values += parameters.loadingShares.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { ("loading.\($0.key.rawValue)", $0.value) }
    if let variance = parameters.testletVariance { values.append(("testletVariance", variance)) }
    var attributes = [
      ("context", parameters.calibration),
      ("caseCount", String(parameters.isProvisional ? 0 : parameters.caseCount)),
    ]
    if !parameters.lastUpdated.isEmpty {
      attributes.append(("lastUpdated", parameters.lastUpdated))
    }
    return values.map { name, value in
      XMLElement(
        "ordinaryStatistic", usageNamespace,
        [("name", CollectedParameters.prefix + name)] + attributes,
        [
          XMLElement("targetObject", usageNamespace, [("identifier", item.rawValue)]),
          XMLElement("value", usageNamespace, [("baseType", "float")], text: "\(value)"),
        ])
    }
  }
}
