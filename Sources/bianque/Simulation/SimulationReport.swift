import Diagnostics
import Foundation

/// A simulation as a page that stands alone: no script, nothing loaded from anywhere.
struct SimulationReport {
  let answer: DiagnosisSimulationAnswer
  let isChinese: Bool

  init(_ answer: DiagnosisSimulationAnswer, isChinese: Bool) {
    self.answer = answer
    self.isChinese = isChinese
  }

  /// The page.
  var page: String {
    let title = say("模拟诊断报告", "Report on simulated diagnoses")
    return "<!DOCTYPE html>\n<html lang=\"\(isChinese ? "zh-Hans" : "en")\"><head>"
      + "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
      + "<title>\(title)</title><style>\(Self.style)</style></head><body><main>"
      + "<h1>\(title)</h1>" + introduction + figures + verdictSection + calibrationSection
      + planSection + formSection + retestSection + limits + "</main></body></html>\n"
  }

  private func say(_ chinese: String, _ english: String) -> String {
    SimulationCharts.escaped(Text(chinese, english)(inChinese: isChinese))
  }

  private static let style = """
    body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;color:#1c2430;margin:0;background:#fff}
    main{max-width:46rem;margin:0 auto;padding:1.5rem}h1{font-size:1.6rem}h2{font-size:1.2rem;\
    margin-top:2rem}svg{width:100%;max-width:30rem;display:block}svg text{font-size:11px;fill:#46505c}
    table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;\
    border-bottom:1px solid #d5dae0}td.n,th.n{text-align:right}.frame{fill:none;stroke:#9aa4b0}
    .aim{stroke:#9a3412;stroke-dasharray:4 3;stroke-width:1.5}.line{fill:none;stroke:#1d4e89;\
    stroke-width:1.5}.point,.bar{fill:#1d4e89;fill-opacity:.75}.interval{stroke:#1c2430;\
    stroke-width:2}.note{color:#46505c}
    """

  private var introduction: String {
    let text = say(
      "\(answer.teachers) 位模拟教师各答 \(answer.length) 题（测试 \(answer.test)，题库版本 \(answer.bankVersion)，种子 \(answer.seed)）。以下全部来自模拟，不是真实教师的证据；题目参数误差设为 \(answer.parameterError)。",
      "\(answer.teachers) simulated teachers answered \(answer.length) items each (test "
        + "\(answer.test), bank version \(answer.bankVersion), seed \(answer.seed)). All of this is "
        + "simulated and no evidence about real teachers; the error of item parameters is set to "
        + "\(answer.parameterError).")
    return "<p>\(text)</p>"
  }

  private var figures: String {
    let gaps = answer.confidentGaps
    let rows: [(String, String)] = [
      (
        say("“把握大”的差距中属实的比例", "Gaps shown as certain that are true"),
        "\(percent(gaps.trueShare))（\(percent(gaps.interval[0]))–\(percent(gaps.interval[1]))）"
      ),
      (
        say("概率与事实的平均偏差（ECE）", "Mean distance of probability and fact (ECE)"),
        decimals(answer.points.ece)
      ),
      (say("辨别力（AUC）", "Discrimination (AUC)"), answer.points.auc.map(decimals) ?? "–"),
      (say("90% 区间的实际覆盖率", "Coverage of 90 % intervals"), percent(answer.points.coverage90)),
      (
        say("计划效用占知情计划的比例", "Plan utility as a share of a plan that knows the truth"),
        percent(answer.plan.shareOfOracle)
      ),
      (say("不诊断时的同一比例", "The same without diagnosis"), percent(answer.plan.shareWithoutDiagnosis)),
      (
        say("符合蓝图的试卷", "Forms that fulfil the blueprint"),
        "\(answer.blueprint.fulfillingBlueprint) / \(answer.blueprint.drawn)"
      ),
    ]
    return "<table><tbody>"
      + rows.map { "<tr><th scope=\"row\">\($0.0)</th><td class=\"n\">\($0.1)</td></tr>" }.joined()
      + "</tbody></table>"
  }

  private func name(of verdict: String) -> String {
    switch verdict {
    case "needed": say("需要补·把握大", "Needed, certain")
    case "likely": say("可能需要", "Likely needed")
    case "uncertain": say("证据不足", "Not enough evidence")
    case "notNeeded": say("不需要", "Not needed")
    case "certain": say("有提升·把握大", "Growth, certain")
    default: verdict
    }
  }

