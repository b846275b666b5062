import Autograd

/// A program as text: functions, and their instructions with the names of what they use.
struct Disassembly {
  private let program: Program
  /// The names of globals.
  private let names: [String]

  init(_ program: Program, names: [String]) {
    self.program = program
    self.names = names
  }

  /// All functions, in the order in which they were compiled: the input itself is the last.
  var text: String { program.functions.indices.map(text(of:)).joined(separator: "\n") }

  private func text(of function: Int) -> String {
    let code = program.functions[function]
    let registers = program.entries[function].registerCount
    var result = "\(title(function)): \(registers) register\(registers == 1 ? "" : "s")\n"
    for address in code.code {
      let relative = String(address - code.code.lowerBound)
      let instruction = program.code[address]
      let operands = operands(of: instruction, at: address, in: function).joined(separator: ", ")
      let parts = [
        padded(relative, to: -5), padded("\(instruction.opcode)", to: 18), padded(operands, to: 34),
        sourceText(at: address),
      ]
      var line = parts.joined(separator: "  ")[...]
      while line.last == " " { line.removeLast() }
      result += line + "\n"
    }
    return result
  }

  /// `f(x, y)`; `(x)` for an anonymous function; `input`.
  private func title(_ function: Int) -> String {
    function == program.functions.count - 1 ? "input" : program.functions[function].signature
  }

  /// The text with spaces after it, or before it where the width is negative.
  private func padded(_ text: String, to width: Int) -> String {
    let spaces = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? spaces + text : text + spaces
  }

  /// The beginning of the source that an instruction comes from, on one line.
  private func sourceText(at address: Int) -> String {
    let location = program.locations[address]
    let range = location.range
    guard range.end > range.start else { return "" }
    let source = program.sources[location.source]
    let line = source.lineRange(source.lineIndex(at: range.start))
    let end = min(range.end, line.upperBound, range.start + Disassembly.sourceWidth)
    return "# " + source.text(SourceRange(range.start, max(end, range.start)))
  }

  /// How many bytes of source text are shown.
  private static let sourceWidth = 60

  // MARK: Operands

  private func operands(
    of i: Instruction, at address: Int, in function: Int
  ) -> [String] {
    func register(_ index: some BinaryInteger) -> String { self.register(Int(index), in: function) }
    func target(_ distance: Int) -> String {
      "to \(address + 1 + distance - program.functions[function].code.lowerBound)"
    }
    let (a, b, c) = (register(i.a), register(i.b), register(i.c))
    return switch i.opcode {
    case .halt, .zero, .returnNothing, .arrayBegin: []
    case .checkAssigned, .returnValue, .capture, .loadSelf, .arrayPush, .arrayEnd, .column,
      .requireValue, .echo:
      [a]
    case .move, .negate, .positive, .truth, .not, .range, .loadData, .loadGradient, .storeData,
      .storeGradient, .multiplyAdd:
      [a, b]
    case .operands: [b, c]
    case .matrixProduct: [a, b, c]
    case .part, .replacePart, .storePart: [a, b, counted(Int(i.c), "dimension")]
    case .dimension:
      DimensionKind(rawValue: Int(i.a)) == .all
        ? ["all"] : DimensionKind(rawValue: Int(i.a)) == .range ? ["range", b] : [b]
    case .share: [a]
    case .member: [a, b]
    case .seed: [a]
    case .derivative: [a, b, "order \(i.c)"]
    case .gradient: [a, b]
    case .globalIndex2: [a, "@\(names[Int(i.b)])", c]
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulus, .power, .atan2, .hypot, .min,
      .max, .logaddexp, .xlogy, .leakyRelu, .polygamma, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .equal, .notEqual, .approximatelyEqual, .index, .index2, .format:
      [a, b, c]
    case .loadNumber: [a, NumberFormat.shortest.text(program.numbers[i.wide])]
    case .loadText: [a, quoted(i.wide)]
    case .loadGlobal, .storeGlobal, .storePlainGlobal, .storeCounter: [a, "@\(names[i.wide])"]
    case .decided: ["@\(names[i.wide])"]
    case .storeOwn: i.wide < 0 ? [a] : [a, quoted(i.wide)]
    case .restore: [i.a == 1 ? "begin" : "end"]
    case .restoring:
      [
        a, b, RestoringCall(i.c).function.rawValue,
        counted(RestoringCall(i.c).argumentCount, "argument"),
      ]
    case .unary: [a, b, Builtin.all[BuiltinCall(i.c).builtin].name]
    case .jump: [target(i.wide)]
    case .jumpIfFalse, .loopBack, .forPrepare, .repeatPrepare, .forEachPrepare:
      [a, target(i.wide)]
    case .forStep, .forStepStoring, .sumStep, .forEachStep: [a, b, target(-Int(i.c))]
    case .call: [a, b, counted(Int(i.c), "argument")]
    case .callBuiltin:
      [
        a, b, Builtin.all[BuiltinCall(i.c).builtin].name,
        counted(BuiltinCall(i.c).argumentCount, "argument"),
      ]
    case .closure: [a, program.functions[i.wide].signature]
    case .length: [a, b, "dimension \(i.c)"]
    case .text: [a, b, counted(Int(i.c), "piece")]
    case .print: [b, counted(Int(i.c), "value")]
    case .statement: ["\(i.wide)"]
    case .backward: [a] + (i.b == 1 ? ["accumulate"] : []) + (i.c == 1 ? ["table"] : [])
    case .forward: [i.b == 1 ? "all" : a] + (i.c == 1 ? ["table"] : [])
    case .show: [i.b == 1 ? "all" : a]
    case .check: [a]
    case .explain: i.b == 1 ? [a, "paths"] : [a]
    case .graph:
      [a] + (Int(i.b) == Machine.noPath ? [] : [b]) + (Int(i.c) == Machine.noPath ? [] : [c])
    case .plotBegin: [counted(Int(i.a), "curve"), quoted(i.wide)]
    case .samples: [a, b]
    case .plotPoint, .plotArrays: [b, counted(Int(i.c), "curve")]
    case .plotOption: [PlotOption.allCases[Int(i.a)].word, b]
    case .plotContact: [a, b]
    case .plotTangent: ["curve \(i.a + 1)", b]
    case .plotEnd: Int(i.b) == Machine.noPath ? [] : [b]
    case .assert: [a, b] + (Int(i.c) == Assertion.noReason ? [] : [c])
    case .extra: ["\(i.wide)"]
    case .set: [Setting.allCases[Int(i.a)].rawValue, quoted(i.wide)]
    case .fail: [program.problems[i.wide].code]
    }
  }

  /// A local by its name, a constant by its number, another register as `r7`.
  private func register(_ index: Int, in function: Int) -> String {
    if let name = program.functions[function].localNames[index] { return name }
    let entry = program.entries[function]
    let constant = index - Int(entry.firstConstant)
    guard constant >= 0, constant < Int(entry.constantCount) else { return "r\(index)" }
    let number = program.constantPool[Int(entry.constantStart) + constant].number
    return NumberFormat.shortest.text(number)
  }

  private func quoted(_ text: Int) -> String { program.texts[text].debugDescription }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
