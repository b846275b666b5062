import Autograd

// What the loop leaves to methods: operations that are rare, warn, or need looking up.

extension Machine {
  /// The function that a value calls, unless it is a built-in one or none at all.
  @inline(__always)
  func functionIndex(of callee: Register) -> Int? {
    switch callee.kind {
    case .function: callee.handle
    case .closure: heap.closures[callee.handle].function
    case .unassigned, .nothing, .string, .array, .table, .builtin, .derived, nil: nil
    }
  }

  func copyCaptures(_ callee: Register, _ frame: UnsafeMutablePointer<Register>) {
    let closure = heap.closures[callee.handle]
    let registers = program.functions[closure.function].captureRegisters
    for (register, capture) in zip(registers, closure.captures) {
      frame[register] = refreshed(capture)
    }
  }

  /// A value with the data that its node has now.
  @inline(__always)
  func refreshed(_ value: Register) -> Register {
    value.isTracked ? Register(graph.data(at: value.slot), slot: value.slot) : value
  }

  /// Brings the data in all frames' registers up to date, after nodes' data has changed.
  func refresh(top: Int) {
    for index in 0..<top where registers[index].isTracked {
      registers[index] = refreshed(registers[index])
    }
  }

  /// Why a function cannot be called with this many arguments, or at all.
  func callProblem(_ function: Int, _ count: Int) -> Problem {
    let code = program.functions[function]
    if count != code.parameters.count {
      return .wrongArgumentCount(
        function: code.signature, expected: "\(code.parameters.count)", found: count)
    }
    return .recursionTooDeep(limit: hot.pointee.frames.count)
  }

  /// Whether a parenthesis touches what stands at a place.
  private func isCalled(_ location: SourceLocation) -> Bool {
    let bytes = program.sources[location.source].bytes
    let end = location.range.end
    // The range of a method is that of its whole call.
    return end < bytes.count && bytes[end] == UInt8(ascii: "(")
      || end > 0 && bytes[end - 1] == UInt8(ascii: ")")
  }

  /// What to do instead of using a name of elsewhere, with the member that follows it.
  private func foreignAdvice(for name: String, at location: SourceLocation) -> String? {
    let after = program.sources[location.source].bytes[location.range.end...].prefix(40)
    if after.first == UInt8(ascii: ".") {
      let member = String(decoding: after.dropFirst(), as: UTF8.self)
        .prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if let advice = ForeignWords.advice(for: name, member: String(member)) { return advice }
      if ForeignWords.fileEndings.contains(String(member)) {
        return "a path stands in quotes: `\"\(name).\(member)\"`"
      }
    }
    let text = String(decoding: after, as: UTF8.self)
    if isComment(before: location) { return "a comment begins with `#`" }
    let next = text.drop(while: { $0 == " " })
    if next.hasPrefix("=="), beginsLine(location) { return "a name is bound by `\(name) = …`" }
    if next.hasPrefix(":=") {
      return "`:=` changes a value that is there; a new name is bound by `=`"
    }
    if name.hasPrefix("d"), text.hasPrefix("/d") { return ForeignWords.advice(for: "derivative") }
    if isCalled(location) { return ForeignWords.advice(forCall: name) }
    return ForeignWords.advice(for: name)
  }

  /// What to do about a name without a value because of what stands before it in its line.
  private func adviceForPlace(of name: String, at location: SourceLocation) -> String? {
    let before = program.sources[location.source].bytes[..<location.range.start].suffix(40)
    let line = String(
      decoding: before.split(separator: UInt8(ascii: "\n")).last ?? [], as: UTF8.self)
    if line.hasSuffix("title ") || line.hasSuffix("labels ") {
      return "text stands in quotes: `\"\(name)\"`"
    }
    let statement = line.split(separator: ";").last ?? ""
    let after = program.sources[location.source].bytes[location.range.end...].first
    // `diff(L, a)` is about L, of `diff(x^2, x)` x has no value.
    let isAlone = statement.hasSuffix("diff(") && after == UInt8(ascii: ",")
    if !isAlone, statement.contains("diff(") || statement.contains("taylor(") {
      return "it is taken at a value, `\(name) = 2`; of a function it is `f'(2)`, `taylor(f, 2, 5)`"
    }
    return nil
  }

