import Autograd

/// Compiles a syntax tree to register instructions.
///
/// Names are resolved here: a name that a function assigns is its local, a local of a function
/// around it is captured by value, any other is a global, read when the code runs.
struct Compiler {
  typealias Place = FunctionBuilder.Place

  // Immutable state
  let tree: SyntaxTree
  let source: Int
  let mode: Interpreter.Mode

  // Results
  var program: Program
  var globals: GlobalNames
  private(set) var problems: [LocatedProblem] = []
  /// Names that a loop rebinds from their own gradients: worth a note.
  var updates: Set<String> = []

  // Compiling state
  /// The functions around the present place, the input itself first.
  var scopes: [Scope] = []
  /// The call whose result may be nothing, because nobody uses it.
  var procedure: SyntaxID?
  /// Whether a name that is read into a register of its own goes on to be held there.
  var shares = true
  /// Whether the present expression's value is kept only as data.
  var isPlain = false
  /// The array and dimension that `end` means, inside an index.
  var indexed: (base: Place, dimension: Int)?

  /// One function while it is being compiled.
  struct Scope {
    var builder: FunctionBuilder
    /// Names that the function assigns somewhere.
    let assigned: Set<String>
    /// Locals that have a value on every way to the present place.
    var definite: Set<String>
    /// Locals that were declared `plain`.
    var plain: Set<String> = []
    /// The function's own name, by which it can call itself; nil for the input and lambdas.
    let ownName: String?
    let isInput: Bool
    /// Outer locals that it uses, with where they stand outside and here.
    var captures: [(name: String, outer: Place, inner: Place)] = []
    /// The loops around the present place.
    var loops: [Loop] = []
    /// Counters of loops at top level whose register can be read instead of the global.
    var counters: [String: Place] = [:]
    /// How many blocks and loops the present place is in.
    var blockDepth = 0
    /// Whether the present statement of the input changes leaves' data in place.
    var changesData = false
    /// How many parts of it may still be looked through for what conditions decide.
    var decisionBudget = 0
  }

  /// The jumps that leave a loop, and those that go on to its next iteration.
  struct Loop {
    var breaks: [Int] = []
    var continues: [Int] = []
    /// The block that it repeats; nil for an expression.
    var body: SyntaxID?
  }

  /// Compiles an input.
  ///
  /// - Returns: the program with the input as its last function, and what is wrong with it.
  /// - Parameter statements: those of the input that are compiled, by their number.
  static func compile(
    _ tree: SyntaxTree, _ statements: Range<Int>? = nil, source: Int, mode: Interpreter.Mode,
    program: Program, globals: GlobalNames
  ) -> Compiled {
    var compiler = Compiler(
      tree: tree, source: source, mode: mode, program: program, globals: globals)
    let function = compiler.compileInput(statements ?? 0..<tree[tree.program].count)
    return Compiled(
      program: compiler.program, globals: compiler.globals, function: function,
      updates: compiler.updates, problems: compiler.problems)
  }

  private init(
    tree: SyntaxTree, source: Int, mode: Interpreter.Mode, program: Program, globals: GlobalNames
  ) {
    self.tree = tree
    self.source = source
    self.mode = mode
    self.program = program
    self.globals = globals
  }

  /// So many statements are compiled between two looks at whether it is to be stopped.
  private static let interval = 1 << 10

  private mutating func compileInput(_ numbers: Range<Int>) -> Int {
    let builder = FunctionBuilder(name: nil, parameters: [], source: source)
    scopes = [
      Scope(builder: builder, assigned: [], definite: [], ownName: nil, isInput: true)
    ]
    let statements = Array(tree[tree.program])
    let shouldStop = LongWork.shouldStop ?? { false }
    for number in numbers {
      let statement = statements[number]
      builderEmit(.statement, .number(0), .wide(number), at: tree.range(statement))
      compileStatement(
        statement, isLast: number == statements.count - 1, endsLine: endsLine(number, statements))
      scope.builder.releaseTemporaries(to: 0)
      if checkSize(tree.range(statement)) { break }
      if number % Compiler.interval == 0, shouldStop() {
        report(.interrupted, tree.range(statement))
        break
      }
    }
    let end = SourceRange(0, 0)
    builderEmit(.halt, at: end)
    return scope.builder.finish(into: &program, captures: [], at: end)
  }

  /// Whether no other statement of the input stands behind one on its line.
  private func endsLine(_ number: Int, _ statements: [SyntaxID]) -> Bool {
    guard number + 1 < statements.count else { return true }
    let (end, next) = (tree.range(statements[number]).end, tree.range(statements[number + 1]).start)
    return end < next && program.sources[source].bytes[end..<next].contains(UInt8(ascii: "\n"))
  }

  // MARK: Scopes

