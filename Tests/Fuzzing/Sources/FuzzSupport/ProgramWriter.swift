/// Writes random statements whose syntax is right, and which mostly run after the prelude.
struct ProgramWriter {
  var random: Random
  /// How deep the present place is nested, so that programs end.
  private var depth = 0

  init(_ random: Random) { self.random = random }

  /// What gives the names that programs use a value.
  static let prelude = """
    a = 2; b = -3; c = 0.5; x = 1; plain p = 3; i = 1; L = a*b + c
    v = [1, 2, 3]; w = [a, b*2, c]; A = [[1, 2, 3], [4, 5, 6]]; B = outer(w, v)
    f(x) = x^2 + a
    g(x) = { y = f(x); if y > 2 { return y }; for k in 1..3 { y = y - x/k }; y }
    h(x, y) = x*y + sin(x)
    k(u) = sum(u^2)*a
    """

  static let names = numberNames + arrayNames + functionNames
  private static let numberNames = ["a", "b", "c", "x", "p", "i", "L"]
  private static let arrayNames = ["v", "w", "A", "B"]
  private static let functionNames = ["f", "g", "h", "k"]

  mutating func statement() -> String {
    random.once(in: 3) ? command() : depth > 3 || random.once(in: 2) ? assignment() : block()
  }

  // MARK: Statements

  private mutating func assignment() -> String {
    switch random.below(13) {
    case 0...3: return "\(number()) = \(expression())"
    case 4: return "\(number()) \(random.pick(Vocabulary.assignments)) \(expression())"
    case 5: return "\(random.pick(["a", "b", "c", "x"])) := \(expression())"
    case 6: return "\(name()).\(random.pick(["data", "grad"])) = \(expression())"
    case 7: return "plain \(name()) = \(expression())"
    case 8: return "\(array()) = \(arrayExpression())"
    case 9: return "\(array())[\(parts())] \(random.pick(Vocabulary.assignments)) \(expression())"
    case 10: return "f(x) = \(expression())"
    case 11: return "\(function()) = \(functionValue())"
    case _: return "L = \(expression()); backward L"
    }
  }

  private mutating func block() -> String {
    switch random.below(9) {
    case 0: return "for i in 1..\(random.below(6)) \(statements())"
    case 1: return "for x in \(arrayExpression()) \(statements())"
    case 2: return "repeat \(random.below(5)) \(statements())"
    case 3: return "if \(expression()) \(statements()) else \(statements())"
    case 4: return "while \(expression()) { \(statement()); if \(expression()) { break } }"
    case 5: return "g(x) = \(statements())"
    case 6: return "h(x, y) = \(expression())"
    case 7: return "k(u) = \(random.pick(["sum", "prod", "mean", "norm", "max"]))(\(expression()))"
    case _: return "t = read(\"data.csv\"); v = t.\(random.pick(["u", "w"]))"
    }
  }

  private mutating func statements() -> String {
    depth += 2
    defer { depth -= 2 }
    let count = random.below(3) + 1
    return "{ " + (0..<count).map { _ in statement() }.joined(separator: "; ") + " }"
  }

