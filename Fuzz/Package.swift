// swift-tools-version: 6.2
import PackageDescription

// A package of its own: everything in it is built with libFuzzer's instrumentation, and its
// executable has libFuzzer's runtime. `make fuzz` says how.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "bianque", path: "..")],
  targets: [
    .executableTarget(
      name: "BankFuzzer", dependencies: [.product(name: "ItemBank", package: "bianque")],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])],
      // gold ends with an internal error where lld names what is missing.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])])
  ],
  swiftLanguageModes: [.v6]
)
