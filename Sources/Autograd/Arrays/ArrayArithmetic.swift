/// What the rules of array operations are written over: numbers and arrays of a plain or recording
/// kind.
///
/// `Traced` conforms: it computes plain numbers at once and records nodes for tracked ones. `Series`
/// conforms: it computes truncated power series. Operators broadcast as NumPy's do; shapes have been
/// checked by whoever calls.
package protocol ArrayArithmetic: Arithmetic {
  /// The shape; that of a number has no dimensions.
  var shape: Shape { get }
  /// Whether this is a constant positive whole number.
  var isCount: Bool { get }

  /// The operation on three values.
  static func apply(_ operation: TernaryOperation, _ x: Self, _ y: Self, _ z: Self) -> Self
  /// An operation on arrays as wholes; see `WholeOperation` for the parameters.
  static func apply(
    _ operation: WholeOperation, _ operands: [Self], parameters: [Int32], shape: Shape
  ) -> Self
  /// The same numbers in another shape of as many: a view.
  func reshaped(_ shape: Shape) -> Self
  /// Numbers in a row, from an offset on: a view.
  func part(_ offset: Int, _ shape: Shape) -> Self
  /// An adjoint times a local derivative: 0 wherever the adjoint is 0, also where the derivative is
  /// not finite, as that of a steep operation may be; of one in pieces also wherever the
  /// derivative is 0.
  static func contribution(
    _ adjoint: Self, _ local: Self, isInPieces: Bool, _ steepness: Steepness
  ) -> Self
}

// The names that rules and functions use.
extension ArrayArithmetic {
  package var isCount: Bool { false }

  /// One of the operations that reduce lines along a dimension to a number each.
  package static func reduce(
    _ operation: WholeOperation, _ x: Self, along split: AxisSplit, to shape: Shape
  ) -> Self {
    apply(operation, [x], parameters: split.parameters, shape: shape)
  }

  /// The sum along a dimension, or of all numbers.
  package static func sum(_ x: Self, at dimension: Int? = nil) -> Self {
    reduce(.sum, x, along: x.shape.split(at: dimension), to: x.shape.removing(dimension))
  }

  /// x repeated to a shape that it broadcasts to.
  package static func broadcast(_ x: Self, to shape: Shape) -> Self {
    x.shape == shape ? x : apply(.broadcast, [x], parameters: [], shape: shape)
  }

  /// A result of `reduce`, repeated along the dimension that was reduced.
  package static func repeated(_ y: Self, along split: AxisSplit, to shape: Shape) -> Self {
    let kept = y.reshaped(Shape([split.outer, 1, split.inner]))
    return broadcast(kept, to: Shape([split.outer, split.length, split.inner])).reshaped(shape)
  }

  /// The product of two matrices, perhaps transposed.
  static func matrixProduct(
    _ x: Self, _ y: Self, _ m: Int32, _ k: Int32, _ n: Int32, transposed: (Bool, Bool),
    to shape: Shape
  ) -> Self {
    apply(
      .matrixProduct, [x, y], parameters: [m, k, n, transposed.0 ? 1 : 0, transposed.1 ? 1 : 0],
      shape: shape)
  }

  /// The sum over everything that broadcasting repeated: the adjoint of an operand of this shape.
  func summed(to target: Shape) -> Self {
    // A number that stands for zeros of any shape.
    guard shape.rank >= target.rank else { return self }
    var result = self
    while result.shape.rank > target.rank { result = .sum(result, at: 0) }
    for dimension in 0..<target.rank
    where target[dimension] == 1 && result.shape[dimension] != 1 {
      let split = result.shape.split(at: dimension)
      var lengths = result.shape.lengths
      lengths[dimension] = 1
      result = .reduce(.sum, result, along: split, to: Shape(lengths))
    }
    return result
  }
}

extension AxisSplit {
  /// The parameters of an operation along the dimension.
  package var parameters: [Int32] { [Int32(outer), Int32(length), Int32(inner)] }

  init(_ parameters: [Int32]) {
    self.init(
      outer: Int(parameters[0]), length: Int(parameters[1]), inner: Int(parameters[2]))
  }
}
