import ArgumentParser

/// `bianque simulate`: tests of persons who do not exist.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "模拟测评。Simulated tests.",
    subcommands: [SimulateAdaptive.self, SimulateDiagnosis.self, SimulateBaseline.self])
}
