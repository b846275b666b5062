/// What a `restore` block can call besides the functions of the language: what no program could say.
enum RestoringFunction: String, CaseIterable {
  /// `$apply("place", parameters, shape, x, …)`: an operation on arrays as wholes, by its name.
  case apply = "$apply"
  /// `$branch(x, 1)`: a condition on x went this way.
  case branch = "$branch"
  /// `$index(x, 3)`: x was an index, a count or a mask, and had these numbers.
  case index = "$index"
  /// `$stale(x, 3)`: x has these numbers, which are out of date.
  case stale = "$stale"
  /// `$old_gradients()`: the gradients are out of date.
  case oldGradients = "$old_gradients"
  /// `$table("x", [1, 2], …)`: a table of these columns.
  case table = "$table"

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .apply: 4...5
    case .branch, .index, .stale: 2...2
    case .oldGradients: 0...0
    case .table: 0...RestoringCall.argumentLimit
    }
  }

  /// The parameters, as messages show them.
  var signature: String {
    switch self {
    case .apply: "$apply(name, parameters, shape, x, …)"
    case .branch, .index, .stale: "\(rawValue)(x, numbers)"
    case .oldGradients: "$old_gradients()"
    case .table: "$table(name, column, …)"
    }
  }
}

/// The operand c of `restoring`: which function, and with how many arguments.
struct RestoringCall {
  /// The operand: the function's index in 3 bits, the number of arguments in the rest.
  let operand: Int

  /// The most arguments of a call.
  static let argumentLimit = 0x1FFF

  init(_ function: RestoringFunction, arguments: Int) {
    operand = (RestoringFunction.allCases.firstIndex(of: function) ?? 0) | arguments << 3
  }

  init(_ operand: UInt16) { self.operand = Int(operand) }

  var function: RestoringFunction { RestoringFunction.allCases[operand & 7] }
  var argumentCount: Int { operand >> 3 }
}
