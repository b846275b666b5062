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

  /// x·y, exactly.
  init(product x: Double, _ y: Double) {
    high = x * y
    low = (-high).addingProduct(x, y)
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

  /// eˣ for |x| < 100: by its series for x/256, squared eight times.
  static func exp(_ x: Double) -> DoubleDouble {
    let x = DoubleDouble(high: x / 256)
    var sum = DoubleDouble(high: 1)
    for k in stride(from: 16.0, through: 1, by: -1) {
      sum = DoubleDouble(high: 1) + x * sum / DoubleDouble(high: k)
    }
    for _ in 0..<8 { sum = sum * sum }
    return sum
  }

  /// xⁿ for n ≥ 0, by repeated squaring.
  static func pow(_ x: DoubleDouble, _ n: Int) -> DoubleDouble {
    var (n, square) = (n, x)
    var product = DoubleDouble(high: 1)
    while n > 0 {
      if n % 2 == 1 { product = product * square }
      n /= 2
      if n > 0 { square = square * square }
    }
    return product
  }

  static func / (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let first = x.high / y.high
    let remainder = x - y * DoubleDouble(high: first)
    let second = remainder.high / y.high
    let rest = remainder - y * DoubleDouble(high: second)
    return DoubleDouble(sum: first, second) + DoubleDouble(high: rest.high / y.high)
  }
}
