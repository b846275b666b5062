import Autograd

/// What help says of a built-in function: what it is, its derivative, where it ends.
struct BuiltinHelp {
  let summary: String
  /// The derivative, or nothing for what has none.
  var derivative = ""
  /// The domain and what happens at its edges, or nothing when it is every number.
  var domain = ""
}

extension Builtin {
  /// One line.
  var summary: String { description.summary }

  /// The text of `:help NAME`.
  var help: String {
    let about = description
    var lines = ["\(signature)    \(about.summary)"]
    if !about.derivative.isEmpty { lines.append("  derivative  \(about.derivative)") }
    if !about.domain.isEmpty { lines.append("  domain      \(about.domain)") }
    return lines.joined(separator: "\n")
  }

  private var description: BuiltinHelp {
    switch self {
    case .unary(let operation): operation.help
    case .binary(let operation), .fold(let operation): operation.help
    case .ternary(.select):
      BuiltinHelp(
        summary: "yes where the condition is not 0, else no",
        derivative: "1 for the value taken, 0 for the other and for the condition")
    case .ternary(.clamp):
      BuiltinHelp(
        summary: "x moved into the interval from low to high",
        derivative: "1 inside, 0 outside; at an end half to x, half to the end")
    case .array(let function): function.help
    case .derivative(let function): function.help
    case .random(.rand):
      BuiltinHelp(summary: "random numbers, evenly from 0 to 1; `seed n` begins them anew")
    case .random(.randn):
      BuiltinHelp(summary: "random numbers with mean 0 and standard deviation 1")
    case .random(.shuffle): BuiltinHelp(summary: "the elements, or rows, in a random order")
    case .file(.read): BuiltinHelp(summary: "a table of named columns from a CSV file")
    case .file(.write): BuiltinHelp(summary: "writes an array or a table as CSV")
    }
  }
}

extension ArrayFunction {
  // swift-format-ignore
  fileprivate var help: BuiltinHelp {
    switch self {
    case .sum:       .init(summary: "the sum of all numbers, or along a dimension", derivative: "1 for each")
    case .prod:      .init(summary: "the product of all numbers, or along a dimension", derivative: "the product of the others")
    case .mean:      .init(summary: "the mean", derivative: "1/n for each")
    case .var:       .init(summary: "the mean of the squares of the distances to the mean", derivative: "2*(x - mean)/n")
    case .std:       .init(summary: "the square root of var", derivative: "(x - mean)/(n*std)")
    case .norm:      .init(summary: "the square root of the sum of squares, without overflow", derivative: "x/norm, 0 at 0")
    case .logsumexp: .init(summary: "log(sum(exp(v))) without overflow", derivative: "softmax(v)")
    case .softmax:   .init(summary: "exp(v)/sum(exp(v)) without overflow", derivative: "y*(g - sum(g*y)) for the adjoint g")
    case .cumsum:    .init(summary: "the running sums", derivative: "1 for each that comes before")
    case .sort:      .init(summary: "in ascending order, NaN last", derivative: "each goes to its own place")
    case .argmin:    .init(summary: "the position of the smallest, from 1", derivative: "0")
    case .argmax:    .init(summary: "the position of the largest, from 1", derivative: "0")
    case .all:       .init(summary: "1 where all are not 0, else 0", derivative: "0")
    case .any:       .init(summary: "1 where one is not 0, else 0", derivative: "0")
    case .dot:       .init(summary: "the sum of the products", derivative: "v, u")
    case .outer:     .init(summary: "all products u[i]*v[j], as a matrix", derivative: "v[j], u[i]")
    case .transpose: .init(summary: "rows and columns exchanged")
    case .reshape:   .init(summary: "the same numbers, row by row, in another shape")
    case .shape:     .init(summary: "the lengths along the dimensions")
    case .length:    .init(summary: "the number of elements, or of a matrix's rows")
    case .concat:    .init(summary: "arrays one after another along the first dimension")
    case .stack:     .init(summary: "arrays of one shape as the rows of a new one")
    case .append:    .init(summary: "an array with one more element or row")
    case .select:    .init(summary: "the elements, or rows, where the mask is not 0")
    case .zeros:     .init(summary: "an array of zeros")
    case .ones:      .init(summary: "an array of ones")
    case .full:      .init(summary: "an array of a number x", derivative: "1 for each")
    case .eye:       .init(summary: "the identity matrix")
    case .linspace:  .init(summary: "n numbers, evenly spaced, both ends included")
    }
  }
}

