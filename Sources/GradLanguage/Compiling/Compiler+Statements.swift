import Autograd

extension Compiler {
  /// Compiles a statement; at top level it may show its result.
  ///
  /// - Parameters:
  ///   - isLast: whether it is the input's last one, which the prompt shows even if it binds.
  ///   - endsLine: whether it is its line's last one: of others the prompt shows no value.
  mutating func compileStatement(
    _ statement: SyntaxID, isLast: Bool = false, endsLine: Bool = true
  ) {
    var statement = statement
    var isSilent = false
    while case .silenced(let inner) = tree[statement] {
      statement = inner
      isSilent = true
    }
    let shows = isTopLevel && scope.blockDepth == 0 && !isSilent
    if isTopLevel, scope.blockDepth == 0 {
      scope.changesData = changesData(in: statement)
      scope.decisionBudget = Compiler.decisionBudget
    }
    let mark = scope.builder.temporaryCount
    let range = tree.range(statement)
    switch tree[statement] {
    case .evaluate(let expression):
      compileEvaluation(expression, shows: shows, echoes: mode == .script || endsLine)
    case .assign(let target, let operation, let value):
      compileAssignment(target, operation, value, range, echoes: shows && isLast && mode == .prompt)
    case .setData(let target, let value): compileSetData(target, value, range)
    case .plain(let name, let value):
      compilePlain(tree[name], value, range, echoes: shows && isLast && mode == .prompt)
    case .define(let name, let parameters, let body):
      compileDefinition(tree[name], parameters, body, range)
    case .block(let statements): compileBlock(Array(tree[statements]))
    case .if: compileIf(statement)
    case .for(let name, let values, let body): compileFor(tree[name], values, body, range)
    case .while(let condition, let body): compileWhile(condition, body, range)
    case .repeat(let count, let body): compileRepeat(count, body, range)
    case .break:
      if let body = scope.loops.last?.body, let condition = scope.condition {
        compileDecision(against: body, by: condition)
      }
      let jump = builderEmit(.jump, at: range)
      if !scope.loops.isEmpty { scope.loops[scope.loops.count - 1].breaks.append(jump) }
    case .continue:
      let jump = builderEmit(.jump, at: range)
      if !scope.loops.isEmpty { scope.loops[scope.loops.count - 1].continues.append(jump) }
    case .return(let value): compileReturn(value, range)
    case .restore(let body): compileRestore(body, range)
    case .import: break  // the interpreter runs the file between two parts of the input
    case .command(let command, let parts):
      compileCommand(command, Array(tree[parts]), range, shows: shows)
    case .number, .string, .text, .interpolation, .name, .unary, .positive, .binary, .comparisons,
      .comparison, .and, .or, .not, .conditional, .range, .call, .method, .index, .end, .all,
      .member, .matrixProduct, .prime, .nabla, .lambda, .array, .comprehension, .option,
      .destination, .depth, .samples, .title, .axisLabels, .axisRange, .slope, .silenced, .invalid:
      break  // not statements; the parser has reported what it could not read
    }
    scope.builder.releaseTemporaries(to: mark)
  }

  /// Blocks in blocks are looked through again for each: for a statement this many parts at most, so that a
  /// long chain of `else if` does not take the square of its length. What lies beyond is not looked for.
  private static let decisionBudget = 100_000

  /// Where a condition has just kept a block from running, or has ended a loop: the names that the block
  /// binds have the values that they have because of it, too. Statements that change leaves in place are no
  /// program of these, and say nothing.
  ///
  /// - Parameter condition: where the condition stands.
  private mutating func compileDecision(against block: SyntaxID, by condition: SourceRange) {
    guard isTopLevel, !scope.changesData,
      let assigned = tree.assignedNames(in: block, within: &scope.decisionBudget)
    else { return }
    for name in assigned.map({ tree[$0] }).sorted() {
      guard let global = globals.existingIndex(of: name) else { continue }
      builderEmit(.decided, .number(0), .wide(global), at: condition)
    }
  }

  private func changesData(in statement: SyntaxID) -> Bool {
    var pending = [statement]
    while let id = pending.popLast() {
      if case .setData = tree[id] { return true }
      pending.append(contentsOf: tree.children(of: id))
    }
    return false
  }

  // MARK: Values

