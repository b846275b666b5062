import ArgumentParser
import GradLanguage

/// When colours are used.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether a stream gets colours; `noColor` is what the environment says.
  func isOn(for file: OutputFile, noColor: Bool) -> Bool {
    switch self {
    case .auto: file.isTerminal && !noColor
    case .always: true
    case .never: false
    }
  }
}

/// A layer whose work is shown.
enum DumpStage: String, ExpressibleByArgument, CaseIterable {
  case tokens, tree, program, graph
}

/// How many digits numbers are shown with.
struct Digits: ExpressibleByArgument {
  let format: NumberFormat

  init?(argument: String) {
    if argument == "full" {
      format = .shortest
    } else if let count = Int(argument), (1...17).contains(count) {
      format = .significant(count)
    } else {
      return nil
    }
  }
}

/// A name that is bound before anything runs.
struct Binding: ExpressibleByArgument {
  let name: String
  let number: Double

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, Interpreter.isName(String(parts[0])),
      let number = Double(String(parts[1]))
    else { return nil }
    name = String(parts[0])
    self.number = number
  }
}