  /// Whether what stands before a name, after a blank, begins a comment elsewhere: `x = 3 // mass`, `-- x`.
  private func isComment(before location: SourceLocation) -> Bool {
    let before = program.sources[location.source].bytes[..<location.range.start].suffix(4)
    let text = String(decoding: before, as: UTF8.self)
    return text.hasSuffix(" // ") || text.hasSuffix(" % ") || text.hasSuffix("-- ")
  }

  private func beginsLine(_ location: SourceLocation) -> Bool {
    let before = program.sources[location.source].bytes[..<location.range.start]
    return before.last(where: { $0 != UInt8(ascii: " ") }).map {
      [UInt8(ascii: "\n"), UInt8(ascii: ";")].contains($0)
    } ?? true
  }

  /// Names of as many letters are made up freely.
  private static let shortName = 4

  /// A name that has no value.
  func undefined(_ global: Int, _ address: Int) -> Problem {
    if global == GlobalNames.answer { return .noResultYet }
    let name = names.names[global]
    let isFunction = isCalled(program.locations[address])
    if let advice = foreignAdvice(for: name, at: program.locations[address]) {
      return .foreignName(name, advice: advice, isFunction: isFunction)
    }
    if !isFunction, let advice = samplingAdvice(for: name) {
      return .foreignName(name, advice: advice, isFunction: false)
    }
    let defined = names.names.indices.filter { $0 < globalCount && !globals[$0].isUnassigned }
    // The user's own names first, those of the same kind before others; commands are called, too. A short
    // name that is not called was hardly meant to be a built-in function.
    let functions = defined.filter { !globals[$0].isNumber }
    let own = defined.filter { $0 > GlobalNames.answer }
    let others = defined.filter {
      isFunction || name.utf8.count > Machine.shortName || $0 >= Builtin.all.count
    }
    let ordered = (isFunction ? functions : []) + own + others
    let commands = isFunction ? Command.allCases.map(\.rawValue) : []
    let similar = Suggestion.nearest(to: name, among: ordered.map { names.names[$0] } + commands)
    if similar == nil, !isFunction,
      let advice = adviceForPlace(of: name, at: program.locations[address]) ?? variableAdvice
    {
      return .foreignName(name, advice: advice, isFunction: false)
    }
    return .undefinedName(name, similar: similar, isFunction: isFunction)
  }

  // MARK: Arithmetic

  /// An operation on two values: not both numbers, not finite, or without room on the tape.
  @inline(never)
  func slowBinary(
    _ i: Instruction, _ r: UnsafeMutablePointer<Register>, _ address: Int
  ) throws(MachineError) {
    r[Int(i.a)] = try binary(i.opcode.binaryOperation, r[Int(i.b)], r[Int(i.c)], address)
  }

  /// `multiplyAdd` where it is not simple; `address` is that of the instruction's `operands`, which
  /// stand for the product.
  @inline(never)
  func slowMultiplyAdd(
    _ i: Instruction, _ r: UnsafeMutablePointer<Register>, _ address: Int
  ) throws(MachineError) {
    let operands = program.code[address]
    let product = try binary(.multiply, r[Int(operands.b)], r[Int(operands.c)], address)
    do throws(MachineError) {
      r[Int(i.a)] = try binary(.add, r[Int(i.b)], product, address - 1)
    } catch {
      throw MachineError(
        error.problem, address: error.address ?? address - 1, operand: error.operand)
    }
  }

