import Competency
import Diagnostics
import Foundation

/// Reads the course standards of a catalogue's folder: `topics/`, one JSON file each.
///
/// A catalogue without that folder has none.
struct CourseStandardReader {
  var folder: URL
  var frameworks: [Framework]

  /// Every standard without errors, in the order of the files' names.
  func read(version: inout ContentVersion, faults: inout [Diagnostic]) -> [CourseStandard] {
    let topics = folder.appending(path: "topics")
    guard FileManager.default.fileExists(atPath: topics.path) else { return [] }
    return ContentFile.names(endingIn: ".json", in: topics, faults: &faults).compactMap { name in
      switch ContentFile.read(name, in: topics) {
      case .failure(let fault):
        faults.append(fault.diagnostic)
        return nil
      case .success(let file):
        version.add(file.bytes)
        switch JSONContent<CourseStandardDocument>.decode(from: file) {
        case .failure(let fault):
          faults.append(fault.diagnostic)
          return nil
        case .success(let content):
          let found = self.faults(of: content)
          faults += found
          return found.contains { $0.severity == .error } ? nil : content.value.standard
        }
      }
    }
  }

  private func faults(of content: JSONContent<CourseStandardDocument>) -> [Diagnostic] {
    let document = content.value
    guard let framework = frameworks.first(where: { $0.id.rawValue == document.framework }) else {
      return [
        content.fault(
          "unknown-framework", at: "framework",
          Text(
            "没有能力框架“\(document.framework)”。", "There is no framework “\(document.framework)”."),
          remedy: Text("请写已有框架的编号。", "Write the identifier of a framework at hand."))
      ]
    }
    var seen: Set<String> = []
    return document.topics.enumerated().flatMap { place, topic -> [Diagnostic] in
      var faults: [Diagnostic] = []
      if !seen.insert(topic.id).inserted {
        faults.append(
          content.fault(
            "duplicate-id", at: "topics.\(place).id",
            Text("主题“\(topic.id)”重复。", "The topic “\(topic.id)” stands there twice."),
            remedy: Text("请换一个编号。", "Give it another identifier.")))
      }
      if topic.maximumHours <= 0 {
        faults.append(
          content.fault(
            "bad-number", at: "topics.\(place).maximumHours",
            Text("主题“\(topic.id)”的学时上限不大于 0。", "The most hours of “\(topic.id)” are not above 0."),
            remedy: Text("请写大于 0 的数。", "Write a number above 0.")))
      }
      let unknown = topic.points.filter {
        framework.point(CompetencyPoint.ID(rawValue: $0)) == nil
      }
      return faults
        + unknown.map { point in
          content.fault(
            "unknown-point", at: "topics.\(place).points",
            Text("能力框架里没有能力点“\(point)”。", "The framework has no point “\(point)”."),
            remedy: Text("请写框架中的能力点编号。", "Write the code of a point of the framework."))
        }
    }
  }
}

/// A course standard as its file writes it.
private struct CourseStandardDocument: Decodable {
  struct Topic: Decodable {
    var id: String
    var title: NameDocument
    var series: String
    var group: String
    var maximumHours: Double
    var points: [String]
    var evidence: [String]
  }

  var framework: String
  var title: NameDocument
  var topics: [Topic]

  var standard: CourseStandard {
    CourseStandard(
      framework: Framework.ID(rawValue: framework), title: title.localized,
      topics: topics.map { topic in
        CourseTopic(
          id: CourseTopic.ID(rawValue: topic.id), title: topic.title.localized,
          series: topic.series, group: topic.group, maximumHours: topic.maximumHours,
          points: Set(topic.points.map { CompetencyPoint.ID(rawValue: $0) }),
          evidence: topic.evidence)
      })
  }
}
