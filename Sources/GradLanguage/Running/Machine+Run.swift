// The machine's loop: one flat switch over the instructions. Unsafe in that registers, globals, code
// and tape are reached through pointers. Invariants:
// - `r` is the first register of the running frame, whose registers were all initialised by
//   `prepareFrame`; operands of instructions are below the frame's register count, by the compiler;
// - `at` is inside `code`, because every function ends in a return or `halt`;
// - nothing in the loop keeps a tape pointer over a call that may grow the tape: `tape.pointee` is
//   read anew each time.

import Autograd

/// What the loop reads of the program, through pointers.
struct RunningProgram {
  let code: UnsafePointer<Instruction>
  let entries: UnsafePointer<FunctionEntry>
  let constants: UnsafePointer<Register>
}

/// The registers of the loop itself.
struct RunState {
  /// The next instruction.
  var at: UnsafePointer<Instruction>
  /// The first register of the running frame.
  var base = 0
  /// The function that runs.
  var function: Int
}

extension Machine {
  /// Runs instructions until `halt`.
  func execute(_ program: RunningProgram, function top: Int) throws(RunFailure) {
    let start = program.code + Int(program.entries[top].address)
    var state = RunState(at: start, function: top)
    prepareFrame(program, program.entries[top], base: 0, arguments: 0)
    do throws(MachineError) {
      try loop(program, &state, top)
    } catch {
      throw failure(error.problem, state.at - program.code - 1, state.base, state.function)
    }
  }

