import Autograd

extension Compiler {
  /// Compiles an expression that may be the call of a function without a value.
  mutating func compile(procedure expression: SyntaxID) -> Place {
    let outer = procedure
    procedure = expression
    defer { procedure = outer }
    return compile(expression)
  }

  /// Compiles an expression.
  ///
  /// A chain of operators or postfix forms is deep on its left, as deep as the user likes: it is
  /// walked down by a loop and compiled from its innermost part outwards. Other nesting is bounded by
  /// the parser.
  ///
  /// - Parameter target: where the value must stand; anywhere when nil.
  /// - Returns: where the value stands.
  mutating func compile(_ expression: SyntaxID, into target: Place? = nil) -> Place {
    guard var innermost = leftChild(of: expression) else {
      return compileLeaf(expression, into: target)
    }
    var chain = [expression]
    while let next = leftChild(of: innermost) {
      chain.append(innermost)
      innermost = next
    }
    // Partial results may not go to the target: a later operand may read what stands there.
    let partial = scope.builder.newTemporary()
    let mark = scope.builder.temporaryCount
    var left = compileLeaf(innermost, into: nil)
    for link in chain.reversed() {
      let isLast = link == expression
      left = compileLink(link, left: left, into: isLast ? target ?? partial : partial)
      scope.builder.releaseTemporaries(to: mark)
    }
    return left
  }

  /// The operand on which an expression's chain goes on, if it is part of one.
  private func leftChild(of expression: SyntaxID) -> SyntaxID? {
    switch tree[expression] {
    case .binary(_, let left, _), .and(let left, _), .or(let left, _): left
    case .method(let base, _, _), .index(let base, _), .member(let base, _): base
    case .call(let function, _):
      if case .name = tree[function] { nil } else { function }
    case .number, .string, .text, .interpolation, .name, .unary, .positive, .comparisons: nil
    case .comparison, .not, .conditional, .range, .end, .lambda, .array, .comprehension: nil
    case .assign, .setData, .plain, .define, .block, .if, .for, .while, .repeat, .break: nil
    case .continue, .return, .command, .option, .evaluate, .silenced, .invalid: nil
    }
  }

  /// One link of a chain, with its left operand in a register.
  private mutating func compileLink(_ link: SyntaxID, left: Place, into target: Place) -> Place {
    let range = tree.range(link)
    switch tree[link] {
    case .binary(let operation, _, let right):
      let right = compile(right)
      builderEmit(.binary(operation), .place(target), .place(left), .place(right), at: range)
    case .and(_, let right): compileLogic(left, right, stopsAtTrue: false, into: target, range)
    case .or(_, let right): compileLogic(left, right, stopsAtTrue: true, into: target, range)
    case .method(let base, let name, let arguments):
      compileMethod(left, base, tree[name], Array(tree[arguments]), into: target, range)
      requireValue(of: link, in: target)
    case .index(_, let indices): compileIndex(left, Array(tree[indices]), into: target, range)
    case .member(let base, let name): compileMember(left, base, tree[name], into: target, range)
    case .call(_, let arguments):
      compileCall(.value(left), Array(tree[arguments]), into: target, range)
      requireValue(of: link, in: target)
    case _: preconditionFailure("not a link of a chain")
    }
    return target
  }

  /// An expression that is no chain.
  private mutating func compileLeaf(_ expression: SyntaxID, into target: Place?) -> Place {
    let range = tree.range(expression)
    switch tree[expression] {
    case .number(let number): return compileNumber(number, into: target, range)
    case .name(let name): return compileName(tree[name], into: target, range)
    case .string(let pieces):
      return inTarget(target) { $0.compileString(Array($0.tree[pieces]), into: $1, range) }
    case .unary(let operation, let operand):
      return compileUnary(operation, operand, into: target, range)
    case .positive(let operand):
      return inTarget(target) {
        let value = $0.compile(operand)
        $0.builderEmit(.positive, .place($1), .place(value), at: range)
      }
    case .not(let operand):
      return inTarget(target) {
        let value = $0.compile(operand)
        $0.builderEmit(.not, .place($1), .place(value), at: range)
      }
    case .comparisons(let parts):
      return inTarget(target) { $0.compileComparisons(Array($0.tree[parts]), into: $1) }
    case .conditional:
      return inTarget(target) { $0.compileConditional(expression, into: $1) }
    case .range(let first, let last, let step):
      return inTarget(target) {
        let parts = $0.compileRangeParts(first, last, step)
        $0.builderEmit(.range, .place($1), .place(parts), at: range)
      }
    case .call(let function, let arguments):
      guard case .name(let name) = tree[function] else { break }
      return inTarget(target) {
        $0.compileNamedCall($0.tree[name], function, Array($0.tree[arguments]), into: $1, range)
        $0.requireValue(of: expression, in: $1)
      }
    case .end: return compileEnd(into: target, range)
    case .lambda(let parameters, let body):
      return inTarget(target) {
        $0.compileClosure(name: nil, parameters: parameters, body: body, into: $1, range)
      }
    case .array(let elements):
      return inTarget(target) { $0.compileArray(Array($0.tree[elements]), into: $1, range) }
    case .comprehension(let body, let name, let values, let condition):
      return inTarget(target) {
        $0.compileComprehension(body, $0.tree[name], values, condition, into: $1, range)
      }
    case _: break
    }
    preconditionFailure("not an expression, or a chain: \(tree[expression])")
  }

