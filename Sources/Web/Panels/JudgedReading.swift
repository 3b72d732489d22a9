import Competency
import Foundation
import ItemBank
import Psychometrics
import Storage

extension JudgedPlace {
  /// What was read: values by choice or level, or what is wrong with the fields.
  struct Reading {
    var values: [String: Double] = [:]
    var faults: [Fault] = []
  }

  /// Makes values of what was typed.
  func read(_ typed: Typed) -> Reading {
    var reading = Reading()
    for (place, (field, subject)) in zip(fields, subjects).enumerated() {
      switch value(typed.values[field], place: place) {
      case .success(let value): reading.values[subject] = value
      case .failure(let fault):
        // The first button of a scale is what a link can lead to.
        let target = panel.kind == .options ? "\(field)-0" : field
        reading.faults.append(Fault(field: target, text: fault.text))
      }
    }
    if panel.kind != .options, reading.faults.isEmpty { reading.faults += disorder(reading.values) }
    if typed.remark.count > Self.remarkLimit {
      reading.faults.append(
        Fault(
          field: "remark",
          text: phrases("judging.remarkTooLong", ["limit": "\(Self.remarkLimit)"])))
    }
    return reading
  }

  /// Why a field's text is no value.
  private struct Unusable: Error {
    var text: String
  }

  private func value(_ text: String?, place: Int) -> Result<Double, Unusable> {
    switch panel.kind {
    case .options:
      guard let points = text.flatMap({ Int($0) }), (0...maximum).contains(points) else {
        return .failure(
          Unusable(text: phrases("judging.noScore", ["choice": "\(place + 1)"])))
      }
      return .success(Double(points))
    case .angoff:
      // Full-width digits and points come out of Chinese keyboards.
      let plain = text?.applyingTransform(.fullwidthToHalfwidth, reverse: false)?
        .replacingOccurrences(of: "。", with: ".").replacingOccurrences(of: "｡", with: ".")
      guard let score = plain.flatMap({ Double($0) }), (0...Double(maximum)).contains(score) else {
        return .failure(
          Unusable(
            text: phrases(
              "judging.noExpectation",
              ["level": levelName(place), "maximum": "\(maximum)"])))
      }
      // Nobody means more than a tenth of a point.
      return .success((score * 10).rounded() / 10)
    case .bookmark:
      let plain = text?.applyingTransform(.fullwidthToHalfwidth, reverse: false)
      guard let page = plain.flatMap({ Int($0) }), (1...max(1, booklet.count)).contains(page) else {
        return .failure(
          Unusable(
            text: phrases(
              "judging.noPage", ["level": levelName(place), "pages": "\(booklet.count)"])))
      }
      return .success(Double(page))
    }
  }

  /// A higher level cannot begin below a lower one.
  private func disorder(_ values: [String: Double]) -> [Fault] {
    zip(levels.indices, levels.indices.dropFirst()).compactMap { lower, upper in
      guard let below = values[levels[lower].id.rawValue],
        let above = values[levels[upper].id.rawValue], below > above
      else { return nil }
      return Fault(
        field: fields[upper],
        text: phrases(
          panel.kind == .bookmark ? "judging.pagesFall" : "judging.expectationsFall",
          ["lower": levelName(lower), "upper": levelName(upper)]))
    }
  }

  func levelName(_ place: Int) -> String { levels[place].name.text(in: phrases.language) }

  /// The most points of the item.
  var maximum: Int { item?.maximumCategory ?? 0 }

  /// The steps of all items, easiest first.
  var booklet: [Bookmark.Step] { Bookmark(models: panel.models(in: bank)).booklet }
}
