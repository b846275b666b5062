import Autograd

/// What stands between two operands.
struct InfixOperator: Sendable {
  /// What it makes of them.
  enum Meaning: Sendable {
    case arithmetic(BinaryOperation)
    case matrixProduct
    case comparison(BinaryOperation)
    case range
    case and, or
  }

  let precedence: Precedence
  let isRightAssociative: Bool
  let meaning: Meaning
}

/// How tightly operators bind, loosest first.
///
/// `if … then … else` and `->` are looser than all of these, postfix forms tighter.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, range, sum, product, sign, power

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

  /// The next tighter level.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
}

/// The one place where precedence and associativity are written.
enum OperatorTable {
  // swift-format-ignore
  static let infix: TokenTable<InfixOperator> = [
    .or:                 row(.or,         .or),
    .and:                row(.and,        .and),
    .less:               row(.comparison, .comparison(.less)),
    .lessOrEqual:        row(.comparison, .comparison(.lessOrEqual)),
    .greater:            row(.comparison, .comparison(.greater)),
    .greaterOrEqual:     row(.comparison, .comparison(.greaterOrEqual)),
    .equal:              row(.comparison, .comparison(.equal)),
    .notEqual:           row(.comparison, .comparison(.notEqual)),
    .approximatelyEqual: row(.comparison, .comparison(.approximatelyEqual)),
    .dotDot:             row(.range,      .range),
    .plus:               row(.sum,        .arithmetic(.add)),
    .minus:              row(.sum,        .arithmetic(.subtract)),
    .times:              row(.product,    .arithmetic(.multiply)),
    .divide:             row(.product,    .arithmetic(.divide)),
    .floorDivide:        row(.product,    .arithmetic(.floorDivide)),
    .percent:            row(.product,    .arithmetic(.modulus)),
    .at:                 row(.product,    .matrixProduct),
    .power:              row(.power,      .arithmetic(.power), rightAssociative: true),
  ]

  private static func row(
    _ precedence: Precedence, _ meaning: InfixOperator.Meaning, rightAssociative: Bool = false
  ) -> InfixOperator {
    InfixOperator(
      precedence: precedence, isRightAssociative: rightAssociative, meaning: meaning)
  }
}
