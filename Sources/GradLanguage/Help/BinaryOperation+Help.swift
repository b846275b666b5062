import Autograd

extension BinaryOperation {
  /// What help and grammar.md say of it.
  var help: OperationHelp {
    switch self {
    case .add:
      .init(
        "the sum", derivative: "`1`, `1`", example: "a = 2; b = 3; print a + b, [1, 2] + 10",
        shows: "5 [11, 12]")
    case .subtract:
      .init(
        "the difference", derivative: "`1`, `-1`", example: "print 5 - 7, [1, 2] - [10, 20]",
        shows: "-2 [-9, -18]")
    case .multiply:
      .init(
        "the product", derivative: "`y`, `x`", example: "print 3*4, [1, 2]*[3, 4]",
        shows: "12 [3, 8]")
    case .divide:
      .init(
        "the quotient", derivative: "`1/y`, `-x/y^2`", edges: "x/0 is ±inf, 0/0 NaN",
        example: "print 7/2, [1, 2]/4", shows: "3.5 [0.25, 0.5]")
    case .floorDivide:
      .init(
        "the quotient rounded down, from the exact remainder", formula: "floor(x/y)",
        derivative: "`0`, `0`", edges: "x//0 is ±inf, 0//0 NaN", example: "print 7//2, -7//2",
        shows: "3 -4")
    case .modulus:
      .init(
        "the remainder, with the sign of y", formula: "x - y*floor(x/y)",
        derivative: "`1`, `-floor(x/y)`", edges: "x % 0 is NaN", example: "print 7 % 3, -7 % 3",
        shows: "1 2")
    case .power:
      .init(
        "the power", derivative: "`y*x^(y - 1)`, `x^y*log(x)`",
        edges: "x < 0 only for whole y, else NaN; x^0 is 1, with derivative 0 for x, "
          + "also at 0; d/dy of 0^y is 0",
        example: "print 2^10, pow(2, 10), 2^-1, 2^3^2, -2^2", shows: "1024 1024 0.5 512 -4")
    case .atan2:
      .init(
        "the angle of the point (x, y), −π to π", derivative: "`x/(x^2 + y^2)`, `-y/(x^2 + y^2)`",
        edges: "NaN at (0, 0), where the value is 0", example: "print atan2(1, 1), atan2(0, -1)",
        shows: "0.785398163397 3.14159265359")
    case .hypot:
      .init(
        "the length of the vector (x, y), without overflow", formula: "sqrt(x^2 + y^2)",
        derivative: "`x/hypot(x, y)`, `y/hypot(x, y)`", edges: "0 at (0, 0)",
        example: "print hypot(3, 4), hypot(1e200, 1e200)", shows: "5 1.41421356237e200")
    case .min:
      .init(
        "the smallest: of one array's numbers, or of two or more values element by element",
        derivative: "1 for the smallest, 0 for the others",
        edges: "a tie of two values gives half to each, one in an array equal shares; "
          + "NaN when one is; never along a dimension",
        example: "print min(3, 1, 2), min([4, 7, 1]), min([1, 5], 3)", shows: "1 1 [1, 3]")
    case .max:
      .init(
        "the largest: of one array's numbers, or of two or more values element by element",
        derivative: "1 for the largest, 0 for the others",
        edges: "a tie of two values gives half to each, one in an array equal shares; "
          + "NaN when one is; never along a dimension",
        example: "print max(3, 1, 2), max([4, 7, 1]), max([1, 5], 3)", shows: "3 7 [3, 5]")
    case .logaddexp:
      .init(
        "the logarithm of a sum of exponentials, without overflow", formula: "log(exp(x) + exp(y))",
        derivative: "`sigmoid(x - y)`, `sigmoid(y - x)`",
        edges: "slopes 1/2 where both are the same infinity",
        example: "print logaddexp(0, 0), logaddexp(1000, 1000)",
        shows: "0.69314718056 1000.69314718")
    case .xlogy:
      .init(
        "x times the logarithm of y", formula: "x*log(y)", derivative: "`log(y)`, `x/y`",
        edges: "0 where x is 0, also for y = 0", example: "print xlogy(2, 3), xlogy(0, 0)",
        shows: "2.19722457734 0")
    case .leakyRelu:
      .init(
        "a relu that leaks below 0", formula: "where(x > 0, x, slope*x)",
        derivative: "`where(x > 0, 1, slope)`, `where(x > 0, 0, x)`", edges: "at 0 as below it",
        example: "print leaky_relu(-2), leaky_relu(-2, 0.1), leaky_relu(3)", shows: "-0.02 -0.2 3")
    case .polygamma:
      .init(
        "the derivative of order n of digamma", derivative: "`0`, `polygamma(n + 1, x)`",
        edges: "whole n ≥ 0; poles at 0, −1, −2, …",
        example: "print polygamma(0, 1), polygamma(1, 1)", shows: "-0.577215664902 1.64493406685")
    case .less: .comparison("x is less than y", "print 1 < 2, [1, 5] < 3, 0 < 1 < 2", "1 [1, 0] 1")
    case .lessOrEqual: .comparison("x is at most y", "print 1 <= 1, 2 <= 1", "1 0")
    case .greater: .comparison("x is greater than y", "print 1 > 2, [1, 5] > 3", "0 [0, 1]")
    case .greaterOrEqual: .comparison("x is at least y", "print 1 >= 1, 1 >= 2", "1 0")
    case .equal: .comparison("x equals y", "print 1 == 1, 0.1 + 0.2 == 0.3", "1 0")
    case .notEqual: .comparison("x differs from y", "print 1 != 2, nan != nan", "1 1")
    case .approximatelyEqual:
      .comparison(
        "x and y differ by at most 1e-9 of the larger, or by 1e-12",
        "print 0.1 + 0.2 ≈ 0.3, 1 ≈ 1.001", "1 0")
    }
  }
}

extension OperationHelp {
  /// Help of a comparison, all of which are alike but in what they compare.
  fileprivate static func comparison(_ holds: String, _ example: String, _ shows: String) -> Self {
    .init(
      "1 where \(holds), else 0", derivative: "no gradient flows through it", example: example,
      shows: shows)
  }
}
