import Competency
import Delivery
import ItemBank

/// What a bank lacks for a blueprint, in plain words.
struct FeasibilityText {
  let feasibility: BlueprintFeasibility
  let framework: Framework?
  let phrases: Phrases
  /// The school stages in the person's language, by the bank's words.
  let schoolStages: [String: String]

  /// Why forms cannot be filled; empty when all can.
  var reasons: [String] { faults.map(\.text) }

  /// The same beside the fields that ask for too much.
  var faults: [BlueprintEntry.Fault] {
    feasibility.forms.flatMap { form in
      form.shortages.map { shortage in
        BlueprintEntry.Fault(
          field: field(of: shortage, form.environment.rawValue),
          text: text(shortage, form.environment.rawValue))
      }
    }
  }

  private func field(of shortage: BlueprintFeasibility.Shortage, _ form: String) -> String {
    switch shortage {
    case .environment(let environment, _, _): "from.\(form).\(environment.rawValue)"
    case .dimension(let dimension, _, _): "min.\(form).\(dimension.rawValue)"
    case .bounds:
      "max.\(form)." + (framework?.dimensions.first?.id.rawValue ?? "")
    case .together: "point.\(form)"
    }
  }

  /// That forms are often hard to draw.
  var tight: [String] {
    feasibility.forms.filter { $0.canBeFilled && $0.failureShare > 0 }.map {
      phrases(
        "forms.tight",
        [
          "environment": $0.environment.rawValue,
          "share": "\(Int(($0.failureShare * 100).rounded())) %",
        ])
    }
  }

  /// Points with few items, fewest first: what their results will often be.
  var thinPoints: [String] {
    var thin: [CompetencyPoint.ID: BlueprintFeasibility.Point] = [:]
    for point in feasibility.forms.flatMap(\.points) where point.isThin {
      if point.maximum > (thin[point.point]?.maximum ?? 0) { thin[point.point] = point }
    }
    return thin.values.sorted {
      ($0.held, $0.point.rawValue) < ($1.held, $1.point.rawValue)
    }.map { point in
      phrases(
        point.held == 0 ? "forms.noItems" : "forms.fewItems",
        [
          "point": point.point.rawValue,
          "name": framework?.point(point.point)?.name.text(in: phrases.language) ?? "",
          "count": "\(point.held)", "wanted": "\(2 * point.maximum - point.held)",
        ])
    }
  }

  /// School stages with few stories of their own; the form of most of them counts.
  var stories: [String] {
    var few: [String: BlueprintFeasibility.Stories] = [:]
    for stories in feasibility.forms.flatMap(\.stories) {
      let key = "\(stories.schoolStage) \(stories.environment.rawValue)"
      if stories.wanted > (few[key]?.wanted ?? 0) { few[key] = stories }
    }
    return few.sorted { $0.key < $1.key }.map { _, stories in
      phrases(
        "forms.fewStories",
        [
          "stage": schoolStages[stories.schoolStage] ?? stories.schoolStage,
          "environment": stories.environment.rawValue,
          "held": "\(stories.held)", "wanted": "\(stories.wanted)",
          "missing": "\(stories.wanted - stories.held)",
        ])
    }
  }

  private func text(_ shortage: BlueprintFeasibility.Shortage, _ form: String) -> String {
    switch shortage {
    case .environment(let environment, let wanted, let held):
      phrases(
        "forms.shortEnvironment",
        [
          "form": form, "environment": environment.rawValue, "wanted": "\(wanted)",
          "held": "\(held)", "missing": "\(wanted - held)",
        ])
    case .dimension(let dimension, let wanted, let held):
      phrases(
        "forms.shortDimension",
        [
          "form": form,
          "dimension": framework?.dimension(dimension)?.name.text(in: phrases.language)
            ?? dimension.rawValue,
          "wanted": "\(wanted)", "held": "\(held)", "missing": "\(wanted - held)",
        ])
    case .bounds(let wanted, let held):
      phrases("forms.shortBounds", ["form": form, "wanted": "\(wanted)", "held": "\(held)"])
    case .together:
      phrases("forms.notTogether", ["form": form])
    }
  }
}
