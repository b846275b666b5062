extension Setting {
  /// What it changes.
  var summary: String {
    switch self {
    case .digits: "how many significant digits numbers show"
    case .trap: "whether NaN or infinity from finite numbers is an error"
    case .kinks: "whether a gradient that was taken at a kink is an error"
    case .limit: "how many nodes the graph may have"
    }
  }

  /// What it is at first, and how it is set.
  private var example: (first: String, example: String) {
    switch self {
    case .digits: ("12", "set digits full")
    case .trap: ("off", "set trap on")
    case .kinks: ("note", "set kinks error")
    case .limit: ("full", "set limit 1e6")
    }
  }

  /// What `:help NAME` shows.
  var topic: HelpTopic {
    let (first, example) = example
    return HelpTopic(
      rawValue, .setting, otherNames: ["set \(rawValue)"], summary: summary,
      text: """
        set \(rawValue)    \(summary)

          values     \(allowedValues)
          at first   \(first)
          example    \(example)
        """)
  }
}
