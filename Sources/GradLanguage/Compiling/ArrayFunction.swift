/// A built-in function of arrays, by its name in the language.
enum ArrayFunction: String, CaseIterable {
  // Along a dimension, or of all numbers
  case sum, prod, mean, `var`, std, norm, logsumexp, softmax, cumsum, sort
  case argmin, argmax, all, any
  // Products
  case dot, outer
  // Shapes
  case transpose, reshape, shape, length
  // Putting together and taking apart
  case concat, stack, append, select
  // Making
  case zeros, ones, full, eye, linspace

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .sum, .prod, .mean, .var, .std, .norm, .logsumexp, .softmax, .cumsum, .sort, .argmin,
      .argmax, .all, .any:
      1...2
    case .dot, .outer, .append, .select: 2...2
    case .transpose, .shape, .length, .eye: 1...1
    case .reshape, .full: 2...9
    case .concat, .stack: 1...Int.max
    case .zeros, .ones: 1...8
    case .linspace: 3...3
    }
  }

  /// The parameters, as help shows them.
  var signature: String {
    switch self {
    case .sum, .prod, .mean, .var, .std, .norm, .logsumexp, .softmax, .cumsum, .sort, .argmin,
      .argmax, .all, .any:
      "\(rawValue)(v), \(rawValue)(A, dimension)"
    case .dot, .outer: "\(rawValue)(u, v)"
    case .append: "append(v, x)"
    case .select: "select(v, mask)"
    case .transpose, .shape: "\(rawValue)(A)"
    case .length: "length(v)"
    case .eye: "eye(n)"
    case .reshape: "reshape(A, rows, columns)"
    case .full: "full(n, x), full(rows, columns, x)"
    case .concat, .stack: "\(rawValue)(u, v, …)"
    case .zeros, .ones: "\(rawValue)(n), \(rawValue)(rows, columns)"
    case .linspace: "linspace(first, last, n)"
    }
  }
}

/// A built-in function that differentiates, by its name in the language.
enum DerivativeFunction: String, CaseIterable {
  case diff, grad, jacobian, hessian, jvp, vjp, hvp, taylor

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .diff: 2...Int.max
    case .grad, .jacobian, .hessian: 1...2
    case .jvp, .vjp, .hvp, .taylor: 3...3
    }
  }

  /// The parameters, as help shows them.
  var signature: String {
    switch self {
    case .diff: "diff(L, a, …)"
    case .grad: "grad(f), grad(f, k), grad(L, W), grad(L, [a, b])"
    case .jacobian, .hessian: "\(rawValue)(f), \(rawValue)(L, v)"
    case .jvp: "jvp(f, x, v)"
    case .vjp: "vjp(f, x, u)"
    case .hvp: "hvp(f, x, v)"
    case .taylor: "taylor(f, x, n)"
    }
  }
}

/// A built-in function of random numbers, by its name in the language.
enum RandomFunction: String, CaseIterable {
  /// Evenly between 0 and 1, 1 excluded.
  case rand
  /// From the normal distribution with mean 0 and standard deviation 1.
  case randn
  /// The elements, or rows, in a random order.
  case shuffle
}

/// A built-in function of files, by its name in the language.
enum FileFunction: String, CaseIterable {
  case read, write
}
