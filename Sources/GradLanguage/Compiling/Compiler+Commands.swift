import Autograd

/// What an `assert` compares, in the `extra` after it.
enum Assertion {
  /// The `extra`'s `wide` when no comparison is asserted.
  static let noComparison = -1
  /// In `c` of `assert`: no reason is given.
  static let noReason = 0xFFFF
}

extension Compiler {
  /// Compiles a command; `arguments` end in its options.
  mutating func compileCommand(
    _ command: Command, _ arguments: [SyntaxID], _ range: SourceRange, shows: Bool
  ) {
    let options = arguments.filter { if case .option = tree[$0] { true } else { false } }
    let values = arguments.filter { !isOption($0) }
    switch command {
    case .backward: compileBackward(values, options, range, shows: shows)
    case .forward:
      refuse(options, of: command)
      compileForward(values, range, shows: shows)
    case .print:
      refuse(options, of: command)
      compilePrint(values, range)
    case .show:
      refuse(options, of: command)
      compileShow(values, range)
    case .graph:
      refuse(options, of: command)
      compileGraph(values, path: path(arguments), depth: depth(arguments), range)
    case .explain: compileExplain(values, options, range)
    case .check:
      refuse(options, of: command)
      guard limit(values, to: 1, .check, "check L", range) else { return }
      let root = compile(values[0])
      builderEmit(.check, .place(root), at: tree.range(values[0]))
    case .plot: compilePlot(arguments, range)
    case .zero:
      refuse(options, of: command)
      guard limit(values, to: 0, command, "zero", range) else { return }
      builderEmit(.zero, at: range)
    case .assert:
      refuse(options, of: command)
      compileAssert(values, range)
    case .set: compileSet(arguments, range)
    case .seed:
      refuse(options, of: command)
      guard limit(values, to: 1, .seed, "seed 42", range) else { return }
      let seed = compile(plain: values[0])
      builderEmit(.seed, .place(seed), at: tree.range(values[0]))
    }
  }

  /// Whether a part of a command is none of its arguments.
  func isOption(_ part: SyntaxID) -> Bool {
    switch tree[part] {
    case .option, .destination, .depth, .samples, .title, .axisLabels, .axisRange, .slope: true
    case _: false
    }
  }

  private mutating func compileExplain(
    _ values: [SyntaxID], _ options: [SyntaxID], _ range: SourceRange
  ) {
    let unknown = options.filter {
      if case .option(let name) = tree[$0] { tree[name] != "paths" } else { true }
    }
    refuse(unknown, of: .explain)
    guard limit(values, to: 1, .explain, "explain L", range) else { return }
    let root = compile(values[0])
    let wantsPaths = options.count > unknown.count
    builderEmit(.explain, .place(root), .number(wantsPaths ? 1 : 0), at: tree.range(values[0]))
  }

  /// What follows `depth`.
  private func depth(_ arguments: [SyntaxID]) -> SyntaxID? {
    for argument in arguments {
      if case .depth(let depth) = tree[argument] { return depth }
    }
    return nil
  }

  /// What follows `to`.
  private func path(_ arguments: [SyntaxID]) -> SyntaxID? {
    for argument in arguments {
      if case .destination(let path) = tree[argument] { return path }
    }
    return nil
  }

  private mutating func refuse(_ options: [SyntaxID], of command: Command) {
    guard let option = options.first, case .option(let name) = tree[option] else { return }
    report(
      .unknownCommandOption(tree[name], command: command.rawValue), tree.range(option))
  }

  /// Reports too many or too few arguments.
  mutating func limit(
    _ values: [SyntaxID], to count: Int, _ command: Command, _ example: String,
    _ range: SourceRange
  ) -> Bool {
    if values.count < count {
      report(.missingArgument(command: command.rawValue, example: example), range)
    } else if values.count > count {
      report(
        .expected("the end of the statement", found: "another argument"), tree.range(values[count]))
    }
    return values.count == count
  }

