#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a number is written.
public enum NumberFormat: Hashable, Sendable {
  /// Up to this many significant digits, 1 to 17; trailing zeros and the point are dropped.
  case significant(Int)
  /// The shortest text that reads back to the same double.
  case shortest
  /// `{x:8.4}`, `{x:.4e}`, `{x:.4g}`: width and decimals as C's `%f`, `%e` and `%g` have them.
  case fixed(width: Int, decimals: Int, style: Style)

  /// The conversion of a fixed format.
  public enum Style: String, Sendable {
    /// Decimals.
    case f
    /// Scientific.
    case e
    /// The shorter of the two.
    case g
  }

  /// What the language starts with: 12 digits, so that 0.1 + 0.2 shows 0.3.
  public static let standard = NumberFormat.significant(12)

  /// The format of an interpolation: `[width] [. decimals] [e|f|g]`; nil when it is none.
  public init?(_ text: String) {
    var rest = text[...]
    let width = rest.prefix { $0.isASCII && $0.isNumber }
    rest.removeFirst(width.count)
    var decimals: Substring?
    if rest.first == "." {
      rest.removeFirst()
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { return nil }
      rest.removeFirst(digits.count)
      decimals = digits
    }
    guard let style = rest.isEmpty ? Style.f : Style(rawValue: String(rest)),
      decimals != nil || !width.isEmpty
    else { return nil }
    let widthValue = Int(width.isEmpty ? "0" : width) ?? -1
    let decimalsValue = Int(decimals ?? "6") ?? -1
    guard (0...200).contains(widthValue), (0...60).contains(decimalsValue) else { return nil }
    self = .fixed(
      width: widthValue, decimals: decimalsValue,
      style: decimals == nil && rest.isEmpty ? .g : style)
  }

  /// The number as text; NaN is `NaN`, infinities `inf` and `-inf`.
  public func text(_ number: Double) -> String {
    switch self {
    case .significant(let digits): NumberFormat.significant(number, digits)
    case .shortest: NumberFormat.shortest(number)
    case .fixed(let width, let decimals, let style):
      NumberFormat.padded(
        NumberFormat.special(number)
          ?? NumberFormat.printf("%.*\(style.rawValue)", decimals, number), to: width)
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func special(_ number: Double) -> String? {
    number.isNaN ? "NaN" : number.isInfinite ? (number < 0 ? "-inf" : "inf") : nil
  }

  /// C's rounding, which is exact.
  private static func printf(_ format: String, _ precision: Int, _ number: Double) -> String {
    withVaList([Int32(precision), number]) { arguments in
      var buffer = [CChar](repeating: 0, count: 512)
      let length = Int(vsnprintf(&buffer, buffer.count, format, arguments))
      return String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// Whole numbers below 2⁵³ in full; others as `%g` with this many digits.
  private static func significant(_ number: Double, _ digits: Int) -> String {
    if let special = special(number) { return special }
    if number == number.rounded(), number.magnitude < 0x1p53 {
      let whole = String(Int64(number))
      if whole.count <= max(digits, 15) { return number == 0 ? "0" : whole }
    }
    return tidied(printf("%.*g", digits, number))
  }

  /// Swift's shortest text, without a trailing `.0`.
  private static func shortest(_ number: Double) -> String {
    if let special = special(number) { return special }
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : tidied(text)
  }

  /// `1.5e-07` becomes `1.5e-7`.
  private static func tidied(_ text: String) -> String {
    guard let mark = text.firstIndex(of: "e") else { return text }
    let exponent = Int(text[text.index(after: mark)...]) ?? 0
    return "\(text[..<mark])e\(exponent)"
  }
}
