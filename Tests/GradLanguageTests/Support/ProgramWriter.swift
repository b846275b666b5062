import TestSupport

/// Writes random programs whose syntax is right, and which mostly run.
struct ProgramWriter {
  var generator: SplitMix64
  /// How deep the present place is nested, so that programs end.
  private var depth = 0

  init(_ generator: SplitMix64) { self.generator = generator }

  /// What gives the names that programs use a value.
  static let prelude = """
    a = 2; b = -3; c = 0.5; x = 1; plain p = 3; i = 1; L = a*b + c; v = [1, 2, 3]; w = [a, b*2]
    f(x) = x^2 + a
    g(x) = { y = f(x); if y > 2 { return y }; for k in 1..3 { y = y - x/k }; y }
    """

  private static let numbers = ["a", "b", "c", "x", "p", "i", "L"]
  private static let arrays = ["v", "w"]
  private static let functions = ["f", "g"]
  private static let operators = [
    "+", "-", "*", "/", "//", "%", "^", "<", "<=", ">", ">=", "==", "!=", "≈", "and", "or",
  ]
  private static let unary = [
    "abs", "sqrt", "exp", "log", "tanh", "sigmoid", "relu", "sin", "stop",
  ]

  mutating func program() -> String {
    let count = generator.below(6) + 1
    return (0..<count).map { _ in statement() }.joined(separator: generator.pick(["\n", "; "]))
  }

  /// A name of the kind wanted; now and then one of another kind.
  private mutating func name(_ names: [String]) -> String {
    generator.once(in: 60)
      ? generator.pick(ProgramWriter.numbers + ProgramWriter.arrays + ProgramWriter.functions)
      : generator.pick(names)
  }

  private mutating func number() -> String { name(ProgramWriter.numbers) }
  private mutating func array() -> String { name(ProgramWriter.arrays) }
  private mutating func function() -> String { name(ProgramWriter.functions) }

  private mutating func block() -> String {
    depth += 2
    defer { depth -= 2 }
    let count = generator.below(3) + 1
    return "{ " + (0..<count).map { _ in statement() }.joined(separator: "; ") + " }"
  }

  private mutating func statement() -> String {
    switch generator.below(depth > 3 ? 15 : 24) {
    case 0...3: return "\(number()) = \(expression())"
    case 4: return "\(number()) \(generator.pick(["+=", "-=", "*=", "/=", "^="])) \(expression())"
    case 5: return "\(generator.pick(["a", "b", "c", "x"])) := \(expression())"
    case 6: return "\(number()).\(generator.pick(["data", "grad"])) = \(expression())"
    case 7: return "plain p = \(expression())"
    case 8: return "L = \(expression()); backward L\(generator.once(in: 3) ? " accumulate" : "")"
    case 9: return "forward\(generator.once(in: 2) ? "" : " L")"
    case 10: return "print \(expression()), \"{\(expression())}\""
    case 11: return generator.pick(["zero", "show", "show L", "set trap on", "set trap off"])
    case 12: return "\(array()) = [\(expression()), \(expression())]"
    case 13: return "assert \(expression()) < 10 or 1"
    case 14: return "\(array()) = [\(expression()) for i in \(array()) if \(expression())]"
    case 15: return "for i in 1..\(generator.below(6)) \(block())"
    case 16: return "for x in \(array()) \(block())"
    case 17: return "repeat \(generator.below(5)) \(block())"
    case 18: return "if \(expression()) \(block()) else \(block())"
    case 19: return "while \(expression()) { \(statement()); if \(expression()) { break } }"
    case 20: return "f(x) = \(expression())"
    case 21: return "g(x) = \(block())"
    case 22: return "f = \(generator.pick(["x -> \(expression())", "sin", "g"]))"
    case _: return expression()
    }
  }

  private mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 7 else { return generator.once(in: 2) ? number() : "\(generator.below(5))" }
    switch generator.below(22) {
    case 0...3: return number()
    case 4...6:
      return generator.pick(["0", "1", "2", "0.5", "-3", "pi", "1e10", "3", "4", "0.1"])
    case 7...11:
      return "(\(expression()) \(generator.pick(ProgramWriter.operators)) \(expression()))"
    case 12: return "\(generator.pick(ProgramWriter.unary))(\(expression()))"
    case 13: return "\(expression()).\(generator.pick(ProgramWriter.unary))()"
    case 14: return "\(function())(\(expression()))"
    case 15: return "(if \(expression()) then \(expression()) else \(expression()))"
    case 16: return "\(array())[\(generator.pick(["1", "2", "end", "1", expression()]))]"
    case 17: return "(y -> \(expression()) * y)(\(expression()))"
    case 18: return "max(\(expression()), \(expression()), 1)"
    case 19: return "where(\(expression()), \(expression()), a)"
    case 20:
      return generator.pick(["a.grad", "L.grad", "x.data", "length(v)", "-a", "not b", "+c"])
    case _:
      return generator.pick([
        "\"s\"", "[]", "inf", "nan", "zeros(2)", "1..3", "v", "[[1, 2]][1, 2]",
      ])
    }
  }
}
