public import ItemBank

extension BankItem {
  /// The category an answer is scored in: its SCORE, which the bank's checks have made sure is a whole
  /// number from 0 to the highest category; 我不确定 is the lowest.
  ///
  /// - Parameters:
  ///   - answer: the answer.
  ///   - highest: the highest category.
  /// - Returns: nil where the item gives no whole number, or the answer does not fit it any more.
  public func category(of answer: TestSession.Answer, highest: Int) -> Int? {
    guard case .response(let responses) = answer else { return 0 }
    do throws(ResponseError) {
      let category = try item.score(responses)["SCORE"]?.number.flatMap(Int.init(exactly:))
      return category.map { min(max($0, 0), highest) }
    } catch {
      // Responses were checked when they were saved; one that no longer fits is left out.
      return nil
    }
  }
}