  /// The result of an operation on two numbers, recorded if one is tracked.
  func binary(
    _ operation: BinaryOperation, _ x: Register, _ y: Register, _ address: Int
  ) throws(MachineError) -> Register {
    guard x.isNumber, y.isNumber else { return try arrayBinary(operation, x, y, address) }
    let value = operation.value(x.number, y.number)
    var result = Register(value)
    if x.isTracked || y.isTracked {
      try reserve()
      result = record(operation, x, y, value, address)
    }
    if !value.isFinite, x.number.isFinite, y.number.isFinite {
      try warnNonFinite(operation.name, isInfix: operation.isInfix, [x, y], value, address)
    }
    return result
  }

  @inline(never)
  func slowUnary(
    _ operation: UnaryOperation, _ i: Instruction, _ r: UnsafeMutablePointer<Register>,
    _ address: Int
  ) throws(MachineError) {
    r[Int(i.a)] = try unary(operation, r[Int(i.b)], address)
  }

  func unary(
    _ operation: UnaryOperation, _ x: Register, _ address: Int
  ) throws(MachineError) -> Register {
    guard x.isNumber else { return try arrayUnary(operation, x, address) }
    let value = operation.value(x.number)
    var result = Register(value)
    if x.isTracked {
      try reserve()
      result = Register(
        value,
        slot: graph.tape.pointee.record(operation, x.slot, value: value, origin: Origin(address)))
    }
    if !value.isFinite, x.number.isFinite {
      try warnNonFinite(operation.name, isInfix: false, [x], value, address)
    }
    return result
  }

  /// Makes room for one more operation on the tape.
  func reserve() throws(MachineError) {
    guard !graph.tape.pointee.hasRoom else { return }
    do throws(GraphError) { try graph.tape.pointee.grow() } catch {
      throw machineError(error)
    }
  }

  /// What the graph's error is to the user, and where it comes from.
  func machineError(_ error: GraphError) -> MachineError {
    switch error {
    case .tooManyNodes(let limit):
      return MachineError(.graphTooLarge(limit: limit, holder: graphHolder(by: \.nodes)))
    case .tooManyNumbers(let limit):
      return MachineError(.graphTooWide(limit: limit, holder: graphHolder(by: \.numbers)))
    case .outOfMemory(let byteCount): return MachineError(.outOfMemory(byteCount: byteCount))
    case .interrupted: return MachineError(.interrupted)
    case .guardTripped(let origin):
      return MachineError(.guardTripped, address: Int(origin.rawValue))
    case .nonFinite(let index, let value):
      let node = graph.tape.pointee.nodes[index.rawValue]
      let what = Problem.NonFinite(
        expression: Formulas(graph).text(of: graph.slot(of: index).rawValue),
        result: NumberFormat.standard.text(value), operands: [])
      return MachineError(.trapped(what), address: Int(node.origin.rawValue))
    }
  }

  // MARK: Conditions

  /// Whether a condition holds; a tracked one leaves a guard.
  func condition(_ x: Register, _ origin: Origin) throws(MachineError) -> Bool {
    guard x.isNumber else { throw MachineError(.badCondition(describe(x))) }
    guard !x.number.isNaN else { throw MachineError(.badCondition("NaN")) }
    if x.isTracked {
      do throws(GraphError) { try graph.recordBranchGuard(x.slot, origin: origin) } catch {
        throw machineError(error)
      }
    }
    return x.number != 0
  }

  /// 1 where x is not zero, else 0; the other way round when negated.
  func truth(_ x: Register, negated: Bool, _ origin: Origin) throws(MachineError) -> Register {
    guard x.isNumber else { throw MachineError(.badCondition(describe(x))) }
    guard !x.number.isNaN else { throw MachineError(.badCondition("NaN")) }
    guard x.isTracked else { return Register((x.number != 0) != negated ? 1 : 0) }
    return try binary(
      negated ? .equal : .notEqual, x, Register(0.0), Int(origin.rawValue))
  }

  // MARK: Loops

