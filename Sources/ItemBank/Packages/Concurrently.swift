import Dispatch

/// Work on the many files and items of a package, on all cores at once.
enum Concurrently {
  /// How many elements a core takes at a time: enough to make asking for more cheap.
  private static let portion = 32

  /// Transforms elements.
  ///
  /// Returns when everything is done; the caller's thread works too. What comes out does not depend
  /// on the number of cores.
  ///
  /// - Parameters:
  ///   - elements: what is transformed; few of them are transformed by the caller alone.
  ///   - transform: a function of the element and of nothing that changes.
  /// - Returns: the results, in the order of the elements.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    guard elements.count > portion else { return elements.map(transform) }
    var results = [[Result]](
      repeating: [], count: (elements.count + portion - 1) / portion)
    results.withUnsafeMutableBufferPointer { buffer in
      // Every portion is written by one thread, at a place of its own.
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: places.count) { number in
        let start = number * portion
        places[number] = elements[start..<min(start + portion, elements.count)].map(transform)
      }
    }
    return results.flatMap(\.self)
  }
}
