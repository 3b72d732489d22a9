import Delivery
import Foundation
import ItemBank

/// An answer as a program or the pages' script sends it: responses in the PCI form, the fields of
/// the page, or 我不确定.
struct APIResponse {
  private let body: APIBody
  private let item: AssessmentItem
  private let session: TestSession

  /// - Throws: ``SessionError/itemNotPresented(_:)`` if the bank holds no such item.
  init(
    _ body: APIBody, to id: AssessmentItem.ID, in session: TestSession, bank: Bank
  ) throws(SessionError) {
    guard let item = bank.item(id)?.item else { throw .itemNotPresented(id.rawValue) }
    self.body = body
    self.item = item
    self.session = session
  }

  /// Reads the answer, its choices under the names they were sent with.
  ///
  /// - Throws: ``Refusal`` or ``SessionError/responseDoesNotFit(item:)``.
  func answer() throws -> TestSession.Answer {
    if body.isTrue("unsure") { return .unsure }
    if let text = try body.text("fields") { return try answer(fields: text) }
    guard let response = try body.object("response") else {
      throw Refusal.invalid(field: "response")
    }
    let data = try JSONSerialization.data(withJSONObject: response)
    do throws(ResponseError) {
      return .response(try named(try ResponseValue.responses(pciJSON: data)))
    } catch {
      throw SessionError.responseDoesNotFit(item: item.id.rawValue)
    }
  }

  private func answer(fields text: String) throws(Refusal) -> TestSession.Answer {
    let fields = AnswerFields(item, in: session)
    guard let entered = EnteredValues(text: text, fields.fields) else {
      throw .invalid(field: "fields")
    }
    do throws(EntryFault) {
      return try fields.answer(entered)
    } catch {
      throw .incomplete(AnswerFault(number: session.number(of: item.id), fault: error))
    }
  }

  private func named(
    _ responses: [String: ResponseValue]
  ) throws(ResponseError) -> [String: ResponseValue] {
    var named = responses
    for interaction in item.interactions {
      let variable = interaction.responseIdentifier
      if case .textEntry = interaction { continue }
      guard let response = responses[variable] else { continue }
      named[variable] = try response.renamed { (token: String) throws(ResponseError) in
        guard let choice = ChoiceToken.choice(token, in: interaction, of: item) else {
          throw .unknownChoice(variable: variable, choice: token)
        }
        return choice.rawValue
      }
    }
    return named
  }
}