  /// Gives `body` the target, or a new temporary when there is none; frees what it used.
  private mutating func inTarget(
    _ target: Place?, _ body: (inout Compiler, Place) -> Void
  ) -> Place {
    let place = target ?? scope.builder.newTemporary()
    let mark = scope.builder.temporaryCount
    body(&self, place)
    scope.builder.releaseTemporaries(to: mark)
    return place
  }

  // MARK: Simple values

  private mutating func compileNumber(
    _ number: Double, into target: Place?, _ range: SourceRange
  ) -> Place {
    if let constant = scope.builder.constant(number) {
      guard let target else { return constant }
      builderEmit(.move, .place(target), .place(constant), at: range)
      return target
    }
    program.numbers.append(number)
    let index = program.numbers.count - 1
    return inTarget(target) { $0.builderEmit(.loadNumber, .place($1), .wide(index), at: range) }
  }

  private mutating func compileName(
    _ name: String, into target: Place?, _ range: SourceRange
  ) -> Place {
    switch resolve(name) {
    case .local(let place):
      if scope.assigned.contains(name), !scope.definite.contains(name) {
        builderEmit(.checkAssigned, .place(place), at: range)
      }
      guard let target else { return place }
      builderEmit(.move, .place(target), .place(place), at: range)
      return target
    case .ownFunction:
      return inTarget(target) { $0.builderEmit(.loadSelf, .place($1), at: range) }
    case .global(let index):
      return inTarget(target) { $0.builderEmit(.loadGlobal, .place($1), .wide(index), at: range) }
    }
  }

  private mutating func compileUnary(
    _ operation: UnaryOperation, _ operand: SyntaxID, into target: Place?, _ range: SourceRange
  ) -> Place {
    if operation == .negate, case .number(let number) = tree[operand] {
      return compileNumber(-number, into: target, range)
    }
    return inTarget(target) {
      let value = $0.compile(operand)
      $0.builderEmit(.negate, .place($1), .place(value), at: range)
    }
  }

  // MARK: Logic

  /// `left and right` or `left or right`: the right side runs only where the left does not decide.
  private mutating func compileLogic(
    _ left: Place, _ right: SyntaxID, stopsAtTrue: Bool, into target: Place, _ range: SourceRange
  ) {
    // Not into the target yet: the right side may read what stands there.
    let value = scope.builder.newTemporary()
    builderEmit(.truth, .place(value), .place(left), at: range)
    let decision: Place
    if stopsAtTrue {
      decision = scope.builder.newTemporary()
      builderEmit(.not, .place(decision), .place(value), at: range)
    } else {
      decision = value
    }
    let jump = builderEmit(.jumpIfFalse, .place(decision), .wide(0), at: range)
    let other = compile(right)
    builderEmit(.truth, .place(value), .place(other), at: tree.range(right))
    scope.builder.land(jump)
    builderEmit(.move, .place(target), .place(value), at: range)
  }

  /// `a < b <= c` is the product of its comparisons: no branch, so that `forward` follows it.
  private mutating func compileComparisons(_ parts: [SyntaxID], into target: Place) {
    let result = scope.builder.newTemporary()
    let single = scope.builder.newTemporary()
    var left = compile(parts[0])
    for index in stride(from: 1, to: parts.count, by: 2) {
      guard case .comparison(let operation) = tree[parts[index]] else { continue }
      let right = compile(parts[index + 1])
      let range = tree.range(parts[index - 1]).union(tree.range(parts[index + 1]))
      let place = index == 1 ? result : single
      builderEmit(.binary(operation), .place(place), .place(left), .place(right), at: range)
      if index > 1 {
        builderEmit(.multiply, .place(result), .place(result), .place(single), at: range)
      }
      left = right
    }
    builderEmit(.move, .place(target), .place(result), at: tree.range(parts[0]))
  }

