/// A run of records that add products to a sum one after another, as a loop over
/// `sum = sum + x[k]*y[k]` makes them: s₀ + x₀·y₀ + x₁·y₁ + ….
///
/// The records are on the tape as for any other program, a product and a sum for each k, in slots one
/// after another; nothing but the next sum uses a product or an inner sum. So all of them have the
/// adjoint of the last sum, and both sweeps can go through them in one loop, with the same results to
/// the last bit.
struct ProductRun: Equatable {
  /// The slot of the last sum.
  var lastSlot: Int32
  /// The number of products.
  let count: Int32

  /// Shorter runs are not worth looking for.
  static let smallest = 4

  /// The slot of the first product.
  var firstSlot: Int32 { lastSlot &- 2 &* count &+ 1 }
}

extension Tape {
  /// Where the operands of a run stand.
  struct ProductOperands {
    /// The slot of s₀.
    let start: Int
    /// The slots of x₀ and y₀.
    let x: Int
    let y: Int
    /// The distances from one k to the next.
    let xStride: Int
    let yStride: Int

    /// Whether both are read one slot after another.
    var areSideBySide: Bool { xStride == 1 && yStride == 1 }
  }

  /// Where the operands of the run stand whose first product is node `first`.
  @inline(__always)
  func operands(ofRunAt first: Int) -> ProductOperands {
    let (product, next) = (nodes[first], nodes[first + 2])
    return ProductOperands(
      start: Int(nodes[first + 1].left), x: Int(product.left), y: Int(product.right),
      xStride: Int(next.left &- product.left), yStride: Int(next.right &- product.right))
  }

  // MARK: Forward

  /// Computes a run anew whose first product is node `first`, in `slot`.
  ///
  /// - Returns: false when the sum is not finite: the records have to be looked at one by one.
  @inline(never)
  func computeProducts(from first: Int, at slot: Int, count: Int) -> Bool {
    let operands = operands(ofRunAt: first)
    var x = UnsafePointer(values) + operands.x
    var y = UnsafePointer(values) + operands.y
    var result = values + slot
    var sum = values[operands.start]
    for _ in 0..<count {
      let product = x.pointee * y.pointee
      sum += product
      result[0] = product
      result[1] = sum
      result += 2
      x += operands.xStride
      y += operands.yStride
    }
    return sum - sum == 0
  }

  // MARK: Reverse

  /// Adds to the adjoints what that of the last sum of a run, node `last` in `slot`, implies.
  @inline(never)
  func sweepProducts(
    upTo last: Int, at slot: Int, count: Int, _ state: Adjoints, areZeroed: Bool
  ) {
    let adjoint = state.numbers[slot]
    guard adjoint != 0 else { return }
    let first = last &- 2 &* count &+ 1
    let operands = operands(ofRunAt: first)
    let firstSlot = slot &- 2 &* count &+ 1
    state.ready(firstSlot, 2 &* count &- 1, areZeroed: areZeroed)
    (state.numbers + firstSlot).update(repeating: adjoint, count: 2 &* count &- 1)
    state.ready(operands.start, 1, areZeroed: areZeroed)
    readyProducts(operands.x, operands.xStride, count, state, areZeroed)
    readyProducts(operands.y, operands.yStride, count, state, areZeroed)
    addProducts(operands, count, adjoint, state.numbers)
  }

  private func readyProducts(
    _ slot: Int, _ stride: Int, _ count: Int, _ state: Adjoints, _ areZeroed: Bool
  ) {
    if abs(stride) <= 64 {
      let end = slot + stride * (count - 1)
      return state.ready(min(slot, end), abs(end - slot) + 1, areZeroed: areZeroed)
    }
    for k in 0..<count { state.ready(slot + stride * k, 1, areZeroed: areZeroed) }
  }

  /// The order is that of the records, from the last product down; the first sum comes before the
  /// first product.
  private func addProducts(
    _ operands: ProductOperands, _ count: Int, _ adjoint: Double,
    _ adjoints: UnsafeMutablePointer<Double>
  ) {
    let (x, y) = (operands.x, operands.y)
    let areApart = x == y || abs(x - y) >= count
    if operands.areSideBySide, areApart {
      // Each slot is met at one k only: first as x, then as y.
      Tape.add(adjoint, times: values + y + 1, to: adjoints + x + 1, count &- 1)
      Tape.add(adjoint, times: values + x + 1, to: adjoints + y + 1, count &- 1)
    } else {
      var k = count &- 1
      while k > 0 {
        let (left, right) = (x &+ k &* operands.xStride, y &+ k &* operands.yStride)
        adjoints[left] += adjoint * values[right]
        adjoints[right] += adjoint * values[left]
        k &-= 1
      }
    }
    adjoints[operands.start] += adjoint
    adjoints[x] += adjoint * values[y]
    adjoints[y] += adjoint * values[x]
  }

  @inline(__always)
  private static func add(
    _ adjoint: Double, times numbers: UnsafeMutablePointer<Double>,
    to adjoints: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for k in 0..<count { adjoints[k] += adjoint * numbers[k] }
  }
}
