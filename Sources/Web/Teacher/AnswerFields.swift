import Delivery
import Foundation
import ItemBank

/// The fields with which one item is answered in a session: their names in the form, and what their
/// values mean.
struct AnswerFields {
  /// One field of the form; several boxes may share it.
  struct Field {
    /// How many of its options may be taken, or what may be written.
    enum Kind: Hashable {
      case one
      case several
      case text
    }

    /// The name of the control's field, such as `RESPONSE.2`.
    var name: String
    var kind: Kind
    var options: [CandidateContent.Option]
  }

  let item: AssessmentItem
  let content: CandidateContent
  /// In the order of the page.
  let fields: [Field]
  /// Whether 我不确定 is one more radio button of the only field, and not a box of its own.
  let isOneQuestion: Bool

  init(_ item: AssessmentItem, in session: TestSession) {
    self.item = item
    content = session.content(of: item)
    var fields: [Field] = []
    for control in content.controls {
      if case .mark(let option, _) = control.kind,
        let place = fields.firstIndex(where: { $0.name == control.field })
      {
        fields[place].options.append(option)
      } else {
        fields.append(
          Field(name: control.field, kind: control.fieldKind, options: control.options))
      }
    }
    self.fields = fields
    isOneQuestion = content.controls.allSatisfy(\.isRadio) && fields.count == 1
  }

  /// The field of 我不确定, and of the whole answer when it is one of several radio buttons.
  var unsureName: String { "answer-\(item.id.rawValue)" }

  /// The name of a field in the form.
  func formName(of field: String) -> String {
    isOneQuestion ? unsureName : "\(unsureName):\(field)"
  }

  /// What an option is sent as.
  func token(of option: CandidateContent.Option) -> String {
    switch option.meaning {
    case .choice(let choice): ChoiceToken.token(of: choice, in: item)
    case .place(let place): String(place)
    }
  }

  /// What a form sent for the item.
  ///
  /// - Parameters:
  ///   - form: the form.
  ///   - shown: what the page had shown, as the form carries it; nil when it does not.
  /// - Returns: what stands in the fields, or 我不确定 and nothing beside it.
  func entered(in form: Form, shown: String?) -> EnteredValues {
    let isUnsure = form[unsureName] == ChoiceToken.unsure
    if isUnsure, isOneQuestion { return .unsure }
    let values = EnteredValues(values: fields.map { form.values(of: formName(of: $0.name)) })
    // Who ticks the box means it, whatever stands in the fields; who answers on a page that
    // showed it ticked has changed his mind, with or without taking the tick away.
    return isUnsure && (values.isEmpty || shown != ChoiceToken.unsure) ? .unsure : values
  }

  /// What stands in the fields when an answer is shown.
  func entered(_ answer: TestSession.Answer?) -> EnteredValues {
    switch answer {
    case nil: return EnteredValues(values: fields.map { _ in [] })
    case .unsure: return .unsure
    case .response(let responses):
      let entries = content.entries(of: responses)
      return EnteredValues(
        values: fields.map { field in
          let taken = (entries[field.name] ?? []).map { entry -> String in
            switch entry {
            case .taken(let meaning): token(of: .init(meaning: meaning, label: .empty))
            case .written(let text): text
            }
          }
          // In the order of the page, like the boxes of a form.
          return field.kind == .several
            ? field.options.map(token).filter(taken.contains) : taken
        })
    }
  }

  /// The answer that values are.
  ///
  /// - Throws: ``EntryFault`` if they are none yet.
  func answer(_ entered: EnteredValues) throws(EntryFault) -> TestSession.Answer {
    if entered.isUnsure { return .unsure }
    var entries: [String: [CandidateEntry]] = [:]
    for (field, values) in zip(fields, entered.values) where !values.isEmpty {
      var known: [CandidateEntry] = []
      for value in field.kind == .several ? values : [values[values.count - 1]] {
        known.append(try entry(value, in: field))
      }
      entries[field.name] = known
    }
    let responses = try item.responses(entered: entries, in: content)
    do throws(ResponseError) {
      _ = try item.score(responses)
    } catch {
      throw EntryFault(.notOffered, in: fields.map(\.name))
    }
    return .response(responses)
  }

  private func entry(_ value: String, in field: Field) throws(EntryFault) -> CandidateEntry {
    if field.kind == .text { return .written(value) }
    guard let option = field.options.first(where: { token(of: $0) == value }) else {
      throw EntryFault(.notOffered, in: [field.name])
    }
    return .taken(option.meaning)
  }
}

extension CandidateContent.Control {
  fileprivate var isRadio: Bool {
    switch kind {
    case .radios, .mark(_, isExclusive: true): true
    case .checkboxes, .select, .mark, .text: false
    }
  }

  fileprivate var fieldKind: AnswerFields.Field.Kind {
    switch kind {
    case .radios, .select, .mark(_, isExclusive: true): .one
    case .checkboxes, .mark: .several
    case .text: .text
    }
  }
}
