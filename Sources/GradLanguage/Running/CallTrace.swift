/// The calls and iterations that led to a failure, innermost first.
struct CallTrace {
  private let program: Program
  private let machine: Machine

  /// How many calls are listed at either end.
  private static let shown = 4

  init(_ program: Program, _ machine: Machine) {
    self.program = program
    self.machine = machine
  }

  func notes(for failure: RunFailure) -> [String] {
    var notes = iterations(around: failure.address, base: failure.bases.first ?? 0)
    let calls = failure.calls
    for (depth, address) in calls.enumerated() {
      let isHidden = depth >= CallTrace.shown && depth < calls.count - 1
      if isHidden {
        if depth == CallTrace.shown {
          notes.append("… \(calls.count - CallTrace.shown - 1) more calls")
        }
        continue
      }
      let callee = depth == 0 ? failure.address : calls[depth - 1]
      notes.append("in \(functionName(at: callee)), called at \(place(address))")
      if depth < CallTrace.shown {
        let base = depth + 1 < failure.bases.count ? failure.bases[depth + 1] : 0
        notes += iterations(around: address, base: base)
      }
    }
    return notes
  }

  /// `in iteration 3 of the loop at model.grad:2 (i = 3)`, for each loop around an instruction.
  private func iterations(around address: Int, base: Int) -> [String] {
    let loops = program.loops.filter { $0.body.contains(address) }
      .sorted { $0.body.count < $1.body.count }
    return loops.map { loop in
      let counter = machine.registers[base + loop.counter].number
      var text =
        "in iteration \(NumberFormat.standard.text(counter + 1)) of the loop at "
        + place(loop.location)
      if let (register, name) = loop.variable, machine.registers[base + register].isNumber {
        let value = machine.registers[base + register].number
        text += " (\(name) = \(NumberFormat.standard.text(value)))"
      }
      return text
    }
  }

  private func functionName(at address: Int) -> String {
    let function = program.functions.first { $0.code.contains(address) }
    return function?.name.map { "`\($0)`" } ?? "a function"
  }

  private func place(_ address: Int) -> String { place(program.locations[address]) }

  private func place(_ location: SourceLocation) -> String {
    let source = program.sources[location.source]
    let line = source.lineNumber(source.lineIndex(at: location.range.start))
    return "\(source.name):\(line)"
  }
}
