import ArgumentParser
import GradLanguage

extension RunOptions.ColorChoice: ExpressibleByArgument {}
extension RunOptions.DumpStage: ExpressibleByArgument {}

extension CourseFile: ExpressibleByArgument, CustomStringConvertible {
  init?(argument: String) { self = .file(argument) }

  /// What `--help` says.
  var description: String {
    switch self {
    case .builtIn: "grad's own"
    case .file(let path): path
    }
  }
}

extension RunOptions.Binding: ExpressibleByArgument {
  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    guard parts.count == 2, Interpreter.isName(parts[0]), let number = Interpreter.number(parts[1])
    else { return nil }
    name = parts[0]
    self.number = number
  }
}

/// A number that `seed` takes.
struct Seed: ExpressibleByArgument {
  let number: Int

  init?(argument: String) {
    guard let value = Interpreter.number(argument), let number = Int(exactly: value),
      (0..<1 << 53).contains(number)
    else { return nil }
    self.number = number
  }
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