  var scope: Scope {
    get { scopes[scopes.count - 1] }
    _modify { yield &scopes[scopes.count - 1] }
  }

  /// Whether the present place is outside all functions.
  var isTopLevel: Bool { scopes.count == 1 }

  mutating func report(_ problem: Problem, _ range: SourceRange) {
    problems.append(LocatedProblem(problem, range))
  }

  @discardableResult
  mutating func builderEmit(
    _ opcode: Opcode, _ a: FunctionBuilder.Operand = .number(0),
    _ b: FunctionBuilder.Operand = .number(0), _ c: FunctionBuilder.Operand = .number(0),
    at range: SourceRange
  ) -> Int {
    scope.builder.emit(opcode, a, b, c, at: range)
  }

  /// Reports a frame that has become too large; true when it has.
  @discardableResult
  private mutating func checkSize(_ range: SourceRange) -> Bool {
    if scope.builder.isTooLarge { report(.expressionTooLarge, range) }
    return scope.builder.isTooLarge
  }

  /// Compiles a function's code; the closure that makes a value of it is emitted by the caller.
  mutating func compileFunction(
    name: String?, parameters: [String], body: SyntaxID, at range: SourceRange
  ) -> (function: Int, captures: [(name: String, place: Place)]) {
    let assigned = Set(tree.assignedNames(in: body).map { tree[$0] })
    var builder = FunctionBuilder(name: name, parameters: parameters, source: source)
    for local in assigned.sorted() { builder.declareLocal(local) }
    scopes.append(
      Scope(
        builder: builder, assigned: assigned.union(parameters),
        definite: Set(parameters), ownName: name, isInput: false))
    compileBody(body)
    checkSize(range)
    let finished = scopes.removeLast()
    let function = finished.builder.finish(
      into: &program, captures: finished.captures.map(\.inner), at: range)
    return (function, finished.captures.map { ($0.name, $0.outer) })
  }

  /// The names of a function's parameters.
  func names(ofParameters parameters: SyntaxList) -> [String] {
    tree[parameters].map { id in
      if case .name(let name) = tree[id] { tree[name] } else { "" }
    }
  }

  /// A function's body: a block's value is its last expression's.
  private mutating func compileBody(_ body: SyntaxID) {
    let range = tree.range(body)
    if case .block(let statements) = tree[body] {
      compileTail(Array(tree[statements]))
      builderEmit(.returnNothing, at: range)
    } else {
      let value = compile(procedure: body)
      shareReturned(body, value, range)
      builderEmit(.returnValue, .place(value), at: range)
    }
  }

  // MARK: Names

  /// What a name means at the present place.
  enum Meaning {
    case local(Place)
    /// The function that is running.
    case ownFunction
    case global(Int)
  }

  mutating func resolve(_ name: String) -> Meaning { resolve(name, in: scopes.count - 1) }

  private mutating func resolve(_ name: String, in depth: Int) -> Meaning {
    if let place = scopes[depth].counters[name] { return .local(place) }
    if let place = scopes[depth].builder.locals[name] { return .local(place) }
    if scopes[depth].isInput { return .global(globals.index(of: name)) }
    if scopes[depth].ownName == name, depth > 1 { return .ownFunction }
    switch resolve(name, in: depth - 1) {
    case .global(let index): return .global(index)
    case .ownFunction:
      let outer = scopes[depth - 1].builder.addLocal()
      scopes[depth - 1].builder.emit(.loadSelf, .place(outer), at: SourceRange(0, 0))
      return .local(capture(name, outer, in: depth))
    case .local(let outer):
      // The counter of a loop at top level is a global to the functions made in it.
      if scopes[depth - 1].counters[name] != nil { return .global(globals.index(of: name)) }
      return .local(capture(name, outer, in: depth))
    }
  }

  /// Gives a function a local with the value that an outer local has when the function is made.
  private mutating func capture(_ name: String, _ outer: Place, in depth: Int) -> Place {
    let inner = scopes[depth].builder.declareLocal(name)
    scopes[depth].captures.append((name, outer, inner))
    scopes[depth].definite.insert(name)
    return inner
  }

  /// Whether something in the session gives a name a value, or a local has the name here.
  func isBound(_ name: String) -> Bool {
    globals.isBound(name) || scopes.contains { $0.builder.locals[name] != nil }
  }

  /// The built-in function that a name means here, unless it is a local's name.
  mutating func builtin(_ name: String) -> Int? {
    guard let index = Builtin.indices[name], case .global = resolve(name) else { return nil }
    return index
  }
}

/// An input that has been compiled.
struct Compiled {
  /// The session's program with the input's functions added.
  let program: Program
  let globals: GlobalNames
  /// The input as a function.
  let function: Int
  /// Names that a loop of the input rebinds from their own gradients.
  let updates: Set<String>
  let problems: [LocatedProblem]
}
