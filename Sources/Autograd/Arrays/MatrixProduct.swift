internal import CKernels

// Products of matrices. Unsafe in that they read and write through pointers, within the sizes given.

extension ArrayKernels {
  /// The sizes of a matrix product and whether its operands are transposed.
  struct MatrixSizes {
    let m, k, n: Int
    let isLeftTransposed, isRightTransposed: Bool

    /// Whether the product takes so long that somebody may want to stop it.
    var isLong: Bool { Double(m) * Double(k) * Double(n) > Double(LongWork.multiplications) }

    init(_ parameters: UnsafeMutableBufferPointer<Int32>) {
      (m, k, n) = (Int(parameters[0]), Int(parameters[1]), Int(parameters[2]))
      isLeftTransposed = parameters[3] == 1
      isRightTransposed = parameters[4] == 1
    }
  }

  /// z = x·y, with x and y perhaps transposed: m×k times k×n.
  ///
  /// The sum over k of each number of z goes in order, in blocks of `MatrixProduct.innerBlock`, so that
  /// the result depends neither on the number of threads nor on the other rows and columns.
  static func matrixProduct(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ sizes: MatrixSizes,
    _ z: UnsafeMutablePointer<Double>
  ) {
    let (m, k, n) = (sizes.m, sizes.k, sizes.n)
    if k == 0 { return z.update(repeating: 0, count: m * n) }
    if n == 1, !sizes.isLeftTransposed {
      for i in 0..<m { z[i] = dot(x + i * k, y, k) }
      return
    }
    let product = MatrixProduct(
      x: cmatrix_view(
        numbers: x, row: sizes.isLeftTransposed ? 1 : k, column: sizes.isLeftTransposed ? m : 1),
      y: cmatrix_view(
        numbers: y, row: sizes.isRightTransposed ? 1 : n, column: sizes.isRightTransposed ? k : 1),
      k: k, n: n, z: z)
    guard sizes.isLong else { return product.compute(rows: 0..<m) { false } }
    Threads.run(over: m, in: MatrixProduct.rowBlock, shouldStop: LongWork.shouldStop ?? { false }) {
      product.compute(rows: $0, shouldStop: $1)
    }
  }

  private static func dot(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    var partial = SIMD4<Double>.zero
    let blocks = count / 4
    for k in 0..<blocks {
      let a = UnsafeRawPointer(x).loadUnaligned(fromByteOffset: k * 32, as: SIMD4<Double>.self)
      let b = UnsafeRawPointer(y).loadUnaligned(fromByteOffset: k * 32, as: SIMD4<Double>.self)
      partial += a * b
    }
    var total = 0.0
    for k in blocks * 4..<count { total += x[k] * y[k] }
    return blocks == 0 ? total : partial.sum() + total
  }
}

/// A product of matrices that is computed in blocks which stay in the caches.
///
/// Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008.
private struct MatrixProduct: @unchecked Sendable {
  let x: cmatrix_view
  let y: cmatrix_view
  let k: Int
  let n: Int
  let z: UnsafeMutablePointer<Double>

  /// So many rows of y are laid out at a time: a panel of them fits the nearest cache.
  static let innerBlock = 256
  /// So many columns of y are laid out at a time, so that the panels of a thread take 8 MB at most.
  static let columnBlock = 4096
  /// So many rows of x are gone through at a time, and stay in the next cache.
  static let rowBlock = 96

  /// Computes rows of z; asks now and then whether to stop.
  func compute(rows: Range<Int>, shouldStop: () -> Bool) {
    let columns = min(n, MatrixProduct.columnBlock)
    let width = (columns + CMATRIX_PANEL - 1) / CMATRIX_PANEL * CMATRIX_PANEL
    withUnsafeTemporaryAllocation(
      of: Double.self, capacity: min(k, MatrixProduct.innerBlock) * width
    ) { buffer in
      guard let panels = buffer.baseAddress else { return }
      for column in stride(from: 0, to: n, by: MatrixProduct.columnBlock) {
        let count = min(MatrixProduct.columnBlock, n - column)
        for first in stride(from: 0, to: k, by: MatrixProduct.innerBlock) {
          let inner = min(MatrixProduct.innerBlock, k - first)
          let corner = y.numbers + first * y.row + column * y.column
          cmatrix_pack(
            cmatrix_view(numbers: corner, row: y.row, column: y.column), inner, count, panels)
          for row in stride(
            from: rows.lowerBound, to: rows.upperBound, by: MatrixProduct.rowBlock)
          {
            if shouldStop() { return }
            let start = x.numbers + row * x.row + first * x.column
            cmatrix_multiply(
              cmatrix_view(numbers: start, row: x.row, column: x.column), panels,
              min(MatrixProduct.rowBlock, rows.upperBound - row), inner, count,
              z + row * n + column, n, first > 0 ? 1 : 0)
          }
        }
      }
    }
  }
}
