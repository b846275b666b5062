import RealModule

// The values of operations on arrays as wholes.

extension ArrayKernels {
  static func whole(
    _ operation: WholeOperation, _ operands: [Numbers],
    _ parameters: UnsafeMutableBufferPointer<Int32>, _ z: UnsafeMutablePointer<Double>,
    _ shape: Shape
  ) {
    let x = operands[0]
    switch operation {
    case .copy: z.update(from: x.start, count: shape.count)
    case .matrixProduct: matrixProduct(x.start, operands[1].start, MatrixSizes(parameters), z)
    case .sum: reduce(x.start, parameters, z, sum)
    case .maximum: reduce(x.start, parameters, z, maximum)
    case .minimum: reduce(x.start, parameters, z) { -maximum($0, $1, sign: -1, stride: $2) }
    case .norm: reduce(x.start, parameters, z, norm)
    case .logSumExp: reduce(x.start, parameters, z, logSumExp)
    case .argMaximum: reduce(x.start, parameters, z) { position($0, $1, sign: 1, stride: $2) }
    case .argMinimum: reduce(x.start, parameters, z) { position($0, $1, sign: -1, stride: $2) }
    case .all:
      reduce(x.start, parameters, z) { x, n, stride in
        (0..<n).allSatisfy { x[$0 * stride] != 0 } ? 1 : 0
      }
    case .any:
      reduce(x.start, parameters, z) { x, n, stride in
        (0..<n).contains { x[$0 * stride] != 0 } ? 1 : 0
      }
    case .softmax: softmax(x.start, parameters, z)
    case .cumulativeSum: cumulativeSum(x.start, parameters, z)
    case .broadcast:
      BroadcastLoops(shape, x.shape).forEachRun { run in
        let x = x.start + run.offsets.0
        if run.strides.0 == 0 {
          (z + run.start).update(repeating: x[0], count: run.count)
        } else {
          for k in 0..<run.count { z[run.start + k] = x[k * run.strides.0] }
        }
      }
    case .transpose: transpose(x, z)
    case .gather:
      LongWork.inParts(of: parameters.count) { part in
        for k in part { z[k] = x.start[Int(parameters[k])] }
      }
    case .scatter:
      z.update(repeating: 0, count: shape.count)
      let stride = x.shape.count == 1 ? 0 : 1
      LongWork.inParts(of: parameters.count) { part in
        for k in part { z[Int(parameters[k])] += x.start[k * stride] }
      }
    case .replace:
      let y = operands[1]
      z.update(from: x.start, count: shape.count)
      let stride = y.shape.count == 1 ? 0 : 1
      LongWork.inParts(of: parameters.count) { part in
        for k in part { z[Int(parameters[k])] = y.start[k * stride] }
      }
    case .sort:
      findOrder(x.start, parameters)
      LongWork.inParts(of: shape.count) { part in
        for k in part { z[k] = x.start[Int(parameters[3 + k])] }
      }
    case .arrange:
      findOrder(x.start, parameters)
      LongWork.inParts(of: shape.count) { part in
        for k in part { z[k] = operands[1].start[Int(parameters[3 + k])] }
      }
    case .disarrange:
      findOrder(x.start, parameters)
      LongWork.inParts(of: shape.count) { part in
        for k in part { z[Int(parameters[3 + k])] = operands[1].start[k] }
      }
    }
  }

  // MARK: Along a dimension

  /// One number for each line along the dimension: `body` gets its first number, its length and how
  /// far apart its numbers are.
  @inline(__always)
  private static func reduce(
    _ x: UnsafePointer<Double>, _ parameters: UnsafeMutableBufferPointer<Int32>,
    _ z: UnsafeMutablePointer<Double>,
    _ body: (UnsafePointer<Double>, Int, Int) -> Double
  ) {
    let (outer, length, inner) = (
      Int(parameters[0]), Int(parameters[1]), Int(parameters[2])
    )
    forEachLine(outer, length, inner) { o, i in
      z[o * inner + i] = body(x + o * length * inner + i, length, inner)
    }
  }

  /// Calls `body` with each line along a dimension, unless it is to stop.
  @inline(__always)
  static func forEachLine(
    _ outer: Int, _ length: Int, _ inner: Int, _ body: (_ o: Int, _ i: Int) -> Void
  ) {
    let shouldStop = LongWork.shouldStop ?? { false }
    var left = LongWork.numbers
    for o in 0..<outer {
      for i in 0..<inner {
        body(o, i)
        left -= length + 1
        guard left <= 0 else { continue }
        if shouldStop() { return }
        left = LongWork.numbers
      }
    }
  }

  static func sum(_ x: UnsafePointer<Double>, _ count: Int, stride: Int) -> Double {
    if stride == 1 { return contiguousSum(x, count) }
    var total = 0.0
    for k in 0..<count { total += x[k * stride] }
    return total
  }

  /// Eight partial sums, so that additions need not wait for each other.
  private static func contiguousSum(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    var partial = SIMD8<Double>.zero
    let blocks = count / 8
    let vectors = UnsafeRawPointer(x)
    for k in 0..<blocks {
      partial += vectors.loadUnaligned(fromByteOffset: k * 64, as: SIMD8<Double>.self)
    }
    var total = 0.0
    for k in blocks * 8..<count { total += x[k] }
    return blocks == 0 ? total : partial.sum() + total
  }

