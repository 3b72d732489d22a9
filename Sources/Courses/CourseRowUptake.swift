import Diagnostics
import Sheets

extension CourseRow {
  /// The words of a cell that holds several, such as 小学;初中.
  func words(_ column: String) -> [String] {
    record.text(column).split { ";；、".contains($0) }
      .map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
  }

  /// How the course was taken up; nil when the row says nothing of it, or something wrong.
  func uptake(faults: inout [Diagnostic]) -> CourseUptake? {
    let columns = ["enrolled", "completed", "ratings", "rating"]
    guard columns.contains(where: { !record.text($0).isEmpty }) else { return nil }
    let before = faults.count
    let enrolled = count("enrolled", faults: &faults)
    let completed = count("completed", faults: &faults)
    let ratings = count("ratings", faults: &faults)
    var rating = 0.0
    if ratings > 0 { rating = self.rating(faults: &faults) }
    if completed > enrolled {
      faults.append(
        record.fault(
          "completed-above-enrolled", in: "completed",
          Text(
            "学完的人数（\(completed)）多于开始学的人数（\(enrolled)）。",
            "More finished (\(completed)) than began (\(enrolled))."),
          remedy: Text(
            "请核对 enrolled 和 completed 两列。", "Compare the columns enrolled and completed.")))
    }
    guard faults.count == before else { return nil }
    return CourseUptake(
      enrolled: enrolled, completed: completed, ratings: ratings, meanRating: rating)
  }

  /// A number of people; an empty cell is nobody.
  private func count(_ column: String, faults: inout [Diagnostic]) -> Int {
    let text = record.text(column)
    if text.isEmpty { return 0 }
    if let count = Int(text), (0...10_000_000).contains(count) { return count }
    faults.append(
      record.fault(
        "bad-number", in: column,
        Text("“\(text)”不是人数。", "“\(text)” is no number of people."),
        remedy: Text("请写 0 或更大的整数，或留空。", "Write 0 or a larger whole number, or nothing.")))
    return 0
  }

  private func rating(faults: inout [Diagnostic]) -> Double {
    let text = record.text("rating")
    if let rating = Double(text), (1...5).contains(rating) { return rating }
    faults.append(
      record.fault(
        "bad-number", in: "rating",
        Text("评分“\(text)”不在 1 到 5 之间。", "The rating “\(text)” is not between 1 and 5."),
        remedy: Text("请写平均评分，如 4.3。", "Write the mean rating, such as 4.3.")))
    return 0
  }
}
