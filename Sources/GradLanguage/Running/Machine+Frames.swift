import Autograd

// Entering a function: its frame of registers.

extension Machine {
  /// Calls the function in register b of `call`, with the arguments after it.
  ///
  /// A derivative calls its function in its own place: the arguments become variables of the graph, and
  /// the frame remembers how many derivatives the result has to go through.
  ///
  /// - Returns: where to go on; nil when the function was a built-in one and has been run.
  @inline(never)
  func enter(
    _ call: Instruction, _ running: RunningProgram, _ caller: RunState
  ) throws(MachineError) -> RunState? {
    let callee = registers[caller.base &+ Int(call.b)]
    guard callee.has(.function) else { return try enterOther(call, running, caller) }
    return try push(callee, callee.handle, Int(call.c), pending: 0, call, running, caller)
  }

  /// The same for what is no function without captures.
  @inline(never)
  private func enterOther(
    _ call: Instruction, _ running: RunningProgram, _ caller: RunState
  ) throws(MachineError) -> RunState? {
    let r = registers + caller.base
    var callee = r[Int(call.b)]
    var count = Int(call.c)
    var pending = 0
    let address = address(caller.at, running.code)
    while let derivative = derivative(called: callee) {
      count = try begin(derivative, r + Int(call.b), count, address)
      callee = r[Int(call.b)]
      pending += 1
    }
    guard let target = functionIndex(of: callee) else {
      var value = try callOther(callee, r + Int(call.b) + 1, count, Origin(address))
      for _ in 0..<pending { value = try finishDerivative(value) }
      r[Int(call.a)] = value
      return nil
    }
    let state = try push(callee, target, count, pending: pending, call, running, caller)
    if callee.has(.closure) { copyCaptures(callee, registers + state.base) }
    return state
  }

  /// Makes the frame of a function of the program.
  @inline(__always)
  private func push(
    _ callee: Register, _ target: Int, _ count: Int, pending: Int, _ call: Instruction,
    _ running: RunningProgram, _ caller: RunState
  ) throws(MachineError) -> RunState {
    let entry = running.entries[target]
    let base = caller.base &+ Int(call.b) &+ 1
    if count != Int(entry.parameterCount) || hot.pointee.frames.count >= Machine.callLimit
      || base &+ Int(entry.registerCount) &+ 260 > registerLimit
    {
      throw callError(target, count)
    }
    if interrupt.isRaised { try attend(caller.base, caller.at - running.code) }
    if hot.pointee.heap.collectAt == 0 { try requireDuringCalls() }
    hot.pointee.frames.push(
      Frame(
        callee: callee, returnAddress: caller.at - running.code, callerBase: caller.base,
        callerFunction: caller.function, destination: Int(call.a), derivatives: pending))
    prepareFrame(running, entry, base: base, arguments: count)
    return RunState(at: running.code + Int(entry.address), base: base, function: target)
  }

  @inline(never)
  private func callError(_ target: Int, _ count: Int) -> MachineError {
    MachineError(callProblem(target, count))
  }

  /// Fills a new frame: what is not an argument is unassigned, constants are copied.
  @inline(__always)
  func prepareFrame(
    _ running: RunningProgram, _ entry: FunctionEntry, base: Int, arguments: Int
  ) {
    let frame = registers + base
    let firstConstant = Int(entry.firstConstant)
    let firstTemporary = firstConstant &+ Int(entry.constantCount)
    Register.unassign(frame + arguments, count: firstConstant &- arguments)
    (frame + firstConstant).initialize(
      from: running.constants + Int(entry.constantStart), count: Int(entry.constantCount))
    Register.unassign(
      frame + firstTemporary, count: Int(entry.registerCount) &- firstTemporary)
  }
}

extension Register {
  /// Makes registers unassigned, both their words at once.
  @inline(__always)
  fileprivate static func unassign(_ first: UnsafeMutablePointer<Register>, count: Int) {
    let words = SIMD2(
      Register.unassigned.number.bitPattern, UInt64(bitPattern: Register.unassigned.meta))
    let bytes = UnsafeMutableRawPointer(first)
    var offset = 0
    let end = count &* MemoryLayout<Register>.stride
    while offset < end {
      bytes.storeBytes(of: words, toByteOffset: offset, as: SIMD2<UInt64>.self)
      offset &+= MemoryLayout<Register>.stride
    }
  }
}