  private mutating func compileBackward(
    _ values: [SyntaxID], _ options: [SyntaxID], _ range: SourceRange, shows: Bool
  ) {
    guard limit(values, to: 1, .backward, "backward L", range) else { return }
    var accumulates = false
    for option in options {
      guard case .option(let name) = tree[option] else { continue }
      if tree[name] == "accumulate" {
        accumulates = true
      } else {
        report(.unknownCommandOption(tree[name], command: "backward"), tree.range(option))
      }
    }
    let root = compile(values[0])
    builderEmit(
      .backward, .place(root), .number(accumulates ? 1 : 0), .number(shows ? 1 : 0),
      at: tree.range(values[0]))
  }

  private mutating func compileForward(_ values: [SyntaxID], _ range: SourceRange, shows: Bool) {
    if values.isEmpty {
      builderEmit(.forward, .number(0), .number(1), .number(shows ? 1 : 0), at: range)
      return
    }
    guard limit(values, to: 1, .forward, "forward L", range) else { return }
    let target = compile(values[0])
    builderEmit(
      .forward, .place(target), .number(0), .number(shows ? 1 : 0), at: tree.range(values[0]))
  }

  private mutating func compilePrint(_ values: [SyntaxID], _ range: SourceRange) {
    let base = scope.builder.newTemporaries(max(values.count, 1))
    for (offset, value) in values.enumerated() {
      let place = Place(space: .temporary, index: base.index + offset)
      let mark = scope.builder.temporaryCount
      _ = compile(value, into: place)
      scope.builder.releaseTemporaries(to: mark)
    }
    builderEmit(.print, .number(0), .place(base), .number(values.count), at: range)
  }

  private mutating func compileShow(_ values: [SyntaxID], _ range: SourceRange) {
    if values.isEmpty {
      builderEmit(.show, .number(0), .number(1), at: range)
      return
    }
    guard limit(values, to: 1, .show, "show L", range) else { return }
    let value = compile(values[0])
    builderEmit(.show, .place(value), .number(0), at: tree.range(values[0]))
  }

  private mutating func compileAssert(_ values: [SyntaxID], _ range: SourceRange) {
    guard values.count == 1 || values.count == 2 else {
      _ = limit(values, to: values.isEmpty ? 1 : 2, .assert, "assert x > 0", range)
      return
    }
    let sides = scope.builder.newTemporaries(2)
    let second = Place(space: .temporary, index: sides.index + 1)
    let condition = scope.builder.newTemporary()
    var compared = Assertion.noComparison
    if case .comparisons(let parts) = tree[values[0]], parts.count == 3 {
      let parts = Array(tree[parts])
      _ = compile(parts[0], into: sides)
      _ = compile(parts[2], into: second)
      if case .comparison(let operation) = tree[parts[1]] {
        compared = Int(operation.rawValue)
        builderEmit(
          .binary(operation), .place(condition), .place(sides), .place(second),
          at: tree.range(values[0]))
      }
    } else {
      _ = compile(values[0], into: condition)
    }
    var reason = FunctionBuilder.Operand.number(Assertion.noReason)
    if values.count == 2 { reason = .place(compile(values[1])) }
    builderEmit(.assert, .place(condition), .place(sides), reason, at: tree.range(values[0]))
    builderEmit(.extra, .number(0), .wide(compared), at: tree.range(values[0]))
  }

  // MARK: Settings

  /// `set name value`
  private mutating func compileSet(_ words: [SyntaxID], _ range: SourceRange) {
    guard words.count == 2, case .option(let name) = tree[words[0]] else {
      var example = "set digits 17"
      if case .option(let name)? = words.first.map({ tree[$0] }),
        let setting = Setting(rawValue: tree[name])
      {
        example = "set \(tree[name]) \(setting.exampleValue)"
      }
      report(.missingArgument(command: "set", example: example), range)
      return
    }
    // A word is its own text.
    let value = program.sources[source].text(tree.range(words[1]))
    guard let setting = Setting(rawValue: tree[name]) else {
      let names = Setting.allCases.map(\.rawValue)
      report(
        .unknownSetting(tree[name], similar: Suggestion.nearest(to: tree[name], among: names)),
        tree.range(words[0]))
      return
    }
    var settings = Settings()
    guard settings.set(setting, to: value) else {
      report(
        .badSetting(setting.rawValue, value: value, allowed: setting.allowedValues),
        tree.range(words[1]))
      return
    }
    let index = Setting.allCases.firstIndex(of: setting) ?? 0
    builderEmit(.set, .number(index), .wide(addText(value)), at: range)
  }
}
