public import Foundation
import CSodium

/// A plan as it was printed, found by the code on the paper.
public struct PlanSheet: Hashable, Sendable {
  /// The version that was printed.
  public var plan: StoredPlan
  /// When it was first printed.
  public var printedAt: Date
  /// The newest version of the plan.
  public var newestVersion: Int
  /// Whether the version is still what it was when it was printed.
  public var isIntact: Bool
}

/// What a printed version is compared by.
enum PlanContent {
  /// The SHA-256 of a version: plan, version, courses and body, each with its length.
  static func hash(plan: String, version: Int, coursesVersion: String, body: String) -> [UInt8] {
    var content: [UInt8] = []
    for field in [plan, "\(version)", coursesVersion, body] {
      content += [UInt8]("\(field.utf8.count):".utf8) + [UInt8](field.utf8)
    }
    var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256(&hash, content, UInt64(content.count))
    return hash
  }
}