  /// The largest of sign·x; NaN when one is, −∞ of none.
  private static func maximum(
    _ x: UnsafePointer<Double>, _ count: Int, sign: Double = 1, stride: Int
  ) -> Double {
    var largest = -Double.infinity
    for k in 0..<count {
      let value = sign * x[k * stride]
      if value > largest || value.isNaN { largest = value }
      if value.isNaN { break }
    }
    return largest
  }

  private static func maximum(_ x: UnsafePointer<Double>, _ count: Int, _ stride: Int) -> Double {
    maximum(x, count, stride: stride)
  }

  /// The position from 1 of the first of the largest of sign·x, or of the first NaN; 0 of none.
  private static func position(
    _ x: UnsafePointer<Double>, _ count: Int, sign: Double, stride: Int
  ) -> Double {
    var best = 0
    for k in 0..<count {
      let value = sign * x[k * stride]
      if value.isNaN { return Double(k + 1) }
      if best == 0 || value > sign * x[(best - 1) * stride] { best = k + 1 }
    }
    return Double(best)
  }

  /// √Σx², scaled so that no square over- or underflows; ∞ where a number is infinite, as that of `hypot`,
  /// also beside NaN.
  private static func norm(_ x: UnsafePointer<Double>, _ count: Int, _ stride: Int) -> Double {
    var squares = 0.0
    for k in 0..<count { squares += x[k * stride] * x[k * stride] }
    if squares > 0x1p-900, squares < 0x1p1000 { return squares.squareRoot() }
    var largest = 0.0
    var hasNaN = false
    for k in 0..<count where !(x[k * stride].magnitude <= largest) {
      if x[k * stride].isNaN { hasNaN = true } else { largest = x[k * stride].magnitude }
    }
    guard largest > 0, largest.isFinite, !hasNaN else {
      return hasNaN && largest.isFinite ? .nan : largest
    }
    squares = 0
    for k in 0..<count {
      let ratio = x[k * stride] / largest
      squares += ratio * ratio
    }
    return largest * squares.squareRoot()
  }

  /// log Σeˣ, with the largest x taken out; −∞ of none.
  private static func logSumExp(_ x: UnsafePointer<Double>, _ count: Int, _ stride: Int) -> Double {
    let largest = maximum(x, count, stride: stride)
    guard largest.isFinite else { return largest }
    var rest = 0.0
    var isFirst = true
    LongWork.inParts(of: count) { part in
      for k in part {
        let value = x[k * stride]
        if isFirst, value == largest {
          isFirst = false  // its term is 1: log1p has it
        } else {
          rest += .exp(value - largest)
        }
      }
    }
    return largest + .log(onePlus: rest)
  }

  /// eˣ/Σeˣ, with the largest x taken out; where that is infinite the numbers like it share evenly.
  private static func softmax(
    _ x: UnsafePointer<Double>, _ parameters: UnsafeMutableBufferPointer<Int32>,
    _ z: UnsafeMutablePointer<Double>
  ) {
    let (outer, length, stride) = (Int(parameters[0]), Int(parameters[1]), Int(parameters[2]))
    forEachLine(outer, length, stride) { o, i in
      let start = o * length * stride + i
      let largest = maximum(x + start, length, stride)
      var total = 0.0
      LongWork.inParts(of: length) { part in
        for k in part {
          let position = start + k * stride
          let isInfinite = x[position] == largest && largest.isInfinite
          z[position] = isInfinite ? 1 : .exp(x[position] - largest)
          total += z[position]
        }
      }
      for k in 0..<length { z[start + k * stride] /= total }
    }
  }

  private static func cumulativeSum(
    _ x: UnsafePointer<Double>, _ parameters: UnsafeMutableBufferPointer<Int32>,
    _ z: UnsafeMutablePointer<Double>
  ) {
    let (outer, length, inner) = (Int(parameters[0]), Int(parameters[1]), Int(parameters[2]))
    let isReversed = parameters[3] == 1
    forEachLine(outer, length, inner) { o, i in
      var total = 0.0
      for k in 0..<length {
        let position = (o * length + (isReversed ? length - 1 - k : k)) * inner + i
        total += x[position]
        z[position] = total
      }
    }
  }

  // MARK: Transposing

  private static func transpose(_ x: Numbers, _ z: UnsafeMutablePointer<Double>) {
    let lengths = x.shape.lengths
    if lengths.count == 2 {
      let (rows, columns) = (lengths[0], lengths[1])
      for i in 0..<rows {
        for j in 0..<columns { z[j * rows + i] = x.start[i * columns + j] }
      }
      return
    }
    // Number (i, j, …) goes to (…, j, i).
    var strides = [Int](repeating: 1, count: lengths.count)
    for d in lengths.indices.dropFirst() { strides[d] = strides[d - 1] * lengths[d - 1] }
    var position = [Int](repeating: 0, count: lengths.count)
    for k in 0..<x.shape.count {
      var target = 0
      for d in lengths.indices { target += position[d] * strides[d] }
      z[target] = x.start[k]
      var d = lengths.count - 1
      while d >= 0 {
        position[d] += 1
        if position[d] < lengths[d] { break }
        position[d] = 0
        d -= 1
      }
    }
  }
}
