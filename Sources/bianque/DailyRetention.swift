import Foundation
import Logging
import Storage
import Web

/// Applies retention when the service starts and once a day after that.
struct DailyRetention {
  let store: Store
  let rule: RetentionRule
  let logger: Logger

  /// Runs until the task is cancelled; a day on which it fails is logged and the next one tried.
  func run() async {
    while !Task.isCancelled {
      do {
        let done = try await store.applyRetention(
          rule, actor: "service", at: Date(), as: { RandomNames.identifier() })
        if !done.isEmpty { logger.info("Retention was applied; the audit log says to how many.") }
      } catch {
        logger.error(
          "Retention could not be applied.", metadata: ["error": .string(String(reflecting: error))]
        )
      }
      do {
        try await Task.sleep(for: .seconds(86_400))
      } catch {
        // Cancelled: the service ends.
        return
      }
    }
  }
}