  @inline(__always)
  private func loop(
    _ running: RunningProgram, _ state: inout RunState, _ topFunction: Int
  ) throws(MachineError) {
    let code = running.code
    let registers = registers
    let tape = graph.tape
    let hot = hot
    let interrupt = interrupt
    var at = state.at
    var base = 0
    var r = registers
    var function = topFunction
    defer { state = RunState(at: at, base: base, function: function) }

    while true {
      let i = at.pointee
      at += 1
      switch i.opcode {
      // MARK: Moving
      case .move: r[Int(i.a)] = r[Int(i.b)]
      case .loadNumber: r[Int(i.a)] = Register(program.numbers[i.wide])
      case .loadText: r[Int(i.a)] = heap.add(program.texts[i.wide])
      case .loadGlobal:
        var value = hot.pointee.globals[i.wide]
        if value.isTracked {
          value.number = tape.pointee.values[Int(value.slot)]
        } else if value.isUnassigned {
          throw MachineError(undefined(i.wide, at))
        }
        r[Int(i.a)] = value
      case .storeGlobal:
        try storeGlobal(i.wide, r[Int(i.a)], Origin(at - code - 1))
      case .storePlainGlobal:
        try storePlainGlobal(i.wide, r[Int(i.a)])
      case .storeCounter: hot.pointee.globals[i.wide] = r[Int(i.a)]
      case .checkAssigned:
        if r[Int(i.a)].isUnassigned {
          let name = program.functions[function].localNames[Int(i.a)] ?? ""
          throw MachineError(.usedBeforeAssignment(name))
        }
      case .clear: r[Int(i.a)] = .nothing

      // MARK: Arithmetic
      case .add:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        let value = x.number + y.number
        if x.meta & y.meta == -1, value - value == 0 {
          r[Int(i.a)] = Register(value)
        } else if max(x.meta, y.meta) >= 0, min(x.meta, y.meta) >= -1, value - value == 0,
          tape.pointee.hasRoom
        {
          r[Int(i.a)] = record(.add, x, y, value, at - code - 1)
        } else {
          try slowBinary(i, r, at - code - 1)
        }
      case .subtract:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        let value = x.number - y.number
        if x.meta & y.meta == -1, value - value == 0 {
          r[Int(i.a)] = Register(value)
        } else if max(x.meta, y.meta) >= 0, min(x.meta, y.meta) >= -1, value - value == 0,
          tape.pointee.hasRoom
        {
          r[Int(i.a)] = record(.subtract, x, y, value, at - code - 1)
        } else {
          try slowBinary(i, r, at - code - 1)
        }
      case .multiply:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        let value = x.number * y.number
        if x.meta & y.meta == -1, value - value == 0 {
          r[Int(i.a)] = Register(value)
        } else if max(x.meta, y.meta) >= 0, min(x.meta, y.meta) >= -1, value - value == 0,
          tape.pointee.hasRoom
        {
          r[Int(i.a)] = record(.multiply, x, y, value, at - code - 1)
        } else {
          try slowBinary(i, r, at - code - 1)
        }
      case .less:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        if x.meta & y.meta == -1 {
          r[Int(i.a)] = Register(x.number < y.number ? 1 : 0)
        } else {
          try slowBinary(i, r, at - code - 1)
        }
      case .divide, .floorDivide, .modulus, .power, .atan2, .hypot, .min, .max, .logaddexp,
        .xlogy, .leakyRelu, .polygamma, .lessOrEqual, .greater, .greaterOrEqual, .equal,
        .notEqual, .approximatelyEqual:
        try slowBinary(i, r, at - code - 1)
      case .unary:
        let x = r[Int(i.b)]
        let operation = UnaryOperation(rawValue: UInt8(truncatingIfNeeded: i.c)) ?? .stop
        if x.isNumber, hot.pointee.globals[Int(i.c)].meta == Register(.builtin, Int(i.c)).meta {
          let value = operation.value(x.number)
          if value - value == 0, x.isPlainNumber || tape.pointee.hasRoom {
            r[Int(i.a)] =
              x.isPlainNumber
              ? Register(value)
              : Register(
                value,
                slot: tape.pointee.record(
                  operation, x.slot, value: value, origin: Origin(at - code - 1)))
            continue
          }
        }
        if hot.pointee.globals[Int(i.c)].meta != Register(.builtin, Int(i.c)).meta {
          // The name has been bound to something else: a call like any other.
          let callee = Int(running.entries[function].registerCount)
          guard base + callee + 2 < Machine.registerLimit else {
            throw MachineError(.recursionTooDeep(limit: Machine.callLimit))
          }
          r[callee] = hot.pointee.globals[Int(i.c)]
          r[callee + 1] = x
          let call = Instruction(.call, Int(i.a), callee, 1)
          try enter(call, running, &at, &base, &r, &function)
        } else {
          try slowUnary(operation, i, r, at - code - 1)
        }
      case .negate:
        let x = r[Int(i.b)]
        if x.isPlainNumber {
          r[Int(i.a)] = Register(-x.number)
        } else {
          try slowUnary(.negate, i, r, at - code - 1)
        }
      case .positive:
        let x = r[Int(i.b)]
        guard x.isNumber || x.kind == .array else {
          throw MachineError(.wrongKind(expected: "a number", found: describe(x), by: "`+`"))
        }
        r[Int(i.a)] = x
      case .truth, .not:
        r[Int(i.a)] = try truth(
            r[Int(i.b)], negated: i.opcode == .not, Origin(at - code - 1))

      // MARK: Jumping
      case .jump: at += i.wide
      case .jumpIfFalse:
        let x = r[Int(i.a)]
        if x.isPlainNumber, x.number == x.number {
          if x.number == 0 { at += i.wide }
        } else {
          if try !condition(x, Origin(at - code - 1)) { at += i.wide }
        }
      case .loopBack:
        r[Int(i.a)].number += 1
        at += i.wide
        if interrupt.isRequested { throw MachineError(.interrupted) }
        if tape.pointee.nodeCount >= hot.pointee.collectAt {
          collect(top: base + Int(running.entries[function].registerCount))
        }
      case .forPrepare, .repeatPrepare, .forEachPrepare:
        try prepareLoop(i.opcode, r + Int(i.a), Origin(at - code - 1))
        at += i.wide
      case .forStep:
        let loop = r + Int(i.a)
        let index = loop[0].number + 1
        if index < loop[1].number {
          loop[0].number = index
          r[Int(i.b)] = Register(loop[2].number + index * loop[3].number)
          at -= Int(i.c)
          if interrupt.isRequested { throw MachineError(.interrupted) }
          if tape.pointee.nodeCount >= hot.pointee.collectAt {
            collect(top: base + Int(running.entries[function].registerCount))
          }
        }
      case .forEachStep:
        let loop = r + Int(i.a)
        let index = loop[0].number + 1
        if index < loop[1].number {
          loop[0].number = index
          r[Int(i.b)] = element(of: heap.arrays[loop[2].handle], Int(index))
          at -= Int(i.c)
          if interrupt.isRequested { throw MachineError(.interrupted) }
          if tape.pointee.nodeCount >= hot.pointee.collectAt {
            collect(top: base + Int(running.entries[function].registerCount))
          }
        }

      // MARK: Functions
      case .call: try enter(i, running, &at, &base, &r, &function)
      case .callBuiltin:
        let index = Int(i.c & 0xFF)
        let callee = hot.pointee.globals[index]
        if callee.meta == Register(.builtin, index).meta {
          r[Int(i.a)] = try callBuiltin(
            Builtin.all[index], r + Int(i.b) + 1, Int(i.c >> 8), Origin(at - code - 1))
          continue
        }
        r[Int(i.b)] = callee
        let call = Instruction(.call, Int(i.a), Int(i.b), Int(i.c >> 8))
        try enter(call, running, &at, &base, &r, &function)
      case .returnValue, .returnNothing:
        let value = i.opcode == .returnValue ? r[Int(i.a)] : .nothing
        let frame = frames.removeLast()
        base = frame.callerBase
        r = registers + base
        function = frame.callerFunction
        at = code + frame.returnAddress
        r[frame.destination] = value
      case .closure:
        var captures: [Register] = []
        while at.pointee.opcode == .capture {
          captures.append(r[Int(at.pointee.a)])
          at += 1
        }
        r[Int(i.a)] =
          captures.isEmpty
          ? Register(.function, i.wide)
          : heap.add(Closure(function: i.wide, captures: captures))
      case .capture: break  // read by `closure`
      case .loadSelf: r[Int(i.a)] = frames[frames.count - 1].callee

      // MARK: Arrays and strings
      case .arrayBegin: builders.append([])
      case .arrayPush: builders[builders.count - 1].append(r[Int(i.a)])
      case .arrayEnd:
        r[Int(i.a)] = try finishArray(builders.removeLast(), Origin(at - code - 1))
      case .range:
        r[Int(i.a)] = try makeRange(r + Int(i.b), Origin(at - code - 1))
      case .index:
        r[Int(i.a)] = try element(of: r[Int(i.b)], r[Int(i.c)], Origin(at - code - 1))
      case .index2:
        r[Int(i.a)] = try element(
            of: r[Int(i.b)], r[Int(i.c)], r[Int(i.c) + 1], Origin(at - code - 1))
      case .length:
        r[Int(i.a)] = try length(of: r[Int(i.b)], Int(i.c))
      case .text:
        var text = ""
        for piece in 0..<Int(i.c) { text += self.text(of: r[Int(i.b) + piece]) }
        r[Int(i.a)] = heap.add(text)
      case .format:
        r[Int(i.a)] = try formatted(r[Int(i.b)], r[Int(i.c)])

      // MARK: Values and gradients
      case .requireValue:
        if r[Int(i.a)].isNothing {
          throw MachineError(.noValue("the call"))
        }
      case .loadData:
        r[Int(i.a)] = try data(of: r[Int(i.b)])
      case .loadGradient:
        r[Int(i.a)] = try gradient(of: r[Int(i.b)], at - code - 1)
      case .storeData:
        try storeData(r[Int(i.a)], r[Int(i.b)])
        refresh(top: base + Int(running.entries[function].registerCount))
      case .storeGradient:
        try storeGradient(r[Int(i.a)], r[Int(i.b)])

      // MARK: Commands
      case .statement:
        beginStatement(at - code - 1)
        if tape.pointee.nodeCount >= hot.pointee.collectAt {
          collect(top: base + Int(running.entries[function].registerCount))
        }
        if interrupt.isRequested { throw MachineError(.interrupted) }
      case .echo:
        let name = at.pointee.wide
        at += 1
        echo(r[Int(i.a)], name: name < 0 ? nil : program.texts[name])
      case .print:
        let values = (0..<Int(i.c)).map { r[Int(i.b) + $0] }
        effects += 1
        output(.printed(values.map(text).joined(separator: " "), values: values.map(shown)))
      case .backward:
        try backward(r[Int(i.a)], accumulate: i.b == 1, shows: i.c == 1)
      case .forward:
        try forward(i.b == 1 ? nil : r[Int(i.a)], shows: i.c == 1, at - code - 1)
        refresh(top: base + Int(running.entries[function].registerCount))
      case .zero:
        effects += 1
        graph.zeroGradients()
      case .show:
        try show(i.b == 1 ? nil : r[Int(i.a)])
      case .assert:
        let compared = at.pointee.wide
        at += 1
        try check(
            r[Int(i.a)], sides: r + Int(i.b), compared: compared,
            reason: Int(i.c) == Assertion.noReason ? nil : r[Int(i.c)])
      case .extra: break  // read by the instruction before
      case .set:
        effects += 1
        _ = settings.set(Setting.allCases[Int(i.a)], to: program.texts[i.wide])
      case .fail: throw MachineError(program.problems[i.wide])
      case .halt: return
      }
    }
  }

