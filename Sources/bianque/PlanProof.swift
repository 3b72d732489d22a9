import ArgumentParser
import Competency
import Courses
import Diagnostics
import Foundation
import MixedInteger
import Recommendation

/// Has cbc prove how near a plan is to the best.
struct PlanProof {
  let terminal: Terminal
  let seconds: Double

  /// The certificate; without cbc the command ends with what to install.
  func certificate(of plan: StudyPlan, for problem: PlanProblem) throws -> PlanCertificate {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    guard let solver = CBC.installed(searchPath: path) else {
      terminal.say(
        terminal(
          Text(
            "没有找到 cbc，无法证明。请安装 Debian 软件包 coinor-cbc，或用 --lp 写出模型交给别的求解器。",
            "cbc was not found, so nothing can be proved. Install Debian's package coinor-cbc, or "
              + "write the model with --lp for another solver.")))
      throw ExitCode(Exit.configuration)
    }
    do throws(CBC.Failure) {
      return try PlanCertificate(of: plan, for: problem, seconds: seconds) {
        program, seconds throws(CBC.Failure) in
        try solver.solve(program, seconds: seconds)
      }
    } catch {
      terminal.say(
        terminal(
          error == .unwritable
            ? Text("临时文件夹写不进去。", "The temporary folder cannot be written.")
            : Text("cbc 没有给出结果。", "cbc gave no result.")))
      throw ExitCode(Exit.refused)
    }
  }
}

/// A certificate, as a command prints it.
struct CertificateAnswer: Encodable, Hashable, Sendable {
  struct Part: Encodable, Hashable, Sendable {
    var environment: String
    var status: String
    var bound: Double?
    var rounds: Int
  }

  var utility: Double
  var violation: Double
  var violationBound: Double?
  var bound: Double?
  var gap: Double?
  var bestUtility: Double
  var bestCourses: [String]
  var bestEnvironment: String
  var bestGap: Double?
  var environments: [Part]

  init(_ certificate: PlanCertificate) {
    utility = certificate.utility
    violation = certificate.violation
    violationBound = certificate.violationBound
    bound = certificate.bound
    gap = certificate.gap
    bestUtility = certificate.bestUtility
    bestCourses = certificate.best.map(\.rawValue)
    bestEnvironment = certificate.bestEnvironment.rawValue
    bestGap = certificate.bestGap
    environments = certificate.parts.map {
      Part(
        environment: $0.environment.rawValue, status: $0.status.rawValue, bound: $0.bound,
        rounds: $0.rounds)
    }
  }
}

extension PlanCertificate {
  /// The certificate in words.
  var text: Text {
    func number(_ value: Double?) -> String {
      value.map { String(format: "%.4f", $0) } ?? "–"
    }
    func percent(_ value: Double?) -> String {
      value.map { String(format: "%.3f%%", 100 * $0) } ?? "–"
    }
    var chinese = "本计划 \(number(utility))，已证明的上界 \(number(bound))，差距 \(percent(gap))。"
    var english =
      "This plan \(number(utility)), proven bound \(number(bound)), gap \(percent(gap))."
    if bestUtility > utility {
      chinese += "已知最好 \(number(bestUtility))，与上界差 \(percent(bestGap))。"
      english += " Best known \(number(bestUtility)), \(percent(bestGap)) below the bound."
    }
    if violation > 0 {
      chinese += "规则不能全部满足：本计划违反 \(number(violation))，任何计划至少 \(number(violationBound))。"
      english +=
        " The rules cannot all hold: this plan breaks \(number(violation)), every plan at least "
        + "\(number(violationBound))."
    }
    if bound == nil {
      chinese += "在规定时间内没有证明上界，可用 --seconds 多给些时间。"
      english += " No bound was proved in the time allowed; --seconds gives more."
    }
    return Text(chinese, english)
  }
}