  /// `if c then a else if d then b else e`, a chain to the right, by a loop.
  private mutating func compileConditional(_ expression: SyntaxID, into target: Place) {
    var ends: [Int] = []
    var present = expression
    let value = scope.builder.newTemporary()
    while case .conditional(let condition, let yes, let no) = tree[present] {
      let other = compileBranchStart(condition)
      let mark = scope.builder.temporaryCount
      _ = compile(yes, into: value)
      scope.builder.releaseTemporaries(to: mark)
      ends.append(builderEmit(.jump, at: tree.range(yes)))
      scope.builder.land(other)
      present = no
    }
    _ = compile(present, into: value)
    for end in ends { scope.builder.land(end) }
    builderEmit(.move, .place(target), .place(value), at: tree.range(expression))
  }

  /// A condition and the jump taken when it is false.
  mutating func compileBranchStart(_ condition: SyntaxID) -> Int {
    let mark = scope.builder.temporaryCount
    let value = compile(condition)
    scope.builder.releaseTemporaries(to: mark)
    return builderEmit(.jumpIfFalse, .place(value), .wide(0), at: tree.range(condition))
  }

  // MARK: Calls

  /// What is called.
  enum Callee {
    case value(Place)
    case expression(SyntaxID)
  }

  private mutating func compileNamedCall(
    _ name: String, _ function: SyntaxID, _ arguments: [SyntaxID], into target: Place,
    _ range: SourceRange
  ) {
    // With another number of arguments it may be a function of the user's that has the name by then.
    if let builtin = builtin(name), Builtin.all[builtin].arity.contains(arguments.count),
      arguments.count <= BuiltinCall.argumentLimit
    {
      compileBuiltinCall(builtin, first: nil, arguments, into: target, range)
    } else {
      compileCall(.expression(function), arguments, into: target, range)
    }
  }

  /// A call in an expression must have a value.
  private mutating func requireValue(of call: SyntaxID, in place: Place) {
    guard call != procedure else { return }
    switch tree[call] {
    case .call(let function, _):
      if case .name(let name) = tree[function], builtin(tree[name]) != nil { return }
    case .method(_, let name, _):
      if Builtin.indices[tree[name]] != nil { return }
    case _: return
    }
    builderEmit(.requireValue, .place(place), at: tree.range(call))
  }

  /// A built-in function's call: an operation on one number has an instruction of its own. With
  /// `first`, the receiver of a method, the built-in function is meant whatever its name is bound to.
  private mutating func compileBuiltinCall(
    _ builtin: Int, first: Place?, _ arguments: [SyntaxID], into target: Place,
    _ range: SourceRange
  ) {
    let count = arguments.count + (first == nil ? 0 : 1)
    let function = Builtin.all[builtin]
    if count > BuiltinCall.argumentLimit || !function.arity.contains(count) {
      emitFailure(
        .wrongArgumentCount(
          function: function.signature, expected: function.arityDescription, found: count), range)
      return
    }
    let call = BuiltinCall(builtin, arguments: count, isFixed: first != nil).operand
    if case .unary = function {
      let operand = first ?? compile(arguments[0])
      builderEmit(.unary, .place(target), .place(operand), .number(call), at: range)
      return
    }
    let base = compileArguments(nil, first: first, arguments, range)
    builderEmit(.callBuiltin, .place(target), .place(base), .number(call), at: range)
  }

  /// A statement that cannot run: it fails when it is reached, not before.
  mutating func emitFailure(_ problem: Problem, _ range: SourceRange) {
    program.problems.append(problem)
    builderEmit(.fail, .number(0), .wide(program.problems.count - 1), at: range)
  }

  mutating func compileCall(
    _ callee: Callee, first: Place? = nil, _ arguments: [SyntaxID], into target: Place,
    _ range: SourceRange
  ) {
    let count = arguments.count + (first == nil ? 0 : 1)
    let base = compileArguments(callee, first: first, arguments, range)
    builderEmit(.call, .place(target), .place(base), .number(count), at: range)
  }

