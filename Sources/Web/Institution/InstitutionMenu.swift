/// The way between the institution's pages, the one that is shown marked.
enum InstitutionMenu {
  /// The values of the menu.
  ///
  /// - Parameters:
  ///   - address: the page that is shown.
  ///   - phrases: the texts.
  /// - Returns: the pages, in the order in which an editor needs them.
  static func values(page address: String, _ phrases: Phrases) -> [String: Any] {
    let pages = [
      (SitePath.institution, "desk.today"), (SitePath.institutionItems, "desk.items"),
      (SitePath.institutionDrafts, "desk.drafts"),
      (SitePath.institutionImport, "desk.itemImport"),
      (SitePath.institutionWhatIf, "desk.whatIf"),
      (SitePath.institutionPanels, "desk.panels"),
      (SitePath.institutionCalibrations, "desk.calibrations"),
      (SitePath.institutionForms, "desk.forms"),
      (SitePath.institutionReleases, "desk.releases"),
      (SitePath.institutionCourses, "desk.courses"), (SitePath.institutionDemand, "demand.title"),
      (SitePath.institutionGains, "gains.title"),
    ]
    // An item's page belongs to the list of items, a run's to the calibrations, what is said about
    // judges' figures to the panels.
    let guided = address == SitePath.panelGuide ? SitePath.institutionPanels : address
    let path = guided.split(separator: "?")[0]
    let present = pages.filter { path == $0.0 || path.hasPrefix($0.0 + "/") }
      .max { $0.0.count < $1.0.count }?.0
    return [
      "pages": pages.map { page, key -> [String: Any] in
        var values: [String: Any] = ["url": page, "text": phrases(key)]
        if page == present { values["isPresent"] = true }
        return values
      }
    ]
  }
}
