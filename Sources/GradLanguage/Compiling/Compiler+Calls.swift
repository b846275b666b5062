import Autograd

// Calls of functions, methods, built-in ones; members and indices.

extension Compiler {
  /// What is called.
  enum Callee {
    case value(Place)
    case expression(SyntaxID)
  }

  mutating func compileNamedCall(
    _ name: String, _ function: SyntaxID, _ arguments: [SyntaxID], into target: Place,
    _ range: SourceRange
  ) {
    if let function = RestoringFunction(rawValue: name) {
      compileRestoring(function, arguments, into: target, range)
      return
    }
    // With another number of arguments it may be a function of the user's that has the name by then.
    if let builtin = builtin(name), Builtin.all[builtin].arity.contains(arguments.count),
      arguments.count <= BuiltinCall.argumentLimit, !Builtin.all[builtin].callsFunction
    {
      compileBuiltinCall(builtin, first: nil, arguments, into: target, range)
    } else {
      compileCall(.expression(function), arguments, into: target, range)
    }
  }

  /// A call in an expression must have a value.
  mutating func requireValue(of call: SyntaxID, in place: Place) {
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
  mutating func compileBuiltinCall(
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
    let isDataOnly = isPlain && function.isDerivative
    if isDataOnly { isPlain = false }
    defer {
      if isDataOnly {
        // What is derived and for what must be of the graph; of the result only the data is wanted.
        isPlain = true
        builderEmit(.loadData, .place(target), .place(target), at: range)
      }
    }
    let call = BuiltinCall(builtin, arguments: count, isFixed: first != nil).operand
    if function.callsFunction {
      let callee = scope.builder.newTemporary()
      builderEmit(.loadGlobal, .place(callee), .wide(builtin), at: range)
      compileCall(.value(callee), first: first, arguments, into: target, range)
      return
    }
    if case .unary = function {
      let operand = first ?? compile(arguments[0])
      builderEmit(.unary, .place(target), .place(operand), .number(call), at: range)
      return
    }
    let outer = shares
    shares = false
    let base = compileArguments(nil, first: first, arguments, range)
    shares = outer
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

  /// The callee and its arguments in registers in a row; without a callee its register is left free.
  mutating func compileArguments(
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
  mutating func compileMethod(
    _ receiver: Place, _ name: String, _ arguments: [SyntaxID],
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

  mutating func compileMember(
    _ value: Place, _ name: String, into target: Place, _ range: SourceRange
  ) {
    switch name {
    case "data": builderEmit(.loadData, .place(target), .place(value), at: range)
    case "grad": builderEmit(.loadGradient, .place(target), .place(value), at: range)
    case _:
      builderEmit(.member, .place(target), .place(value), at: range)
      builderEmit(.extra, .number(0), .wide(addText(name)), at: range)
    }
  }

  mutating func compileIndex(
    _ base: Place, _ indices: [SyntaxID], into target: Place, _ range: SourceRange
  ) {
    let dimensions = compileDimensions(base, indices)
    let areValues = dimensions.allSatisfy { $0.kind == .value }
    switch indices.count {
    case 1 where areValues:
      builderEmit(.index, .place(target), .place(base), .place(dimensions[0].place), at: range)
    case 2 where areValues:
      builderEmit(.index2, .place(target), .place(base), .place(dimensions[0].place), at: range)
      builderEmit(.column, .place(dimensions[1].place), at: range)
    case let count:
      builderEmit(.part, .place(target), .place(base), .number(count), at: range)
      emitDimensions(dimensions, indices)
    }
  }

  /// No array has as many dimensions: an instruction counts its indices in 16 bits.
  private static let indexLimit = 1000

  /// Compiles the indices of an array in a register.
  mutating func compileDimensions(
    _ base: Place, _ indices: [SyntaxID]
  ) -> [(kind: DimensionKind, place: Place)] {
    var dimensions: [(kind: DimensionKind, place: Place)] = []
    if indices.count > Compiler.indexLimit {
      report(.expressionTooLarge, tree.range(indices[Compiler.indexLimit]))
      return []
    }
    for (dimension, index) in indices.enumerated() {
      let outer = indexed
      indexed = (base, dimension)
      switch tree[index] {
      case .all: dimensions.append((.all, base))
      case .range(let first, let last, let step):
        dimensions.append((.range, compileRangeParts(first, last, step)))
      case .comparisons:
        emitFailure(.comparisonAsIndex, tree.range(index))
        dimensions.append((.value, base))
      case _: dimensions.append((.value, compile(index)))
      }
      indexed = outer
    }
    return dimensions
  }

  /// The `dimension`s after an instruction that works on a part.
  mutating func emitDimensions(
    _ dimensions: [(kind: DimensionKind, place: Place)], _ indices: [SyntaxID]
  ) {
    for ((kind, place), index) in zip(dimensions, indices) {
      builderEmit(.dimension, .number(kind.rawValue), .place(place), at: tree.range(index))
    }
  }

  mutating func compileEnd(into target: Place?, _ range: SourceRange) -> Place {
    inTarget(target) {
      guard let (base, dimension) = $0.indexed else {
        $0.report(.endOutsideIndex, range)
        return
      }
      $0.builderEmit(.length, .place($1), .place(base), .number(dimension), at: range)
    }
  }
}
