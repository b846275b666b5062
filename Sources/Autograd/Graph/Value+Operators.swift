// Operators and functions on values. Each records one node, and traps, as operators cannot throw, where the
// values are of two graphs, or from before a compaction, and where the graph has no room for the node.

extension Value {
  private static func constant(_ number: Double, like other: Value) -> Value {
    other.graph.trapOnError { () throws(GraphError) in
      Value(other.graph, try other.graph.recordConstant(number), isConstant: true)
    }
  }

  static func binary(_ operation: BinaryOperation, _ x: Value, _ y: Value) -> Value {
    precondition(x.graph === y.graph, "the two values belong to different graphs")
    x.checkUsable()
    y.checkUsable()
    return x.graph.trapOnError { () throws(GraphError) in
      Value(
        x.graph,
        try x.graph.record(
          operation, x.slotIndex, y.slotIndex, leftIsConstant: x.isConstant,
          rightIsConstant: y.isConstant))
    }
  }

  static func unary(_ operation: UnaryOperation, _ x: Value) -> Value {
    x.checkUsable()
    return x.graph.trapOnError { () throws(GraphError) in
      Value(x.graph, try x.graph.record(operation, x.slotIndex))
    }
  }

  /// x + y.
  public static func + (x: Value, y: Value) -> Value { binary(.add, x, y) }
  /// x + y, with a constant.
  public static func + (x: Value, y: Double) -> Value { x + constant(y, like: x) }
  /// x + y, with a constant.
  public static func + (x: Double, y: Value) -> Value { constant(x, like: y) + y }
  /// x − y.
  public static func - (x: Value, y: Value) -> Value { binary(.subtract, x, y) }
  /// x − y, with a constant.
  public static func - (x: Value, y: Double) -> Value { x - constant(y, like: x) }
  /// x − y, with a constant.
  public static func - (x: Double, y: Value) -> Value { constant(x, like: y) - y }
  /// x·y.
  public static func * (x: Value, y: Value) -> Value { binary(.multiply, x, y) }
  /// x·y, with a constant.
  public static func * (x: Value, y: Double) -> Value { x * constant(y, like: x) }
  /// x·y, with a constant.
  public static func * (x: Double, y: Value) -> Value { constant(x, like: y) * y }
  /// x/y.
  public static func / (x: Value, y: Value) -> Value { binary(.divide, x, y) }
  /// x/y, with a constant.
  public static func / (x: Value, y: Double) -> Value { x / constant(y, like: x) }
  /// x/y, with a constant.
  public static func / (x: Double, y: Value) -> Value { constant(x, like: y) / y }
  /// −x.
  public static prefix func - (x: Value) -> Value { unary(.negate, x) }

  /// x = x + y: the name stands for a new value.
  public static func += (x: inout Value, y: Value) { x = x + y }
  /// x = x·y: the name stands for a new value.
  public static func *= (x: inout Value, y: Value) { x = x * y }

  /// `operation(self)`: any operation on one number, such as `x.applying(.tanh)`.
  public func applying(_ operation: UnaryOperation) -> Value { Value.unary(operation, self) }

  /// `operation(self, other)`: any operation on two numbers, such as `x.applying(.max, y)`.
  public func applying(_ operation: BinaryOperation, _ other: Value) -> Value {
    Value.binary(operation, self, other)
  }

  /// `operation(self, other)`, with a constant.
  public func applying(_ operation: BinaryOperation, _ other: Double) -> Value {
    Value.binary(operation, self, Value.constant(other, like: self))
  }

  /// selfⁿ: NaN for a negative number where n is not whole; d/dx x⁰ is 0 everywhere.
  public func power(_ exponent: Double) -> Value { applying(.power, exponent) }
  /// self to the power of another value: of a negative number NaN where that is not whole, and then without
  /// a derivative for the exponent.
  public func power(_ exponent: Value) -> Value { applying(.power, exponent) }
  /// eˣ.
  public func exp() -> Value { applying(.exp) }
  /// The natural logarithm; −∞ with derivative +∞ at 0, NaN below.
  public func log() -> Value { applying(.log) }
  /// √x; its derivative at 0 is +∞, and both are NaN below.
  public func sqrt() -> Value { applying(.sqrt) }
  /// sin x.
  public func sin() -> Value { applying(.sin) }
  /// cos x.
  public func cos() -> Value { applying(.cos) }
  /// tanh x.
  public func tanh() -> Value { applying(.tanh) }
  /// 1/(1 + e⁻ˣ).
  public func sigmoid() -> Value { applying(.sigmoid) }
  /// |x|; its derivative at 0 is 0.
  public func abs() -> Value { applying(.abs) }
  /// The smaller of two; a tie gives half of the gradient to each.
  public static func min(_ x: Value, _ y: Value) -> Value { x.applying(.min, y) }
  /// The larger of two; a tie gives half of the gradient to each.
  public static func max(_ x: Value, _ y: Value) -> Value { x.applying(.max, y) }
  /// max(0, x); its derivative at 0 is 0.
  public func relu() -> Value { applying(.relu) }
}
