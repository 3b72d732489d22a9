import Competency
import Courses
import Delivery
import Foundation
import ItemAnalysis
import ItemBank
import People
import Storage

/// The addresses of pages, in one place: links and routes cannot disagree.
enum SitePath {
  static let landing = "/"
  static let start = "/start"
  static let sessions = "/sessions"
  static let help = "/help"
  static let language = "/language"
  static let erased = "/erased"
  static let signIn = "/sign-in"
  static let staffSignIn = "/sign-in/staff"
  static let signOut = "/sign-out"
  static let activate = "/activate"
  static let me = "/me"
  static let myData = "/me/data"
  static let desk = "/desk"
  static let staff = "/operator/staff"
  static let audit = "/operator/audit"
  static let roster = "/operator/roster"
  static let ownSchool = "/school"
  static let ownRegion = "/regions"
  static let institutionCourses = "/institution/courses"
  static let institutionDemand = "/institution/courses/demand"
  static let institutionGains = "/institution/courses/gains"
  static let institutionSlot = "/institution/courses/slot"
  static func returnedSheet(_ token: String) -> String { "/institution/returned/\(token)" }
  /// The form of a course; `{course}` stands for any.
  static func courseForm(_ course: String) -> String { "/institution/courses/\(course)/edit" }

  static func courseForm(_ course: Course.ID) -> String { courseForm(escaped(course.rawValue)) }
  static let institutionReleases = "/institution/releases"
  static let institutionWhatIf = "/institution/what-if"
  static let institutionCalibrations = "/institution/calibrations"

  /// A change of an item, to be looked at before it is made.
  static func whatIf(_ item: AssessmentItem.ID) -> String {
    "\(institutionWhatIf)?item=" + escaped(item.rawValue)
  }

  static let institutionForms = "/institution/forms"

  /// The blueprint of a test.
  static func form(_ test: AssessmentTest.ID) -> String {
    "\(institutionForms)/" + escaped(test.rawValue)
  }

  static func formRelease(_ test: AssessmentTest.ID) -> String { "\(form(test))/release" }

  static func formTrials(_ test: AssessmentTest.ID) -> String { "\(form(test))/trials" }

  static func formTrial(_ number: Int, of test: AssessmentTest.ID) -> String {
    "\(formTrials(test))/\(number)"
  }

  static func formWindowList(_ test: AssessmentTest.ID) -> String { "\(form(test))/windows" }

  static func formWindow(_ number: Int, of test: AssessmentTest.ID) -> String {
    "\(formWindowList(test))/\(number)"
  }

  /// When a test is open, on its page.
  static func formWindows(_ test: AssessmentTest.ID) -> String { "\(form(test))#windows" }

  static func calibration(_ number: Int) -> String { "\(institutionCalibrations)/\(number)" }
  static let institution = "/institution"
  static let institutionItems = "/institution/items"
  static let institutionImport = "/institution/import"
  static let institutionExport = "/institution/items.zip"
  static let institutionStates = "/institution/items/states"
  static let institutionDrafts = "/institution/drafts"

  /// An item that is being written.
  static func draft(_ draft: ItemDraft.ID) -> String { "\(institutionDrafts)/\(draft.rawValue)" }

  static func draftHandIn(_ draft: ItemDraft.ID) -> String { "\(self.draft(draft))/hand-in" }
  static let institutionAnalyses = "/institution/analyses"

  static func item(_ item: AssessmentItem.ID) -> String {
    "\(institutionItems)/" + escaped(item.rawValue)
  }

  /// The items with a flag.
  static func items(flagged kind: Finding.Kind) -> String {
    "\(institutionItems)?flag=\(kind.rawValue)"
  }

  static let institutionPanels = "/institution/panels"
  static let panelGuide = "/institution/panel-guide"
  static let judging = "/panels"

  /// A panel of judges as the institution sees it.
  static func panel(_ number: Int) -> String { "\(institutionPanels)/\(number)" }

  /// Where the borders of a panel are put to use.
  static func panelCuts(_ number: Int) -> String { "\(panel(number))/cuts" }

  /// A panel as its judges see it.
  static func judging(_ number: Int) -> String { "\(judging)/\(number)" }

