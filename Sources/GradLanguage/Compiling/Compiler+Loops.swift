import Autograd

// Loops: over ranges, arrays and intervals, with a count, with a condition.

extension Compiler {
  mutating func compileFor(
    _ name: String, _ values: SyntaxID, _ body: SyntaxID, _ range: SourceRange
  ) {
    let isGlobal = isTopLevel && !isOwn(name) && scope.builder.locals[name] == nil
    let variable = isGlobal ? scope.builder.addLocal() : scope.builder.declareLocal(name)
    let isReassigned = tree.assignedNames(in: body).contains { tree[$0] == name }
    let before = scope.definite
    compileLoop(over: values, variable: variable, name: name, at: range) { compiler in
      compiler.scope.definite.insert(name)
      let outer = compiler.scope.counters[name]
      if isGlobal {
        let index = compiler.globals.bind(name)
        compiler.builderEmit(.storeCounter, .place(variable), .wide(index), at: range)
        compiler.scope.counters[name] = isReassigned ? nil : variable
      }
      compiler.compileLoopBody(body)
      compiler.scope.counters[name] = outer
    }
    scope.definite = before
  }

  /// A loop over a range, without making an array of it, or over an array's elements.
  mutating func compileLoop(
    over values: SyntaxID, variable: Place, name: String, at range: SourceRange,
    body: (inout Compiler) -> Void
  ) {
    let valuesRange = tree.range(values)
    let state: Place
    let step: Opcode
    let prepare: Int
    if case .range(let first, let last, let stride) = tree[values] {
      state = compileRangeParts(first, last, stride)
      step = .forStep
      prepare = builderEmit(.forPrepare, .place(state), .wide(0), at: valuesRange)
    } else {
      state = scope.builder.newTemporaries(3)
      _ = compile(values, into: state)
      step = .forEachStep
      prepare = builderEmit(.forEachPrepare, .place(state), .wide(0), at: valuesRange)
    }
    finishLoop(state, variable, step, prepare, name: name, at: range, body: body)
  }

  /// A loop over an interval's samples; over what `compileLoop(over:)` takes where it is none.
  mutating func compileLoop(
    overSamplesOf values: SyntaxID, variable: Place, name: String, at range: SourceRange,
    body: (inout Compiler) -> Void
  ) {
    guard case .range(let first, let last, nil) = tree[values] else {
      compileLoop(over: values, variable: variable, name: name, at: range, body: body)
      return
    }
    let ends = compileRangeParts(first, last, nil)
    let state = scope.builder.newTemporaries(3)
    builderEmit(.samples, .place(state), .place(ends), at: tree.range(values))
    let prepare = builderEmit(
      .forEachPrepare, .place(state), .wide(0), at: tree.range(values))
    finishLoop(state, variable, .forEachStep, prepare, name: name, at: range, body: body)
  }

  private mutating func finishLoop(
    _ state: Place, _ variable: Place, _ step: Opcode, _ prepare: Int, name: String?,
    at range: SourceRange, body: (inout Compiler) -> Void
  ) {
    // prepare → step; the step gives the variable its next value and jumps back to the body.
    let start = scope.builder.startOfLoop()
    scope.loops.append(Loop())
    body(&self)
    let loop = scope.loops.removeLast()
    for jump in loop.continues { scope.builder.land(jump) }
    scope.builder.land(prepare)
    scope.builder.emitStep(step, state, variable, backTo: start, at: range)
    for jump in loop.breaks { scope.builder.land(jump) }
    scope.builder.note(
      loop: start..<scope.builder.address, counter: state, isCounted: true,
      variable: name.map { (variable, $0) },
      at: range)
  }

  mutating func compileRepeat(
    _ count: SyntaxID, _ body: SyntaxID, _ range: SourceRange
  ) {
    let state = scope.builder.newTemporaries(4)
    let variable = scope.builder.newTemporary()
    _ = compile(count, into: state)
    let prepare = builderEmit(.repeatPrepare, .place(state), .wide(0), at: tree.range(count))
    let before = scope.definite
    finishLoop(state, variable, .forStep, prepare, name: nil, at: range) {
      $0.compileLoopBody(body)
    }
    scope.definite = before
  }

  mutating func compileWhile(
    _ condition: SyntaxID, _ body: SyntaxID, _ range: SourceRange
  ) {
    let counter = scope.builder.newTemporary()
    let zero = compile0(range)
    builderEmit(.move, .place(counter), .place(zero), at: range)
    let start = scope.builder.startOfLoop()
    let exit = compileBranchStart(condition)
    let before = scope.definite
    scope.loops.append(Loop())
    compileLoopBody(body)
    let loop = scope.loops.removeLast()
    for jump in loop.continues { scope.builder.land(jump) }
    let distance = scope.builder.distance(to: start)
    builderEmit(.loopBack, .place(counter), distance, at: range)
    scope.builder.land(exit)
    compileDecision(against: body, by: tree.range(condition))
    for jump in loop.breaks { scope.builder.land(jump) }
    scope.builder.note(
      loop: start..<scope.builder.address, counter: counter, isCounted: false, variable: nil,
      at: range)
    scope.definite = before
  }

  /// The register of the constant 0.
  private mutating func compile0(_ range: SourceRange) -> Place {
    if let zero = scope.builder.constant(0) { return zero }
    program.numbers.append(0)
    let place = scope.builder.newTemporary()
    builderEmit(.loadNumber, .place(place), .wide(program.numbers.count - 1), at: range)
    return place
  }

  /// The block of the innermost loop.
  mutating func compileLoopBody(_ block: SyntaxID) {
    scope.loops[scope.loops.count - 1].body = block
    compileBlock(block)
  }
}
