import Autograd

/// A built-in function.
enum Builtin: Hashable {
  case unary(UnaryOperation)
  case binary(BinaryOperation)
  case ternary(TernaryOperation)
  /// `min`, `max` of two or more values, element by element, or of the numbers of one array.
  case fold(BinaryOperation)
  case array(ArrayFunction)
  case derivative(DerivativeFunction)
  case random(RandomFunction)
  case file(FileFunction)

  /// The built-in functions; a function's index is that of its name's global. The operations on one
  /// number come first, in the order of `UnaryOperation`.
  static let all: [Builtin] =
    UnaryOperation.allCases.map(Builtin.unary)
    + [
      .binary(.power), .binary(.atan2), .binary(.hypot), .fold(.min), .fold(.max),
      .binary(.logaddexp), .binary(.xlogy), .binary(.leakyRelu), .binary(.polygamma),
      .ternary(.select), .ternary(.clamp),
    ] + ArrayFunction.allCases.map(Builtin.array)
    + DerivativeFunction.allCases.map(Builtin.derivative)
    + RandomFunction.allCases.map(Builtin.random) + FileFunction.allCases.map(Builtin.file)

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
    case .array(let function): function.rawValue
    case .derivative(let function): function.rawValue
    case .random(let function): function.rawValue
    case .file(let function): function.rawValue
    }
  }

  /// Whether it runs a function that it is given: a call like that of a function, not an instruction.
  var callsFunction: Bool {
    switch self {
    case .derivative(.jvp), .derivative(.vjp), .derivative(.hvp), .derivative(.taylor): true
    case .unary, .binary, .ternary, .fold, .array, .derivative, .random, .file: false
    }
  }

  /// Whether it gives derivatives, of a value of the graph or of a function.
  var isDerivative: Bool {
    switch self {
    case .derivative: true
    case .unary, .binary, .ternary, .fold, .array, .random, .file: false
    }
  }

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .unary: 1...1
    case .binary(.leakyRelu): 1...2
    case .binary: 2...2
    case .ternary: 3...3
    case .fold: 1...Int.max
    case .array(let function): function.arity
    case .derivative(let function): function.arity
    case .random(.shuffle): 1...1
    case .random: 0...8
    case .file(.read): 1...1
    case .file(.write): 2...2
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
    case .fold: "\(name)(v), \(name)(x, y, …)"
    case .array(let function): function.signature
    case .derivative(let function): function.signature
    case .random(.shuffle): "shuffle(v)"
    case .random(let function):
      "\(function.rawValue)(), \(function.rawValue)(n), \(function.rawValue)(rows, columns)"
    case .file(.read): "read(\"file.csv\")"
    case .file(.write): "write(A, \"file.csv\")"
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
