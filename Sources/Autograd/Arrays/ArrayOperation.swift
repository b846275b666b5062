/// An operation whose result, or one of whose operands, is an array: one node, not one an element.
public enum ArrayOperation: Hashable, Sendable {
  /// An operation on one number, element by element.
  case unary(UnaryOperation)
  /// An operation on two numbers, element by element; the operands are broadcast.
  case binary(BinaryOperation)
  /// An operation on three numbers, element by element; the operands are broadcast.
  case ternary(TernaryOperation)
  /// An operation on arrays as wholes.
  case whole(WholeOperation)

  /// The symbol or name in the language and in drawings.
  public var name: String {
    switch self {
    case .unary(let operation): operation.name
    case .binary(let operation): operation.name
    case .ternary(let operation): operation.name
    case .whole(let operation): operation.name
    }
  }

  /// How many words a record has behind its parameters for what is found with the value.
  func foundCount(_ shape: Shape) -> Int {
    switch self {
    case .unary, .binary, .ternary: 0
    case .whole(let operation): operation.foundCount(shape)
    }
  }

  /// The operation as a number, for a tape's record.
  var code: Int32 {
    switch self {
    case .unary(let operation): Int32(operation.rawValue)
    case .binary(let operation): 0x100 | Int32(operation.rawValue)
    case .ternary(let operation): 0x200 | Int32(operation.rawValue)
    case .whole(let operation): 0x300 | Int32(operation.rawValue)
    }
  }

  /// The operation of a number made by `code`.
  init(code: Int32) {
    let raw = UInt8(truncatingIfNeeded: code)
    let operation: ArrayOperation? =
      switch code >> 8 {
      case 0: UnaryOperation(rawValue: raw).map { .unary($0) }
      case 1: BinaryOperation(rawValue: raw).map { .binary($0) }
      case 2: TernaryOperation(rawValue: raw).map { .ternary($0) }
      case _: WholeOperation(rawValue: raw).map { .whole($0) }
      }
    guard let operation else { preconditionFailure("an array's record is damaged") }
    self = operation
  }
}

/// An operation on arrays as wholes.
///
/// A case is described in exhaustive switches: its name here, its value in `WholeKernels.swift`, its
/// pullback in `ArrayOperation+Pullback.swift`. What it works on besides its operands stands in its
/// parameters, whole numbers:
///
///     along a dimension    outer, length, inner of the operand; see `AxisSplit`
///     matrix product       m, k, n, whether the left, whether the right operand is transposed
///     indices              for each number of the result, of the operand or of the part its position
public enum WholeOperation: UInt8, CaseIterable, Sendable {
  /// The same numbers.
  case copy
  /// The product of two matrices, m×k and k×n, either of them perhaps transposed.
  case matrixProduct
  // Along a dimension: the result has one number for each position outside and inside it.
  /// The sum; 0 of no numbers.
  case sum
  /// The largest number; NaN where one is. Ties share the slope evenly.
  case maximum
  /// The smallest number; NaN where one is. Ties share the slope evenly.
  case minimum
  /// √Σx², without over- or underflow on the way; slope 0 where all are 0.
  case norm
  /// log Σeˣ, without overflow on the way; −∞ of no numbers.
  case logSumExp
  // The same; no gradient flows through these.
  /// The position from 1 of the first of the largest, or of the first NaN.
  case argMaximum
  /// The position from 1 of the first of the smallest, or of the first NaN.
  case argMinimum
  /// 1 where no number is 0, else 0.
  case all
  /// 1 where some number is not 0, else 0.
  case any
  /// The shares of exp(x) in its sum along a dimension; infinite numbers have equal shares of all.
  case softmax
  /// Running sums along a dimension; a fourth parameter of 1: from the end.
  case cumulativeSum
  /// The operand repeated to the result's shape.
  case broadcast
  /// The dimensions in reverse order.
  case transpose
  /// result[k] = x[index[k]]
  case gather
  /// result[index[k]] += x[k], from zeros
  case scatter
  /// result = x, then result[index[k]] = y[k], y an array or one number
  case replace
  /// In ascending order along a dimension, NaN last; the positions of the result's numbers in the
  /// operand stand behind the three parameters, and are found anew with the value.
  case sort
  /// The second operand in the order that sorts the first one; parameters as those of `sort`.
  case arrange
  /// The inverse of `arrange`: the second operand, taken as sorted like the first, in the old order.
  case disarrange

  /// The symbol or name in the language and in drawings.
  public var name: String {
    switch self {
    case .copy: "copy"
    case .matrixProduct: "@"
    case .sum: "sum"
    case .maximum: "max"
    case .minimum: "min"
    case .norm: "norm"
    case .logSumExp: "logsumexp"
    case .argMaximum: "argmax"
    case .argMinimum: "argmin"
    case .all: "all"
    case .any: "any"
    case .softmax: "softmax"
    case .cumulativeSum: "cumsum"
    case .broadcast: "broadcast"
    case .transpose: "transpose"
    case .gather: "part"
    case .scatter: "place"
    case .replace: "replace"
    case .sort: "sort"
    case .arrange: "arrange"
    case .disarrange: "disarrange"
    }
  }
}
