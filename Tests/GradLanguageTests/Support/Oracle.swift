import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number with its derivatives for the program's three leaves: another way to the same gradients.
struct Dual {
  var value: Double
  var slopes: [Double]

  static func constant(_ value: Double) -> Dual { Dual(value: value, slopes: [0, 0, 0]) }

  static func leaf(_ value: Double, _ index: Int) -> Dual {
    var dual = constant(value)
    dual.slopes[index] = 1
    return dual
  }

  /// A value computed from two others, with the derivatives for them.
  static func combined(_ value: Double, _ x: Dual, _ dx: Double, _ y: Dual, _ dy: Double) -> Dual {
    Dual(value: value, slopes: zip(x.slopes, y.slopes).map { $0 * dx + $1 * dy })
  }
}

/// A random program, as text and as what it means.
struct OracleProgram {
  /// An expression over the variables around it.
  indirect enum Expression {
    case number(Double)
    case variable(String)
    case binary(String, Expression, Expression)
    case tanh(Expression)
    case negated(Expression)
    case ifLess(Expression, Expression, then: Expression, else: Expression)
    case call(String, [Expression])
    case element([Expression], Int)
    /// The sum of the body over i = 1 … count, by a local function.
    case sum(Int, Expression)
  }

  private enum Statement {
    case assign(String, Expression)
    case add(String, Expression)
    /// `for i in 1..count { name = body }`
    case loop(String, Int, Expression)
    case ifLess(Expression, Expression, String, Expression, Expression)
  }

