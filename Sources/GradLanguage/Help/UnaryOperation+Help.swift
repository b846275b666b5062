import Autograd

extension UnaryOperation {
  /// What help and grammar.md say of it.
  var help: OperationHelp {
    switch self {
    case .negate:
      .init(
        "the negative", derivative: "`-1`", example: "print -3, -(-3)", shows: "-3 3")
    case .abs:
      .init(
        "the absolute value", derivative: "`sign(x)`", edges: "slope 0 at 0",
        example: "print abs(-3), abs'(-3), abs'(0)", shows: "3 -1 0", interval: -3...3)
    case .sign:
      .init(
        "the sign: −1, 0 or 1", derivative: "`0`", edges: "jumps at 0",
        example: "print sign(-3), sign(0), sign(2)",
        shows: "-1 0 1", interval: -3...3)
    case .floor:
      .init(
        "the largest whole number not above x", derivative: "`0`", edges: "jumps at whole numbers",
        example: "print floor(2.7), floor(-2.7)", shows: "2 -3", interval: -3...3)
    case .ceil:
      .init(
        "the smallest whole number not below x", derivative: "`0`", edges: "jumps at whole numbers",
        example: "print ceil(2.2), ceil(-2.2)", shows: "3 -2", interval: -3...3)
    case .round:
      .init(
        "the nearest whole number, halves away from 0", derivative: "`0`",
        edges: "jumps halfway between whole numbers",
        example: "print round(2.4), round(2.5), round(-2.5)", shows: "2 3 -3", interval: -3...3)
    case .sqrt:
      .init(
        "the square root", derivative: "`1/(2*sqrt(x))`", edges: "x ≥ 0; slope inf at 0",
        example: "print sqrt(16), sqrt'(16)", shows: "4 0.125", interval: 0...9)
    case .cbrt:
      .init(
        "the cube root", derivative: "`1/(3*cbrt(x)^2)`", edges: "slope inf at 0",
        example: "print cbrt(-27), cbrt'(8)", shows: "-3 0.0833333333333", interval: -8...8)
    case .exp:
      .init(
        "e to the power x", derivative: "`exp(x)`", edges: "inf above 709.78",
        example: "print exp(1), exp'(0)", shows: "2.71828182846 1", interval: -3...3)
    case .expm1:
      .init(
        "exp(x) less 1, accurate near 0", formula: "exp(x) - 1", derivative: "`exp(x)`",
        example: "print expm1(1e-10), exp(1e-10) - 1", shows: "1.00000000005e-10 1.00000008274e-10",
        interval: -3...2)
    case .log:
      .init(
        "the natural logarithm", derivative: "`1/x`", edges: "x ≥ 0; −inf at 0, with slope inf",
        example: "print log(exp(2)), log'(4)", shows: "2 0.25", interval: 0...8)
    case .log2:
      .init(
        "the logarithm to base 2", formula: "log(x)/log(2)", derivative: "`1/(x*log(2))`",
        edges: "x ≥ 0; −inf at 0, with slope inf", example: "print log2(8), log2'(1)",
        shows: "3 1.44269504089", interval: 0...8)
    case .log10:
      .init(
        "the logarithm to base 10", formula: "log(x)/log(10)", derivative: "`1/(x*log(10))`",
        edges: "x ≥ 0; −inf at 0, with slope inf", example: "print log10(1000), log10'(1)",
        shows: "3 0.434294481903", interval: 0...100)
    case .log1p:
      .init(
        "the natural logarithm of 1 + x, accurate near 0", formula: "log(1 + x)",
        derivative: "`1/(1 + x)`", edges: "x ≥ −1; −inf at −1",
        example: "print log1p(1e-10), log(1 + 1e-10)", shows: "9.9999999995e-11 1.00000008269e-10",
        interval: -1...6)
    case .sin:
      .init(
        "the sine of x radians", derivative: "`cos(x)`", edges: "NaN at ±inf",
        example: "print sin(pi/2), sin'(0)", shows: "1 1", interval: -7...7)
    case .cos:
      .init(
        "the cosine of x radians", derivative: "`-sin(x)`", edges: "NaN at ±inf",
        example: "print cos(0), cos'(pi/2)", shows: "1 -1", interval: -7...7)
    case .tan:
      .init(
        "the tangent of x radians", derivative: "`1/cos(x)^2`", edges: "NaN at ±inf",
        example: "print tan(pi/4), tan'(0)", shows: "1 1", interval: -5...5)
    case .asin:
      .init(
        "the arc sine, −π/2 to π/2", derivative: "`1/sqrt(1 - x^2)`",
        edges: "−1 to 1; slope inf at the ends", example: "print asin(1), asin'(0)",
        shows: "1.57079632679 1", interval: -1...1)
    case .acos:
      .init(
        "the arc cosine, 0 to π", derivative: "`-1/sqrt(1 - x^2)`",
        edges: "−1 to 1; slope −inf at the ends", example: "print acos(-1), acos'(0)",
        shows: "3.14159265359 -1", interval: -1...1)
    case .atan:
      .init(
        "the arc tangent, −π/2 to π/2", derivative: "`1/(1 + x^2)`",
        example: "print atan(1), atan'(1)", shows: "0.785398163397 0.5", interval: -6...6)
    case .sinh:
      .init(
        "the hyperbolic sine", formula: "(exp(x) - exp(-x))/2", derivative: "`cosh(x)`",
        example: "print sinh(1), sinh'(0)", shows: "1.17520119364 1", interval: -3...3)
    case .cosh:
      .init(
        "the hyperbolic cosine", formula: "(exp(x) + exp(-x))/2", derivative: "`sinh(x)`",
        example: "print cosh(0), cosh'(0)", shows: "1 0", interval: -3...3)
    case .tanh:
      .init(
        "the hyperbolic tangent", formula: "sinh(x)/cosh(x)", derivative: "`1 - tanh(x)^2`",
        example: "print tanh(0.5), tanh'(0)", shows: "0.46211715726 1", interval: -4...4)
    case .asinh:
      .init(
        "the inverse of sinh", formula: "log(x + sqrt(x^2 + 1))", derivative: "`1/sqrt(x^2 + 1)`",
        example: "print asinh(1), asinh'(0)", shows: "0.88137358702 1", interval: -6...6)
    case .acosh:
      .init(
        "the inverse of cosh", formula: "log(x + sqrt(x^2 - 1))", derivative: "`1/sqrt(x^2 - 1)`",
        edges: "x ≥ 1; slope inf at 1", example: "print acosh(2), acosh'(2)",
        shows: "1.31695789692 0.57735026919", interval: 1...9)
    case .atanh:
      .init(
        "the inverse of tanh", formula: "log((1 + x)/(1 - x))/2", derivative: "`1/(1 - x^2)`",
        edges: "−1 to 1; ±inf at the ends", example: "print atanh(0.5), atanh'(0.5)",
        shows: "0.549306144334 1.33333333333", interval: -1...1)
    case .sigmoid:
      .init(
        "the logistic function", formula: "1/(1 + exp(-x))", derivative: "`sigmoid(x)*sigmoid(-x)`",
        example: "print sigmoid(0), sigmoid'(0)", shows: "0.5 0.25", interval: -6...6)
    case .relu:
      .init(
        "the rectifier", formula: "max(x, 0)", derivative: "`x > 0`", edges: "slope 0 at 0",
        example: "print relu(-2), relu(3), relu'(0)", shows: "0 3 0", interval: -3...3)
    case .softplus:
      .init(
        "a smooth relu", formula: "log(1 + exp(x))", derivative: "`sigmoid(x)`",
        example: "print softplus(0), softplus'(0)", shows: "0.69314718056 0.5", interval: -5...5)
    case .gelu:
      .init(
        "x times the normal distribution function", formula: "x*erfc(-x/sqrt(2))/2",
        derivative: "`gelu(x)/x + x*exp(-x^2/2)/sqrt(2*pi)`", edges: "slope 1/2 at 0",
        example: "print gelu(1), gelu'(0)", shows: "0.841344746069 0.5", interval: -4...3)
    case .silu:
      .init(
        "x times its sigmoid", formula: "x*sigmoid(x)",
        derivative: "`sigmoid(x)*(1 + x*sigmoid(-x))`", example: "print silu(1), silu'(0)",
        shows: "0.73105857863 0.5", interval: -6...4)
    case .erf:
      .init(
        "the error function, 2/√π ∫ exp(−t²) dt from 0 to x", derivative: "`2/sqrt(pi)*exp(-x^2)`",
        example: "print erf(1), erf'(0)", shows: "0.84270079295 1.1283791671", interval: -3...3)
    case .erfc:
      .init(
        "the complement of erf, accurate for large x", formula: "1 - erf(x)",
        derivative: "`-2/sqrt(pi)*exp(-x^2)`", example: "print erfc(1), erfc(10)",
        shows: "0.15729920705 2.08848758376e-45", interval: -3...3)
    case .gaussian:
      .init(
        "the bell curve of height 1", formula: "exp(-x^2)", derivative: "`-2*x*exp(-x^2)`",
        example: "print gaussian(0), gaussian(1), gaussian'(1)",
        shows: "1 0.367879441171 -0.735758882343", interval: -3...3)
    case .gamma:
      .init(
        "the gamma function; (x − 1)! for whole x > 0", derivative: "`gamma(x)*digamma(x)`",
        edges: "poles at 0, −1, −2, …; inf above 171.62", example: "print gamma(5), gamma(0.5)^2",
        shows: "24 3.14159265359", interval: -4...5)
    case .lgamma:
      .init(
        "the logarithm of the magnitude of gamma", formula: "log(abs(gamma(x)))",
        derivative: "`digamma(x)`", edges: "inf at 0, −1, −2, …",
        example: "print lgamma(100), lgamma'(1)", shows: "359.13420537 -0.577215664902",
        interval: -4...5)
    case .digamma:
      .init(
        "the derivative of lgamma", derivative: "`polygamma(1, x)`", edges: "poles at 0, −1, −2, …",
        example: "print digamma(1), digamma(2)", shows: "-0.577215664902 0.422784335098",
        interval: -4...5)
    case .stop:
      .init(
        "x itself, through which no gradient flows", derivative: "`0`",
        example: "print stop(3), (x -> stop(x)*x)'(3)", shows: "3 3")
    }
  }
}
