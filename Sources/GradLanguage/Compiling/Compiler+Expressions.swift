import Autograd

extension Compiler {
  /// Compiles an expression that may be the call of a function without a value.
  mutating func compile(procedure expression: SyntaxID) -> Place {
    let outer = procedure
    procedure = expression
    defer { procedure = outer }
    return compile(expression)
  }

  /// Compiles an expression whose value is kept only as data: what names and indices read is read as
  /// data, so that nothing is recorded and no guard is left.
  mutating func compile(plain expression: SyntaxID, into target: Place? = nil) -> Place {
    let outer = isPlain
    isPlain = true
    defer { isPlain = outer }
    return compile(expression, into: target)
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
      let value = compileLeaf(expression, into: target)
      return isRead(expression, by: nil) ? compileData(of: value, expression, into: target) : value
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
    if isRead(innermost, by: chain.last) { left = compileData(of: left, innermost, into: nil) }
    for (index, link) in chain.enumerated().reversed() {
      let isLast = index == 0
      left = compileLink(link, left: left, into: isLast ? target ?? partial : partial)
      if isRead(link, by: isLast ? nil : chain[index - 1]) {
        left = compileData(of: left, link, into: left)
      }
      scope.builder.releaseTemporaries(to: mark)
    }
    return left
  }

  /// Whether an expression reads a value of which only the data is wanted: a name or an index, unless
  /// the next link of its chain takes a part of it.
  private func isRead(_ expression: SyntaxID, by link: SyntaxID?) -> Bool {
    guard isPlain else { return false }
    switch tree[expression] {
    case .name, .index: break
    case _: return false
    }
    guard let link else { return true }
    switch tree[link] {
    case .index, .member: return false
    case .method(_, let name, _):
      return !(Builtin.indices[tree[name]].map { Builtin.all[$0].isDerivative } ?? false)
    case _: return true
    }
  }

  private mutating func compileData(
    of value: Place, _ expression: SyntaxID, into target: Place?
  ) -> Place {
    let place = target ?? scope.builder.newTemporary()
    builderEmit(.loadData, .place(place), .place(value), at: tree.range(expression))
    return place
  }

  /// The operand on which an expression's chain goes on, if it is part of one.
  func leftChild(of expression: SyntaxID) -> SyntaxID? {
    switch tree[expression] {
    case .binary(_, let left, _), .matrixProduct(let left, _), .and(let left, _),
      .or(let left, _):
      left
    case .method(let base, _, _), .index(let base, _), .member(let base, _),
      .prime(let base, _):
      base
    case .call(let function, _):
      if case .name = tree[function] { nil } else { function }
    case .number, .string, .text, .interpolation, .name, .unary, .positive, .comparisons: nil
    case .comparison, .not, .conditional, .range, .end, .lambda, .array, .comprehension: nil
    case .all, .nabla, .import: nil
    case .assign, .setData, .plain, .define, .block, .if, .for, .while, .repeat, .restore, .break:
      nil
    case .continue, .return, .command, .option, .destination, .samples, .evaluate, .silenced: nil
    case .title, .axisLabels, .axisRange, .slope, .depth: nil
    case .invalid: nil
    }
  }