  private mutating func compileEvaluation(
    _ expression: SyntaxID, shows: Bool, echoes: Bool
  ) {
    if let (command, arguments) = commandCall(expression) {
      compileCommand(command, arguments, tree.range(expression), shows: shows)
      return
    }
    let value = compile(procedure: expression)
    guard shows, echoes else { return }
    var label = -1
    if case .name(let name) = tree[expression] { label = addText(tree[name]) }
    emitEcho(value, label: label, isResult: true, tree.range(expression))
  }

  private mutating func emitEcho(
    _ value: Place, label: Int, isResult: Bool = false, _ range: SourceRange
  ) {
    builderEmit(.echo, .place(value), at: range)
    builderEmit(.extra, .number(isResult ? 1 : 0), .wide(label), at: range)
  }

  mutating func addText(_ text: String) -> Int {
    program.texts.append(text)
    return program.texts.count - 1
  }

  /// `L.backward()`, or `assert(x > 0)` where nothing else has that name: a command as a call.
  private func commandCall(_ expression: SyntaxID) -> (Command, [SyntaxID])? {
    switch tree[expression] {
    case .method(let receiver, let name, let arguments):
      guard let command = Command(rawValue: tree[name]), !isBound(tree[name]) else { return nil }
      return (command, [receiver] + tree[arguments])
    case .call(let function, let arguments):
      guard case .name(let name) = tree[function], let command = Command(rawValue: tree[name]),
        !isBound(tree[name])
      else { return nil }
      return (command, Array(tree[arguments]))
    case _: return nil
    }
  }

  // MARK: Bindings

  private mutating func compileAssignment(
    _ target: SyntaxID, _ operation: BinaryOperation?, _ value: SyntaxID, _ range: SourceRange,
    echoes: Bool
  ) {
    switch tree[target] {
    case .name(let name):
      compileBinding(tree[name], target, operation, value, range, echoes: echoes)
    case .member(let base, let member):
      compileMemberAssignment(base, tree[member], target, operation, value, range)
    case .index(let base, let indices) where tree.assignedName(target) != nil:
      guard case .name(let name) = tree[base] else { return }
      compilePartAssignment(
        tree[name], base, Array(tree[indices]), target, operation, value, range, echoes: echoes)
    case _:
      report(.notAssignable(program.sources[source].text(tree.range(target))), tree.range(target))
    }
  }

  private mutating func compileBinding(
    _ name: String, _ target: SyntaxID, _ operation: BinaryOperation?, _ value: SyntaxID,
    _ range: SourceRange, echoes: Bool
  ) {
    if isOwn(name) {
      let place = compileRightSide(target, operation, value, into: nil, range)
      compileOwnBinding(name, place, range)
    } else if isTopLevel, scope.builder.locals[name] == nil {
      let place = compileRightSide(target, operation, value, into: nil, range)
      if operation == nil, case .name = tree[value] {
        builderEmit(.share, .place(place), at: range)
      }
      let index = globals.bind(name)
      builderEmit(.storeGlobal, .place(place), .wide(index), at: range)
      if operation == nil { noteUpdate(name, value, tree.range(value)) }
      guard echoes else { return }
      let shown = scope.builder.newTemporary()
      builderEmit(.loadGlobal, .place(shown), .wide(index), at: range)
      emitEcho(shown, label: addText(name), range)
    } else {
      let local = scope.builder.declareLocal(name)
      let isPlain = scope.plain.contains(name)
      let place = compileRightSide(
        target, operation, value, plain: isPlain, into: isPlain ? nil : local, range)
      if isPlain {
        builderEmit(.loadData, .place(local), .place(place), at: range)
      } else if place != local {
        builderEmit(.move, .place(local), .place(place), at: range)
      }
      scope.definite.insert(name)
    }
  }

