// Loops that do nothing but `sum = sum + x*y` run without their instructions, as far as nothing needs
// a closer look; the rest, and the first iteration that does, is left to the instructions. What is
// recorded is the same either way.
//
// Unsafe in that registers and code are reached through pointers: the compiler has seen to the shape
// of the body (`FunctionBuilder.isSumOfProducts`), and nothing here allocates or grows.

import Autograd

extension Machine {
  /// How many iterations run between two looks for an interruption.
  private static let sumChunk = 1 << 14

  /// Runs as many of the next iterations of a loop over a sum of products as are simple.
  ///
  /// - Parameters:
  ///   - i: the loop's `sumStep`.
  ///   - at: the address after it.
  @inline(never)
  func runSum(
    _ i: Instruction, _ at: UnsafePointer<Instruction>, _ code: UnsafePointer<Instruction>,
    _ r: UnsafeMutablePointer<Register>
  ) {
    let tape = graph.tape
    let loop = r + Int(i.a)
    let start = loop[0].number + 1
    let left = min(loop[1].number - start, Double(Machine.sumChunk))
    let first = loop[2].number + start * loop[3].number
    guard left >= 1, abs(first) < 0x1p31, abs(loop[3].number) < 0x1p31 else { return }
    var run = IndexRun(
      variable: Int(i.b), first: Int(first), step: Int(loop[3].number), count: Int(left))
    guard Double(run.first) == first, Double(run.step) == loop[3].number else { return }

    let addition = at - 3
    let sum = r[Int(addition.pointee.a)]
    guard sum.isNumber else { return }
    if sum.isTracked {
      run.count = min(run.count, tape.pointee.roomForProducts(upTo: hot.pointee.heap.collectAt))
      guard run.count > 0 else { return }
    }

    // The instructions before the addition fetch elements, at most two.
    var body = at - Int(i.c)
    var fetched: (register: Int, factor: Factor)?
    var last: (register: Int, factor: Factor)?
    while body < addition {
      fetched = last
      guard let factor = fetch(&body, run, r, tape) else { return }
      last = (Int(body[-1].opcode == .column ? body[-2].a : body[-1].a), factor)
    }
    func factor(_ register: Int) -> Factor? {
      if let last, last.register == register { return last.factor }
      if let fetched, fetched.register == register { return fetched.factor }
      let number = r[register]
      if number.isTracked { return Factor(slot: number.slot, stride: 0, on: tape) }
      return number.isNumber
        ? Factor(plain: Machine.number(of: r + register), stride: 0)
        : nil
    }
    let operands = addition[1]
    guard let x = factor(Int(operands.b)), let y = factor(Int(operands.c)) else { return }

    var total = RunningSum(number: sum.number, slot: sum.isTracked ? sum.slot : -1)
    let origin = addition - code
    let done = tape.pointee.recordSum(
      of: x, times: y, onto: &total, count: run.count, productOrigin: Origin(origin + 1),
      sumOrigin: Origin(origin))
    guard done > 0 else { return }
    r[Int(addition.pointee.a)] =
      sum.isTracked ? Register(total.number, slot: total.slot) : Register(total.number)
    loop[0].number = start + Double(done - 1)
    r[Int(i.b)] = Register(loop[2].number + loop[0].number * loop[3].number)
  }

  /// Where a register's number is: it is the first thing in it.
  private static func number(of register: UnsafePointer<Register>) -> UnsafePointer<Double> {
    UnsafeRawPointer(register).assumingMemoryBound(to: Double.self)
  }

  /// The values that the variable of a loop takes.
  private struct IndexRun {
    /// The variable's register.
    let variable: Int
    let first: Int
    let step: Int
    var count: Int

    /// The position from 0 in the first iteration and the distance to the next one's, for an index
    /// below `length` in all of them.
    @inline(__always)
    func positions(
      _ register: Int, _ r: UnsafeMutablePointer<Register>, _ length: Int, in machine: Machine
    ) -> (first: Int, stride: Int)? {
      guard register == variable else {
        let position = machine.position(r[register])
        return position < UInt(length) ? (Int(position), 0) : nil
      }
      let last = first - 1 + step * (count - 1)
      guard first >= 1, first <= length, last >= 0, last < length else { return nil }
      return (first - 1, step)
    }
  }

  /// The elements that an instruction of the body fetches, in all iterations; goes on to the
  /// instruction after it. Nil when it is not simple.
  @inline(__always)
  private func fetch(
    _ body: inout UnsafePointer<Instruction>, _ run: IndexRun,
    _ r: UnsafeMutablePointer<Register>, _ tape: UnsafeMutablePointer<Tape>
  ) -> Factor? {
    let base: Register
    switch body.pointee.opcode {
    case .loadGlobal:
      base = hot.pointee.globals[body.pointee.wide]
      body += 1
    case .globalIndex2: base = hot.pointee.globals[Int(body.pointee.b)]
    case _: base = r[Int(body.pointee.b)]
    }
    guard base.has(.array) else { return nil }
    let array = hot.pointee.heap.arrays.pointer(base.handle)
    let i = body.pointee
    body += 1
    if i.opcode == .index {
      guard array.pointee.rank == 1,
        let index = run.positions(Int(i.c), r, array.pointee.rows, in: self)
      else { return nil }
      return factor(array, index.first, stride: index.stride, tape)
    }
    let column = Int(body.pointee.a)
    body += 1
    let columns = array.pointee.columns
    guard array.pointee.rank == 2,
      let j = run.positions(Int(i.c), r, array.pointee.rows, in: self),
      let k = run.positions(column, r, columns, in: self)
    else { return nil }
    return factor(
      array, j.first * columns + k.first, stride: j.stride * columns + k.stride, tape)
  }

  @inline(__always)
  private func factor(
    _ array: UnsafeMutablePointer<ArrayObject>, _ first: Int, stride: Int,
    _ tape: UnsafeMutablePointer<Tape>
  ) -> Factor {
    if let storage = array.pointee.storage {
      return Factor(plain: storage + first, stride: stride)
    }
    let slot = array.pointee.slot &+ Int32(truncatingIfNeeded: first)
    return Factor(slot: slot, stride: stride, on: tape)
  }
}
