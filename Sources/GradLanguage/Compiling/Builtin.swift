import Autograd

/// A built-in function.
enum Builtin: Hashable {
  case unary(UnaryOperation)
  case binary(BinaryOperation)
  case ternary(TernaryOperation)
  /// `min`, `max` of two or more numbers.
  case fold(BinaryOperation)
  case length, zeros, ones

  /// The built-in functions; a function's index is that of its name's global. The operations on one
  /// number come first, in the order of `UnaryOperation`.
  static let all: [Builtin] =
    UnaryOperation.allCases.map(Builtin.unary)
    + [
      .binary(.power), .binary(.atan2), .binary(.hypot), .fold(.min), .fold(.max),
      .binary(.logaddexp), .binary(.xlogy), .binary(.leakyRelu), .binary(.polygamma),
      .ternary(.select), .ternary(.clamp), .length, .zeros, .ones,
    ]

  /// The index of a function in `all`, by name.
  static let indices: [String: Int] = {
    var indices: [String: Int] = [:]
    for (index, builtin) in all.enumerated() where builtin != .unary(.negate) {
      indices[builtin.name] = index
    }
    return indices
  }()

  var name: String {
    switch self {
    case .unary(let operation): operation.name
    case .binary(.power): "pow"
    case .binary(let operation), .fold(let operation): operation.name
    case .ternary(let operation): operation.name
    case .length: "length"
    case .zeros: "zeros"
    case .ones: "ones"
    }
  }

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .unary, .length: 1...1
    case .binary(.leakyRelu): 1...2
    case .binary: 2...2
    case .ternary: 3...3
    case .fold: 2...Int.max
    case .zeros, .ones: 1...2
    }
  }

  /// The parameters, as help shows them.
  var signature: String {
    switch self {
    case .unary: "\(name)(x)"
    case .binary(.power): "pow(x, y)"
    case .binary(.atan2): "atan2(y, x)"
    case .binary(.leakyRelu): "leaky_relu(x, slope = 0.01)"
    case .binary(.polygamma): "polygamma(n, x)"
    case .binary: "\(name)(x, y)"
    case .ternary(.select): "where(condition, yes, no)"
    case .ternary(.clamp): "clamp(x, low, high)"
    case .fold: "\(name)(x, y, …)"
    case .length: "length(v)"
    case .zeros, .ones: "\(name)(n), \(name)(rows, columns)"
    }
  }

  /// How a message counts the arguments that it takes.
  var arityDescription: String {
    arity.lowerBound == arity.upperBound
      ? "\(arity.lowerBound)"
      : arity.upperBound == .max
        ? "\(arity.lowerBound) or more" : "\(arity.lowerBound) to \(arity.upperBound)"
  }

  /// The names that have a number from the start.
  static let constants: [(name: String, value: Double)] = [
    ("pi", .pi), ("π", .pi), ("tau", 2 * .pi), ("inf", .infinity), ("nan", .nan), ("true", 1),
    ("false", 0),
  ]
}

/// The operand c of `unary` and `callBuiltin`: which function, and with how many arguments.
struct BuiltinCall {
  /// The operand: the function's index in 8 bits, the number of arguments in 7, `isFixed` in one.
  let operand: Int

  /// Calls with more arguments are calls like any other.
  static let argumentLimit = 0x7F

  init(_ builtin: Int, arguments: Int, isFixed: Bool) {
    operand = builtin | arguments << 8 | (isFixed ? 0x8000 : 0)
  }

  @inline(__always)
  init(_ operand: UInt16) { self.operand = Int(operand) }

  /// The function's index in `Builtin.all`, which is that of its name's global.
  @inline(__always) var builtin: Int { operand & 0xFF }
  @inline(__always) var argumentCount: Int { operand >> 8 & 0x7F }
  /// Whether it is this function whatever its name is bound to.
  @inline(__always) var isFixed: Bool { operand & 0x8000 != 0 }
}