extension DerivativeFunction {
  // swift-format-ignore
  fileprivate var help: BuiltinHelp {
    switch self {
    case .diff:     .init(summary: "the derivative of L for a, then for what follows")
    case .grad:     .init(summary: "the gradient function of f, for argument k or all; the gradient of L for W")
    case .jacobian: .init(summary: "the matrix of derivatives: a row for each number of the result")
    case .hessian:  .init(summary: "the matrix of second derivatives")
    case .jvp:      .init(summary: "the derivative of f at x in the direction v")
    case .vjp:      .init(summary: "the gradient of f at x, its results weighted by u")
    case .hvp:      .init(summary: "the Hessian of f at x times v")
    case .taylor:   .init(summary: "the coefficients of order 0 to n of f around x", domain: "n up to 170")
    }
  }
}

extension UnaryOperation {
  // swift-format-ignore
  fileprivate var help: BuiltinHelp {
    switch self {
    case .negate:   .init(summary: "-x", derivative: "-1")
    case .abs:      .init(summary: "the absolute value", derivative: "sign(x), 0 at the kink x = 0")
    case .sign:     .init(summary: "-1, 0 or 1", derivative: "0")
    case .floor:    .init(summary: "the largest whole number not above x", derivative: "0")
    case .ceil:     .init(summary: "the smallest whole number not below x", derivative: "0")
    case .round:    .init(summary: "the nearest whole number, halves away from 0", derivative: "0")
    case .sqrt:     .init(summary: "the square root", derivative: "1/(2*sqrt(x)), inf at 0", domain: "x >= 0")
    case .cbrt:     .init(summary: "the cube root", derivative: "1/(3*cbrt(x)^2), inf at 0")
    case .exp:      .init(summary: "e to the power x", derivative: "exp(x)")
    case .expm1:    .init(summary: "exp(x) - 1, accurate near 0", derivative: "exp(x)")
    case .log:      .init(summary: "the natural logarithm", derivative: "1/x", domain: "x >= 0; -inf at 0")
    case .log2:     .init(summary: "the logarithm to base 2", derivative: "1/(x*log(2))", domain: "x >= 0; -inf at 0")
    case .log10:    .init(summary: "the logarithm to base 10", derivative: "1/(x*log(10))", domain: "x >= 0; -inf at 0")
    case .log1p:    .init(summary: "log(1 + x), accurate near 0", derivative: "1/(1 + x)", domain: "x >= -1; -inf at -1")
    case .sin:      .init(summary: "the sine of x radians", derivative: "cos(x)")
    case .cos:      .init(summary: "the cosine of x radians", derivative: "-sin(x)")
    case .tan:      .init(summary: "the tangent of x radians", derivative: "1/cos(x)^2")
    case .asin:     .init(summary: "the arc sine", derivative: "1/sqrt(1 - x^2), inf at the ends", domain: "-1..1")
    case .acos:     .init(summary: "the arc cosine", derivative: "-1/sqrt(1 - x^2), -inf at the ends", domain: "-1..1")
    case .atan:     .init(summary: "the arc tangent", derivative: "1/(1 + x^2)")
    case .sinh:     .init(summary: "the hyperbolic sine", derivative: "cosh(x)")
    case .cosh:     .init(summary: "the hyperbolic cosine", derivative: "sinh(x)")
    case .tanh:     .init(summary: "the hyperbolic tangent", derivative: "1 - tanh(x)^2")
    case .asinh:    .init(summary: "the inverse of sinh", derivative: "1/sqrt(1 + x^2)")
    case .acosh:    .init(summary: "the inverse of cosh", derivative: "1/sqrt(x^2 - 1), inf at 1", domain: "x >= 1")
    case .atanh:    .init(summary: "the inverse of tanh", derivative: "1/(1 - x^2)", domain: "-1..1; infinite at the ends")
    case .sigmoid:  .init(summary: "1/(1 + exp(-x))", derivative: "sigmoid(x)*(1 - sigmoid(x))")
    case .relu:     .init(summary: "x where it is positive, else 0", derivative: "1 for x > 0, else 0")
    case .softplus: .init(summary: "log(1 + exp(x))", derivative: "sigmoid(x)")
    case .gelu:     .init(summary: "x times the normal distribution function", derivative: "Phi(x) + x*phi(x)")
    case .silu:     .init(summary: "x*sigmoid(x)", derivative: "sigmoid(x)*(1 + x*(1 - sigmoid(x)))")
    case .erf:      .init(summary: "the error function", derivative: "2/sqrt(pi)*exp(-x^2)")
    case .erfc:     .init(summary: "1 - erf(x), accurate for large x", derivative: "-2/sqrt(pi)*exp(-x^2)")
    case .gaussian: .init(summary: "exp(-x^2)", derivative: "-2*x*exp(-x^2)")
    case .gamma:    .init(summary: "the gamma function, (x - 1)!", derivative: "gamma(x)*digamma(x)", domain: "not 0, -1, -2, …")
    case .lgamma:   .init(summary: "the logarithm of |gamma(x)|", derivative: "digamma(x)", domain: "inf at 0, -1, -2, …")
    case .digamma:  .init(summary: "the derivative of lgamma", derivative: "polygamma(1, x)", domain: "not 0, -1, -2, …")
    case .stop:     .init(summary: "x, through which no gradient flows", derivative: "0")
    }
  }
}

