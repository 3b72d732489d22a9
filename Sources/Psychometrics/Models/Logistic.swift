/// The logistic function σ(z) = 1 / (1 + e⁻ᶻ) and its logarithm, without overflow at either end.
enum Logistic {
  /// σ(z).
  ///
  /// The complement is σ(−z), not 1 − σ(z): so both tails keep their relative precision.
  static func probability(_ z: Double) -> Double {
    let tail = Elementary.exp(-z.magnitude)
    return z >= 0 ? 1 / (1 + tail) : tail / (1 + tail)
  }

  /// log σ(z).
  static func logProbability(_ z: Double) -> Double {
    min(z, 0) - Elementary.log(onePlus: Elementary.exp(-z.magnitude))
  }
}
