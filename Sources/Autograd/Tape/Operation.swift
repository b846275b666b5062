/// What computed a node: one byte.
@frozen
public enum Operation: Hashable, Sendable {
  /// A value that a user gave: it has data and a gradient, and no operands.
  case leaf
  /// An operation on one operand.
  case unary(UnaryOperation)
  /// An operation on two operands.
  case binary(BinaryOperation)
  /// An operation on three operands; the third stands in the record before the node.
  case ternary(TernaryOperation)
  /// An array of scalars that were computed one by one; its operands are a list.
  case stack
  /// An operation on arrays; its record stands in the tape's lists, see `ArrayRecord`.
  case array
  /// Remembers which way a condition went.
  case branchGuard
  /// Remembers the values of an index, a count, or the numbers that chose elements.
  case indexGuard
  /// Not a node: carries the third operand of the node after it.
  case operand

  /// The name in drawings: empty for a leaf.
  public var name: String {
    switch self {
    case .leaf: ""
    case .unary(let operation): operation.name
    case .binary(let operation): operation.name
    case .ternary(let operation): operation.name
    case .stack: "stack"
    case .array: "array"
    case .branchGuard: "branch"
    case .indexGuard: "index"
    case .operand: "operand"
    }
  }

  /// Whether the record remembers how something was decided.
  var isGuard: Bool {
    switch self {
    case .branchGuard, .indexGuard: true
    case .leaf, .unary, .binary, .ternary, .stack, .array, .operand: false
    }
  }

  /// Whether the node holds a value of its own that can be looked at.
  public var hasValue: Bool {
    switch self {
    case .leaf, .unary, .binary, .ternary, .stack, .array: true
    case .branchGuard, .indexGuard, .operand: false
    }
  }
}