  private var verdictSection: String {
    let title = say("各结论与事实", "Verdicts and facts")
    let chart = SimulationCharts.bars(
      answer.verdicts.map { verdict in
        (
          name(of: verdict.verdict), verdict.belowTarget, verdict.belowTargetInterval,
          verdict.verdict == "needed" ? answer.confidentGaps.wanted : nil
        )
      }, title: title, vertical: say("实际低于目标的百分比", "Percent truly below the target"))
    let rows = answer.verdicts.map { verdict in
      "<tr><th scope=\"row\">\(name(of: verdict.verdict))</th><td class=\"n\">\(verdict.count)</td>"
        + "<td class=\"n\">\(percent(verdict.meanProbability))</td>"
        + "<td class=\"n\">\(percent(verdict.belowTarget))</td></tr>"
    }
    return "<h2>\(title)</h2>\(chart)<table><thead><tr><th>\(say("结论", "Verdict"))</th>"
      + "<th class=\"n\">\(say("次数", "Count"))</th>"
      + "<th class=\"n\">\(say("平均概率", "Mean probability"))</th>"
      + "<th class=\"n\">\(say("实际低于目标", "Truly below"))</th></tr></thead><tbody>"
      + rows.joined() + "</tbody></table>"
  }

  private var calibrationSection: String {
    let title = say("概率是否可信", "Can the probabilities be trusted")
    return "<h2>\(title)</h2>"
      + SimulationCharts.reliability(
        answer.points.reliability, title: title,
        horizontal: say("给出的概率（%）", "Probability given (%)"),
        vertical: say("属实的比例（%）", "Share that came true (%)"))
      + "<p class=\"note\">"
      + say(
        "点在虚线上表示说到做到；点越大，次数越多。",
        "Points on the dashed line mean that what was said came true as often; larger points stand "
          + "for more statements.") + "</p>"
  }

  private var planSection: String {
    "<h2>\(say("研修计划", "Study plans"))</h2><p>"
      + say(
        "在 \(answer.plan.teachers) 位教师身上，按诊断制订的计划达到知情计划效用的 \(percent(answer.plan.shareOfOracle))，不诊断为 \(percent(answer.plan.shareWithoutDiagnosis))，相差的标准误 \(percent(answer.plan.standardErrorOfDifference))。",
        "For \(answer.plan.teachers) teachers, plans from the diagnosis reach "
          + "\(percent(answer.plan.shareOfOracle)) of the utility of plans that know the truth; without "
          + "diagnosis \(percent(answer.plan.shareWithoutDiagnosis)); standard error of the difference "
          + "\(percent(answer.plan.standardErrorOfDifference)).") + "</p>"
  }

  private var formSection: String {
    let exposure = answer.exposure
    let rows = exposure.mostGiven.map {
      "<tr><th scope=\"row\">\(SimulationCharts.escaped($0.item))</th>"
        + "<td class=\"n\">\(percent($0.rate))</td></tr>"
    }
    return "<h2>\(say("试卷与曝光", "Forms and exposure"))</h2><p>"
      + say(
        "题库 \(exposure.itemsInBank) 题中用到 \(exposure.itemsUsed) 题，曝光最高 \(percent(exposure.maximum))，平均 \(percent(exposure.mean))。中位用时：组卷 \(decimals(answer.milliseconds.form)) 毫秒，出结果 \(decimals(answer.milliseconds.result)) 毫秒，出计划 \(decimals(answer.milliseconds.plan)) 毫秒。",
        "\(exposure.itemsUsed) of \(exposure.itemsInBank) items were used; the highest exposure is "
          + "\(percent(exposure.maximum)), the mean \(percent(exposure.mean)). Medians: form "
          + "\(decimals(answer.milliseconds.form)) ms, result \(decimals(answer.milliseconds.result)) "
          + "ms, plan \(decimals(answer.milliseconds.plan)) ms.")
      + "</p><table><thead><tr><th>\(say("曝光最高的题目", "Most exposed items"))</th>"
      + "<th class=\"n\">\(say("曝光率", "Rate"))</th></tr></thead><tbody>" + rows.joined()
      + "</tbody></table>"
  }

  private var retestSection: String {
    guard let retest = answer.retest else { return "" }
    let title = say("水平不变的教师再测一次", "Unchanged teachers tested again")
    return "<h2>\(title)</h2>"
      + SimulationCharts.bars(
        retest.falseGrowth.map { rate in
          (
            rate.verdict == "likely"
              ? say("可能有提升以上", "Likely or more") : name(of: rate.verdict), rate.rate,
            rate.interval, rate.nominal
          )
        }, title: title, vertical: say("误报“有提升”的百分比", "Percent told of growth in error"))
      + "<p class=\"note\">"
      + say("虚线是容许的误报率。", "The dashed lines are the rates allowed.") + "</p>"
  }

  private var limits: String {
    "<h2>\(say("局限", "Limits"))</h2><p>"
      + say(
        "模拟教师的能力与作答都出自本产品所用的模型，因此结果偏好这一模型；真实教师的作答风格、疲劳和抄答都没有模拟。计划与题库均为示例内容。",
        "The abilities and answers come from the model that the product uses, which favours it; response "
          + "styles, fatigue and copying are not simulated. Courses and items are samples.")
      + "</p>"
  }

  private func percent(_ share: Double) -> String {
    "\(String((share * 1000).rounded() / 10))%"
  }

  private func decimals(_ value: Double) -> String {
    String((value * 1000).rounded() / 1000)
  }
}
