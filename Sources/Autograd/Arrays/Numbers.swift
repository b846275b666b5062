/// Memory for the numbers of an array.
package final class NumberStorage {
  /// The first number.
  package let start: UnsafeMutablePointer<Double>
  private var isOwned = true

  package init(count: Int) { start = .allocate(capacity: max(count, 1)) }

  deinit { if isOwned { start.deallocate() } }

  /// Hands the memory over to the caller, who deallocates it.
  package func release() -> UnsafeMutablePointer<Double> {
    isOwned = false
    return start
  }
}

/// A plain array, or a part of one: numbers in a row with a shape.
///
/// Numbers without a storage are borrowed: whoever lends them keeps them in place. `start` is to be used
/// only while the value itself is in use, for instance an argument; see the methods otherwise.
package struct Numbers {
  /// The first number.
  package let start: UnsafePointer<Double>
  package let shape: Shape
  /// What keeps the numbers alive, where nothing else does.
  package let storage: NumberStorage?

  /// Numbers that belong to somebody else.
  package init(borrowing start: UnsafePointer<Double>, shape: Shape) {
    self.start = start
    self.shape = shape
    storage = nil
  }

  private init(_ start: UnsafePointer<Double>, _ shape: Shape, _ storage: NumberStorage?) {
    self.start = start
    self.shape = shape
    self.storage = storage
  }

  /// New numbers, which `fill` writes.
  package init(shape: Shape, fill: (UnsafeMutablePointer<Double>) -> Void) {
    let storage = NumberStorage(count: shape.count)
    fill(storage.start)
    self.init(UnsafePointer(storage.start), shape, storage)
  }

  /// New numbers.
  package init(_ numbers: [Double], shape: Shape) {
    self.init(shape: shape) { start in
      for (k, number) in numbers.enumerated() { start[k] = number }
    }
  }

  /// The result of an operation.
  package init(
    _ operation: ArrayOperation, _ operands: [Numbers], parameters: [Int32], shape: Shape
  ) {
    var parameters = parameters + repeatElement(0, count: operation.foundCount(shape))
    self.init(shape: shape) { start in
      parameters.withUnsafeMutableBufferPointer {
        ArrayKernels.run(operation, operands, $0, into: start, shape)
      }
    }
  }

  /// The same numbers in another shape of as many.
  package func reshaped(_ shape: Shape) -> Numbers { Numbers(start, shape, storage) }

  /// Some of the numbers in a row.
  package func part(_ offset: Int, _ shape: Shape) -> Numbers {
    Numbers(start + offset, shape, storage)
  }

  /// One of the numbers.
  package subscript(k: Int) -> Double { start[k] }

  /// Writes the numbers somewhere else.
  package func copy(to target: UnsafeMutablePointer<Double>) {
    target.update(from: start, count: shape.count)
  }

  /// Adds the numbers to others.
  func add(to target: UnsafeMutablePointer<Double>) {
    for k in 0..<shape.count { target[k] += start[k] }
  }

  /// The numbers as an array of the standard library.
  package var array: [Double] { Array(UnsafeBufferPointer(start: start, count: shape.count)) }

  /// Whether every number is finite.
  package var areFinite: Bool { ArrayKernels.areFinite(start, shape.count) }
}
