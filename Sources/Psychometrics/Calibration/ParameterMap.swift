/// Which number of the search's vector each parameter of each item and population is.
///
/// A parameter with place −1 is fixed: an anchor's, or the mean and spread of the reference group.
struct ParameterMap: Sendable {
  /// How many numbers the search moves.
  private(set) var count = 0
  /// The places of each item's parameters.
  private(set) var items: [[Int]] = []
  /// The values of each item's parameters where they are fixed.
  private(set) var fixed: [[Double]] = []
  /// The places of each population's mean and logarithm of its standard deviation.
  private(set) var populations: [[Int]] = []
  /// Where the correlations of several abilities start.
  private(set) var firstCorrelation = 0

  /// Lays out the parameters.
  ///
  /// - Parameters:
  ///   - model: the family.
  ///   - categories: the categories of each item.
  ///   - anchors: the fixed parameters of some items, by item.
  ///   - populations: how many groups of persons there are.
  ///   - correlations: how many correlations between abilities are free.
  init(
    model: CalibrationModel, categories: [Int], anchors: [Int: [Double]], populations: Int,
    correlations: Int = 0
  ) {
    let sharedSlope = model == .onePL && anchors.isEmpty
    if sharedSlope { count = 1 }
    for (item, number) in categories.enumerated() {
      let size = model.parameterCount(categories: number)
      if let anchor = anchors[item] {
        items.append([Int](repeating: -1, count: size))
        fixed.append(anchor)
        continue
      }
      fixed.append([Double](repeating: 0, count: size))
      let own = sharedSlope ? size - 1 : size
      items.append((sharedSlope ? [0] : []) + (count..<count + own))
      count += own
    }
    for population in 0..<populations {
      // Without anchors the first group fixes the scale; with them every group is free.
      let isFree = population > 0 || !anchors.isEmpty
      self.populations.append(isFree ? [count, count + 1] : [-1, -1])
      if isFree { count += 2 }
    }
    firstCorrelation = count
    count += correlations
  }

  /// The parameters of an item.
  func parameters(ofItem item: Int, in vector: [Double]) -> [Double] {
    zip(items[item], fixed[item]).map { $0 < 0 ? $1 : vector[$0] }
  }

  /// The mean and the standard deviation of a population.
  func population(_ population: Int, in vector: [Double]) -> (mean: Double, deviation: Double) {
    let places = populations[population]
    guard places[0] >= 0 else { return (0, 1) }
    return (vector[places[0]], Elementary.exp(vector[places[1]]))
  }
}
