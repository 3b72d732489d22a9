import Competency
import Courses
import Hummingbird
import ItemBank

/// The programme that a school or region looks at: by its standard people have finished or not.
struct ReportedProgramme {
  let programme: Programme
  let framework: Framework
  /// The programmes to choose from, in the order they are shown.
  let offered: [Programme]
  /// The tests of the standard.
  let tests: [AssessmentTest.ID]

  /// The first programme of every standard that has a test.
  static func standards(_ publications: Publications) -> [Self] {
    var seen: Set<Framework.ID> = []
    return publications.offeredProgrammes.filter { seen.insert($0.framework).inserted }
      .compactMap { Self($0, publications) }
  }

  /// What stands behind an address: nothing for the first programme, whose address is the page's own.
  var query: String {
    programme == offered.first ? "" : "?programme=\(programme.id.rawValue)"
  }

  /// Which programme it is, by which document.
  func standardHTML(_ language: Language, _ phrases: Phrases) -> String {
    phrases(
      "report.standard",
      [
        "programme": HTML(escaping: programme.name.text(in: language)).markup,
        "number": HTML(chinese: programme.documentNumber).markup,
      ])
  }

  /// The programmes as a form that needs no script.
  ///
  /// - Parameters:
  ///   - action: the page's address before any question.
  ///   - language: the reader's.
  /// - Returns: the form's values; nil when there is nothing to choose.
  func form(action: String, _ language: Language) -> [String: Any]? {
    guard offered.count > 1 else { return nil }
    return [
      "action": action,
      "options": offered.map { programme in
        [
          "value": programme.id.rawValue, "label": programme.name.text(in: language),
          "selected": programme.id == self.programme.id,
        ] as [String: Any]
      },
    ]
  }
}

extension ReportedProgramme {
  /// The programme that a request asks for, else the first on offer.
  ///
  /// - Throws: `notFound` if there is none of that name.
  init(_ request: Request, _ publications: Publications) throws(Refusal) {
    let name = request.uri.queryParameters["programme"].map(String.init)
    let offered = publications.offeredProgrammes
    let wanted = name.map { name in offered.first { $0.id.rawValue == name } } ?? offered.first
    guard let choice = wanted.flatMap({ Self($0, publications) }) else { throw .notFound }
    self = choice
  }

  /// A programme on offer; nil when the bank does not have its framework.
  private init?(_ programme: Programme, _ publications: Publications) {
    guard let framework = publications.bank.framework(programme.framework) else { return nil }
    self.programme = programme
    self.framework = framework
    offered = publications.offeredProgrammes
    tests = publications.bank.blueprints.filter { $0.framework == framework.id }.map(\.test)
  }
}