  /// The callee and its arguments in registers in a row; `.nothing` leaves the callee's free.
  private mutating func compileArguments(
    _ callee: Callee?, first: Place?, _ arguments: [SyntaxID], _ range: SourceRange
  ) -> Place {
    let count = arguments.count + (first == nil ? 0 : 1)
    let base = scope.builder.newTemporaries(count + 1)
    func place(_ offset: Int) -> Place { Place(space: .temporary, index: base.index + offset) }
    switch callee {
    case .value(let value): builderEmit(.move, .place(base), .place(value), at: range)
    case .expression(let function): _ = compile(function, into: base)
    case nil: break
    }
    var next = 1
    if let first {
      builderEmit(.move, .place(place(next)), .place(first), at: range)
      next += 1
    }
    for argument in arguments {
      let mark = scope.builder.temporaryCount
      _ = compile(argument, into: place(next))
      scope.builder.releaseTemporaries(to: mark)
      next += 1
    }
    return base
  }

  /// `receiver.name(arguments)` is `name(receiver, arguments)`; a built-in name means the built-in.
  private mutating func compileMethod(
    _ receiver: Place, _ base: SyntaxID, _ name: String, _ arguments: [SyntaxID],
    into target: Place, _ range: SourceRange
  ) {
    if let index = Builtin.indices[name] {
      compileBuiltinCall(index, first: receiver, arguments, into: target, range)
      return
    }
    if Command(rawValue: name) != nil, !isBound(name) {
      report(.noValue("the command `\(name)`"), range)
      return
    }
    let function = scope.builder.newTemporary()
    let callee = compileName(name, into: function, range)
    compileCall(.value(callee), first: receiver, arguments, into: target, range)
  }

  // MARK: Members and indices

  private mutating func compileMember(
    _ value: Place, _ base: SyntaxID, _ name: String, into target: Place, _ range: SourceRange
  ) {
    switch name {
    case "data": builderEmit(.loadData, .place(target), .place(value), at: range)
    case "grad": builderEmit(.loadGradient, .place(target), .place(value), at: range)
    case _:
      emitFailure(
        .unknownMember(name, similar: Suggestion.nearest(to: name, among: ["data", "grad"])), range)
    }
  }

  private mutating func compileIndex(
    _ base: Place, _ indices: [SyntaxID], into target: Place, _ range: SourceRange
  ) {
    var places: [Place] = []
    for (dimension, index) in indices.enumerated() {
      let outer = indexed
      indexed = (base, dimension, indices.count)
      if case .comparisons = tree[index] { emitFailure(.comparisonAsIndex, tree.range(index)) }
      places.append(compile(index))
      indexed = outer
    }
    switch indices.count {
    case 1: builderEmit(.index, .place(target), .place(base), .place(places[0]), at: range)
    case 2:
      builderEmit(.index2, .place(target), .place(base), .place(places[0]), at: range)
      builderEmit(.column, .place(places[1]), at: range)
    case let count: emitFailure(.wrongIndexCount(expected: 2, found: count), range)
    }
  }

  private mutating func compileEnd(into target: Place?, _ range: SourceRange) -> Place {
    inTarget(target) {
      guard let (base, dimension, _) = $0.indexed else {
        $0.report(.endOutsideIndex, range)
        return
      }
      $0.builderEmit(.length, .place($1), .place(base), .number(dimension), at: range)
    }
  }

  // MARK: Functions, arrays, strings

  mutating func compileClosure(
    name: String?, parameters: SyntaxList, body: SyntaxID, into target: Place, _ range: SourceRange
  ) {
    let outer = indexed
    indexed = nil
    let (function, captures) = compileFunction(
      name: name, parameters: parameters, body: body, at: range)
    indexed = outer
    for (name, place) in captures where scope.assigned.contains(name) {
      if !scope.definite.contains(name) { builderEmit(.checkAssigned, .place(place), at: range) }
    }
    builderEmit(.closure, .place(target), .wide(function), at: range)
    for (_, place) in captures { builderEmit(.capture, .place(place), at: range) }
  }

  private mutating func compileArray(
    _ elements: [SyntaxID], into target: Place, _ range: SourceRange
  ) {
    builderEmit(.arrayBegin, at: range)
    for element in elements {
      let mark = scope.builder.temporaryCount
      let value = compile(element)
      builderEmit(.arrayPush, .place(value), at: tree.range(element))
      scope.builder.releaseTemporaries(to: mark)
    }
    builderEmit(.arrayEnd, .place(target), at: range)
  }

