import GradLanguage

/// Amounts as people read them: three digits and a unit.
public enum SizeText {
  /// Bytes: `512 B`, `4.1 MB`; a kilobyte is 1000 bytes.
  public static func bytes(_ count: Int) -> String {
    scaled(Double(count), ["B", "kB", "MB", "GB", "TB"])
  }

  /// Seconds: `3.2 µs`, `0.42 s`, `75 s`.
  public static func seconds(_ seconds: Double) -> String {
    if seconds >= 0.0995 { return "\(digits(seconds)) s" }
    return scaled(seconds * 1e9, ["ns", "µs", "ms"])
  }

  /// A count with its digits in groups of three: `65 077`.
  public static func count(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    var text = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += " " }
      text.append(digit)
    }
    return text
  }

  private static func scaled(_ amount: Double, _ units: [String]) -> String {
    var (amount, unit) = (amount, 0)
    while amount >= 999.5, unit < units.count - 1 {
      amount /= 1000
      unit += 1
    }
    return "\(digits(amount)) \(units[unit])"
  }

  /// Three digits, or all of the whole part.
  private static func digits(_ amount: Double) -> String {
    amount >= 999.5
      ? count(Int(amount.rounded())) : NumberFormat.significant(3).text(amount)
  }
}
