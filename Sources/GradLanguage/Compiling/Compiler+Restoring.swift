// `restore { … }`, which puts a saved session together again.

extension Compiler {
  /// Whether a name is one of a `restore` block's own, which nothing outside it sees.
  func isOwn(_ name: String) -> Bool { isTopLevel && name.hasPrefix("$") }

  mutating func compileRestore(_ body: SyntaxID, _ range: SourceRange) {
    guard case .block(let statements) = tree[body] else { return }
    builderEmit(.restore, .number(1), at: range)
    compileBlock(Array(tree[statements]))
    builderEmit(.restore, .number(0), at: range)
  }

  /// Binds a name of the block's own: as a global, but that it goes with the input. `$x` labels its
  /// value `x`; `$1` gives it no label.
  mutating func compileOwnBinding(_ name: String, _ place: Place, _ range: SourceRange) {
    let local = scope.builder.declareLocal(name)
    if place != local { builderEmit(.move, .place(local), .place(place), at: range) }
    let label = String(name.dropFirst())
    let hasLabel = Interpreter.isName(label)
    builderEmit(.storeOwn, .place(local), .wide(hasLabel ? addText(label) : -1), at: range)
    scope.definite.insert(name)
  }

  mutating func compileRestoring(
    _ function: RestoringFunction, _ arguments: [SyntaxID], into target: Place,
    _ range: SourceRange
  ) {
    guard function.arity.contains(arguments.count) else {
      let arity = function.arity
      emitFailure(
        .wrongArgumentCount(
          function: function.signature,
          expected: arity.count == 1 ? "\(arity.lowerBound)" : "\(arity.lowerBound) or more",
          found: arguments.count), range)
      return
    }
    let base = compileArguments(nil, first: nil, arguments, range)
    let call = RestoringCall(function, arguments: arguments.count)
    builderEmit(.restoring, .place(target), .place(base), .number(call.operand), at: range)
  }
}