  /// Turns what a loop runs over into its state: index before the first, count, and what each step
  /// needs.
  func prepareLoop(
    _ opcode: Opcode, _ loop: UnsafeMutablePointer<Register>, _ origin: Origin
  ) throws(MachineError) {
    if opcode == .forEachPrepare {
      guard loop[0].kind == .array else {
        throw MachineError(
          .wrongKind(expected: "a range or an array", found: describe(loop[0]), by: "`for`"))
      }
      loop[2] = loop[0]
      loop[1] = Register(Double(heap.arrays[loop[0].handle].shape[0]))
    } else if opcode == .repeatPrepare {
      let count = try wholeNumber(loop[0], origin) { .badCount($0, by: "`repeat`") }
      guard count >= 0 else { throw MachineError(.badCount(count, by: "`repeat`")) }
      loop[1] = Register(count)
      loop[2] = Register(1)
      loop[3] = Register(1)
    } else {
      let (first, count, step) = try rangeParts(loop, origin)
      loop[1] = Register(count)
      loop[2] = Register(first)
      loop[3] = Register(step)
    }
    loop[0] = Register(-1)
  }

  /// The first number, the count and the step of a range whose parts are in three registers.
  private func rangeParts(
    _ parts: UnsafeMutablePointer<Register>, _ origin: Origin
  ) throws(MachineError) -> (first: Double, count: Double, step: Double) {
    for part in 0..<3 {
      guard parts[part].isNumber else {
        throw MachineError(
          .wrongKind(expected: "numbers", found: describe(parts[part]), by: "a range"),
          operand: part)
      }
      try guardIndex(parts[part], origin)
    }
    let (first, last, step) = (parts[0].number, parts[1].number, parts[2].number)
    guard first.isFinite, last.isFinite, step.isFinite else {
      throw MachineError(.badRange("a range must have finite ends and a finite step"))
    }
    guard step != 0 else { throw MachineError(.badRange("the step of a range cannot be 0")) }
    // A last number that rounding has put just beyond the end still belongs to the range.
    let steps = (last - first) / step
    let count = (steps + max(1, abs(steps)) * 1e-10).rounded(.down) + 1
    return (first, max(count, 0), step)
  }

  /// Leaves a guard on an index or a count that was computed from tracked numbers.
  func guardIndex(_ x: Register, _ origin: Origin) throws(MachineError) {
    guard x.isTracked else { return }
    do throws(GraphError) { try graph.recordIndexGuard(x.slot, origin: origin) } catch {
      throw machineError(error)
    }
  }

  private func wholeNumber(
    _ x: Register, _ origin: Origin, _ problem: (Double) -> Problem
  ) throws(MachineError) -> Double {
    guard x.isNumber else {
      throw MachineError(.wrongKind(expected: "a number", found: describe(x), by: "`repeat`"))
    }
    guard x.number == x.number.rounded(), x.number.isFinite else {
      throw MachineError(problem(x.number))
    }
    try guardIndex(x, origin)
    return x.number
  }

  // MARK: Calls

  /// Calls what is not a function of the program.
  func callOther(
    _ callee: Register, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ origin: Origin
  ) throws(MachineError) -> Register {
    guard callee.kind == .builtin else {
      throw MachineError(
        notCallable(callee, Int(origin.rawValue)))
    }
    return try callBuiltin(Builtin.all[callee.handle], arguments, count, origin)
  }

  /// What is wrong with calling a value, with the product that was probably meant: `x*(z + 1)` for
  /// `x(z + 1)`.
  private func notCallable(_ callee: Register, _ address: Int) -> Problem {
    let location = program.locations[address]
    let text = program.sources[location.source].text(location.range)
    let parts = parts(ofCall: text)
    let product = parts.map { "\($0.callee)*\($0.arguments)" }
    guard callee.isNumber else {
      return .notCallable(what: "this is \(describe(callee))", product: product)
    }
    let value = NumberFormat.standard.text(callee.number)
    let name = String(parts?.callee ?? text.prefix(60).prefix { $0 != "(" })
    let called = parts != nil || Interpreter.isName(name) ? "`\(name)`" : "this"
    return .notCallable(what: "\(called) is the value \(value)", product: product)
  }

