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
      noteUpdate(name, value, tree.range(value))
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

  /// `w = w - k*w.grad`, `w -= k*w.grad` in a loop makes a new w each time: the note offers `:=`.
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

  mutating func compileBlock(_ block: SyntaxID) {
    if case .block(let statements) = tree[block] {
      compileBlock(Array(tree[statements]))
    } else {
      compileStatement(block)
    }
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
      if let no { compileDecision(against: no, by: tree.range(condition)) }
      compileDecision(by: tree.range(condition), for: yes)
      compileBlock(yes)
      assignedOnAllWays = join(assignedOnAllWays, scope.definite)
      scope.definite = before
      if no != nil { ends.append(builderEmit(.jump, at: tree.range(yes))) }
      scope.builder.land(other)
      compileDecision(against: yes, by: tree.range(condition))
      if let no, !tree.isIf(no) { compileDecision(by: tree.range(condition), for: no) }
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
}
