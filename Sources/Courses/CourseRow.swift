import Competency
import Diagnostics
import Sheets

/// Reads one row of the catalogue.
struct CourseRow {
  /// What a row may refer to.
  struct Context {
    var frameworks: [Framework]
    var providers: Set<Provider.ID>
    var standards: [CourseStandard]

    /// The framework that knows a point; the first one when none does.
    func framework(of point: CompetencyPoint.ID) -> Framework? {
      frameworks.first { $0.point(point) != nil } ?? frameworks.first
    }
  }

  /// The columns a sheet must have; ``furtherColumns`` may stand beside them.
  static let columns = [
    "id", "title_zh", "title_en", "provider", "form", "mode", "hours", "level", "primary", "gains",
    "prerequisite", "equivalents", "price", "evidence_zh", "evidence_en",
  ]

  /// The columns a sheet may leave out.
  static let furtherColumns = [
    "framework", "topic", "stages", "subjects", "enrolled", "completed", "ratings", "rating",
  ]

  let record: SheetRecord
  let context: Context
  /// The framework of the row's points: the one it names, or else the one that knows its primary
  /// point.
  let framework: Framework?

  init(record: SheetRecord, context: Context) {
    self.record = record
    self.context = context
    let name = record.text("framework")
    framework =
      name.isEmpty
      ? context.framework(of: CompetencyPoint.ID(rawValue: record.text("primary")))
      : context.frameworks.first { $0.id.rawValue == name }
  }

  /// The course of the row; nil when the row has faults.
  ///
  /// Whether the prerequisite exists is not looked at here: it may stand in a later row.
  func course(faults: inout [Diagnostic]) -> Course? {
    guard let framework else {
      faults.append(unknownFramework())
      return nil
    }
    let before = faults.count
    let id = record.filled("id", faults: &faults)
    let title = name("title", faults: &faults)
    let provider = provider(faults: &faults)
    let form = word("form", Course.Form.self, faults: &faults)
    let mode = word("mode", Course.Mode.self, faults: &faults)
    let hours = hours(faults: &faults)
    let level = level(faults: &faults)
    let gains = gains(faults: &faults)
    let primary = primary(among: gains, faults: &faults)
    let topic = topic(gains: gains, hours: hours, faults: &faults)
    let price = price(faults: &faults)
    let hasEvidence = ["evidence_zh", "evidence_en"].contains { !record.text($0).isEmpty }
    let evidence = hasEvidence ? name("evidence", faults: &faults) : nil
    let uptake = uptake(faults: &faults)
    guard faults.count == before, let id, let title, let provider, let form, let mode, let hours,
      let level, let gains, let primary
    else { return nil }
    return Course(
      id: Course.ID(rawValue: id), title: title, provider: provider, form: form, mode: mode,
      hours: hours, level: level, gains: gains, primary: primary,
      prerequisite: optional("prerequisite").map(Course.ID.init(rawValue:)),
      equivalents: optional("equivalents").map(Course.EquivalenceGroup.init(rawValue:)),
      price: price, evidence: evidence, framework: framework.id, topic: topic?.id,
      stages: words("stages"), subjects: words("subjects"), uptake: uptake)
  }

  private func optional(_ column: String) -> String? {
    let text = record.text(column)
    return text.isEmpty ? nil : text
  }

  private func name(_ column: String, faults: inout [Diagnostic]) -> LocalizedName? {
    let chinese = record.filled(column + "_zh", faults: &faults)
    let english = record.filled(column + "_en", faults: &faults)
    guard let chinese, let english else { return nil }
    return LocalizedName(chinese: chinese, english: english)
  }

  private func provider(faults: inout [Diagnostic]) -> Provider.ID? {
    guard let text = record.filled("provider", faults: &faults) else { return nil }
    let id = Provider.ID(rawValue: text)
    if context.providers.contains(id) { return id }
    faults.append(
      record.fault(
        "unknown-provider", in: "provider",
        Text("没有“\(text)”这个培训机构。", "There is no provider “\(text)”."),
        remedy: Text("请先在 providers.csv 中登记。", "Add it to providers.csv first.")))
    return nil
  }

