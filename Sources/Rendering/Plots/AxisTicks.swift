#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import GradLanguage

/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
struct AxisTicks {
  let values: [Double]
  private let format: NumberFormat
  /// How many digits after the first tell ticks apart, where all are written with powers of ten.
  private let powerDecimals: Int?

  /// About `count` ticks between two numbers, at most twice as many.
  init(from low: Double, to high: Double, about count: Int) {
    let step = AxisTicks.step(from: low, to: high, about: count)
    var values: [Double] = []
    if let step {
      let first = (low / step).rounded(.up)
      for k in 0...(4 * max(count, 1)) {
        let value = (first + Double(k)) * step
        // What is a hair outside for rounding's sake is at the end.
        guard value <= high + step * 1e-9 else { break }
        values.append(value == 0 ? 0 : value)
      }
    }
    self.values = values.isEmpty ? [low] : values
    let largest = max(low.magnitude, high.magnitude)
    let digits = step.map { Int(log10(largest / $0).rounded(.up)) + 1 } ?? 6
    format = .significant(min(max(digits, 3), 15))
    powerDecimals = largest >= 1e7 && digits <= 4 ? digits : nil
  }

  /// The distance between ticks; nil where the numbers are too near each other, or too far apart.
  static func step(from low: Double, to high: Double, about count: Int) -> Double? {
    let rough = (high / 2 - low / 2) / Double(max(count, 1)) * 2
    guard rough.isFinite, rough > 0, rough > max(low.magnitude, high.magnitude) * 1e-14 else {
      return nil
    }
    let power = pow(10, log10(rough).rounded(.down))
    guard power.isNormal else { return nil }
    let factor = [1.0, 2, 5, 10].first { $0 * power >= rough * 0.999999 } ?? 10
    return (factor * power).isFinite ? factor * power : nil
  }

  /// A tick's number: from ten million on as `2.5e7`, so that the digits leave room for the plot.
  func text(_ value: Double) -> String {
    guard let powerDecimals, value != 0 else { return format.text(value) }
    let whole = NumberFormat.fixed(width: 0, decimals: powerDecimals, style: .e).text(value)
    let parts = whole.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return format.text(value) }
    var mantissa = parts[0]
    while mantissa.contains("."), mantissa.last == "0" || mantissa.last == "." {
      mantissa.removeLast()
    }
    return "\(mantissa)e\(exponent)"
  }
}
