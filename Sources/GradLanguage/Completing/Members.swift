import Autograd

// What can stand after a dot. `x.f(y)` is `f(x, y)`: every function whose first argument x can be.

extension Builtin {
  /// Whether its first argument can be such a value.
  func takesFirst(_ kind: Machine.ValueKind) -> Bool {
    switch (self, kind) {
    case (_, .string), (.file(.read), _): false
    case (.unary, .number), (.binary, .number), (.ternary, .number), (.fold, .number): true
    case (.unary, .array), (.binary, .array), (.ternary, .array), (.fold, .array): true
    case (.array(let function), .array): function.takesArray
    case (.random(.shuffle), .array), (.file(.write), .array), (.file(.write), .table): true
    case (.derivative(.diff), .number), (.derivative(.diff), .array): true
    case (.derivative(let function), .function): function != .diff
    case (.array, .number): self == .array(.stack)
    case (.unary, _), (.binary, _), (.ternary, _), (.fold, _), (.array, _), (.derivative, _),
      (.random, _), (.file(.write), _):
      false
    }
  }
}

extension ArrayFunction {
  /// Whether its first argument is an array.
  fileprivate var takesArray: Bool {
    switch self {
    case .sum, .prod, .mean, .var, .std, .norm, .logsumexp, .softmax, .cumsum, .sort, .argmin,
      .argmax, .all, .any, .dot, .outer, .transpose, .reshape, .shape, .length, .concat, .stack,
      .append, .select:
      true
    case .zeros, .ones, .full, .eye, .linspace: false
    }
  }
}

extension Command {
  /// Whether it can follow such a value's dot: `L.backward()`.
  func takes(_ kind: Machine.ValueKind) -> Bool {
    switch self {
    case .backward, .forward, .show, .graph, .explain, .check: kind == .number || kind == .array
    case .print: true
    case .plot: kind == .array
    case .assert, .zero, .set, .seed: false
    }
  }
}

extension Interpreter {
  /// What can follow the dot of a value.
  func members(of owner: CompletionPlace.Owner) -> [Completions.Candidate] {
    switch owner {
    case .number: functions(of: [.number])
    case .array: functions(of: [.array])
    case .string: functions(of: [.string])
    case .unknown: anyMembers
    case .name(let name, let members): self.members(of: name, members)
    }
  }

  /// What can follow something that is not known before it runs.
  private var anyMembers: [Completions.Candidate] {
    [member("data", "the numbers"), member("grad", "the gradient")]
      + functions(of: [.number, .array, .table, .function])
  }

  private func members(of name: String, _ members: [String]) -> [Completions.Candidate] {
    guard let first = machine.value(named: name) else { return anyMembers }
    var value = first
    for (index, member) in members.enumerated() {
      if let column = machine.existingColumn(member, of: value) {
        value = column
      } else if index == members.count - 1, member == "data" || member == "grad" {
        // Plain numbers, which have neither of their own.
        return machine.kind(of: value).map { functions(of: [$0]) } ?? []
      } else {
        return []
      }
    }
    guard let kind = machine.kind(of: value) else { return [] }
    switch kind {
    case .number, .array: return parts(of: value) + functions(of: [kind])
    case .table: return columns(of: value) + functions(of: [kind])
    case .string, .function: return functions(of: [kind])
    }
  }

  private func member(_ name: String, _ detail: String) -> Completions.Candidate {
    Completions.Candidate(name, .member, detail: detail, isPreferred: true)
  }

  /// The data, and of what is part of the graph the gradient.
  private func parts(of value: Register) -> [Completions.Candidate] {
    let data = member("data", machine.dataSummary(of: value))
    guard let gradient = machine.gradientSummary(of: value) else { return [data] }
    return [data, member("grad", gradient)]
  }

  private func columns(of value: Register) -> [Completions.Candidate] {
    let table = machine.heap.tables[value.handle]
    return zip(table.names, table.columns).map { name, column in
      member(name, machine.dataSummary(of: column))
    }
  }

  /// Functions and commands that take a value of one of these kinds.
  private func functions(of kinds: [Machine.ValueKind]) -> [Completions.Candidate] {
    let builtins = Builtin.all.filter { builtin in
      builtin != .unary(.negate) && kinds.contains(where: builtin.takesFirst)
    }.map { Completions.Candidate($0.name, .function, detail: $0.detail) }
    let commands = Command.allCases.filter { command in kinds.contains(where: command.takes) }
      .map { Completions.Candidate($0.rawValue, .command, detail: $0.summary) }
    let own = machine.namedValues().filter { machine.kind(of: $0.value) == .function }
      .map { Completions.Candidate($0.name, .function, detail: machine.summary(of: $0.value)) }
    return own + (builtins + commands).sorted { $0.text < $1.text }
  }
}

extension Builtin {
  /// Its parameters and what it is.
  var detail: String { "\(parameters)  \(summary)" }
}
