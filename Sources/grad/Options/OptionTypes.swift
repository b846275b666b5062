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

extension RunOptions.Binding {
  /// - Throws: what is wrong with `name=number`.
  init(argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    guard parts.count == 2 else { throw ValidationError("a name and a number are `x=2`") }
    guard Interpreter.isName(parts[0]) else {
      throw ValidationError("`\(parts[0])` cannot be a name")
    }
    guard let number = Interpreter.number(parts[1]) else {
      let isList = parts[1].contains(",") && parts[1].contains("=")
      throw ValidationError(
        isList
          ? "the option stands before each name: --let x=2 --let y=3"
          : "`\(parts[1])` is not a number; what is to be computed stands in -e")
    }
    name = parts[0]
    self.number = number
  }
}

/// A number that `seed` takes.
struct Seed {
  let number: Int

  /// - Throws: what is wrong with the number.
  init(argument: String) throws {
    guard let value = Interpreter.number(argument), let number = Int(exactly: value),
      (0..<1 << 53).contains(number)
    else { throw ValidationError("a seed is a whole number from 0 to 2^53 - 1") }
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