  /// Records an operation on two numbers, at least one of them tracked; there is room.
  @inline(__always)
  func record(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ value: Double, _ address: Int
  ) -> Register {
    let tape = graph.tape
    let left = x.isTracked ? x.slot : tape.pointee.constant(x.number)
    let right = y.isTracked ? y.slot : tape.pointee.constant(y.number)
    return Register(
      value,
      slot: tape.pointee.record(
        operation, left, right, value: value, origin: Origin(address),
        leftIsConstant: !x.isTracked, rightIsConstant: !y.isTracked))
  }

  /// Calls the function in register b of `call`, with the arguments after it.
  @inline(__always)
  private func enter(
    _ call: Instruction, _ running: RunningProgram, _ at: inout UnsafePointer<Instruction>,
    _ base: inout Int, _ r: inout UnsafeMutablePointer<Register>, _ function: inout Int
  ) throws(MachineError) {
    let callee = r[Int(call.b)]
    let count = Int(call.c)
    guard let target = functionIndex(of: callee) else {
      let value = try callOther(
        callee, r + Int(call.b) + 1, count, Origin(at - running.code - 1))
      r[Int(call.a)] = value
      return
    }
    let entry = running.entries[target]
    let newBase = base + Int(call.b) + 1
    if count != Int(entry.parameterCount) || frames.count >= Machine.callLimit
      || newBase + Int(entry.registerCount) + 260 > Machine.registerLimit
    {
      throw MachineError(callProblem(target, count))
    }
    if interrupt.isRequested { throw MachineError(.interrupted) }
    frames.append(
      Frame(
        callee: callee, returnAddress: at - running.code, callerBase: base,
        callerFunction: function, destination: Int(call.a)))
    base = newBase
    r = registers + base
    function = target
    prepareFrame(running, entry, base: base, arguments: count)
    if callee.kind == .closure { copyCaptures(callee, r) }
    at = running.code + Int(entry.address)
  }

  /// Fills a new frame: what is not an argument is unassigned, constants are copied.
  @inline(__always)
  private func prepareFrame(
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