  /// A word of a closed list.
  private func word<Word: RawRepresentable & CaseIterable>(
    _ column: String, _ type: Word.Type, faults: inout [Diagnostic]
  ) -> Word? where Word.RawValue == String {
    guard let text = record.filled(column, faults: &faults) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    faults.append(
      record.fault(
        "unknown-\(column)", in: column,
        Text("“\(text)”不是认识的写法。", "“\(text)” is not one of the known words."),
        remedy: Text(
          "请写成：\(known.joined(separator: "、"))。",
          "Write one of: \(known.joined(separator: ", ")).")))
    return nil
  }

  private func hours(faults: inout [Diagnostic]) -> Double? {
    guard let hours = record.number("hours", faults: &faults) else { return nil }
    if hours > 0 { return hours }
    faults.append(
      record.fault(
        "hours-not-positive", in: "hours",
        Text("学时必须大于 0。", "The hours must be above 0."),
        remedy: Text("请写出课程的学时。", "Write the hours of the course.")))
    return nil
  }

  private func level(faults: inout [Diagnostic]) -> Int? {
    let text = record.text("level")
    let count = framework?.measurement.courseLevelLocations.count ?? 0
    if let level = Int(text), (0..<count).contains(level) { return level }
    faults.append(
      record.fault(
        "level-out-of-range", in: "level",
        Text(
          "级别“\(text)”不在 0 到 \(count - 1) 之间。",
          "The level “\(text)” is not between 0 and \(count - 1)."),
        remedy: Text("请写出级别的序号，从 0 起。", "Write the number of the level, from 0.")))
    return nil
  }

  private func gains(faults: inout [Diagnostic]) -> [CompetencyPoint.ID: Double]? {
    guard let text = record.filled("gains", faults: &faults) else { return nil }
    var gains: [CompetencyPoint.ID: Double] = [:]
    for part in text.split(separator: ";") {
      let pieces = part.split(separator: ":", omittingEmptySubsequences: false)
        .map { $0.trimmingPrefix(while: \.isWhitespace) }
      let point = CompetencyPoint.ID(rawValue: pieces.first.map(String.init) ?? "")
      guard pieces.count == 2, let gain = Double(pieces[1]), gain.isFinite, gain > 0,
        gains[point] == nil
      else {
        faults.append(badGain(String(part)))
        return nil
      }
      guard isKnown(point, in: "gains", faults: &faults) else { return nil }
      gains[point] = gain
    }
    return gains
  }

  private func badGain(_ part: String) -> Diagnostic {
    record.fault(
      "bad-number", in: "gains",
      Text(
        "“\(part)”不是“能力点:增益”，或者重复，或者增益不大于 0。",
        "“\(part)” is not “point:gain”, or is repeated, or its gain is not above 0."),
      remedy: Text("请写成 A1:0.40;A11:0.15 的样子。", "Write it like A1:0.40;A11:0.15."))
  }

  private func isKnown(
    _ point: CompetencyPoint.ID, in column: String, faults: inout [Diagnostic]
  ) -> Bool {
    if framework?.point(point) != nil { return true }
    faults.append(
      record.fault(
        "unknown-point", in: column,
        Text(
          "能力框架里没有能力点“\(point.rawValue)”。",
          "The framework has no point “\(point.rawValue)”."),
        remedy: Text("请写框架中的能力点编号。", "Write the code of a point of the framework.")))
    return false
  }

  private func primary(
    among gains: [CompetencyPoint.ID: Double]?, faults: inout [Diagnostic]
  ) -> CompetencyPoint.ID? {
    guard let text = record.filled("primary", faults: &faults) else { return nil }
    let point = CompetencyPoint.ID(rawValue: text)
    guard isKnown(point, in: "primary", faults: &faults), let gains else { return nil }
    if gains[point] != nil { return point }
    faults.append(
      record.fault(
        "primary-without-gain", in: "primary",
        Text("主要能力点“\(text)”不在增益中。", "The primary point “\(text)” is not among the gains."),
        remedy: Text("请在 gains 中写出它的增益。", "Write its gain in the column gains.")))
    return nil
  }

  private func price(faults: inout [Diagnostic]) -> Double? {
    guard let text = optional("price") else { return nil }
    guard let price = record.number("price", faults: &faults) else { return nil }
    if price >= 0 { return price }
    faults.append(
      record.fault(
        "bad-number", in: "price",
        Text("价格“\(text)”小于 0。", "The price “\(text)” is below 0."),
        remedy: Text("免费写 0，未定留空。", "Write 0 when it is free, nothing when undecided.")))
    return nil
  }
}
