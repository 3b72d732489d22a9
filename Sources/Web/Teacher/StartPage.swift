import Competency
import Courses
import HTTPTypes
import ItemBank

/// The questions before the test.
struct StartPage {
  let site: Site
  let language: Language
  let answers: StartAnswers
  /// The fields that could not be taken.
  let faults: [String]
  /// When the teacher may begin, by programme; a programme that is not named is open.
  var openings: [String: TestOpening] = [:]

  func page() -> Page {
    let phrases = site.renderer.phrases(language)
    var values: [String: Any] = [
      "action": SitePath.sessions,
      "environment": field("environment", options: environments(phrases), phrases),
      "schoolStage": field(
        "schoolStage", options: options("options.stage", chosen: answers.schoolStage, phrases),
        phrases),
      "subject": field(
        "subject", options: options("options.subject", chosen: answers.subject, phrases), phrases),
      "programme": field(
        "programme",
        options: ProgrammeChoice.options(
          site.publications.courses.programmes(of: test?.framework), chosen: answers.programme,
          phrases
        ).map { waiting($0, phrases) }, phrases),
    ]
    if let test, let framework = site.publications.bank.framework(test.framework) {
      values["selfRating"] = selfRating(framework)
    }
    if let test {
      let pilots = site.publications.bank.pilotItemCount(of: test)
      if pilots > 0 { values["pilotText"] = phrases("start.pilots", ["count": "\(pilots)"]) }
      values["hidden"] = [["name": "test", "value": test.test.rawValue]]
      let tests = tests(phrases, shown: test)
      if tests.count > 1 { values["tests"] = ["options": tests] }
    }
    if !faults.isEmpty {
      values["errorSummary"] = [
        "headingText": phrases("errors.heading", ["count": "\(faults.count)"]),
        "errors": faults.map { ["href": "#\($0)", "text": faultText($0, phrases)] },
      ]
    }
    let title = phrases("start.title")
    return Page(
      template: "teacher/start",
      title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
      address: test.map { SitePath.questions(before: $0.test) } ?? SitePath.start,
      status: faults.isEmpty ? .ok : .unprocessableContent,
      values: values)
  }

  /// The test meant; the first on offer where none of that name is.
  private var test: Blueprint? { answers.blueprint(site: site) ?? site.offeredTests.first }

  /// The tests to choose from, each with its programmes; the one whose questions are shown has no
  /// address.
  private func tests(_ phrases: Phrases, shown: Blueprint) -> [[String: Any]] {
    site.offeredTests.map { test in
      var option: [String: Any] = [
        "name": test.title.text(in: language),
        "programmesText": site.publications.courses.programmes(of: test.framework)
          .map { $0.name.text(in: language) }
          .joined(separator: phrases("start.testSeparator")),
      ]
      if test.test != shown.test { option["url"] = SitePath.questions(before: test.test) }
      return option
    }
  }

  /// The teacher's own judgement, which may be left out: one field for each dimension.
  private func selfRating(_ framework: Framework) -> [String: Any] {
    let scale = LevelScale(framework: framework, language: language)
    return [
      "isOpen": !answers.selfRatings.isEmpty,
      "dimensions": framework.dimensions.map { dimension -> [String: Any] in
        let chosen = answers.selfRatings[dimension.id.rawValue]
        return [
          "name": StartAnswers.selfRatingPrefix + dimension.id.rawValue,
          "label": dimension.name.text(in: language),
          "options": framework.measurement.levels.indices.map { level in
            [
              "value": "\(level)", "label": scale.level(at: level),
              "selected": chosen == "\(level)",
            ]
          },
        ]
      },
    ]
  }

  private func field(
    _ name: String, options: [[String: Any]], _ phrases: Phrases
  ) -> [String: Any] {
    var field: [String: Any] = ["options": options]
    if faults.contains(name) { field["error"] = faultText(name, phrases) }
    return field
  }

  /// What is wrong with a field: a programme that was chosen may not be open yet.
  private func faultText(_ name: String, _ phrases: Phrases) -> String {
    let opening = name == "programme" ? answers.programme.flatMap { openings[$0] } : nil
    return opening?.text(phrases) ?? phrases("errors.\(name)")
  }

  /// The option of a programme, with when it opens.
  private func waiting(_ option: [String: Any], _ phrases: Phrases) -> [String: Any] {
    guard let id = option["value"] as? String, let text = openings[id]?.text(phrases) else {
      return option
    }
    return option.merging(["openingText": text]) { $1 }
  }

  private func environments(_ phrases: Phrases) -> [[String: Any]] {
    let offered = test.map(site.environments) ?? []
    var options = offered.map { environment in
      (
        environment.id.rawValue, environment.name.text(in: language),
        environment.description.text(in: language)
      )
    }
    options.append(
      (
        StartAnswers.unknownEnvironment, phrases("start.environmentUnknown"),
        phrases(
          "start.environmentUnknownDescription",
          ["environment": StartAnswers.plainest(offered)?.name.text(in: language) ?? ""])
      ))
    return options.enumerated().map { index, option in
      [
        "id": index == 0 ? "environment" : "environment-\(index + 1)", "value": option.0,
        "name": option.1, "description": option.2, "checked": answers.environment == option.0,
      ]
    }
  }

  /// The options under a key of the texts, in the order in which the Chinese text file has them.
  private func options(
    _ key: String, chosen: String?, _ phrases: Phrases
  ) -> [[String: Any]] {
    phrases.order(of: key).map { value in
      ["value": value, "label": phrases("\(key).\(value)"), "selected": value == chosen]
    }
  }
}

/// The choice among programmes, on the start page, the result and the plan.
enum ProgrammeChoice {
  /// One option for each programme, with its rules in a sentence.
  static func options(
    _ programmes: [Programme], chosen: String?, _ phrases: Phrases
  ) -> [[String: Any]] {
    programmes.enumerated().map { index, programme in
      [
        "id": index == 0 ? "programme" : "programme-\(index + 1)",
        "value": programme.id.rawValue, "name": programme.name.text(in: phrases.language),
        "ruleText": ruleText(programme.rules, phrases),
        "checked": programme.id.rawValue == chosen,
      ]
    }
  }

  private static func ruleText(_ rules: ProgrammeRules, _ phrases: Phrases) -> String {
    var text = phrases("start.programmeTotal", ["hours": Numeral.hours(rules.hours.minimum)])
    if rules.online.minimum > 0 {
      text += phrases("start.programmeOnline", ["hours": Numeral.hours(rules.online.minimum)])
    }
    if rules.practice.minimum > 0 {
      text += phrases("start.programmePractice", ["hours": Numeral.hours(rules.practice.minimum)])
    }
    if rules.minimumPoints > 1 {
      text += phrases("start.programmePoints", ["points": "\(rules.minimumPoints)"])
    }
    if rules.minimumDimensions > 1 {
      text += phrases("start.programmeDimensions", ["dimensions": "\(rules.minimumDimensions)"])
    }
    return text + phrases("start.programmeEnd")
  }
}
