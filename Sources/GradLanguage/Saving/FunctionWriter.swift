import Autograd

/// Writes functions as they stand in their sources; what one captured is handed to a function around it.
struct FunctionWriter {
  private let machine: Machine
  private let text: ScriptText
  private let graph: GraphWriter
  /// Names of functions that have been written, by what they are.
  private var known: [Int64: String] = [:]
  /// The functions of each source, to see which stand in others.
  private let bySource: [Int: [Int]]

  init(_ machine: Machine, _ text: ScriptText, _ graph: GraphWriter) {
    self.machine = machine
    self.text = text
    self.graph = graph
    bySource = Dictionary(
      grouping: machine.program.functions.indices,
      by: { machine.program.functions[$0].location.source })
  }

  private var heap: Heap { machine.heap }

  // MARK: What functions hold

  /// The values that functions captured, also those that they captured or are derived from.
  static func captures(of functions: [Register], _ machine: Machine) -> [Register] {
    var captures: [Register] = []
    var seen: Set<Int64> = []
    var pending = functions
    while let function = pending.popLast() {
      guard seen.insert(function.meta).inserted else { continue }
      for value in parts(of: function, machine) {
        if machine.isFunction(value) { pending.append(value) } else { captures.append(value) }
      }
    }
    return captures
  }

  private static func parts(of function: Register, _ machine: Machine) -> [Register] {
    if function.has(.closure) { return machine.heap.closures[function.handle].captures }
    if function.has(.derived) { return [machine.heap.derived[function.handle].function] }
    return []
  }

  // MARK: Order

  /// The order in which functions are written: as they were compiled, so that a saved session that is
  /// saved again gives the same text.
  func order(_ function: Register) -> Int {
    var function = function
    var steps = 0
    while function.has(.derived), steps < heap.derived.items.count {
      function = heap.derived[function.handle].function
      steps += 1
    }
    return machine.functionIndex(of: function) ?? -1
  }

  /// Whether a function without captures was defined under this name.
  func bearsName(_ name: String, _ function: Register) -> Bool {
    function.has(.function) && machine.program.functions[function.handle].name == name
  }

  // MARK: Writing

  /// Binds a name to a function.
  mutating func write(_ name: String, _ function: Register, isPlain: Bool) {
    let keyword = isPlain ? "plain " : ""
    if let same = known[function.meta] {
      text.add("\(keyword)\(name) = \(same)")
      return
    }
    if !isPlain, bearsName(name, function), !isNested(function.handle) {
      add(source(of: machine.program.functions[function.handle]), for: name)
      known[function.meta] = name
      return
    }
    for part in unknownParts(of: function) {
      let own = text.newName()
      add("\(own) = \(expression(part))", for: name)
      known[part.meta] = own
    }
    add("\(keyword)\(name) = \(expression(function))", for: name)
    known[function.meta] = name
  }

  /// Adds a statement that can be read; the text of a function may not be what it seems.
  private func add(_ statement: String, for name: String) {
    let bytes = Array("restore {\n\(statement)\n}".utf8)
    if Parser.parse(SourceText(name: "", bytes: bytes)).problems.isEmpty {
      text.add(statement)
    } else {
      text.note("`\(name)` cannot be written down as it stands, and is left out")
    }
  }

  /// The functions that one is made of and that have not been written, those first that others need.
  private func unknownParts(of function: Register) -> [Register] {
    var order: [Register] = []
    var seen: Set<Int64> = []
    var pending: [(function: Register, areDone: Bool)] = [(function, false)]
    while let (next, areDone) = pending.popLast() {
      if areDone {
        if next.meta != function.meta { order.append(next) }
        continue
      }
      guard known[next.meta] == nil, seen.insert(next.meta).inserted else { continue }
      pending.append((next, true))
      for part in FunctionWriter.parts(of: next, machine).reversed()
      where machine.isFunction(part) && !part.has(.builtin) {
        pending.append((part, false))
      }
    }
    return order
  }

  /// A function whose parts have been written.
  private func expression(_ function: Register) -> String {
    if let name = known[function.meta] { return name }
    switch function.kind {
    case .builtin: return Builtin.all[function.handle].name
    case .function: return expression(machine.program.functions[function.handle], [])
    case .closure:
      let closure = heap.closures[function.handle]
      return expression(machine.program.functions[closure.function], closure.captures)
    case .derived: return expression(heap.derived[function.handle])
    case .unassigned, .nothing, .string, .array, .table, nil: return "0"
    }
  }

  private func expression(_ derived: DerivedFunction) -> String {
    let base = expression(derived.function)
    let isName = Interpreter.isName(base) || base.hasPrefix("$")
    switch derived.kind {
    case .prime(let order):
      return (isName ? base : "(\(base))") + String(repeating: "'", count: order)
    case .gradient(let argument): return "grad(\(base)\(argument.map { ", \($0)" } ?? ""))"
    case .jacobian: return "jacobian(\(base))"
    case .hessian: return "hessian(\(base))"
    }
  }

  /// A function's text; with captures, in a function that has them as parameters.
  private func expression(_ code: FunctionCode, _ captures: [Register]) -> String {
    let own = source(of: code)
    let body = code.name.map { "{\n\(own)\n\($0)\n}" }
    guard !captures.isEmpty || code.name != nil else { return "(\(own))" }
    let names = code.captureRegisters.map { code.localNames[$0] ?? "_" }
    let values = captures.map(value)
    return
      "((\(names.joined(separator: ", "))) -> \(body ?? own))(\(values.joined(separator: ", ")))"
  }

  private func source(of code: FunctionCode) -> String {
    machine.program.sources[code.location.source].text(code.location.range)
  }

  /// Whether a function was defined in another one: then its name means itself in it.
  private func isNested(_ index: Int) -> Bool {
    let location = machine.program.functions[index].location
    return bySource[location.source, default: []].contains { other in
      let around = machine.program.functions[other].location.range
      return other != index && around.start <= location.range.start
        && around.end >= location.range.end && around != location.range
    }
  }

  // MARK: Values

  /// What a function captured.
  private func value(_ value: Register) -> String {
    if machine.isFunction(value) { return expression(value) }
    return graph.plain(value) ?? "0"
  }
}

extension GraphWriter {
  /// A value that is no function, as an expression.
  func plain(_ value: Register) -> String? {
    if value.isPlainNumber { return ScriptText.number(value.number) }
    if value.isTracked { return reference(value.slot, .number)?.text }
    switch value.kind {
    case .string: return ScriptText.string(machine.heap.strings[value.handle])
    case .array:
      let array = machine.heap.arrays[value.handle]
      if array.isTracked { return reference(array.slot, array.shape)?.text }
      return literal(array)
    case .table: return table(machine.heap.tables[value.handle])
    case .unassigned, .nothing, .function, .closure, .builtin, .derived, nil: return nil
    }
  }

  /// A plain array.
  func literal(_ array: ArrayObject) -> String {
    guard Int(array.rank) > ScriptText.rankLimit else {
      return text.array(array.shape, array.numbers)
    }
    noteRow()
    return text.array(Shape(count: array.count), array.numbers)
  }

  private func table(_ table: Table) -> String {
    let limit = RestoringCall.argumentLimit / 2
    if table.names.count > limit {
      text.note("of tables only the first \(limit) columns are saved")
    }
    let columns = zip(table.names, table.columns).prefix(limit).map { name, column in
      "\(ScriptText.string(name)), \(literal(machine.heap.arrays[column.handle]))"
    }
    return "$table(\(columns.joined(separator: ", ")))"
  }
}
