import Competency
import Testing

@testable import Web

struct WordingTests {
  @Test(arguments: [
    (0.8499, "84"), (0.85, "85"), (0.5999, "59"), (0.60, "60"), (0.2001, "21"), (0.20, "20"),
    (0.0001, "1"), (0.9999, "99"), (0.503, "50"),
  ])
  func `a rounded chance never contradicts the verdict beside it`(
    probability: Double, text: String
  ) {
    #expect(Numeral.percent(probability) == text)
  }

  @Test(arguments: [(25.0, "25"), (7.5, "7.5"), (0.0, "0"), (49.96, "50")])
  func `hours are whole where they are`(hours: Double, text: String) {
    #expect(Numeral.hours(hours) == text)
  }

  @Test func `names that people read out have no two signs that look alike`() {
    for _ in 0..<200 {
      let name = AccessToken.randomName()
      #expect(name.count == 16)
      #expect(name.allSatisfy { !"01ilo".contains($0) })
    }
  }

  @Test func `a token is taken back only as it was given`() {
    let token = AccessToken()
    #expect(AccessToken(token.text) == token)
    #expect(AccessToken(token.text + "A") == nil)
    #expect(AccessToken(token.text.dropLast() + ";") == nil)
    #expect(AccessToken("") == nil)
    #expect(AccessToken().text != token.text)
  }
}
