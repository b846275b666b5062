/// A plain number or array as the rules read it: every operation is computed at once.
package struct PlainArray: ArrayArithmetic {
  let numbers: Numbers

  init(_ numbers: Numbers) { self.numbers = numbers }

  package var shape: Shape { numbers.shape }

  package init(constant: Double) { numbers = Numbers([constant], shape: .number) }
  package init(integerLiteral value: Int) { self.init(constant: Double(value)) }
  package init(floatLiteral value: Double) { self.init(constant: value) }

  private static func binary(
    _ operation: BinaryOperation, _ x: PlainArray, _ y: PlainArray
  ) -> PlainArray {
    PlainArray(
      Numbers(
        .binary(operation), [x.numbers, y.numbers], parameters: [],
        shape: broadcastShape(x.shape, y.shape)))
  }

  package static prefix func - (x: PlainArray) -> PlainArray { apply(.negate, x) }
  package static func + (x: PlainArray, y: PlainArray) -> PlainArray { binary(.add, x, y) }
  package static func - (x: PlainArray, y: PlainArray) -> PlainArray { binary(.subtract, x, y) }
  package static func * (x: PlainArray, y: PlainArray) -> PlainArray { binary(.multiply, x, y) }
  package static func / (x: PlainArray, y: PlainArray) -> PlainArray { binary(.divide, x, y) }

  package static func apply(_ operation: UnaryOperation, _ x: PlainArray) -> PlainArray {
    PlainArray(Numbers(.unary(operation), [x.numbers], parameters: [], shape: x.shape))
  }

  package static func apply(
    _ operation: BinaryOperation, _ x: PlainArray, _ y: PlainArray
  ) -> PlainArray { binary(operation, x, y) }

  package static func apply(
    _ operation: TernaryOperation, _ x: PlainArray, _ y: PlainArray, _ z: PlainArray
  ) -> PlainArray {
    PlainArray(
      Numbers(
        .ternary(operation), [x.numbers, y.numbers, z.numbers], parameters: [],
        shape: broadcastShape(broadcastShape(x.shape, y.shape), z.shape)))
  }

  package static func apply(
    _ operation: WholeOperation, _ operands: [PlainArray], parameters: [Int32], shape: Shape
  ) -> PlainArray {
    PlainArray(
      Numbers(
        .whole(operation), operands.map(\.numbers), parameters: parameters, shape: shape))
  }

  package static func select(
    _ condition: PlainArray, _ yes: @autoclosure () -> PlainArray,
    _ no: @autoclosure () -> PlainArray
  ) -> PlainArray {
    apply(TernaryOperation.select, condition, yes(), no())
  }

  package static func contribution(
    _ adjoint: PlainArray, _ local: PlainArray, isInPieces: Bool, _ steepness: Steepness
  ) -> PlainArray {
    let product = adjoint * local
    if product.numbers.areFinite { return product }
    return select(adjoint, isInPieces ? select(local, product, 0) : product, 0)
  }

  package func reshaped(_ shape: Shape) -> PlainArray { PlainArray(numbers.reshaped(shape)) }
  package func part(_ offset: Int, _ shape: Shape) -> PlainArray {
    PlainArray(numbers.part(offset, shape))
  }
}

/// The shape of an element-by-element result; the shapes have been checked.
func broadcastShape(_ x: Shape, _ y: Shape) -> Shape {
  guard let shape = x.broadcast(with: y) else {
    preconditionFailure("shapes \(x.lengths) and \(y.lengths) do not broadcast")
  }
  return shape
}
