import Psychometrics
import Testing

struct SeededGeneratorTests {
  @Test func `the numbers are those that the published SplitMix64 gives`() {
    // Reference output of the authors' C code for the seed 1234567, as printed at Rosetta Code,
    // "Pseudo-random numbers/Splitmix64".
    var generator = SeededGenerator(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func `a shuffle keeps every element, and every element reaches every place`() {
    var places = [[Int]](repeating: [0, 0, 0, 0], count: 4)
    for seed in 0..<4_000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let order = generator.shuffled([0, 1, 2, 3])
      #expect(order.sorted() == [0, 1, 2, 3])
      for (place, element) in order.enumerated() { places[element][place] += 1 }
    }
    // 1,000 expected in each, standard deviation 27.
    #expect(places.joined().allSatisfy { (865...1_135).contains($0) }, "\(places)")
  }

  @Test func `streams of one seed for other purposes are apart`() {
    var first = SeededGenerator(seed: 1, purpose: "form")
    var again = SeededGenerator(seed: 1, purpose: "form")
    var other = SeededGenerator(seed: 1, purpose: "choices")
    let (one, two, three) = (first.next(), again.next(), other.next())
    #expect(one == two)
    #expect(one != three)
  }
}