  private mutating func command() -> String {
    switch random.below(18) {
    case 0: return "backward \(number())\(random.once(in: 3) ? " accumulate" : "")"
    case 1: return "forward\(random.once(in: 2) ? "" : " L")"
    case 2: return "print \(expression()), \"\(text())\""
    case 3: return random.pick(["zero", "show", "show L", "show v, L", "seed 1", "seed"])
    case 4: return "set trap \(random.pick(["on", "off"]))"
    case 5: return "set kinks \(random.pick(["note", "error"]))"
    case 6: return "set digits \(random.pick(["1", "3", "17", "full"]))"
    case 7: return "assert \(expression()) < 10 or 1, \"\(text())\""
    case 8: return "graph \(name())\(random.pick(["", " depth 2", " to \"g.svg\""]))"
    case 9: return "explain \(number())\(random.pick(["", ", a", " paths"]))"
    case 10: return "check \(random.pick(["L", number(), "L, a", "\(expression())"]))"
    case 11: return "plot \(expression()) for x in \(interval())\(plotOptions())"
    case 12: return "plot \(arrayExpression()), \(arrayExpression())\(plotOptions())"
    case 13: return "import \"lib.grad\""
    case 14: return "write(\(arrayExpression()), \"out.csv\")"
    case 15: return "set limit \(random.pick(["1000", "2000", "full"]))"
    case _: return expression()
    }
  }

  private mutating func plotOptions() -> String {
    switch random.below(8) {
    case 0: " with points"
    case 1: " with slope at \(expression())"
    case 2: " title \"\(text())\" labels \"x\", \"\(text())\""
    case 3: " y in \(interval())"
    case 4: " x in \(interval())"
    case 5: " to \"p.\(random.pick(["svg", "png", "pdf"]))\""
    case _: ""
    }
  }

  private mutating func interval() -> String {
    random.once(in: 4) ? "\(expression())..\(expression())" : "-\(random.below(9))..5"
  }

  private mutating func text() -> String {
    random.pick(["s", "{\(expression())}", "{a:.3}", "{L:12.4e} and {b}", "\\u{3b1}", "{w}", ""])
  }

  // MARK: Names

  /// A name of the kind wanted; now and then one of another kind.
  private mutating func name(_ names: [String]) -> String {
    random.pick(random.once(in: 40) ? ProgramWriter.names : names)
  }

  private mutating func name() -> String { random.pick(ProgramWriter.names) }
  private mutating func number() -> String { name(ProgramWriter.numberNames) }
  private mutating func array() -> String { name(ProgramWriter.arrayNames) }
  private mutating func function() -> String { name(ProgramWriter.functionNames) }

  // MARK: Expressions

  /// An expression, of a number for the most part.
  mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 6 else { return random.once(in: 2) ? number() : "\(random.below(5))" }
    switch random.below(24) {
    case 0...3: return number()
    case 4, 5: return random.pick(Vocabulary.numbers)
    case 6...9:
      return "(\(expression()) \(random.pick(Vocabulary.operators)) \(expression()))"
    case 10, 11: return "\(random.pick(Vocabulary.elementwise))(\(expression()))"
    case 12: return "\(expression()).\(random.pick(Vocabulary.elementwise))()"
    case 13: return "\(function())(\(expression()))"
    case 14: return "(if \(expression()) then \(expression()) else \(expression()))"
    case 15: return "\(array())[\(parts())]"
    case 16: return "(y -> \(expression()) * y)(\(expression()))"
    case 17: return call()
    case 18: return derivative()
    case 19:
      return random.pick(["a.grad", "L.grad", "w.grad", "x.data", "length(v)", "-a", "not b"])
    case 20: return "\(random.pick(["sum", "mean", "prod", "max", "norm"]))(\(arrayExpression()))"
    case 21: return "(\(expression()))\(random.pick(["²", "^-1", "^0.5", "⁻³", "'", ".data"]))"
    case 22: return arrayExpression()
    case _: return random.pick(["\"s\"", "[]", "inf", "nan", "rand()", "pi", "_", "t", "{ a }"])
    }
  }

  private mutating func call() -> String {
    let count = random.below(4)
    let arguments = (0..<count).map { _ in expression() }.joined(separator: ", ")
    return "\(random.pick(Vocabulary.functions[count]))(\(arguments))"
  }

  private mutating func functionValue() -> String {
    switch random.below(6) {
    case 0: function()
    case 1: random.pick(Vocabulary.elementwise)
    case 2: "(x -> \(expression()))"
    case 3: "grad(\(function()))"
    case 4: "\(function())'"
    case _: "(x -> { \(statement()); \(expression()) })"
    }
  }

  private mutating func derivative() -> String {
    switch random.below(9) {
    case 0: "\(function())\(random.pick(["'", "''", "'''"]))(\(expression()))"
    case 1: "diff(\(number()), \(random.pick(["a", "b", "c", "x"])))"
    case 2: "grad(k)(\(arrayExpression()))"
    case 3: "\(random.pick(["jacobian", "hessian"]))(\(functionValue()))(\(arrayExpression()))"
    case 4: "jvp(\(functionValue()), \(expression()), \(expression()))"
    case 5: "vjp(\(functionValue()), \(expression()), \(expression()))"
    case 6: "hvp(\(functionValue()), \(arrayExpression()), \(arrayExpression()))"
    case 7: "taylor(\(functionValue()), \(expression()), \(random.below(6)))"
    case _:
      "\(random.pick(["grad", "hessian", "jacobian"]))(L, \(random.pick(["w", "a", "[a, b]"])))"
    }
  }

  private mutating func arrayExpression() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 6 else { return array() }
    switch random.below(14) {
    case 0...2: return array()
    case 3: return "[\(expression()), \(expression()), \(expression())]"
    case 4:
      return "(\(arrayExpression()) \(random.pick(Vocabulary.operators)) \(arrayExpression()))"
    case 5: return "\(random.pick(Vocabulary.elementwise))(\(arrayExpression()))"
    case 6: return "[\(expression()) for i in \(arrayExpression()) if \(expression())]"
    case 7: return "\(random.pick(Vocabulary.arrayFunctions))(\(arrayExpression()))"
    case 8:
      return "\(random.pick(Vocabulary.arrayFunctions))(\(arrayExpression()), \(expression()))"
    case 9: return "\(array())[\(parts())]"
    case 10: return "(\(arrayExpression()) @ \(arrayExpression()))"
    case 11: return random.pick(["zeros(2)", "ones(2, 3)", "eye(3)", "1..3", "randn(3)", "[]"])
    case 12: return "where(\(arrayExpression()) > \(expression()), \(expression()), 0)"
    case _: return "reshape(\(arrayExpression()), \(random.pick(["3, 1", "6", "2, 3", "1, 1, 3"])))"
    }
  }

  private mutating func parts() -> String {
    switch random.below(9) {
    case 0, 1: "\(random.below(4))"
    case 2: "end"
    case 3: "1, :"
    case 4: ":, \(random.below(4))"
    case 5: "2..end"
    case 6: "end..1 by -1"
    case 7: ":"
    case _: expression()
    }
  }
}