  /// `v[i] = value` binds v anew, to the array with that part replaced.
  private mutating func compilePartAssignment(
    _ name: String, _ base: SyntaxID, _ indices: [SyntaxID], _ target: SyntaxID,
    _ operation: BinaryOperation?, _ value: SyntaxID, _ range: SourceRange, echoes: Bool
  ) {
    let isGlobal = isTopLevel && !isOwn(name) && scope.builder.locals[name] == nil
    let place = scope.builder.newTemporary()
    let new = compileRightSide(target, operation, value, into: nil, range)
    builderEmit(.move, .place(place), .place(new), at: range)
    let array = compileName(name, into: nil, tree.range(base))
    let dimensions = compileDimensions(array, indices)
    builderEmit(
      .replacePart, .place(place), .place(array), .number(dimensions.count),
      at: tree.range(target))
    emitDimensions(dimensions, indices)
    if isGlobal {
      builderEmit(.storeGlobal, .place(place), .wide(globals.bind(name)), at: range)
      if echoes { emitEcho(place, label: addText(name), range) }
    } else {
      let local = scope.builder.declareLocal(name)
      builderEmit(
        scope.plain.contains(name) ? .loadData : .move, .place(local), .place(place), at: range)
      scope.definite.insert(name)
    }
  }

  /// `w = w - k*w.grad` in a loop makes a new w each time: the note offers `:=`.
  private mutating func noteUpdate(_ name: String, _ value: SyntaxID, _ range: SourceRange) {
    guard !scope.loops.isEmpty, mentionsGradient(of: name, in: value) else { return }
    updates.insert(name)
  }

  private func mentionsGradient(of name: String, in value: SyntaxID) -> Bool {
    var pending = [value]
    while let id = pending.popLast() {
      if case .member(let base, let member) = tree[id], tree[member] == "grad",
        case .name(let base) = tree[base], tree[base] == name
      {
        return true
      }
      pending.append(contentsOf: tree.children(of: id))
    }
    return false
  }

  /// The value, or `target op value`.
  private mutating func compileRightSide(
    _ target: SyntaxID, _ operation: BinaryOperation?, _ value: SyntaxID, plain: Bool = false,
    into place: Place?, _ range: SourceRange
  ) -> Place {
    let outer = isPlain
    isPlain = isPlain || plain
    defer { isPlain = outer }
    guard let operation else { return compile(value, into: place) }
    let old = compile(target)
    let new = compile(value)
    let result = place ?? scope.builder.newTemporary()
    builderEmit(.binary(operation), .place(result), .place(old), .place(new), at: range)
    return result
  }

  private mutating func compileMemberAssignment(
    _ base: SyntaxID, _ member: String, _ target: SyntaxID, _ operation: BinaryOperation?,
    _ value: SyntaxID, _ range: SourceRange
  ) {
    let opcode: Opcode
    switch member {
    case "data": opcode = .storeData
    case "grad": opcode = .storeGradient
    case _:
      report(
        .unknownMember(member, similar: Suggestion.nearest(to: member, among: ["data", "grad"])),
        tree.range(target))
      return
    }
    let node = compile(base)
    let place = compileRightSide(target, operation, value, plain: true, into: nil, range)
    builderEmit(opcode, .place(node), .place(place), at: range)
  }

  private mutating func compileSetData(
    _ target: SyntaxID, _ value: SyntaxID, _ range: SourceRange
  ) {
    if case .member(let base, let member) = tree[target] {
      compileMemberAssignment(base, tree[member], target, nil, value, range)
      return
    }
    if case .index(let base, let indices) = tree[target] {
      let place = compile(plain: value, into: scope.builder.newTemporary())
      let array = compile(base)
      let dimensions = compileDimensions(array, Array(tree[indices]))
      builderEmit(
        .storePart, .place(place), .place(array), .number(dimensions.count),
        at: tree.range(target))
      emitDimensions(dimensions, Array(tree[indices]))
      return
    }
    let node = compile(target)
    let place = compile(plain: value)
    builderEmit(.storeData, .place(node), .place(place), at: range)
  }

  private mutating func compilePlain(
    _ name: String, _ value: SyntaxID, _ range: SourceRange, echoes: Bool
  ) {
    if isTopLevel, !isOwn(name) {
      let place = compile(plain: value)
      let index = globals.bind(name)
      builderEmit(.storePlainGlobal, .place(place), .wide(index), at: range)
      if echoes { emitEcho(place, label: addText(name), range) }
    } else {
      let local = scope.builder.declareLocal(name)
      let place = compile(plain: value)
      builderEmit(.loadData, .place(local), .place(place), at: range)
      scope.definite.insert(name)
      scope.plain.insert(name)
    }
  }