  private var generator: SplitMix64
  private var functions: [(name: String, body: Expression)] = []
  private var statements: [Statement] = []
  private let isInFunction: Bool
  private let leaves: [String: Double]

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
    isInFunction = generator.once(in: 2)
    leaves = ["a": 0.75, "b": -1.25, "c": 0.5]
    for name in ["f", "g"] {
      functions.append((name, expression(["x", "y", "a"], depth: 3)))
    }
    statements.append(.assign("t", expression(["a", "b", "c"], depth: 3)))
    for _ in 0..<5 {
      let names = ["a", "b", "c", "t"]
      switch generator.below(5) {
      case 0, 1: statements.append(.assign("t", expression(names, depth: 4)))
      case 2: statements.append(.add("t", expression(names, depth: 3)))
      case 3:
        statements.append(.loop("t", generator.below(4) + 1, expression(names + ["i"], depth: 3)))
      case _:
        statements.append(
          .ifLess(
            expression(names, depth: 2), expression(names, depth: 2), "t",
            expression(names, depth: 3), expression(names, depth: 3)))
      }
    }
  }

  private mutating func expression(_ names: [String], depth: Int) -> Expression {
    if depth == 0 || generator.once(in: 6) {
      if generator.once(in: 3) { return .number(Double(generator.below(9)) / 4) }
      return .variable(generator.pick(names))
    }
    func part() -> Int { depth - 1 }
    switch generator.below(16) {
    case 0...8:
      let symbol = generator.pick(["+", "-", "*", "+", "*", "/"])
      return .binary(symbol, expression(names, depth: part()), expression(names, depth: part()))
    case 9, 10: return .tanh(expression(names, depth: part()))
    case 11: return .negated(expression(names, depth: part()))
    case 12:
      return .ifLess(
        expression(names, depth: 1), expression(names, depth: 1),
        then: expression(names, depth: part()), else: expression(names, depth: part()))
    case 13:
      guard let function = functions.last else { return .number(1) }
      return .call(
        function.name, [expression(names, depth: part()), expression(names, depth: part())])
    case 14:
      return .element((0..<2).map { _ in expression(names, depth: part()) }, generator.below(2))
    case _: return .sum(generator.below(3) + 1, expression(names + ["k"], depth: part()))
    }
  }

  // MARK: As text

  /// The program; `L` is its result.
  var text: String {
    var lines = ["a = 0.75; b = -1.25; c = 0.5"]
    for function in functions { lines.append("\(function.name)(x, y) = \(text(function.body))") }
    let body = statements.map(text)
    lines +=
      isInFunction
      ? ["run() = { \(body.joined(separator: "; ")); t }", "L = run()"] : body + ["L = t*1"]
    return lines.joined(separator: "\n")
  }

  private func text(_ statement: Statement) -> String {
    switch statement {
    case .assign(let name, let value): "\(name) = \(text(value))"
    case .add(let name, let value): "\(name) += \(text(value))"
    case .loop(let name, let count, let value): "for i in 1..\(count) { \(name) = \(text(value)) }"
    case .ifLess(let x, let y, let name, let yes, let no):
      "if \(text(x)) < \(text(y)) { \(name) = \(text(yes)) } else { \(name) = \(text(no)) }"
    }
  }

  private func text(_ expression: Expression) -> String {
    switch expression {
    case .number(let number): "\(number)"
    case .variable(let name): name
    case .binary(let symbol, let x, let y): "(\(text(x)) \(symbol) \(text(y)))"
    case .tanh(let x): "tanh(\(text(x)))"
    case .negated(let x): "(-\(text(x)))"
    case .ifLess(let x, let y, let yes, let no):
      "(if \(text(x)) < \(text(y)) then \(text(yes)) else \(text(no)))"
    case .call(let name, let arguments): "\(name)(\(arguments.map(text).joined(separator: ", ")))"
    case .element(let elements, let index):
      "[\(elements.map(text).joined(separator: ", "))][\(index + 1)]"
    case .sum(let count, let body):
      "(() -> { s = 0; for k in 1..\(count) { s = s + \(text(body)) }; s })()"
    }
  }

  // MARK: As what it means

  /// The result, with its derivatives for a, b and c.
  var result: Dual {
    var variables: [String: Dual] = [:]
    for (index, name) in ["a", "b", "c"].enumerated() {
      variables[name] = .leaf(leaves[name] ?? 0, index)
    }
    for statement in statements { run(statement, &variables) }
    return variables["t"] ?? .constant(.nan)
  }

  private func run(_ statement: Statement, _ variables: inout [String: Dual]) {
    switch statement {
    case .assign(let name, let value): variables[name] = evaluate(value, variables)
    case .add(let name, let value):
      variables[name] = evaluate(.binary("+", .variable(name), value), variables)
    case .loop(let name, let count, let value):
      for i in 1...count {
        variables["i"] = .constant(Double(i))
        variables[name] = evaluate(value, variables)
      }
    case .ifLess(let x, let y, let name, let yes, let no):
      let isLess = evaluate(x, variables).value < evaluate(y, variables).value
      variables[name] = evaluate(isLess ? yes : no, variables)
    }
  }

  private func evaluate(_ expression: Expression, _ variables: [String: Dual]) -> Dual {
    switch expression {
    case .number(let number): return .constant(number)
    case .variable(let name): return variables[name] ?? .constant(.nan)
    case .negated(let x):
      let x = evaluate(x, variables)
      return .combined(-x.value, x, -1, x, 0)
    case .tanh(let x):
      let x = evaluate(x, variables)
      let cosh = cosh(x.value)
      return .combined(hyperbolicTangent(x.value), x, 1 / (cosh * cosh), x, 0)
    case .binary(let symbol, let x, let y):
      let (x, y) = (evaluate(x, variables), evaluate(y, variables))
      switch symbol {
      case "+": return .combined(x.value + y.value, x, 1, y, 1)
      case "-": return .combined(x.value - y.value, x, 1, y, -1)
      case "*": return .combined(x.value * y.value, x, y.value, y, x.value)
      case _:
        return .combined(x.value / y.value, x, 1 / y.value, y, -x.value / y.value / y.value)
      }
    case .ifLess(let x, let y, let yes, let no):
      let isLess = evaluate(x, variables).value < evaluate(y, variables).value
      return evaluate(isLess ? yes : no, variables)
    case .call(let name, let arguments):
      let values = arguments.map { evaluate($0, variables) }
      guard let body = functions.first(where: { $0.name == name })?.body else {
        return .constant(.nan)
      }
      return evaluate(
        body, ["x": values[0], "y": values[1], "a": .leaf(leaves["a"] ?? 0, 0)])
    case .element(let elements, let index): return evaluate(elements[index], variables)
    case .sum(let count, let body):
      var sum = Dual.constant(0)
      var variables = variables
      for k in 1...count {
        variables["k"] = .constant(Double(k))
        let term = evaluate(body, variables)
        sum = .combined(sum.value + term.value, sum, 1, term, 1)
      }
      return sum
    }
  }
}

private func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
