import ArgumentParser

/// The command `bianque`.
@main
struct Bianque: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bianque",
    abstract: "扁鹊：教师信息技术应用能力诊断与研修计划。Diagnoses, then prescribes.",
    version: "0.1.0",
    subcommands: [
      Serve.self, BankCommand.self, Diagnose.self, PlanCommand.self, RosterCommand.self,
      AuditCommand.self, Demo.self, OneTimeCode.self, BackupCommand.self, RestoreCommand.self,
      Doctor.self, RetentionCommand.self, Calibrate.self, Estimate.self, Analyse.self,
      Simulate.self, CoursesCommand.self, ProgrammeCommand.self, SchoolPlanCommand.self,
      ItemsCommand.self,
    ])
}
