/// The exponential and the logarithm, formed only from additions, multiplications and divisions.
///
/// The C library chooses among variants by what the processor offers, and they differ in the last
/// bit. Numbers that are stored must be the same everywhere, so these have one path. Errors stay
/// within 2 units in the last place over the whole range; tests hold them to that.
enum Elementary {
  // log 2 in two parts: the first has so few digits that its product with a small integer is exact.
  private static let logTwoHigh = 6.93147180369123816490e-01
  private static let logTwoLow = 1.90821492927058770002e-10
  /// Adding and subtracting 1.5 · 2⁵² rounds to the nearest integer.
  private static let roundingShift = 6_755_399_441_055_744.0

  /// eˣ; 0 below −746 and infinite above 709.8.
  static func exp(_ x: Double) -> Double {
    guard x > -746 else { return x.isNaN ? x : 0 }
    guard x < 709.782712893384 else { return .infinity }
    let power = (x * 1.4426950408889634 + roundingShift) - roundingShift
    let rest = (x - power * logTwoHigh) - power * logTwoLow
    // Taylor's series; |rest| ≤ ½ log 2, so the first term left out is below 10⁻¹⁷.
    var sum = 1.0 / 6_227_020_800
    sum = sum * rest + 1.0 / 479_001_600
    sum = sum * rest + 1.0 / 39_916_800
    sum = sum * rest + 1.0 / 3_628_800
    sum = sum * rest + 1.0 / 362_880
    sum = sum * rest + 1.0 / 40_320
    sum = sum * rest + 1.0 / 5_040
    sum = sum * rest + 1.0 / 720
    sum = sum * rest + 1.0 / 120
    sum = sum * rest + 1.0 / 24
    sum = sum * rest + 1.0 / 6
    sum = sum * rest + 0.5
    let value = 1 + (rest + rest * rest * sum)
    return scaled(value, by: Int(power))
  }

  /// log x for x > 0; −∞ at 0.
  static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    guard x >= .leastNormalMagnitude else {
      // 2⁵⁴.
      return log(x * 18_014_398_509_481_984) - 54 * (logTwoHigh + logTwoLow)
    }
    var exponent = Int((x.bitPattern >> 52) & 0x7ff) - 1023
    var significand = Double(bitPattern: (x.bitPattern & 0x000f_ffff_ffff_ffff) | 0x3ff0 << 48)
    if significand > 1.4142135623730951 {
      significand *= 0.5
      exponent += 1
    }
    let difference = significand - 1
    let power = Double(exponent)
    return power * logTwoHigh + (twiceAreaTangent(difference) + power * logTwoLow)
  }

  /// log(1 + x) for x > −1, exact to the last digits near 0.
  static func log(onePlus x: Double) -> Double {
    x.magnitude < 0.4 ? twiceAreaTangent(x) : log(1 + x)
  }

  /// eˣ − 1 for x ≤ 0, exact to the last digits near 0.
  static func expMinusOne(_ x: Double) -> Double {
    guard x.magnitude < 0.35 else { return exp(x) - 1 }
    // Taylor's series, from the term of degree 15 down.
    var sum = 1.0
    var degree = 15.0
    while degree > 1 {
      sum = 1 + sum * x / degree
      degree -= 1
    }
    return x * sum
  }

  /// log(1 + x) = 2 artanh(x / (2 + x)) for |x| < ½.
  private static func twiceAreaTangent(_ x: Double) -> Double {
    let ratio = x / (2 + x)
    let square = ratio * ratio
    var sum = 1.0 / 23
    for odd in stride(from: 21.0, through: 3, by: -2) { sum = sum * square + 1 / odd }
    // 2·ratio = x − x·ratio: written so that the leading term is x itself, without rounding.
    return x - (x * ratio - 2 * ratio * square * sum)
  }

  private static func scaled(_ value: Double, by power: Int) -> Double {
    guard power > -1022 else {
      return value * Double(bitPattern: UInt64(power + 1100 + 1023) << 52) * 0x1p-1000 * 0x1p-100
    }
    guard power < 1024 else { return value * 0x1p1023 * 2 }
    return value * Double(bitPattern: UInt64(power + 1023) << 52)
  }
}