  /// One link of a chain, with its left operand in a register.
  mutating func compileLink(_ link: SyntaxID, left: Place, into target: Place) -> Place {
    let range = tree.range(link)
    switch tree[link] {
    case .binary(let operation, _, let right):
      let right = compile(right)
      builderEmit(.binary(operation), .place(target), .place(left), .place(right), at: range)
    case .matrixProduct(_, let right):
      let right = compile(right)
      builderEmit(.matrixProduct, .place(target), .place(left), .place(right), at: range)
    case .prime(_, let order):
      if order > Machine.orderLimit {
        report(.orderTooHigh(order, limit: Machine.orderLimit), range)
      }
      builderEmit(.derivative, .place(target), .place(left), .number(order), at: range)
    case .and(_, let right): compileLogic(left, right, stopsAtTrue: false, into: target, range)
    case .or(_, let right): compileLogic(left, right, stopsAtTrue: true, into: target, range)
    case .method(_, let name, let arguments):
      compileMethod(left, tree[name], Array(tree[arguments]), into: target, range)
      requireValue(of: link, in: target)
    case .index(_, let indices): compileIndex(left, Array(tree[indices]), into: target, range)
    case .member(_, let name): compileMember(left, tree[name], into: target, range)
    case .call(_, let arguments):
      compileCall(.value(left), Array(tree[arguments]), into: target, range)
      requireValue(of: link, in: target)
    case .number, .string, .text, .interpolation, .name, .unary, .positive, .comparisons,
      .comparison,
      .not, .conditional, .range, .end, .all, .nabla, .lambda, .array, .comprehension, .import,
      .assign, .setData, .plain, .define, .block, .if, .for, .while, .repeat, .restore, .break,
      .continue, .return, .command, .option, .destination, .samples, .evaluate, .silenced, .title,
      .axisLabels, .axisRange, .slope, .depth, .invalid:
      preconditionFailure("not a link of a chain: \(tree[link])")
    }
    return target
  }

  /// An expression that is no chain.
  mutating func compileLeaf(_ expression: SyntaxID, into target: Place?) -> Place {
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
    case .nabla(let function):
      return inTarget(target) {
        let value = $0.compile(function)
        $0.builderEmit(.gradient, .place($1), .place(value), at: range)
      }
    case .lambda(let parameters, let body):
      return inTarget(target) {
        $0.compileClosure(
          name: nil, parameters: $0.names(ofParameters: parameters), body: body, into: $1, range)
      }
    case .array(let elements):
      return inTarget(target) { $0.compileArray(Array($0.tree[elements]), into: $1, range) }
    case .comprehension(let body, let name, let values, let condition):
      return inTarget(target) {
        $0.compileComprehension(body, $0.tree[name], values, condition, into: $1, range)
      }
    case .binary, .matrixProduct, .and, .or, .method, .index, .member, .prime: break  // chains
    case .text, .interpolation, .comparison, .all, .import, .assign, .setData, .plain, .define,
      .block,
      .if, .for, .while, .repeat, .restore, .break, .continue, .return, .command, .option,
      .destination,
      .samples, .evaluate, .silenced, .title, .axisLabels, .axisRange, .slope, .depth, .invalid:
      break  // no expressions; the parser has reported what it could not read
    }
    preconditionFailure("not an expression, or a chain: \(tree[expression])")
  }

  /// Gives `body` the target, or a new temporary when there is none; frees what it used.
  mutating func inTarget(
    _ target: Place?, _ body: (inout Compiler, Place) -> Void
  ) -> Place {
    let place = target ?? scope.builder.newTemporary()
    let mark = scope.builder.temporaryCount
    body(&self, place)
    scope.builder.releaseTemporaries(to: mark)
    return place
  }

  // MARK: Simple values

  mutating func compileNumber(
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

  mutating func compileName(
    _ name: String, into target: Place?, _ range: SourceRange
  ) -> Place {
    switch resolve(name) {
    case .local(let place):
      if scope.assigned.contains(name), !scope.definite.contains(name) {
        builderEmit(.checkAssigned, .place(place), at: range)
      }
      guard let target else { return place }
      if shares { builderEmit(.share, .place(place), at: range) }
      builderEmit(.move, .place(target), .place(place), at: range)
      return target
    case .ownFunction:
      return inTarget(target) { $0.builderEmit(.loadSelf, .place($1), at: range) }
    case .global(let index):
      return inTarget(target) {
        $0.builderEmit(.loadGlobal, .place($1), .wide(index), at: range)
        if target != nil, $0.shares { $0.builderEmit(.share, .place($1), at: range) }
      }
    }
  }

  mutating func compileUnary(
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
  mutating func compileLogic(
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
  mutating func compileComparisons(_ parts: [SyntaxID], into target: Place) {
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
  mutating func compileConditional(_ expression: SyntaxID, into target: Place) {
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
}
