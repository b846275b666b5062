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
  func record(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ value: Double, _ address: Int
  ) -> Register {
    guard x.isTracked, y.isTracked else { return recordMixed(operation, x, y, value, address) }
    return Register(
      value,
      slot: graph.tape.pointee.record(
        operation, x.slot, y.slot, value: value, origin: Origin(address), leftIsConstant: false,
        rightIsConstant: false))
  }

  /// Records an operation on a tracked number and a plain one, for the loop; there is room.
  ///
  /// Where the slot is noted already nothing is called, so that no register has to be kept over a call.
  @inline(never)
  func recordMixed(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ value: Double, _ address: Int
  ) -> Register {
    let tape = graph.tape
    let constant = tape.pointee.constant(x.isTracked ? y.number : x.number)
    guard tape.pointee.isNextSlotNoted else {
      return recordMixed(operation, x, y, value, address, beginningRunAfter: constant)
    }
    let origin = Origin(address)
    let slot =
      x.isTracked
      ? tape.pointee.append(
        operation, x.slot, constant, value: value, origin: origin, leftIsConstant: false,
        rightIsConstant: true)
      : tape.pointee.append(
        operation, constant, y.slot, value: value, origin: origin, leftIsConstant: true,
        rightIsConstant: false)
    return Register(value, slot: slot)
  }

  /// Records the sum of a tracked number and a plain one, for the loop; there is room.
  @inline(never)
  func recordSum(_ x: Int32, _ y: Double, _ value: Double, _ address: Int) -> Register {
    let tape = graph.tape
    let constant = tape.pointee.constant(y)
    guard tape.pointee.isNextSlotNoted else {
      return recordMixed(
        .add, Register(value, slot: x), Register(y), value, address, beginningRunAfter: constant)
    }
    return Register(
      value,
      slot: tape.pointee.append(
        .add, x, constant, value: value, origin: Origin(address), leftIsConstant: false,
        rightIsConstant: true))
  }

  /// The same where the constant, or what was recorded before, has moved the slot on.
  @inline(never)
  private func recordMixed(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ value: Double, _ address: Int,
    beginningRunAfter constant: Int32
  ) -> Register {
    Register(
      value,
      slot: graph.tape.pointee.record(
        operation, x.isTracked ? x.slot : constant, y.isTracked ? y.slot : constant, value: value,
        origin: Origin(address), leftIsConstant: !x.isTracked, rightIsConstant: !y.isTracked))
  }

  /// Records z + x·y, where x or y is tracked, for the loop: `address` is the product's.
  @inline(never)
  func recordMixedMultiplyAdd(
    _ x: Register, _ y: Register, _ z: Register, _ product: Double, _ value: Double,
    _ address: Int
  ) -> Register {
    guard z.isTracked else { return recordMixedTerm(x, y, z, product, value, address) }
    let tape = graph.tape
    let other = tape.pointee.constant(x.isTracked ? y.number : x.number)
    guard tape.pointee.areNextSlotsNotedSideBySide else {
      return recordMultiplyAdd(x, y, z, product, value, address, beginningRunAfter: other)
    }
    return Register(
      value,
      slot: tape.pointee.appendMultiplyAdd(
        x.isTracked ? x.slot : other, x.isTracked ? other : y.slot, z.slot, product: product,
        sum: value, productOrigin: Origin(address), sumOrigin: Origin(address &- 1),
        leftIsConstant: !x.isTracked, rightIsConstant: x.isTracked))
  }

  /// The same where z is plain.
  @inline(never)
  private func recordMixedTerm(
    _ x: Register, _ y: Register, _ z: Register, _ product: Double, _ value: Double,
    _ address: Int
  ) -> Register {
    let term = record(.multiply, x, y, product, address)
    return recordMixed(.add, z, term, value, address &- 1)
  }

  /// z + x·y, of which z and one factor are tracked, where the slot is not noted yet.
  @inline(never)
  private func recordMultiplyAdd(
    _ x: Register, _ y: Register, _ z: Register, _ product: Double, _ value: Double,
    _ address: Int, beginningRunAfter other: Int32
  ) -> Register {
    Register(
      value,
      slot: graph.tape.pointee.recordMultiplyAdd(
        x.isTracked ? x.slot : other, x.isTracked ? other : y.slot, z.slot, product: product,
        sum: value, productOrigin: Origin(address), sumOrigin: Origin(address &- 1),
        leftIsConstant: !x.isTracked, rightIsConstant: x.isTracked))
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
