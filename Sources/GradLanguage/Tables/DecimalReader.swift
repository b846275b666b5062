/// Reads decimal numbers from bytes: what C's `strtod` reads in the C locale, without hexadecimal
/// numbers, infinities and NaN, and with the same result to the last bit.
///
/// An optional sign, digits with at most one point among, before or behind them, and an optional
/// exponent. What is too large is infinite, what is too small is zero.
struct DecimalReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position: Int
  /// The significant digits as a whole number, the first 19 of them.
  private var mantissa: UInt64 = 0
  /// The number of significant digits.
  private var digitCount = 0
  /// The power of ten that the mantissa is to be multiplied with.
  private var exponent = 0

  /// The longest number that begins at an offset and the offset behind it, or nil where none begins.
  @inline(__always)
  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (number: Double, end: Int)? {
    var reader = DecimalReader(bytes: bytes, position: start)
    let isNegative = reader.takeSign()
    guard reader.takeDigits() else { return nil }
    reader.takeExponent()
    guard let magnitude = reader.exactMagnitude ?? reader.roundedMagnitude(from: start)
    else { return nil }
    return (isNegative ? -magnitude : magnitude, reader.position)
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  // MARK: Reading

  @inline(__always)
  private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

  @inline(__always)
  private mutating func takeSign() -> Bool {
    let sign = byte
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position &+= 1 }
    return sign == UInt8(ascii: "-")
  }

  /// Takes digits and a point; false where there is no digit.
  @inline(__always)
  private mutating func takeDigits() -> Bool {
    var count = takeRun(isFraction: false)
    if byte == UInt8(ascii: ".") {
      position &+= 1
      count &+= takeRun(isFraction: true)
    }
    return count > 0
  }

  /// Takes digits that follow each other; returns how many.
  @inline(__always)
  private mutating func takeRun(isFraction: Bool) -> Int {
    let start = position
    while case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
      position &+= 1
      if digitCount < 19 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if isFraction { exponent &-= 1 }
      }
      if mantissa != 0 { digitCount &+= 1 }
    }
    return position &- start
  }

  /// Takes an exponent; an `e` without digits is not one and stays.
  @inline(__always)
  private mutating func takeExponent() {
    guard byte | 0x20 == UInt8(ascii: "e") else { return }
    let mark = position
    position &+= 1
    let isNegative = takeSign()
    let start = position
    var power = 0
    while case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
      position &+= 1
      power = min(power &* 10 &+ Int(digit), 1_000_000)
    }
    exponent &+= isNegative ? -power : power
    if position == start { position = mark }
  }

  // MARK: Rounding

  /// The magnitude where one operation gives it: mantissa and power of ten are doubles without
  /// rounding, so that their product or quotient is rounded once.
  ///
  /// Source: Clinger, "How to read floating point numbers accurately", 1990.
  @inline(__always)
  private var exactMagnitude: Double? {
    guard mantissa <= 1 << 53, digitCount <= 19 else { return nil }
    if exponent == 0 || mantissa == 0 { return Double(mantissa) }
    guard exponent.magnitude < DecimalReader.powersOfTen.count else { return nil }
    return exponent < 0
      ? Double(mantissa) / DecimalReader.powersOfTen[-exponent]
      : Double(mantissa) * DecimalReader.powersOfTen[exponent]
  }

  /// The magnitude by the standard library, whose reading is exact and knows no locale.
  @inline(never)
  private func roundedMagnitude(from start: Int) -> Double? {
    Double(String(decoding: bytes[start..<position], as: UTF8.self))?.magnitude
  }

  /// 10⁰…10²², the powers that are doubles.
  private static let powersOfTen = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
