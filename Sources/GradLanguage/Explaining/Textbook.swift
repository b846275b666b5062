import Autograd

// The local derivatives as textbooks write them, for people to read: x and y stand for the operands,
// `r` for the result. Where the engine's form differs, because it is more accurate, the two are equal
// at ordinary points; the tests hold them against each other.

extension UnaryOperation {
  /// dr/dx
  var textbookDerivative: String {
    // swift-format-ignore
    switch self {
    case .negate:   "-1"
    case .abs:      "sign(x)"
    case .sign, .floor, .ceil, .round, .stop: "0"
    case .sqrt:     "1/(2*r)"
    case .cbrt:     "1/(3*r^2)"
    case .exp:      "r"
    case .expm1:    "r + 1"
    case .log:      "1/x"
    case .log2:     "1/(x*log(2))"
    case .log10:    "1/(x*log(10))"
    case .log1p:    "1/(1 + x)"
    case .sin:      "cos(x)"
    case .cos:      "-sin(x)"
    case .tan:      "1/cos(x)^2"
    case .asin:     "1/sqrt(1 - x^2)"
    case .acos:     "-1/sqrt(1 - x^2)"
    case .atan:     "1/(1 + x^2)"
    case .sinh:     "cosh(x)"
    case .cosh:     "sinh(x)"
    case .tanh:     "1 - r^2"
    case .asinh:    "1/sqrt(x^2 + 1)"
    case .acosh:    "1/sqrt(x^2 - 1)"
    case .atanh:    "1/(1 - x^2)"
    case .sigmoid:  "r*(1 - r)"
    case .relu:     "x > 0"
    case .softplus: "sigmoid(x)"
    case .gelu:     "r/x + x*exp(-x^2/2)/sqrt(2*pi)"
    case .silu:     "sigmoid(x)*(1 + x*(1 - sigmoid(x)))"
    case .erf:      "2/sqrt(pi)*exp(-x^2)"
    case .erfc:     "-2/sqrt(pi)*exp(-x^2)"
    case .gaussian: "-2*x*r"
    case .gamma:    "r*digamma(x)"
    case .lgamma:   "digamma(x)"
    case .digamma:  "polygamma(1, x)"
    }
  }
}

extension BinaryOperation {
  /// ∂r/∂x and ∂r/∂y
  var textbookDerivatives: (x: String, y: String) {
    // swift-format-ignore
    switch self {
    case .add:         ("1", "1")
    case .subtract:    ("1", "-1")
    case .multiply:    ("y", "x")
    case .divide:      ("1/y", "-x/y^2")
    case .modulus:     ("1", "-floor(x/y)")
    case .power:       ("y*x^(y - 1)", "r*log(x)")
    case .atan2:       ("y/(x^2 + y^2)", "-x/(x^2 + y^2)")
    case .hypot:       ("x/r", "y/r")
    case .min:         ("x < y", "y < x")
    case .max:         ("x > y", "y > x")
    case .logaddexp:   ("sigmoid(x - y)", "sigmoid(y - x)")
    case .xlogy:       ("log(y)", "x/y")
    case .leakyRelu:   ("where(x > 0, 1, y)", "where(x > 0, 0, x)")
    case .polygamma:   ("0", "polygamma(x + 1, y)")
    case .floorDivide, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual,
      .approximatelyEqual: ("0", "0")
    }
  }
}

extension TernaryOperation {
  /// The derivatives for x, y and z.
  var textbookDerivatives: [String] {
    switch self {
    case .select: ["0", "x != 0", "x == 0"]
    case .clamp: ["y < x < z", "x < y", "x > z"]
    }
  }
}

extension WholeOperation {
  /// What the operand's adjoint receives from the result's adjoint g, in words of the language.
  func textbookPullback(to operand: Int) -> String {
    switch self {
    case .copy: "g"
    case .matrixProduct: operand == 0 ? "g @ transpose(y)" : "transpose(x) @ g"
    case .sum: "g for each"
    case .maximum, .minimum: "g where x is r"
    case .norm: "g*x/r"
    case .logSumExp: "g*exp(x - r)"
    case .softmax: "r*(g - sum(g*r))"
    case .argMaximum, .argMinimum, .all, .any: "0"
    case .cumulativeSum: "the sums of g from the end"
    case .broadcast: "the sum of g over what was repeated"
    case .transpose: "transpose(g)"
    case .gather: "g at the chosen places"
    case .scatter: "g from the places"
    case .replace: operand == 0 ? "g but for the part" : "g of the part"
    case .sort: "g in the old order"
    case .arrange: operand == 0 ? "0" : "g in the old order"
    case .disarrange: operand == 0 ? "0" : "g in the order of x"
    }
  }
}

/// Puts operands' names into a textbook's formula.
enum Formula {
  /// The formula with x, y, z and r replaced; a name that is more than one word gets brackets.
  static func text(_ formula: String, _ operands: [String], result: String) -> String {
    let names = ["x", "y", "z"]
    var text = ""
    var word = ""
    func flush() {
      if let index = names.firstIndex(of: word), index < operands.count {
        text += bracketed(operands[index])
      } else {
        text += word == "r" ? bracketed(result) : word
      }
      word = ""
    }
    for character in formula {
      if character.isLetter || character.isNumber && !word.isEmpty {
        word.append(character)
      } else {
        flush()
        text.append(character)
      }
    }
    flush()
    return text
  }

  /// A formula without the brackets around all of it, if there are any.
  static func unbracketed(_ text: String) -> String {
    guard text.first == "(" else { return text }
    var nesting = 0
    for (index, character) in zip(text.indices, text) {
      if character == "(" { nesting += 1 }
      if character == ")" { nesting -= 1 }
      if nesting == 0 {
        return text.index(after: index) == text.endIndex
          ? String(text.dropFirst().dropLast()) : text
      }
    }
    return text
  }

  private static func bracketed(_ name: String) -> String {
    name.hasPrefix("-") || name.contains(" ") && !name.hasPrefix("[") ? "(\(name))" : name
  }
}
