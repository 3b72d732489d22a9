import Foundation
import Testing

@testable import Psychometrics

/// The exponential and the logarithm against the C library's, which is right to the last digit.
struct ElementaryTests {
  @Test func `the exponential is right to two units in the last place`() {
    let worst = (-70000...70000).map { step in
      let x = Double(step) * 0.01
      return abs(Elementary.exp(x) / exp(x) - 1)
    }
    #expect((worst.max() ?? 1) <= 4.5e-16)
  }

  @Test func `the exponential ends in 0 and in infinity, and passes through the smallest numbers`()
  {
    #expect(Elementary.exp(-800) == 0)
    #expect(Elementary.exp(800) == .infinity)
    #expect(Elementary.exp(.nan).isNaN)
    for x in [-708.5, -720, -740, -744] {
      #expect(abs(Elementary.exp(x) - exp(x)) <= max(1e-15 * exp(x), .leastNonzeroMagnitude))
    }
  }

  @Test func `the logarithm is right to two units in the last place`() {
    var worst = 0.0
    for step in 1...20000 {
      for scale in [0x1p-1060, 1e-300, 1e-8, 1e-4, 1, 1e8, 1e300] {
        let x = Double(step) * scale
        let error = abs(Elementary.log(x) - log(x))
        worst = max(worst, error / max(abs(log(x)), 1e-300))
      }
    }
    #expect(worst <= 4.5e-16)
    #expect(Elementary.log(0) == -.infinity)
  }

  @Test func `small arguments keep their digits`() {
    for step in -39...39 {
      for scale in [1e-2, 1e-6, 1e-12] {
        let x = Double(step) * scale
        #expect(abs(Elementary.log(onePlus: x) - log1p(x)) <= 4.5e-16 * abs(log1p(x)))
        #expect(
          abs(Elementary.expMinusOne(-abs(x)) - expm1(-abs(x))) <= 4.5e-16 * abs(expm1(-abs(x))))
      }
    }
  }
}
