internal import CKernels
import RealModule

// The loops that compute arrays' values. Unsafe in that they read and write through pointers; every
// loop is bounded by the shapes it is given, which `Traced` and the language have checked.

/// The numbers of operations on arrays.
enum ArrayKernels {
  /// Computes an operation's result.
  ///
  /// - Parameters:
  ///   - parameters: see `WholeOperation`; `sort`, `arrange` and `disarrange` write positions there.
  ///   - result: room for the numbers of `shape`.
  static func run(
    _ operation: ArrayOperation, _ operands: [Numbers],
    _ parameters: UnsafeMutableBufferPointer<Int32>, into result: UnsafeMutablePointer<Double>,
    _ shape: Shape
  ) {
    switch operation {
    case .unary(let operation):
      LongWork.shared(of: shape.count, isCostly: operation.isCostly) { part in
        unary(
          operation, operands[0].start + part.lowerBound, result + part.lowerBound, part.count)
      }
    case .binary(let operation): binary(operation, operands[0], operands[1], result, shape)
    case .ternary(let operation): ternary(operation, operands, result, shape)
    case .whole(let operation): whole(operation, operands, parameters, result, shape)
    }
  }

  /// Whether no number is NaN or infinite.
  static func areFinite(_ x: UnsafePointer<Double>, _ count: Int) -> Bool {
    celementwise_are_finite(x, count) != 0
  }

  // MARK: Element by element

  @inline(__always)
  private static func map(
    _ x: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>, _ count: Int,
    _ body: (Double) -> Double
  ) {
    for k in 0..<count { z[k] = body(x[k]) }
  }

  private static func unary(
    _ operation: UnaryOperation, _ x: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>,
    _ count: Int
  ) {
    // The commonest have loops of their own, which the compiler turns into vector code.
    if operation == .negate {
      map(x, z, count) { -$0 }
    } else if operation == .relu {
      map(x, z, count) { $0 > 0 || $0 != $0 ? $0 : 0 }
    } else if operation == .sqrt {
      map(x, z, count) { $0.squareRoot() }
    } else if operation == .exp {
      map(x, z, count) { .exp($0) }
    } else if operation == .tanh {
      map(x, z, count) { .tanh($0) }
    } else {
      map(x, z, count) { operation.value($0) }
    }
  }

  @inline(__always)
  private static func zip(
    _ loops: BroadcastLoops, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>,
    _ z: UnsafeMutablePointer<Double>, _ body: (Double, Double) -> Double
  ) {
    loops.forEachRun { run in
      let x = x + run.offsets.0
      let y = y + run.offsets.1
      let z = z + run.start
      switch (run.strides.0, run.strides.1) {
      case (1, 1): for k in 0..<run.count { z[k] = body(x[k], y[k]) }
      case (1, 0):
        let y = y[0]
        for k in 0..<run.count { z[k] = body(x[k], y) }
      case (0, 1):
        let x = x[0]
        for k in 0..<run.count { z[k] = body(x, y[k]) }
      case let (sx, sy): for k in 0..<run.count { z[k] = body(x[k * sx], y[k * sy]) }
      }
    }
  }

  /// A loop of `CKernels`.
  private typealias Loop = (
    celementwise_operand, celementwise_operand, UnsafeMutablePointer<Double>?, Int
  ) -> Void

  /// Runs a loop of `CKernels` over each stretch, or where operands are neither numbers nor side by side
  /// `body` for each element.
  @inline(__always)
  private static func run(
    _ loop: Loop, _ body: (Double, Double) -> Double, _ loops: BroadcastLoops,
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>
  ) {
    loops.forEachRun { run in
      let (x, y, z) = (x + run.offsets.0, y + run.offsets.1, z + run.start)
      let (sx, sy) = (run.strides.0, run.strides.1)
      guard sx <= 1, sy <= 1 else {
        for k in 0..<run.count { z[k] = body(x[k * sx], y[k * sy]) }
        return
      }
      loop(
        celementwise_operand(numbers: x, stride: sx), celementwise_operand(numbers: y, stride: sy),
        z, run.count)
    }
  }

  private static func binary(
    _ operation: BinaryOperation, _ x: Numbers, _ y: Numbers,
    _ z: UnsafeMutablePointer<Double>, _ shape: Shape
  ) {
    let loops = BroadcastLoops(shape, x.shape, y.shape)
    if operation == .add {
      run(celementwise_add, { $0 + $1 }, loops, x.start, y.start, z)
    } else if operation == .subtract {
      run(celementwise_subtract, { $0 - $1 }, loops, x.start, y.start, z)
    } else if operation == .multiply {
      run(celementwise_multiply, { $0 * $1 }, loops, x.start, y.start, z)
    } else if operation == .divide {
      run(celementwise_divide, { $0 / $1 }, loops, x.start, y.start, z)
    } else if operation == .power, y.shape.count == 1, y.start[0] == 2 {
      let x = celementwise_operand(numbers: x.start, stride: 1)
      celementwise_multiply(x, x, z, shape.count)
    } else {
      zip(loops, x.start, y.start, z) { operation.value($0, $1) }
    }
  }

  private static func ternary(
    _ operation: TernaryOperation, _ operands: [Numbers], _ result: UnsafeMutablePointer<Double>,
    _ shape: Shape
  ) {
    let (x, y, z) = (operands[0], operands[1], operands[2])
    BroadcastLoops(shape, x.shape, y.shape, z.shape).forEachRun { run in
      for k in 0..<run.count {
        result[run.start + k] = operation.value(
          x.start[run.offsets.0 + k * run.strides.0], y.start[run.offsets.1 + k * run.strides.1],
          z.start[run.offsets.2 + k * run.strides.2])
      }
    }
  }
}
