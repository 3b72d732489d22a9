// swift-tools-version: 6.2
import PackageDescription

// Every edge between targets is drawn in ARCHITECTURE.md and held by
// Tests/ArchitectureTests/TargetGraphTests.swift: change the three together.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A library that computes or reads much: optimised in debug builds too, where tests would else take
/// minutes over what takes seconds.
func optimisedLibrary(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))])
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

let package = Package(
  name: "bianque",
  products: [.library(name: "ItemBank", targets: ["ItemBank"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(
      name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    // glibc's own header, which Swift's Glibc leaves out.
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "COath", pkgConfig: "liboath", providers: [.apt(["liboath-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    // C is optimised in release builds anyway.
    .target(name: "CLanes", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    optimisedLibrary("Psychometrics", ["CLanes", realModule]),
    optimisedLibrary("MixedInteger"),
    library("Competency"),
    library("Diagnostics"),
    library(
      "Sheets", ["Diagnostics", "CXLSXWriter", .product(name: "SwiftCSV", package: "SwiftCSV")]),
    optimisedLibrary(
      "ItemBank", ["Sheets", "Competency", "Diagnostics", "CLibXML2", "CMalloc", "CSodium", "CZip"]),
    optimisedLibrary("Courses", ["Competency", "Diagnostics", "Sheets"]),
    library("People", ["Diagnostics", "ItemBank", "Sheets"]),
    optimisedLibrary(
      "Recommendation",
      ["Courses", "Competency", "MixedInteger", "Psychometrics", realModule]),
    optimisedLibrary("Delivery", ["Psychometrics", "Competency", "ItemBank"]),
    optimisedLibrary("Reporting", ["Psychometrics"]),
    optimisedLibrary(
      "ItemAnalysis", ["Delivery", "Psychometrics", "Competency", "ItemBank", realModule]),
    optimisedLibrary(
      "Simulation", ["Delivery", "Psychometrics", "Competency", "ItemBank", realModule]),
    library(
      "Storage",
      [
        "Delivery", "Reporting", "Recommendation", "People", "ItemBank", "Courses", "Competency",
        "ItemAnalysis", "Psychometrics", "Simulation",
        "CSodium", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    library(
      "Web",
      [
        "Storage", "Reporting", "Delivery", "Recommendation", "People", "ItemBank", "Courses",
        "ItemAnalysis", "Simulation",
        "Competency", "Psychometrics", "Sheets", "Diagnostics", "CSodium", "CZlib", "CQRencode",
        "COath",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "bianque",
      dependencies: [
        "Web", "Storage", "Delivery", "Recommendation", "People", "ItemBank", "Courses",
        "ItemAnalysis", "Simulation",
        "Competency", "Diagnostics", "MixedInteger", "Psychometrics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "kernels",
      dependencies: ["Reporting", "Recommendation", "Courses", "Competency", "Psychometrics"],
      path: "Benchmarks/Kernels", swiftSettings: settings),
    .executableTarget(
      name: "bank-benchmark", dependencies: ["ItemBank"], path: "Benchmarks/Bank",
      exclude: ["bank.py", "requirements.txt", "run.sh"], swiftSettings: settings),
    .executableTarget(
      name: "plans",
      dependencies: ["Recommendation", "Courses", "Competency", "MixedInteger", "Psychometrics"],
      path: "Benchmarks/Plans", swiftSettings: settings),
    .target(
      name: "TestSupport",
      dependencies: [
        "Storage", "Delivery", "Recommendation", "ItemBank", "Courses", "Competency",
        "Diagnostics",
      ],
      path: "Tests/TestSupport", exclude: ["Fixtures"], swiftSettings: settings),
    tests("ArchitectureTests"),
    tests("PsychometricsTests", ["Psychometrics", "CLanes"], exclude: ["Oracles"]),
    tests("MixedIntegerTests", ["MixedInteger"]),
    tests(
      "RecommendationTests",
      ["Recommendation", "Courses", "Competency", "MixedInteger", "Psychometrics"],
      exclude: ["Oracles"]),
    tests("SheetsTests", ["Sheets", "Diagnostics"]),
    tests(
      "ItemBankTests", ["ItemBank", "Sheets", "Competency", "Diagnostics", "TestSupport"],
      exclude: ["Fixtures"]),
    tests("PeopleTests", ["People", "Diagnostics", "Sheets"]),
    tests("CoursesTests", ["Courses", "Competency", "Diagnostics"], exclude: ["Oracles"]),
    tests("ReportingTests", ["Reporting", "Psychometrics"]),
    tests(
      "ItemAnalysisTests",
      [
        "ItemAnalysis", "Delivery", "ItemBank", "Competency", "Psychometrics", "TestSupport",
      ]),
    tests("DeliveryTests", ["Delivery", "ItemBank", "Competency", "TestSupport"]),
    tests("SimulationTests", ["Simulation", "Delivery", "ItemBank", "Competency", "TestSupport"]),
    tests(
      "StorageTests",
      [
        "Storage", "Reporting", "Delivery", "Recommendation", "People", "ItemBank", "Courses",
        "ItemAnalysis",
        "Competency", "Psychometrics", "Simulation", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      "WebTests",
      [
        "Web", "Storage", "Reporting", "Delivery", "Recommendation", "People", "ItemBank",
        "Courses", "ItemAnalysis", "Simulation",
        "Sheets", "Competency", "Psychometrics", "TestSupport", "COath",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      "CommandTests",
      [
        "bianque", "Web", "Storage", "Reporting", "People", "Courses", "Recommendation",
        "Competency", "Diagnostics", "Simulation", "TestSupport",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
