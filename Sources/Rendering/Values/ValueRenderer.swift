public import GradLanguage

/// Values as they are echoed: `a = 2    grad 6`.
public struct ValueRenderer: Sendable {
  private let format: NumberFormat

  /// A renderer that writes numbers in this format.
  public init(format: NumberFormat) { self.format = format }

  /// The value with the name that it was asked by; without one the value alone.
  public func render(_ value: ShownValue, name: String?) -> StyledText {
    switch value {
    case .number(let number):
      var text = StyledText(equation(name) + format.text(number.data))
      guard name != nil else { return text }
      text.appendStale(number.isStale)
      if let gradient = number.gradient {
        text.append("    ")
        text.append(
          "grad " + format.text(gradient), number.isGradientStale ? .stale : .gradient)
        text.appendStale(number.isGradientStale)
      }
      return text
    case .array(let array): return render(array, name)
    case .table:
      return StyledText(equation(name) + ValueText.text(of: value, format: format))
    case .string(let string):
      return StyledText(name == nil ? string : equation(name) + ValueRenderer.quoted(string))
    case .function(let signature):
      return StyledText(function(signature, name))
    case .nothing:
      return StyledText()
    }
  }

  private func equation(_ name: String?) -> String { name.map { "\($0) = " } ?? "" }

  private func render(_ array: ShownArray, _ name: String?) -> StyledText {
    let start = equation(name)
    let arrays = ArrayText(format)
    var text = StyledText(
      start
        + arrays.echoed(
          shape: array.shape, numbers: array.numbers, indentation: DisplayWidth.of(start)))
    guard name != nil else { return text }
    text.appendStale(array.isStale)
    if let gradient = array.gradient {
      let start = "    grad "
      text.append("\n")
      text.append(
        start
          + arrays.echoed(
            shape: array.shape, numbers: gradient, indentation: DisplayWidth.of(start)),
        array.isGradientStale ? .stale : .gradient)
      text.appendStale(array.isGradientStale)
    }
    return text
  }

  /// `f(x, y)`; by another name than its own `g = f(x, y)`; an anonymous one by its name `g(x, y)`.
  private func function(_ signature: String, _ name: String?) -> String {
    guard let name else { return signature.hasPrefix("(") ? signature + " -> …" : signature }
    if signature.hasPrefix("(") { return name + signature }
    return signature.hasPrefix(name + "(") ? signature : "\(name) = \(signature)"
  }

  /// The string as it would be written, on one line.
  static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"", "\\", "{", "}": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension StyledText {
  /// The mark of what was computed from data that has changed since.
  mutating func appendStale(_ isStale: Bool) {
    if isStale { append(" stale", .stale) }
  }
}
