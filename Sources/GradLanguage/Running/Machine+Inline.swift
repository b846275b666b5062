// What the loop does so often that it is part of it: recording a node, finding an element.

import Autograd

extension Machine {
  /// The address of the instruction before `at`.
  @inline(__always)
  func address(
    _ at: UnsafePointer<Instruction>, _ code: UnsafePointer<Instruction>
  ) -> Int {
    Int(bitPattern: (UInt(bitPattern: at) &- UInt(bitPattern: code)) &>> 3 &- 1)
  }

  /// The operation of a `unary`, of which the compiler has seen to it that it is one.
  @inline(__always)
  func unaryOperation(_ i: Instruction) -> UnaryOperation {
    unsafeBitCast(UInt8(truncatingIfNeeded: i.c), to: UnaryOperation.self)
  }

  /// Records an operation on two numbers, at least one of them tracked; there is room.
  @inline(__always)
  func record(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ value: Double, _ address: Int,
    _ tape: UnsafeMutablePointer<Tape>
  ) -> Register {
    let left = x.isTracked ? x.slot : tape.pointee.constant(x.number)
    let right = y.isTracked ? y.slot : tape.pointee.constant(y.number)
    return Register(
      value,
      slot: tape.pointee.record(
        operation, left, right, value: value, origin: Origin(address),
        leftIsConstant: !x.isTracked, rightIsConstant: !y.isTracked))
  }

  /// The same out of line, for the loop: the constant's slot has to be looked up.
  @inline(never)
  func recordMixed(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ value: Double, _ address: Int
  ) -> Register {
    record(operation, x, y, value, address, graph.tape)
  }

  /// Records z + x·y, where some of the three are tracked, for the loop: `address` is the product's.
  @inline(never)
  func recordMixedMultiplyAdd(
    _ x: Register, _ y: Register, _ z: Register, _ product: Double, _ value: Double,
    _ address: Int
  ) -> Register {
    let tape = graph.tape
    if z.isTracked, x.isTracked != y.isTracked {
      // A tracked number times a plain one, the commonest case.
      let other = tape.pointee.constant(x.isTracked ? y.number : x.number)
      return Register(
        value,
        slot: tape.pointee.recordMultiplyAdd(
          x.isTracked ? x.slot : other, x.isTracked ? other : y.slot, z.slot, product: product,
          sum: value, productOrigin: Origin(address), sumOrigin: Origin(address &- 1),
          leftIsConstant: !x.isTracked, rightIsConstant: x.isTracked))
    }
    let term =
      x.isTracked || y.isTracked
      ? record(.multiply, x, y, product, address, tape) : Register(product)
    return record(.add, z, term, value, address &- 1, tape)
  }

  /// The position from 0 that a plain index from 1 means; beyond every array when it is none.
  ///
  /// Adding 2⁵² leaves the whole number in the low bits of a number that is whole and not negative;
  /// of any other the bits, or the comparison, give it away.
  @inline(__always)
  func position(_ index: Register) -> UInt {
    let shifted = index.number + 0x1p52
    guard index.isPlainNumber, shifted - 0x1p52 == index.number else { return .max }
    return UInt(truncatingIfNeeded: shifted.bitPattern &- (0x1p52).bitPattern) &- 1
  }

  /// An element of all, rows one after another: a view, tracked when the array is.
  @inline(__always)
  func element(
    of array: UnsafeMutablePointer<ArrayObject>, _ index: Int,
    _ tape: UnsafeMutablePointer<Tape>
  ) -> Register {
    if let storage = array.pointee.storage { return Register(storage[index]) }
    let slot = array.pointee.slot &+ Int32(truncatingIfNeeded: index)
    return Register(tape.pointee.values[Int(slot)], slot: slot)
  }

  /// An element of all, rows one after another.
  func element(of array: ArrayObject, _ index: Int) -> Register {
    if let storage = array.storage { return Register(storage[index]) }
    let slot = array.slot &+ Int32(truncatingIfNeeded: index)
    return Register(graph.data(at: slot), slot: slot)
  }
}
