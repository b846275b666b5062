import Autograd

extension Builtin {
  /// What help and grammar.md say of it.
  var help: OperationHelp {
    switch self {
    case .unary(let operation): operation.help
    case .binary(let operation), .fold(let operation): operation.help
    case .ternary(let operation): operation.help
    case .array(let function): function.help
    case .derivative(let function): function.help
    case .random(let function): function.help
    case .file(let function): function.help
    }
  }

  /// What it is, in a few words.
  var summary: String { help.summary }

  /// The names of what it is differentiated for, as its signature has them.
  private var operands: [String] {
    signature.prefix { $0 != ")" }.drop { $0 != "(" }.dropFirst().split(separator: ",").map {
      String($0.drop { $0 == " " }.prefix { $0 != " " })
    }
  }

  /// What `:help NAME` shows.
  var topic: HelpTopic {
    HelpTopic(
      name, .function, summary: help.summary, text: help.text(signature, operands: operands),
      searched: [signature, help.formula, help.edges, help.derivative, group].joined(
        separator: " "),
      curve: help.interval.map { HelpTopic.Curve(expression: "\(name)(x)", interval: $0) })
  }
}

extension TernaryOperation {
  /// What help and grammar.md say of it.
  var help: OperationHelp {
    switch self {
    case .select:
      .init(
        "yes where the condition is not 0, else no",
        derivative: "1 for the value taken, 0 for the other and the condition",
        edges: "NaN for a NaN condition",
        example: "print where(2 > 1, 10, 20), where([1, 0], 1, 2)",
        shows: "10 [1, 2]")
    case .clamp:
      .init(
        "x moved into the interval from low to high", formula: "min(max(x, low), high)",
        derivative: "1 for x inside; 1 for the end taken outside",
        edges: "at an end half to x, half to the end; between equal ends a quarter to each of them",
        example: "print clamp(7, 0, 1), clamp([-1, 0.5], 0, 1)", shows: "1 [0, 0.5]")
    }
  }
}

extension DerivativeFunction {
  /// What help says of it.
  var help: OperationHelp {
    switch self {
    case .diff:
      .init(
        "the derivative of the number L for the value a, then for what follows",
        shapes: "that of the value", edges: "0 where L does not depend on it",
        example: "a = 2; b = 3; L = a^2*b; print diff(L, a), diff(L, a, b)", shows: "12 4")
    case .grad:
      .init(
        "the gradient of f as a function, for argument k or all; the gradient of L for W",
        shapes: "that of the argument; of several numbers a row",
        edges: "the function has to return one number; for arrays there is jacobian",
        example: "g(x, y) = x^2*y; print grad(g)(3, 2), grad(g, 2)(3, 2), grad(sum)([5, 6])",
        shows: "[12, 9] 9 [1, 1]")
    case .jacobian:
      .init(
        "all derivatives of what f returns, as a function; those of the value L",
        shapes: "the result's, then the argument's",
        example: "q(v) = [v[1]*v[2], v[1]^2]; print jacobian(q)([2, 5])", shows: "[[5, 2], [4, 0]]")
    case .hessian:
      .init(
        "the second derivatives of f, as a function; those of L", shapes: "the argument's, twice",
        example: "s(v) = sum(v^3); print hessian(s)([1, 2])", shows: "[[6, 0], [0, 12]]")
    case .jvp:
      .init(
        "the derivative of f at x in the direction v", shapes: "v like x → that of f(x)",
        example: "q(v) = [v[1]*v[2], v[1]^2]; print jvp(q, [2, 5], [1, 0])", shows: "[5, 4]")
    case .vjp:
      .init(
        "the gradient of f at x, its results weighted by u", shapes: "u like f(x) → that of x",
        example: "q(v) = [v[1]*v[2], v[1]^2]; print vjp(q, [2, 5], [1, 0])", shows: "[5, 2]")
    case .hvp:
      .init(
        "the Hessian of f at x times v, for the cost of a few gradients",
        shapes: "v like x → that of x", example: "print hvp(v -> sum(v^3), [1, 2], [1, 1])",
        shows: "[6, 12]")
    case .taylor:
      .init(
        "the coefficients of order 0 to n of f around the number x", shapes: "→ (n + 1)",
        edges: "n up to 170", example: "print taylor(exp, 0, 3)",
        shows: "[1, 1, 0.5, 0.166666666667]")
    }
  }
}

extension RandomFunction {
  /// What help and grammar.md say of it.
  var help: OperationHelp {
    switch self {
    case .rand:
      .init(
        "random numbers, evenly from 0 to 1, without 1", shapes: "→ a number, (n), (rows×columns)",
        example: "seed 1; print rand(), rand(2)",
        shows: "0.811612158882 [0.747104716158, 0.100150903534]")
    case .randn:
      .init(
        "random numbers, normal with mean 0 and standard deviation 1",
        shapes: "→ a number, (n), (rows×columns)", example: "seed 1; print randn()",
        shows: "0.883852794976")
    case .shuffle:
      .init(
        "the elements, or rows, in a random order", shapes: "that of the argument",
        derivative: "to each its own", example: "seed 1; print shuffle(1..5)",
        shows: "[4, 2, 1, 3, 5]")
    }
  }
}

extension FileFunction {
  /// What help and grammar.md say of it.
  var help: OperationHelp {
    switch self {
    case .read:
      .init(
        "a table of named columns from a CSV file", edges: "empty cells are NaN, with a note",
        example: "t = read(\"data/springs.csv\"); print t.load_N", shows: "[1, 2, 3, 4, 5, 6]")
    case .write:
      .init(
        "writes an array or a table as CSV: the file is written whole, or left as it was",
        edges: "a vector is written as a column, a matrix row by row",
        example: "write([[1, 2], [3, 4]], \"rows.csv\")", shows: "")
    }
  }
}
