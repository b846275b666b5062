// The machine's loop: one flat switch over the instructions. Unsafe in that registers, globals, code
// and tape are reached through pointers. Invariants:
// - `r` is the first register of the running frame, whose registers were all initialised by
//   `prepareFrame`; operands of instructions are below the frame's register count, by the compiler;
// - `at` is inside `code`, because every function ends in a return or `halt`;
// - a `forStepStoring` jumps to behind a `storeCounter`, whose global it stores to, by the compiler;
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
      throw failure(error, state.at - program.code - 1, state.base)
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
    let labels = graph.labels.list
    let interrupt = interrupt
    var at = state.at
    var base = 0
    var r = registers
    var function = topFunction
    defer { state = RunState(at: at, base: base, function: function) }

    while true {
      let i = at.pointee
      at += 1
      #if DEBUG
        if injection.isArmed { try injection.beforeInstruction() }
      #endif
      switch i.opcode {
      // MARK: Moving
      case .move: r[Int(i.a)] = r[Int(i.b)]
      case .share: share(r[Int(i.a)])
      case .loadNumber: r[Int(i.a)] = Register(program.numbers[i.wide])
      case .loadText: r[Int(i.a)] = heap.add(program.texts[i.wide])
      case .loadGlobal:
        var value = hot.pointee.globals[i.wide]
        if value.isTracked {
          value.number = tape.pointee.values[Int(value.slot)]
        } else if value.isUnassigned {
          throw MachineError(undefined(i.wide, address(at, code)))
        }
        r[Int(i.a)] = value
      case .storeGlobal:
        let value = r[Int(i.a)]
        let label = hot.pointee.globalLabels[i.wide]
        let nodeCount = tape.pointee.nodeCount
        if value.isTracked, label >= 0, nodeCount < hot.pointee.noteRebindingsFrom,
          tape.pointee.lastGuard < value.slot, labels.pointee.appendQuickly(value.slot, label)
        {
          hot.pointee.globals[i.wide] = value
          hot.pointee.effects &+= 1
          hot.pointee.lastingNodes = nodeCount
        } else {
          try storeGlobal(i.wide, value, Origin(address(at, code)))
        }
      case .storePlainGlobal:
        try storePlainGlobal(i.wide, r[Int(i.a)], Origin(address(at, code)))
      case .storeOwn: r[Int(i.a)] = try storeOwn(r[Int(i.a)], label: i.wide, address(at, code))
      case .storeCounter:
        let value = r[Int(i.a)]
        hot.pointee.globals[i.wide] = value
        // The nodes that a tracked element stands on must stay; to count plain numbers costs too much.
        if !value.isPlainNumber { noteEffect() }
      case .checkAssigned:
        if r[Int(i.a)].isUnassigned {
          let name = program.functions[function].localNames[Int(i.a)] ?? ""
          throw MachineError(.usedBeforeAssignment(name))
        }
      case .decided: noteDecision(ofGlobal: i.wide, address(at, code))

      // MARK: Arithmetic
      case .add:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        let value = x.number + y.number
        if value - value != 0 {
          try slowBinary(i, r, address(at, code))
        } else if x.meta & y.meta == -1 {
          r[Int(i.a)] = Register(value)
        } else if x.meta | y.meta >= 0, tape.pointee.hasRoom {
          r[Int(i.a)] = Register(
            value,
            slot: tape.pointee.record(
              .add, x.slot, y.slot, value: value, origin: Origin(address(at, code)),
              leftIsConstant: false, rightIsConstant: false))
        } else if min(x.meta, y.meta) >= -1, tape.pointee.hasRoom {
          r[Int(i.a)] = recordMixed(.add, x, y, value, address(at, code))
        } else {
          try slowBinary(i, r, address(at, code))
        }
      case .subtract:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        let value = x.number - y.number
        if value - value != 0 {
          try slowBinary(i, r, address(at, code))
        } else if x.meta & y.meta == -1 {
          r[Int(i.a)] = Register(value)
        } else if x.meta | y.meta >= 0, tape.pointee.hasRoom {
          r[Int(i.a)] = Register(
            value,
            slot: tape.pointee.record(
              .subtract, x.slot, y.slot, value: value, origin: Origin(address(at, code)),
              leftIsConstant: false, rightIsConstant: false))
        } else if min(x.meta, y.meta) >= -1, tape.pointee.hasRoom {
          r[Int(i.a)] = recordMixed(.subtract, x, y, value, address(at, code))
        } else {
          try slowBinary(i, r, address(at, code))
        }
      case .multiply:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        let value = x.number * y.number
        if value - value != 0 {
          try slowBinary(i, r, address(at, code))
        } else if x.meta & y.meta == -1 {
          r[Int(i.a)] = Register(value)
        } else if x.meta | y.meta >= 0, tape.pointee.hasRoom {
          r[Int(i.a)] = Register(
            value,
            slot: tape.pointee.record(
              .multiply, x.slot, y.slot, value: value, origin: Origin(address(at, code)),
              leftIsConstant: false, rightIsConstant: false))
        } else if min(x.meta, y.meta) >= -1, tape.pointee.hasRoom {
          r[Int(i.a)] = recordMixed(.multiply, x, y, value, address(at, code))
        } else {
          try slowBinary(i, r, address(at, code))
        }
      case .multiplyAdd:
        let x = r[Int(at.pointee.b)]
        let y = r[Int(at.pointee.c)]
        let z = r[Int(i.b)]
        at += 1
        let product = x.number * y.number
        let value = z.number + product
        if value - value != 0 {
          try slowMultiplyAdd(i, r, address(at, code))
        } else if x.meta & y.meta == -1 {
          if z.meta == -1 {
            r[Int(i.a)] = Register(value)
          } else if z.isTracked, tape.pointee.hasRoom {
            r[Int(i.a)] = recordSum(z.slot, product, value, address(at, code) &- 1)
          } else {
            try slowMultiplyAdd(i, r, address(at, code))
          }
        } else if x.meta | y.meta | z.meta >= 0, tape.pointee.hasRoomForTwo {
          let origin = address(at, code)
          r[Int(i.a)] = Register(
            value,
            slot: tape.pointee.recordMultiplyAdd(
              x.slot, y.slot, z.slot, product: product, sum: value,
              productOrigin: Origin(origin), sumOrigin: Origin(origin &- 1)))
        } else if min(min(x.meta, y.meta), z.meta) >= -1, tape.pointee.hasRoomForTwo {
          r[Int(i.a)] = recordMixedMultiplyAdd(x, y, z, product, value, address(at, code))
        } else {
          try slowMultiplyAdd(i, r, address(at, code))
        }
      case .operands: break  // read by the instruction before
      case .matrixProduct:
        r[Int(i.a)] = try matrixProduct(r[Int(i.b)], r[Int(i.c)], address(at, code))
      case .less:
        let x = r[Int(i.b)]
        let y = r[Int(i.c)]
        if x.meta & y.meta == -1 {
          r[Int(i.a)] = Register(x.number < y.number ? 1 : 0)
        } else {
          try slowBinary(i, r, address(at, code))
        }
      case .divide, .floorDivide, .modulus, .power, .atan2, .hypot, .min, .max, .logaddexp,
        .xlogy, .leakyRelu, .polygamma, .lessOrEqual, .greater, .greaterOrEqual, .equal,
        .notEqual, .approximatelyEqual:
        try slowBinary(i, r, address(at, code))
      case .unary:
        let x = r[Int(i.b)]
        let operation = unaryOperation(i)
        let name = BuiltinCall(i.c)
        let isBuiltin =
          name.isFixed
          || hot.pointee.globals[name.builtin].meta == Register(.builtin, name.builtin).meta
        if x.isNumber, isBuiltin {
          let value = operation.value(x.number)
          if value - value == 0, x.isPlainNumber || tape.pointee.hasRoom {
            r[Int(i.a)] =
              x.isPlainNumber
              ? Register(value)
              : Register(
                value,
                slot: tape.pointee.record(
                  operation, x.slot, value: value, origin: Origin(address(at, code))))
            continue
          }
        }
        if !isBuiltin {
          // The name has been bound to something else: a call like any other.
          let callee = Int(running.entries[function].registerCount)
          guard base + callee + 2 < registerLimit else {
            throw MachineError(.recursionTooDeep(limit: Machine.callLimit))
          }
          r[callee] = hot.pointee.globals[name.builtin]
          r[callee + 1] = x
          let call = Instruction(.call, Int(i.a), callee, 1)
          if let state = try enter(call, running, RunState(at: at, base: base, function: function))
          {
            (at, base, function) = (state.at, state.base, state.function)
            r = registers + base
          }
        } else {
          try slowUnary(operation, i, r, address(at, code))
        }
      case .negate:
        let x = r[Int(i.b)]
        if x.isPlainNumber {
          r[Int(i.a)] = Register(-x.number)
        } else {
          try slowUnary(.negate, i, r, address(at, code))
        }
      case .positive:
        let x = r[Int(i.b)]
        guard x.isNumber || x.kind == .array else {
          throw MachineError(
            .wrongKind(expected: "a number", found: describe(x), by: "`+`"), operand: 0)
        }
        share(x)
        r[Int(i.a)] = x
      case .truth, .not:
        r[Int(i.a)] = try truth(
          r[Int(i.b)], negated: i.opcode == .not, Origin(address(at, code)))

      // MARK: Jumping
      case .jump: at += i.wide
      case .jumpIfFalse:
        let x = r[Int(i.a)]
        if x.isPlainNumber, x.number == x.number {
          if x.number == 0 { at += i.wide }
        } else {
          if try !condition(x, Origin(address(at, code))) { at += i.wide }
        }
      case .loopBack:
        r[Int(i.a)].number += 1
        at += i.wide
        if interrupt.isRaised || tape.pointee.nodeCount >= hot.pointee.heap.collectAt {
          try pause(base, Int(running.entries[function].registerCount), at - code)
        }
      case .forPrepare:
        let loop = r + Int(i.a)
        let span = loop[1].number - loop[0].number
        if loop[0].meta & loop[1].meta & loop[2].meta == -1, loop[2].number == 1, span >= 0,
          span < 0x1p52, span + 0x1p52 - 0x1p52 == span
        {
          loop[3] = loop[2]
          loop[2] = loop[0]
          loop[1] = Register(span + 1)
          loop[0] = Register(-1)
        } else {
          try prepareLoop(.forPrepare, loop, Origin(address(at, code)))
        }
        at += i.wide
      case .repeatPrepare, .forEachPrepare:
        try prepareLoop(i.opcode, r + Int(i.a), Origin(address(at, code)))
        at += i.wide
      case .sumStep:
        runSum(i, at, code, r)
        fallthrough
      case .forStep:
        let loop = r + Int(i.a)
        let index = loop[0].number + 1
        if index < loop[1].number {
          loop[0].number = index
          r[Int(i.b)] = Register(loop[2].number + index * loop[3].number)
          at -= Int(i.c)
          if interrupt.isRaised || tape.pointee.nodeCount >= hot.pointee.heap.collectAt {
            try pause(base, Int(running.entries[function].registerCount), at - code)
          }
        }
      case .forStepStoring:
        let loop = r + Int(i.a)
        let index = loop[0].number + 1
        if index < loop[1].number {
          loop[0].number = index
          let value = Register(loop[2].number + index * loop[3].number)
          r[Int(i.b)] = value
          at -= Int(i.c)
          hot.pointee.globals[(at - 1).pointee.wide] = value
          if interrupt.isRaised || tape.pointee.nodeCount >= hot.pointee.heap.collectAt {
            try pause(base, Int(running.entries[function].registerCount), at - code)
          }
        }
      case .forEachStep:
        let loop = r + Int(i.a)
        let index = loop[0].number + 1
        if index < loop[1].number {
          loop[0].number = index
          r[Int(i.b)] = elementOrRow(of: hot.pointee.heap.arrays[loop[2].handle], Int(index))
          at -= Int(i.c)
          if interrupt.isRaised || tape.pointee.nodeCount >= hot.pointee.heap.collectAt {
            try pause(base, Int(running.entries[function].registerCount), at - code)
          }
        }

      // MARK: Functions
      case .call:
        if let state = try enter(i, running, RunState(at: at, base: base, function: function)) {
          (at, base, function) = (state.at, state.base, state.function)
          r = registers + base
        }
      case .callBuiltin:
        let name = BuiltinCall(i.c)
        let callee = hot.pointee.globals[name.builtin]
        if name.isFixed || callee.meta == Register(.builtin, name.builtin).meta {
          r[Int(i.a)] = try callBuiltin(
            Builtin.all[name.builtin], r + Int(i.b) + 1, name.argumentCount,
            Origin(address(at, code)))
          continue
        }
        r[Int(i.b)] = callee
        let call = Instruction(.call, Int(i.a), Int(i.b), name.argumentCount)
        if let state = try enter(call, running, RunState(at: at, base: base, function: function)) {
          (at, base, function) = (state.at, state.base, state.function)
          r = registers + base
        }
      case .returnValue, .returnNothing:
        var value = i.opcode == .returnValue ? r[Int(i.a)] : .nothing
        if hot.pointee.frames[hot.pointee.frames.count - 1].derivatives > 0 {
          value = try finishDerivatives(value)
        }
        let frame = hot.pointee.frames.pop()
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
      case .derivative: r[Int(i.a)] = try prime(of: r[Int(i.b)], order: Int(i.c))
      case .gradient:
        r[Int(i.a)] = try derived(.gradient(argument: nil), r[Int(i.b)], by: "`∇`")
      case .loadSelf: r[Int(i.a)] = hot.pointee.frames[hot.pointee.frames.count - 1].callee

      // MARK: Arrays and strings
      case .arrayBegin: hot.pointee.builtStarts.push(hot.pointee.built.count)
      case .arrayPush:
        if hot.pointee.built.isFull { try requireBuilt() }
        hot.pointee.built.push(r[Int(i.a)])
      case .arrayEnd:
        let first = hot.pointee.builtStarts.pop()
        r[Int(i.a)] = try finishArray(
          hot.pointee.built.elements + first, hot.pointee.built.count - first,
          Origin(address(at, code)))
        hot.pointee.built.drop(to: first)
      case .range:
        r[Int(i.a)] = try makeRange(r + Int(i.b), Origin(address(at, code)))
      case .index:
        let base = r[Int(i.b)]
        if base.has(.array), case let array = hot.pointee.heap.arrays.pointer(base.handle),
          array.pointee.rank == 1, case let position = position(r[Int(i.c)]),
          position < UInt(bitPattern: array.pointee.rows)
        {
          r[Int(i.a)] = element(of: array, Int(bitPattern: position), tape)
        } else {
          r[Int(i.a)] = try element(of: base, r[Int(i.c)], Origin(address(at, code)))
        }
      case .index2:
        let base = r[Int(i.b)]
        let column = r[Int(at.pointee.a)]
        at += 1
        if base.has(.array), case let array = hot.pointee.heap.arrays.pointer(base.handle),
          array.pointee.rank == 2, case let j = position(r[Int(i.c)]),
          j < UInt(bitPattern: array.pointee.rows), case let k = position(column),
          k < UInt(bitPattern: array.pointee.columns)
        {
          r[Int(i.a)] = element(
            of: array, Int(bitPattern: j &* UInt(bitPattern: array.pointee.columns) &+ k), tape)
        } else {
          r[Int(i.a)] = try element(of: base, r[Int(i.c)], column, Origin(address(at, code)))
        }
      case .globalIndex2:
        var base = hot.pointee.globals[Int(i.b)]
        let column = r[Int(at.pointee.a)]
        at += 1
        if base.has(.array), case let array = hot.pointee.heap.arrays.pointer(base.handle),
          array.pointee.rank == 2, case let j = position(r[Int(i.c)]),
          j < UInt(bitPattern: array.pointee.rows), case let k = position(column),
          k < UInt(bitPattern: array.pointee.columns)
        {
          r[Int(i.a)] = element(
            of: array, Int(bitPattern: j &* UInt(bitPattern: array.pointee.columns) &+ k), tape)
        } else {
          if base.isUnassigned { throw MachineError(undefined(Int(i.b), address(at, code))) }
          base = refreshed(base)
          r[Int(i.a)] = try element(of: base, r[Int(i.c)], column, Origin(address(at, code)))
        }
      case .column: break  // read by `index2`
      case .part:
        r[Int(i.a)] = try part(
          of: r[Int(i.b)], dimensions(at, Int(i.c), r), Origin(address(at, code)))
        at += Int(i.c)
      case .replacePart:
        r[Int(i.a)] = try replacing(
          dimensions(at, Int(i.c), r), of: r[Int(i.b)], with: r[Int(i.a)],
          isBound: becomesLeaf(at + Int(i.c)), Origin(address(at, code)))
        at += Int(i.c)
      case .storePart:
        try storePart(
          dimensions(at, Int(i.c), r), of: r[Int(i.b)], r[Int(i.a)], Origin(address(at, code)))
        at += Int(i.c)
        refresh(top: base + Int(running.entries[function].registerCount))
      case .dimension: break  // read by the instruction before
      case .length:
        r[Int(i.a)] = try length(of: r[Int(i.b)], Int(i.c))
      case .text:
        r[Int(i.a)] = try joined(r + Int(i.b), Int(i.c))
      case .format:
        r[Int(i.a)] = try formatted(r[Int(i.b)], r[Int(i.c)])

      // MARK: Values and gradients
      case .requireValue:
        if r[Int(i.a)].isNothing {
          throw MachineError(.noValue("the call"))
        }
      case .member:
        r[Int(i.a)] = try member(program.texts[at.pointee.wide], of: r[Int(i.b)], address(at, code))
        at += 1
      case .loadData:
        r[Int(i.a)] = try data(of: r[Int(i.b)])
      case .loadGradient:
        r[Int(i.a)] = try gradient(of: r[Int(i.b)], address(at, code))
      case .storeData:
        try refuseWhileDifferentiating("`:=`")
        try storeData(r[Int(i.a)], r[Int(i.b)])
        refresh(top: base + Int(running.entries[function].registerCount))
      case .storeGradient:
        try refuseWhileDifferentiating("setting a gradient")
        try storeGradient(r[Int(i.a)], r[Int(i.b)])

      // MARK: Commands
      case .statement:
        beginStatement(address(at, code))
        if interrupt.isRaised || tape.pointee.nodeCount >= hot.pointee.heap.collectAt {
          try pause(base, Int(running.entries[function].registerCount), at - code)
        }
      case .echo:
        let name = at.pointee.wide
        let isResult = at.pointee.a == 1
        at += 1
        try requireText(of: r[Int(i.a)])
        echo(
          r[Int(i.a)], name: name < 0 ? nil : program.texts[name], isResult: isResult)
      case .print:
        let values = (0..<Int(i.c)).map { r[Int(i.b) + $0] }
        for value in values { try requireText(of: value) }
        let text = values.map(text).joined(separator: " ")
        if interrupt.isRequested { throw MachineError(.interrupted) }
        output(.printed(text, values: values.map(shown)))
        notePassingEffect()
      case .backward:
        try refuseWhileDifferentiating("`backward`")
        try backward(
          r[Int(i.a)], accumulate: i.b == 1, shows: i.c == 1, address(at, code))
      case .forward:
        try refuseWhileDifferentiating("`forward`")
        let top = base + Int(running.entries[function].registerCount)
        try forward(i.b == 1 ? nil : r[Int(i.a)], shows: i.c == 1, top: top)
        refresh(top: top)
      case .zero:
        try refuseWhileDifferentiating("`zero`")
        do throws(GraphError) { try graph.zeroGradients() } catch { throw machineError(error) }
        noteEffect()
      case .show:
        try show(i.b == 1 ? nil : r[Int(i.a)])
      case .graph:
        try draw(
          r[Int(i.a)], to: Int(i.b) == Machine.noPath ? nil : r[Int(i.b)],
          depth: Int(i.c) == Machine.noPath ? nil : r[Int(i.c)], address(at, code))
        at += 2
      case .explain: try explain(r[Int(i.a)], withPaths: i.b == 1)
      case .check: try checkGradients(of: r[Int(i.a)])
      case .plotBegin: beginPlot(curves: Int(i.a), texts: i.wide)
      case .samples: r[Int(i.a)] = try samples(r + Int(i.b))
      case .plotPoint: try addPoint(r + Int(i.b), Int(i.c))
      case .plotArrays: try addArrays(r + Int(i.b), Int(i.c))
      case .plotOption: try setPlot(PlotOption.allCases[Int(i.a)], r + Int(i.b))
      case .plotContact: r[Int(i.a)] = try contact(at: r[Int(i.b)])
      case .plotTangent: try addTangent(of: Int(i.a), r + Int(i.b))
      case .plotEnd:
        try endPlot(
          to: Int(i.b) == Machine.noPath ? nil : r[Int(i.b)],
          frame: base..<base + Int(running.entries[function].registerCount))
      case .assert:
        let compared = at.pointee.wide
        at += 1
        try check(
          r[Int(i.a)], sides: r + Int(i.b), compared: compared,
          reason: Int(i.c) == Assertion.noReason ? nil : r[Int(i.c)])
      case .extra: break  // read by the instruction before
      case .restore: isRestoring = i.a == 1
      case .restoring:
        r[Int(i.a)] = try call(RestoringCall(i.c), r + Int(i.b), address(at, code))
      case .seed: try seed(r[Int(i.a)])
      case .set:
        _ = settings.set(Setting.allCases[Int(i.a)], to: program.texts[i.wide])
        noteEffect()
      case .fail: throw MachineError(program.problems[i.wide])
      case .halt: return
      }
    }
  }
}
