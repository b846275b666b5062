import Autograd

/// What a name of the user's stands for, and where that comes from.
public struct NameDefinition: Sendable {
  /// The name.
  public let name: String
  /// The value.
  public let value: ShownValue
  /// What kind of value it is, such as `a leaf of the graph`.
  public let kind: String
  /// How it was computed, one operation deep; empty for what was not.
  public let formula: String
  /// A function as it was written; empty for everything else.
  public let text: String
  /// Where it was written or computed, such as `model.grad, line 3`; empty where that is not known.
  public let place: String
}

extension Interpreter {
  /// What a name of the user's stands for; nil for a name that is not bound, or built in.
  public func definition(of name: String) -> NameDefinition? {
    guard let value = machine.namedValues().first(where: { $0.name == name })?.value else {
      return nil
    }
    if let index = machine.functionIndex(of: value) {
      let function = machine.program.functions[index]
      let source = machine.program.sources[function.location.source]
      let start = function.location.range.start
      return NameDefinition(
        name: name, value: machine.shown(value), kind: "a function", formula: "",
        text: source.text(function.location.range),
        place: Interpreter.place(source, source.lineNumber(source.lineIndex(at: start))))
    }
    let slot = machine.firstSlot(of: value)
    let node = slot.flatMap { machine.graph.tape.pointee.node(at: $0) }
    let origin = node.map { machine.graph.tape.pointee.nodes[$0].origin }
    let place = origin.flatMap(machine.place)
    return NameDefinition(
      name: name, value: machine.shown(value), kind: kind(of: value, slot),
      formula: slot.map { Formulas(machine.graph, depth: 3).text(of: $0) } ?? "", text: "",
      place: place.map { Interpreter.place($0.source, $0.line) } ?? "")
  }

  private func kind(of value: Register, _ slot: Int32?) -> String {
    if let slot {
      return machine.graph.isLeaf(slot) ? "a leaf of the graph" : "a result, part of the graph"
    }
    switch machine.shown(value) {
    case .number: return "a plain number, no part of the graph"
    case .array: return "a plain array, no part of the graph"
    case .table: return "a table"
    case .string: return "a string"
    case .function: return "a function"
    case .nothing: return "nothing"
    }
  }

  /// A line of a source for people; the first line of what was typed is told by its name.
  private static func place(_ source: SourceText, _ line: Int) -> String {
    line == source.firstLine && source.name.hasPrefix("<prompt")
      ? source.name : "\(source.name), line \(line)"
  }
}
