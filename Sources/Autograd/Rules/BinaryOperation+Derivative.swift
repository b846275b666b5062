/// Which operand a derivative of a binary operation is taken for.
package enum OperandSide: Sendable {
  case left, right

  /// The rule for the left or for the right operand; the other one is not evaluated.
  @inline(__always)
  func pick<T>(_ left: @autoclosure () -> T, _ right: @autoclosure () -> T) -> T {
    switch self {
    case .left: left()
    case .right: right()
    }
  }
}

extension BinaryOperation {
  /// The local derivative of `z = self(x, y)` for the left operand x or the right operand y.
  ///
  /// At kinks: a tie of `min` or `max` gives half to each operand; hypot′(0, 0) = 0;
  /// d/dx x^0 = 0, also at 0; d/dy 0^y = 0; d/dy 0·log y = 0, also at 0. Comparisons, `//` and the
  /// order of `polygamma` have derivative 0.
  @inline(__always)
  package func derivative<T: Arithmetic>(for side: OperandSide, _ x: T, _ y: T, result z: T) -> T {
    // swift-format-ignore
    switch self {
    //                           ∂z/∂x                              ∂z/∂y
    case .add:         side.pick(1,                                 1)
    case .subtract:    side.pick(1,                                 -1)
    case .multiply:    side.pick(y,                                 x)
    case .divide:      side.pick(1 / y,                             -(z / y))
    case .floorDivide: side.pick(0,                                 0)
    case .modulus:     side.pick(1,                                 -.floorDivide(x, y))
    case .power:       side.pick(.powerSlope(x, y, z),
                                 .select(.equal(x, 0), 0, z * .log(x)))
    case .atan2:       side.pick(.overSquares(y, x, y),             -.overSquares(x, x, y))
    case .hypot:       side.pick(.overNorm(x, y, z),                .overNorm(y, x, z))
    case .min:         side.pick(.share(y, x),                      .share(x, y))
    case .max:         side.pick(.share(x, y),                      .share(y, x))
    case .logaddexp:   side.pick(.sigmoid(x, minus: y),             .sigmoid(y, minus: x))
    case .xlogy:       side.pick(.log(y),                           .xOverY(x, y))
    case .leakyRelu:   side.pick(.greater(x, 0) + y * (1 - .greater(x, 0)),
                                 .apply(.min, x, 0))
    case .polygamma:   side.pick(0,                                 .polygamma(x + 1, y))
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .approximatelyEqual:
      0
    }
  }
}
