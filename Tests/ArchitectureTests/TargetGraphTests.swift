import Foundation
import Testing

/// Holds the target graph to its drawing in ARCHITECTURE.md.
///
/// SwiftPM does not: a target can import any sibling whose module happens to be built already.
struct TargetGraphTests {
  private static let allowedImports: [String: Set<String>] = [
    "Psychometrics": ["CLanes", "RealModule"],
    "Competency": [],
    "MixedInteger": ["Foundation"],
    "Diagnostics": [],
    "Sheets": ["CXLSXWriter", "Diagnostics", "Foundation", "Glibc", "SwiftCSV"],
    "ItemBank": [
      "CLibXML2", "CMalloc", "CSodium", "CZip", "Competency", "Diagnostics", "Dispatch",
      "Foundation", "Glibc",
      "Sheets",
    ],
    "Courses": ["Competency", "Diagnostics", "Foundation", "Sheets"],
    "People": ["Diagnostics", "ItemBank", "Sheets"],
    "Recommendation": ["Competency", "Courses", "MixedInteger", "Psychometrics", "RealModule"],
    "Delivery": ["Competency", "ItemBank", "Psychometrics"],
    "Reporting": ["Psychometrics"],
    "ItemAnalysis": ["Competency", "Delivery", "ItemBank", "Psychometrics", "RealModule"],
    "Simulation": ["Competency", "Delivery", "ItemBank", "Psychometrics", "RealModule"],
    "Storage": [
      "CSodium", "Competency", "Courses", "Delivery", "Foundation", "GRDB", "ItemAnalysis",
      "ItemBank", "People", "Psychometrics", "Recommendation", "Reporting", "Simulation",
    ],
    "Web": [
      "COath", "CQRencode", "CSodium", "CZlib", "Competency", "Courses", "Delivery", "Diagnostics",
      "Foundation", "HTTPTypes", "Hummingbird", "ItemAnalysis", "ItemBank", "Logging", "Mustache",
      "NIOCore",
      "NIOPosix", "People", "Psychometrics", "Recommendation", "Reporting", "Sheets",
      "Simulation", "Storage", "Synchronization",
    ],
    "bianque": [
      "ArgumentParser", "Competency", "Courses", "Delivery", "Diagnostics", "Foundation",
      "Hummingbird", "ItemAnalysis", "ItemBank", "Logging", "MixedInteger", "NIOCore", "People",
      "Psychometrics",
      "Recommendation", "Simulation", "Storage", "Web",
    ],
    "CLanes": [], "CLibXML2": [], "CMalloc": [], "COath": [], "CQRencode": [], "CSodium": [],
    "CXLSXWriter": [],
    "CZip": [], "CZlib": [],
  ]

  @Test(arguments: allowedImports.keys.sorted())
  func `a target imports only what the architecture allows`(target: String) throws {
    let allowed = try #require(Self.allowedImports[target])
    let stray = try SourceTree.sources(of: target).reduce(into: Set<String>()) { stray, source in
      stray.formUnion(SourceTree.importedModules(in: source.text).subtracting(allowed))
    }
    #expect(stray.isEmpty, "\(target) may not import \(stray.sorted().joined(separator: ", "))")
  }

  @Test func `a planted import is found`() {
    let planted = SourceTree.importedModules(
      in:
        "import Foundation\npublic import GRDB\n@testable import Web\nimport struct Logging.Logger")
    #expect(planted == ["Foundation", "GRDB", "Web", "Logging"])
  }

  @Test func `every target is listed`() throws {
    let targets = try FileManager.default.contentsOfDirectory(atPath: SourceTree.sources.path)
    #expect(Set(targets) == Set(Self.allowedImports.keys))
  }

  @Test func `edges between our targets only point down`() throws {
    let order = [
      "Diagnostics", "Competency", "Psychometrics", "MixedInteger", "Sheets", "ItemBank", "Courses",
      "People",
      "Recommendation", "Delivery", "Reporting", "ItemAnalysis", "Simulation", "Storage", "Web",
      "bianque",
    ]
    for (place, target) in order.enumerated() {
      let above = Set(order[(place + 1)...])
      let up = try #require(Self.allowedImports[target]).intersection(above)
      #expect(up.isEmpty, "\(target) stands below \(up.sorted().joined(separator: ", "))")
    }
  }
}
