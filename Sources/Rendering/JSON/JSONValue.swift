import GradLanguage

/// What can be written as JSON.
protocol JSONValue {
  /// Adds its text.
  func write(to text: inout String)
}

extension String: JSONValue {
  func write(to text: inout String) {
    text += "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      case _: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension Double: JSONValue {
  /// Reads back to the same double; what JSON has no number for is a string.
  func write(to text: inout String) {
    let digits = NumberFormat.shortest.text(self)
    text += isFinite ? digits : "\"\(digits)\""
  }
}

extension Int: JSONValue {
  func write(to text: inout String) { text += String(self) }
}

extension Bool: JSONValue {
  func write(to text: inout String) { text += self ? "true" : "false" }
}

extension Optional: JSONValue where Wrapped: JSONValue {
  func write(to text: inout String) {
    if let self { self.write(to: &text) } else { text += "null" }
  }
}

extension Array: JSONValue where Element: JSONValue {
  func write(to text: inout String) {
    text += "["
    for (index, element) in enumerated() {
      if index > 0 { text += "," }
      element.write(to: &text)
    }
    text += "]"
  }
}

/// An object whose members stand in the order in which they were added.
struct JSONObject: JSONValue {
  private var members = ""

  /// Adds a member.
  mutating func add(_ key: String, _ value: some JSONValue) {
    if !members.isEmpty { members += "," }
    key.write(to: &members)
    members += ":"
    value.write(to: &members)
  }

  func write(to text: inout String) { text += "{\(members)}" }

  /// The object on one line.
  var text: String { "{\(members)}" }
}

/// Numbers in nested arrays, as their shape has it.
struct JSONArray: JSONValue {
  let shape: [Int]
  let numbers: [Double]

  func write(to text: inout String) {
    guard shape.count > 1, !numbers.isEmpty else { return numbers.write(to: &text) }
    // The lengths of the runs that open and close a bracket each, innermost first.
    var runs: [Int] = []
    for size in shape.reversed() { runs.append((runs.last ?? 1) * size) }
    for (index, number) in numbers.enumerated() {
      if index > 0 { text += "," }
      for run in runs where index % run == 0 { text += "[" }
      number.write(to: &text)
      for run in runs where (index + 1) % run == 0 { text += "]" }
    }
  }
}