  /// What is called, and the brackets with what it is called with.
  private func parts(ofCall text: String) -> (callee: Substring, arguments: Substring)? {
    guard text.last == ")", text.count < 60, !text.contains("\n") else { return nil }
    // The bracket that the last one closes.
    var nesting = 0
    let opening = text.indices.reversed().first { index in
      if text[index] == ")" { nesting += 1 }
      if text[index] == "(" { nesting -= 1 }
      return nesting == 0
    }
    guard let bracket = opening, bracket != text.startIndex else { return nil }
    return (text[..<bracket], text[bracket...])
  }

  func callBuiltin(
    _ builtin: Builtin, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ origin: Origin
  ) throws(MachineError) -> Register {
    guard builtin.arity.contains(count) else {
      throw MachineError(
        .wrongArgumentCount(
          function: builtin.signature, expected: builtin.arityDescription, found: count))
    }
    let address = Int(origin.rawValue)
    switch builtin {
    case .unary(let operation): return try unary(operation, arguments[0], address)
    case .binary(let operation):
      let second = count == 2 ? arguments[1] : Register(0.01)  // leaky_relu's slope
      return try binary(operation, arguments[0], second, address)
    case .fold(let operation) where count == 1:
      return try extremum(operation, arguments[0], address)
    case .fold(let operation):
      return try fold(operation, arguments, count, address)
    case .ternary(let operation):
      return try ternary(operation, arguments, origin)
    case .array(let function):
      return try call(function, arguments, count, address)
    case .derivative(let function):
      return try call(function, arguments, count, address)
    case .random(let function): return try call(function, arguments, count, origin)
    case .file(.read): return try read(arguments[0], address)
    case .file(.write): return try write(arguments[0], to: arguments[1])
    }
  }

  /// `max(x, y, z)`
  private func fold(
    _ operation: BinaryOperation, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ address: Int
  ) throws(MachineError) -> Register {
    var result = arguments[0]
    for k in 1..<count {
      do throws(MachineError) {
        result = try binary(operation, result, arguments[k], address)
      } catch {
        // The second operand of this step is the argument k.
        throw MachineError(
          error.problem, address: error.address, operand: error.operand.map { $0 == 0 ? 0 : k })
      }
    }
    return result
  }

  private func ternary(
    _ operation: TernaryOperation, _ x: UnsafeMutablePointer<Register>, _ origin: Origin
  ) throws(MachineError) -> Register {
    if (0..<3).contains(where: { !x[$0].isNumber }) {
      return try arrayTernary(operation, x, Int(origin.rawValue))
    }
    let value = operation.value(x[0].number, x[1].number, x[2].number)
    guard (0..<3).contains(where: { x[$0].isTracked }) else { return Register(value) }
    try reserve()
    let tape = graph.tape
    func slot(_ k: Int) -> Int32 {
      x[k].isTracked ? x[k].slot : tape.pointee.constant(x[k].number)
    }
    let (a, b, c) = (slot(0), slot(1), slot(2))
    return Register(
      value, slot: tape.pointee.record(operation, a, b, c, value: value, origin: origin))
  }

  // MARK: Failures

  /// A failure with the calls that led to it.
  func failure(_ error: MachineError, _ address: Int, _ base: Int) -> RunFailure {
    let frames = (0..<hot.pointee.frames.count).reversed().map { hot.pointee.frames[$0] }
    return RunFailure(
      problem: error.problem, address: error.address ?? address, operand: error.operand,
      calls: frames.map { $0.returnAddress - 1 }, bases: [base] + frames.map(\.callerBase))
  }
}