  /// `[body for name in values if condition]`; the name is the comprehension's own.
  private mutating func compileComprehension(
    _ body: SyntaxID, _ name: String, _ values: SyntaxID, _ condition: SyntaxID?,
    into target: Place, _ range: SourceRange
  ) {
    builderEmit(.arrayBegin, at: range)
    let variable = scope.builder.addLocal()
    compileLoop(over: values, variable: variable, name: name, at: range) { compiler in
      let outerPlace = compiler.scope.builder.locals[name]
      let outerCounter = compiler.scope.counters.removeValue(forKey: name)
      let wasDefinite = compiler.scope.definite.contains(name)
      compiler.scope.builder.bind(name, to: variable)
      compiler.scope.definite.insert(name)
      var skip: Int?
      if let condition { skip = compiler.compileBranchStart(condition) }
      let mark = compiler.scope.builder.temporaryCount
      let value = compiler.compile(body)
      compiler.builderEmit(.arrayPush, .place(value), at: compiler.tree.range(body))
      compiler.scope.builder.releaseTemporaries(to: mark)
      if let skip { compiler.scope.builder.land(skip) }
      compiler.scope.builder.bind(name, to: outerPlace)
      compiler.scope.counters[name] = outerCounter
      if !wasDefinite { compiler.scope.definite.remove(name) }
    }
    builderEmit(.arrayEnd, .place(target), at: range)
  }

  /// The first, last and step of a range in registers in a row, with room for a loop's state.
  mutating func compileRangeParts(
    _ first: SyntaxID, _ last: SyntaxID, _ step: SyntaxID?
  ) -> Place {
    let base = scope.builder.newTemporaries(4)
    func place(_ offset: Int) -> Place { Place(space: .temporary, index: base.index + offset) }
    _ = compile(first, into: place(0))
    _ = compile(last, into: place(1))
    if let step {
      _ = compile(step, into: place(2))
    } else {
      _ = compileNumber(1, into: place(2), tree.range(last))
    }
    return base
  }

  private mutating func compileString(
    _ pieces: [SyntaxID], into target: Place, _ range: SourceRange
  ) {
    let base = scope.builder.newTemporaries(max(pieces.count, 1))
    for (offset, piece) in pieces.enumerated() {
      let place = Place(space: .temporary, index: base.index + offset)
      let mark = scope.builder.temporaryCount
      compilePiece(piece, into: place)
      scope.builder.releaseTemporaries(to: mark)
    }
    builderEmit(.text, .place(target), .place(base), .number(pieces.count), at: range)
  }

  private mutating func compilePiece(_ piece: SyntaxID, into place: Place) {
    let range = tree.range(piece)
    guard case .interpolation(let value, let format) = tree[piece] else {
      let text = unescaped(range)
      program.texts.append(text)
      builderEmit(.loadText, .place(place), .wide(program.texts.count - 1), at: range)
      return
    }
    _ = compile(value, into: place)
    guard let format else { return }
    let text = program.sources[source].text(tree.range(format))
    guard NumberFormat(text) != nil else {
      report(.badFormat(text), tree.range(format))
      return
    }
    program.texts.append(text)
    let index = scope.builder.newTemporary()
    builderEmit(.loadText, .place(index), .wide(program.texts.count - 1), at: range)
    builderEmit(.format, .place(place), .place(place), .place(index), at: range)
  }

  /// A string's text with its escapes resolved.
  private mutating func unescaped(_ range: SourceRange) -> String {
    let text = program.sources[source].text(range)
    guard text.contains("\\") else { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    var offset = range.start
    while let scalar = rest.first {
      guard scalar == "\\" else {
        result.unicodeScalars.append(rest.removeFirst())
        offset += UTF8.width(scalar)
        continue
      }
      let before = rest
      let meaning = Compiler.takeEscape(&rest)
      let escape = String(before[..<rest.startIndex])
      let end = offset + escape.utf8.count
      if let meaning {
        result.unicodeScalars.append(meaning)
      } else {
        report(.badEscape(escape), SourceRange(offset, end))
      }
      offset = end
    }
    return result
  }

  /// What an escape stands for, from its backslash on; nil when it is none.
  private static func takeEscape(_ rest: inout Substring.UnicodeScalarView) -> UnicodeScalar? {
    rest.removeFirst()
    let letter = rest.popFirst()
    switch letter {
    case "n": return "\n"
    case "t": return "\t"
    case "\"", "\\", "{", "}": return letter
    case "u" where rest.first == "{":
      let digits = rest.dropFirst().prefix(while: \.properties.isASCIIHexDigit)
      rest = rest.dropFirst(digits.count + 1)
      guard rest.first == "}" else { return nil }
      rest.removeFirst()
      return UInt32(String(digits), radix: 16).flatMap(UnicodeScalar.init)
    case _: return nil
    }
  }
}
