/// A setting that `set` changes.
enum Setting: String, CaseIterable {
  case digits, trap, kinks, limit

  /// One of its values.
  var exampleValue: String {
    switch self {
    case .digits: "17"
    case .trap: "on"
    case .kinks: "error"
    case .limit: "1e6"
    }
  }

  /// What a message offers.
  var allowedValues: String {
    switch self {
    case .digits: "1 to 17, or full"
    case .trap: "on or off"
    case .kinks: "note or error"
    case .limit: "a number of nodes from 1000 on, or full"
    }
  }
}

/// The settings of a session.
public struct Settings: Sendable {
  /// How numbers are shown.
  public var format = NumberFormat.standard
  /// Whether a result that is not finite, from finite operands, is an error.
  public var trap = false
  /// Whether a gradient that was taken at a kink is an error.
  public var kinksAreErrors = false
  /// Whether warnings are errors.
  public var strict = false
  /// The most nodes that the graph may hold; nil for what the machine's memory allows.
  public var nodeLimit: Int?
  /// How many bytes of memory the whole program may take when something large is computed; three
  /// quarters of what the system lets it have when nil.
  public var memoryLimit: Int?

  /// The settings that a session starts with.
  public init() {}

  /// The word that sets a setting as it is.
  func text(of setting: Setting) -> String {
    switch setting {
    case .digits:
      if case .significant(let digits) = format { return String(digits) }
      return "full"
    case .trap: return trap ? "on" : "off"
    case .kinks: return kinksAreErrors ? "error" : "note"
    case .limit: return nodeLimit.map(String.init) ?? "full"
    }
  }

  /// Sets a setting from a word; false when it is not one of its values.
  mutating func set(_ setting: Setting, to value: String) -> Bool {
    switch setting {
    case .digits:
      if value == "full" {
        format = .shortest
      } else if let digits = Int(value), (1...17).contains(digits) {
        format = .significant(digits)
      } else {
        return false
      }
    case .trap:
      guard let isOn = ["on": true, "off": false][value] else { return false }
      trap = isOn
    case .kinks:
      guard let isError = ["error": true, "note": false][value] else { return false }
      kinksAreErrors = isError
    case .limit:
      if value == "full" {
        nodeLimit = nil
      } else if let limit = Double(value), (1000...0x1p30).contains(limit) {
        nodeLimit = Int(limit)
      } else {
        return false
      }
    }
    return true
  }
}
