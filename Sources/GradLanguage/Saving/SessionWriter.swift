import Autograd

/// Writes a session down: plain values, the graph, functions, what has the name of a built-in, settings.
struct SessionWriter {
  private let machine: Machine
  private let globals: [Global]

  /// A name of the session and its value.
  private struct Global {
    let index: Int
    let name: String
    let value: Register
    let isPlain: Bool
    /// Whether it is a built-in's name.
    let isBuiltin: Bool
  }

  init(_ machine: Machine) {
    self.machine = machine
    let builtins = Builtin.all.count + Builtin.constants.count
    globals = machine.ownGlobals.map { index in
      Global(
        index: index, name: machine.names.names[index], value: machine.globals[index],
        isPlain: machine.plainGlobals.contains(index), isBuiltin: index < builtins)
    }
  }

  func script() throws(SessionTooLarge) -> SessionScript {
    var mustSimplify = false
    while true {
      let text = ScriptText()
      let isWritten = write(text, mustSimplify: mustSimplify)
      if let problem = text.tooLarge { throw problem }
      if isWritten || mustSimplify { return script(text) }
      mustSimplify = true
    }
  }

  // MARK: The whole

  private func script(_ text: ScriptText) -> SessionScript {
    var lines = ["# A session of grad: `:load` it at the prompt, or run it with `grad FILE`."]
    lines += text.notes.map { "# Not as it was: \($0)." }
    if !text.statements.isEmpty {
      lines.append("restore {")
      lines += text.statements.map { "  " + $0 }
      lines.append("}")
    }
    lines += settings
    return SessionScript(
      text: lines.joined(separator: "\n") + "\n", nameCount: globals.count, notes: text.notes)
  }

  /// The settings that are not those that a session begins with, and the random numbers.
  private var settings: [String] {
    let (own, first) = (machine.settings, Settings())
    var lines = Setting.allCases.compactMap { setting -> String? in
      let value = own.text(of: setting)
      return value == first.text(of: setting) ? nil : "set \(setting.rawValue) \(value)"
    }
    if machine.random != RandomGenerator(seed: 0) {
      lines.append("seed \"\(machine.random.stateText)\"")
    }
    return lines
  }

  /// Writes the block; false where the graph has something for which there are no words.
  private func write(_ text: ScriptText, mustSimplify: Bool) -> Bool {
    let functions = globals.filter { machine.isFunction($0.value) }
    let captured = FunctionWriter.captures(of: functions.map(\.value), machine)
    let saved = SavedGraph(
      machine.graph, names: trackedNames, held: captured.compactMap(machine.slots),
      mustSimplify: mustSimplify)
    if saved.isSimplified { noteSimplification(text, mustSimplify) }
    var graph = GraphWriter(machine, text, saved, plainNames: plainArrays)
    for global in globals where !global.isBuiltin { writePlain(global, graph, text) }
    graph.write()
    if graph.isUnwritable && !mustSimplify { return false }
    writeFunctions(functions, FunctionWriter(machine, text, graph))
    for global in globals where global.isBuiltin { writePlain(global, graph, text) }
    graph.writeLastNames()
    return true
  }

  private func noteSimplification(_ text: ScriptText, _ mustSimplify: Bool) {
    text.note(
      mustSimplify
        ? "how values were computed; each name has its numbers, and is a leaf"
        : "how values were computed, of which there are more than \(SavedGraph.nodeLimit); each name "
          + "has its numbers, and is a leaf")
  }

  // MARK: Values

  private var trackedNames: [SavedName] {
    globals.compactMap { global in
      guard let slots = machine.slots(of: global.value) else { return nil }
      let shape: Shape =
        global.value.isTracked ? .number : machine.heap.arrays[global.value.handle].shape
      return SavedName(
        name: global.name, slot: slots.lowerBound, shape: shape, isBuiltin: global.isBuiltin)
    }
  }

  /// The plain arrays that have names, which expressions can use.
  private var plainArrays: [ArrayContent: String] {
    var names: [ArrayContent: String] = [:]
    for global in globals where global.value.kind == .array && !global.isBuiltin {
      let array = machine.heap.arrays[global.value.handle]
      guard !array.isTracked, array.count > 0 else { continue }
      let content = ArrayContent(array.shape, array.numbers)
      if names[content] == nil { names[content] = global.name }
    }
    return names
  }

  /// Binds a name to a value that is neither of the graph nor a function.
  private func writePlain(_ global: Global, _ graph: GraphWriter, _ text: ScriptText) {
    guard machine.slots(of: global.value) == nil, !machine.isFunction(global.value),
      let value = column(global.value, graph) ?? graph.plain(global.value)
    else { return }
    if global.isPlain {
      text.add("plain \(global.name) = \(value)")
    } else if becomesLeaf(global.value) {
      // The variable of a loop stays plain.
      text.add("for \(global.name) in [\(value)] { }")
    } else {
      text.add("\(global.name) = \(value)")
    }
  }

  /// Whether a plain value is no longer plain when it is bound.
  private func becomesLeaf(_ value: Register) -> Bool {
    if value.isNumber { return true }
    guard value.kind == .array else { return false }
    let array = machine.heap.arrays[value.handle]
    return array.count > 0 && !array.isColumn
  }

  /// A column of a table, which stays plain when it is bound.
  private func column(_ value: Register, _ graph: GraphWriter) -> String? {
    guard value.kind == .array else { return nil }
    let array = machine.heap.arrays[value.handle]
    guard array.isColumn, array.count > 0 else { return nil }
    return "$table(\"column\", \(graph.literal(array))).column"
  }

  private func writeFunctions(_ functions: [Global], _ writer: FunctionWriter) {
    var writer = writer
    func rank(_ global: Global) -> (Int, Int, Int, String) {
      let isOwn = writer.bearsName(global.name, global.value)
      return (global.isBuiltin ? 1 : 0, writer.order(global.value), isOwn ? 0 : 1, global.name)
    }
    let ordered = functions.map { ($0, rank($0)) }.sorted { $0.1 < $1.1 }.map(\.0)
    for global in ordered {
      writer.write(
        global.name, global.value, isPlain: global.isPlain)
    }
  }
}
