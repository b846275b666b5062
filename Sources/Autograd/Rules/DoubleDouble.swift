/// A number as the unevaluated sum of two doubles: about 106 bits.
///
/// For the few sums whose terms cancel. Sources: Dekker 1971; Knuth, The Art of Computer
/// Programming, 4.2.2.
struct DoubleDouble {
  let high: Double
  let low: Double

  init(high: Double, low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// x + y, exactly.
  init(sum x: Double, _ y: Double) {
    high = x + y
    let rounded = high - x
    low = (x - (high - rounded)) + (y - rounded)
  }

  /// The nearest double.
  var value: Double { high + low }

  static func + (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let highs = DoubleDouble(sum: x.high, y.high)
    let lows = DoubleDouble(sum: x.low, y.low)
    let sum = DoubleDouble(sum: highs.high, highs.low + lows.high)
    return DoubleDouble(sum: sum.high, sum.low + lows.low)
  }

  static func - (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    x + DoubleDouble(high: -y.high, low: -y.low)
  }

  static func * (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let product = x.high * y.high
    let error = (-product).addingProduct(x.high, y.high)
    return DoubleDouble(sum: product, error + (x.high * y.low + x.low * y.high))
  }

  static func / (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let first = x.high / y.high
    let remainder = x - y * DoubleDouble(high: first)
    let second = remainder.high / y.high
    let rest = remainder - y * DoubleDouble(high: second)
    return DoubleDouble(sum: first, second) + DoubleDouble(high: rest.high / y.high)
  }
}