extension BinaryOperation {
  // swift-format-ignore
  fileprivate var help: BuiltinHelp {
    switch self {
    case .add:         .init(summary: "x + y", derivative: "1, 1")
    case .subtract:    .init(summary: "x - y", derivative: "1, -1")
    case .multiply:    .init(summary: "x*y", derivative: "y, x")
    case .divide:      .init(summary: "x/y", derivative: "1/y, -x/y^2")
    case .floorDivide: .init(summary: "the floor of x/y", derivative: "0, 0")
    case .modulus:     .init(summary: "the remainder with the divisor's sign", derivative: "1, -floor(x/y)")
    case .power:       .init(summary: "x to the power y, as x^y", derivative: "y*x^(y - 1), x^y*log(x); d/dx x^0 = 0", domain: "x < 0 only for whole y")
    case .atan2:       .init(summary: "the angle of the point (x, y)", derivative: "x/(x^2 + y^2) for y, -y/(x^2 + y^2) for x")
    case .hypot:       .init(summary: "sqrt(x^2 + y^2) without overflow", derivative: "x/hypot, y/hypot; 0 at (0, 0)")
    case .min:         .init(summary: "the smallest", derivative: "1 for the smallest; a tie gives half to each")
    case .max:         .init(summary: "the largest", derivative: "1 for the largest; a tie gives half to each")
    case .logaddexp:   .init(summary: "log(exp(x) + exp(y)) without overflow", derivative: "sigmoid(x - y), sigmoid(y - x)")
    case .xlogy:       .init(summary: "x*log(y), 0 where x is 0", derivative: "log(y), x/y", domain: "y >= 0")
    case .leakyRelu:   .init(summary: "x where it is positive, else slope*x", derivative: "1 for x > 0, else the slope")
    case .polygamma:   .init(summary: "the derivative of order n of digamma", derivative: "polygamma(n + 1, x) for x", domain: "whole n >= 0; not 0, -1, -2, …")
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .approximatelyEqual:
      .init(summary: "a comparison, 1 or 0", derivative: "0")
    }
  }
}
