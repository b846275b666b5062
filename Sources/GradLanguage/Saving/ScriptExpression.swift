import Autograd

/// An expression of a saved session as text, with what its brackets depend on.
struct ScriptExpression {
  /// How tightly an expression holds together.
  enum Strength: Int, Comparable {
    case comparison, sum, product, sign, power, operand

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }

    /// The next tighter one.
    var tighter: Strength { Strength(rawValue: rawValue + 1) ?? .operand }
  }

  let text: String
  let strength: Strength
  /// How many operations are nested in it.
  let depth: Int

  init(_ text: String, _ strength: Strength = .operand, depth: Int = 0) {
    self.text = text
    self.strength = strength
    self.depth = depth
  }

  /// A number as an operand: a negative one in brackets.
  init(number: Double) {
    let text = ScriptText.number(number)
    self.init(text, text.hasPrefix("-") ? .sum : .operand)
  }

  /// The text, in brackets where it holds together less than this.
  func held(_ wanted: Strength) -> String { strength < wanted ? "(\(text))" : text }

  /// `name(x, y)`
  static func call(_ name: String, _ arguments: [ScriptExpression]) -> ScriptExpression {
    ScriptExpression(
      "\(name)(\(arguments.map(\.text).joined(separator: ", ")))", depth: deepest(arguments) + 1)
  }

  /// `-x`
  static func negative(_ x: ScriptExpression) -> ScriptExpression {
    ScriptExpression("-" + x.held(.power), .sign, depth: x.depth + 1)
  }

  /// `x op y`
  static func infix(
    _ symbol: String, _ x: ScriptExpression, _ y: ScriptExpression
  ) -> ScriptExpression {
    let strength: Strength =
      switch symbol {
      case "+", "-": .sum
      case "*", "/", "//", "%", "@": .product
      case "^": .power
      case _: .comparison
      }
    let space = ["*", "/", "^"].contains(symbol) ? "" : " "
    let left = x.held(strength == .power || strength == .comparison ? strength.tighter : strength)
    // A sign behind an operator is legal, and reads badly.
    let right = y.strength == .sign ? y.held(.operand) : y.held(strength.tighter)
    return ScriptExpression(
      left + space + symbol + space + right, strength, depth: deepest([x, y]) + 1)
  }

  static func deepest(_ operands: [ScriptExpression]) -> Int { operands.map(\.depth).max() ?? 0 }

  /// `x[indices]`
  func part(_ indices: String) -> ScriptExpression {
    ScriptExpression("\(held(.operand))[\(indices)]", depth: depth)
  }

  /// The same numbers in another shape.
  func reshaped(_ shape: Shape) -> ScriptExpression {
    let lengths = shape.lengths.map(String.init).joined(separator: ", ")
    return ScriptExpression("reshape(\(text), \(lengths))", depth: depth)
  }
}

/// Where an expression's value stands in the graph.
struct ScriptValue {
  var expression: ScriptExpression
  let slot: Int32
  let shape: Shape

  /// A part of the value, or all of it, in another shape: always a view. Nil where the language has no
  /// words for it: `reshape` takes eight dimensions.
  func view(_ first: Int32, _ wanted: Shape) -> ScriptExpression? {
    if first == slot, wanted == shape { return expression }
    let offset = Int(first - slot)
    if wanted.rank == 0 { return shape.rank == 0 ? expression : element(offset) }
    if wanted.count == shape.count { return reshaped(expression, wanted) }
    let rest = Array(shape.lengths.dropFirst())
    let size = rest.reduce(1, *)
    if size > 0, offset % size == 0 {
      let row = offset / size + 1
      if wanted.lengths == rest { return expression.part("\(row)") }
      if wanted.rank == shape.rank, Array(wanted.lengths.dropFirst()) == rest {
        return expression.part("\(row)..\(row + wanted.lengths[0] - 1)")
      }
    }
    let flat = shape.rank == 1 ? expression : expression.reshaped(Shape(count: shape.count))
    let run = flat.part("\(offset + 1)..\(offset + wanted.count)")
    return wanted.rank == 1 ? run : reshaped(run, wanted)
  }

  private func reshaped(_ expression: ScriptExpression, _ shape: Shape) -> ScriptExpression? {
    shape.rank <= 8 ? expression.reshaped(shape) : nil
  }

  private func element(_ offset: Int) -> ScriptExpression {
    var indices: [String] = []
    var rest = offset
    for length in shape.lengths.reversed() {
      indices.append("\(rest % length + 1)")
      rest /= length
    }
    return expression.part(indices.reversed().joined(separator: ", "))
  }
}
