import Competency
import Diagnostics
import Sheets
import Foundation

extension CourseRow {
  /// The topic a row names, checked against what the course raises and its credit hours; nil when
  /// it names none, or one that is not there.
  func topic(
    gains: [CompetencyPoint.ID: Double]?, hours: Double?, faults: inout [Diagnostic]
  ) -> CourseTopic? {
    let name = record.text("topic")
    guard !name.isEmpty, let framework else { return nil }
    let topics = context.standards.filter { $0.framework == framework.id }.flatMap(\.topics)
    guard let topic = topics.first(where: { $0.id.rawValue == name }) else {
      faults.append(
        record.fault(
          "unknown-topic", in: "topic",
          Text("课程标准里没有主题“\(name)”。", "No course standard has a topic “\(name)”."),
          remedy: Text(
            "请写 topics 文件夹中的主题编号，或留空。", "Write a topic of the folder topics, or nothing.")))
      return nil
    }
    if let hours, hours > topic.maximumHours {
      faults.append(
        record.fault(
          "topic-hours", in: "hours",
          Text(
            "主题“\(name)”的课程至多 \(topic.maximumHours.formatted()) 学时。",
            "A course on “\(name)” has at most \(topic.maximumHours.formatted()) hours."),
          remedy: Text("请减少学时，或分成几门课。", "Give it fewer hours, or split it.")))
    }
    let outside = (gains ?? [:]).keys.filter { !topic.points.contains($0) }
    if let point = outside.map(\.rawValue).min() {
      faults.append(
        record.fault(
          "topic-points", in: "gains",
          Text(
            "主题“\(name)”不对应能力点“\(point)”。",
            "The topic “\(name)” does not serve the point “\(point)”."),
          remedy: Text("请改主题，或删去这个能力点。", "Change the topic, or leave the point out.")))
    }
    return topic
  }

  func unknownFramework() -> Diagnostic {
    let name = record.text("framework")
    return record.fault(
      "unknown-framework", in: "framework",
      Text("没有能力框架“\(name)”。", "There is no framework “\(name)”."),
      remedy: Text("请写已有框架的编号，或留空。", "Write a framework at hand, or nothing."))
  }
}
