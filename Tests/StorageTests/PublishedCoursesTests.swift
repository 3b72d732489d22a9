import Foundation
import Testing

@testable import Storage

/// Which version of the courses is in service.
struct PublishedCoursesTests {
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  private func publish(
    _ version: String, replacing: String, in store: Store, folder: String = "folder"
  ) async throws {
    try await store.publishCourses(
      version, files: ["courses.csv": [1]], replacing: replacing, folder: folder,
      actor: "account:1", detail: "", at: noon)
  }

  @Test func `of two changes of the same version the second is refused, and nothing of it is kept`()
    async throws
  {
    try await TestStore.with { store, _ in
      #expect(try await store.coursesInService(folder: "folder") == nil)
      try await publish("first", replacing: "folder", in: store)
      await #expect(throws: StoreError.coursesChanged) {
        try await publish("second", replacing: "folder", in: store)
      }
      #expect(try await store.coursesInService(folder: "folder") == "first")
      #expect(try await store.publishedFiles(.courses, version: "second").isEmpty)
      try await publish("second", replacing: "first", in: store)
      #expect(try await store.coursesInService(folder: "folder") == "second")
      // Another folder is what counts when it has changed.
      #expect(try await store.coursesInService(folder: "other") == nil)
      try await publish("third", replacing: "other", in: store, folder: "other")
      #expect(try await store.coursesInService(folder: "other") == "third")
    }
  }
}