  private mutating func compileDefinition(
    _ name: String, _ parameters: SyntaxList, _ body: SyntaxID, _ range: SourceRange
  ) {
    if isTopLevel, !isOwn(name) {
      let index = globals.bind(name)
      let place = scope.builder.newTemporary()
      compileClosure(
        name: name, parameters: names(ofParameters: parameters), body: body, into: place, range)
      builderEmit(.storeGlobal, .place(place), .wide(index), at: range)
    } else {
      let local = scope.builder.declareLocal(name)
      compileClosure(
        name: name, parameters: names(ofParameters: parameters), body: body, into: local, range)
      scope.definite.insert(name)
    }
  }

  // MARK: Blocks and branches

  mutating func compileBlock(_ statements: [SyntaxID]) {
    scope.blockDepth += 1
    for statement in statements { compileStatement(statement) }
    scope.blockDepth -= 1
  }

  private mutating func compileBlock(_ block: SyntaxID) {
    if case .block(let statements) = tree[block] {
      compileBlock(Array(tree[statements]))
    } else {
      compileStatement(block)
    }
  }

  /// The block of the innermost loop.
  private mutating func compileLoopBody(_ block: SyntaxID) {
    scope.loops[scope.loops.count - 1].body = block
    compileBlock(block)
  }

  /// A chain of `if … else if … else`, by a loop.
  private mutating func compileIf(_ statement: SyntaxID) {
    var ends: [Int] = []
    var present: SyntaxID? = statement
    let before = scope.definite
    var assignedOnAllWays: Set<String>?
    func join(_ ways: Set<String>?, _ way: Set<String>) -> Set<String> {
      ways?.intersection(way) ?? way
    }
    while let id = present, case .if(let condition, let yes, let no) = tree[id] {
      let other = compileBranchStart(condition)
      let outer = scope.condition
      scope.condition = tree.range(condition)
      if let no { compileDecision(against: no, by: tree.range(condition)) }
      compileBlock(yes)
      scope.condition = outer
      assignedOnAllWays = join(assignedOnAllWays, scope.definite)
      scope.definite = before
      if no != nil { ends.append(builderEmit(.jump, at: tree.range(yes))) }
      scope.builder.land(other)
      compileDecision(against: yes, by: tree.range(condition))
      present = no
    }
    if let last = present { compileBlock(last) }
    scope.definite = join(assignedOnAllWays, scope.definite)
    for end in ends { scope.builder.land(end) }
  }

  /// The statements of a function's body: the last one's value is the function's.
  mutating func compileTail(_ statements: [SyntaxID]) {
    for statement in statements.dropLast() { compileStatement(statement) }
    guard var last = statements.last else { return }
    while case .silenced(let inner) = tree[last] { last = inner }
    let range = tree.range(last)
    switch tree[last] {
    case .evaluate(let expression) where commandCall(expression) == nil:
      let value = compile(procedure: expression)
      shareReturned(expression, value, range)
      builderEmit(.returnValue, .place(value), at: range)
    case .if: compileTailIf(last)
    case _: compileStatement(last)
    }
  }

  private mutating func compileTailIf(_ statement: SyntaxID) {
    var present: SyntaxID? = statement
    let before = scope.definite
    while let id = present, case .if(let condition, let yes, let no) = tree[id] {
      let other = compileBranchStart(condition)
      compileTailBlock(yes)
      builderEmit(.returnNothing, at: tree.range(yes))
      scope.builder.land(other)
      scope.definite = before
      present = no
    }
    if let last = present { compileTailBlock(last) }
  }

  private mutating func compileTailBlock(_ block: SyntaxID) {
    if case .block(let statements) = tree[block] { compileTail(Array(tree[statements])) }
  }

  private mutating func compileReturn(_ value: SyntaxID?, _ range: SourceRange) {
    guard let value else {
      builderEmit(.returnNothing, at: range)
      return
    }
    let place = compile(procedure: value)
    shareReturned(value, place, range)
    builderEmit(.returnValue, .place(place), at: range)
  }

  /// A global that a function returns is held by its name, too.
  mutating func shareReturned(_ value: SyntaxID, _ place: Place, _ range: SourceRange) {
    guard case .name(let name) = tree[value], case .global = resolve(tree[name]) else { return }
    builderEmit(.share, .place(place), at: range)
  }

  // MARK: Loops

  private mutating func compileFor(
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

  private mutating func compileRepeat(
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

  private mutating func compileWhile(
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
}