  /// What a judge is asked at one place of a panel, from 1.
  static func judging(_ number: Int, place: Int) -> String {
    "\(judging(number))/items/\(place)"
  }

  /// Other points for items, to be looked at before they are given, with the reason for it.
  static func whatIf(points: [(AssessmentItem.ID, [SimpleChoice.ID: Int])], reason: String)
    -> String
  {
    let changes = points.flatMap { item, worth in
      let name = escaped(item.rawValue)
      return ["item=\(name)"]
        + worth.sorted { $0.key.rawValue < $1.key.rawValue }.map {
          "points.\(name).\(escaped($0.key.rawValue))=\($0.value)"
        }
    }
    return institutionWhatIf + "?"
      + (changes + ["reason=\(escaped(reason))"])
      .joined(separator: "&")
  }

  static func invitation(_ token: String) -> String { "/invitations/\(token)" }

  static func people(_ unit: AdministrativeUnit.ID) -> String { "/schools/\(unit.rawValue)/people" }

  static func school(_ unit: AdministrativeUnit.ID) -> String { "/schools/\(unit.rawValue)" }

  static func region(_ unit: AdministrativeUnit.ID) -> String { "/regions/\(unit.rawValue)" }

  static func people(_ group: TeachingGroupID) -> String { "/groups/\(group.rawValue)/people" }

  static func schoolRoster(_ unit: AdministrativeUnit.ID) -> String {
    "/schools/\(unit.rawValue)/roster"
  }

  /// The forms that a school prints.
  static func paper(_ unit: AdministrativeUnit.ID) -> String { "/schools/\(unit.rawValue)/paper" }

  static func paper(_ form: PaperForm.Code, of unit: AdministrativeUnit.ID) -> String {
    "\(paper(unit))/\(form.rawValue)"
  }

  static func paperEntry(_ form: PaperForm.Code, of unit: AdministrativeUnit.ID) -> String {
    "\(paper(form, of: unit))/entry"
  }

  /// The questions before a test.
  static func questions(before test: AssessmentTest.ID) -> String {
    "\(start)?test=\(test.rawValue)"
  }

  static func stage(_ number: Int, of session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/stages/\(number)"
  }

  static func check(_ session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/check"
  }

  static func saved(_ session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/saved"
  }

  static func done(_ session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/done"
  }

  static func result(_ session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/result"
  }

  /// One stage more than the finished session had.
  static func further(_ session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/further"
  }

  /// What is said of one point of a result.
  static func point(_ point: CompetencyPoint.ID, of session: TestSession.ID) -> String {
    "\(result(session))/points/\(escaped(point.rawValue))"
  }

  static func erasure(_ session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/erasure"
  }

  static func plans(_ session: TestSession.ID) -> String {
    "\(sessions)/\(session.rawValue)/plans"
  }

  static func plan(_ plan: StoredPlan.ID) -> String { "/plans/\(plan.rawValue)" }

  static func print(_ plan: StoredPlan.ID) -> String { "/plans/\(plan.rawValue)/print" }

  static func changes(_ plan: StoredPlan.ID) -> String { "/plans/\(plan.rawValue)/changes" }

  /// The words about the last change of a plan.
  static func planChange(_ plan: StoredPlan.ID) -> String { "\(self.plan(plan))#change" }

  static func sheets(_ plan: StoredPlan.ID) -> String { "\(self.plan(plan))/sheets" }

  static func planCourses(_ plan: StoredPlan.ID) -> String { "\(self.plan(plan))/courses" }

  static func planCourse(_ plan: StoredPlan.ID, _ course: Course.ID) -> String {
    "\(planCourses(plan))/\(escaped(course.rawValue))"
  }

  /// A name from the content as one part of a path.
  private static func escaped(_ name: String) -> String {
    let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_."))
    return name.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }

  static func download(_ plan: StoredPlan.ID, _ kind: String) -> String {
    "\(self.plan(plan))/plan.\(kind)"
  }

  static func verification(_ code: String) -> String { "/v/\(code)" }

  /// Where a session stands now.
  static func current(_ session: TestSession, id: TestSession.ID) -> String {
    switch session.state {
    case .interacting(let number): stage(number, of: id)
    case .closed: result(id)
    }
  }
}
