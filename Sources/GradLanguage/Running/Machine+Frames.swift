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
    let r = registers + caller.base
    var callee = r[Int(call.b)]
    var count = Int(call.c)
    var pending = 0
    let target: Int
    if callee.has(.function) {
      target = callee.handle
    } else {
      let address = address(caller.at, running.code)
      while let derivative = derivative(called: callee) {
        count = try begin(derivative, r + Int(call.b), count, address)
        callee = r[Int(call.b)]
        pending += 1
      }
      if let function = functionIndex(of: callee) {
        target = function
      } else {
        var value = try callOther(callee, r + Int(call.b) + 1, count, Origin(address))
        for _ in 0..<pending { value = try finishDerivative(value) }
        r[Int(call.a)] = value
        return nil
      }
    }
    let entry = running.entries[target]
    let base = caller.base + Int(call.b) + 1
    if count != Int(entry.parameterCount) || hot.pointee.frames.count >= Machine.callLimit
      || base + Int(entry.registerCount) + 260 > registerLimit
    {
      throw MachineError(callProblem(target, count))
    }
    if interrupt.isRaised { try attend(caller.base, caller.at - running.code) }
    if hot.pointee.heap.collectAt == 0 { try requireDuringCalls() }
    hot.pointee.frames.push(
      Frame(
        callee: callee, returnAddress: caller.at - running.code, callerBase: caller.base,
        callerFunction: caller.function, destination: Int(call.a), derivatives: pending))
    prepareFrame(running, entry, base: base, arguments: count)
    if callee.has(.closure) { copyCaptures(callee, registers + base) }
    return RunState(at: running.code + Int(entry.address), base: base, function: target)
  }

  /// Fills a new frame: what is not an argument is unassigned, constants are copied.
  @inline(__always)
  func prepareFrame(
    _ running: RunningProgram, _ entry: FunctionEntry, base: Int, arguments: Int
  ) {
    let frame = registers + base
    let firstConstant = Int(entry.firstConstant)
    let constantCount = Int(entry.constantCount)
    (frame + arguments).initialize(repeating: .unassigned, count: firstConstant - arguments)
    (frame + firstConstant).initialize(
      from: running.constants + Int(entry.constantStart), count: constantCount)
    (frame + firstConstant + constantCount).initialize(
      repeating: .unassigned, count: Int(entry.registerCount) - firstConstant - constantCount)
  }
}
