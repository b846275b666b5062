extension Compiler {
  /// `graph L`, `graph L to "L.svg"`
  mutating func compileGraph(_ values: [SyntaxID], path: SyntaxID?, _ range: SourceRange) {
    guard limit(values, to: 1, .graph, "graph L", range) else { return }
    let root = compile(values[0])
    let path = compilePath(path)
    builderEmit(.graph, .place(root), path, at: tree.range(values[0]))
  }

  /// The register of the path after `to`.
  private mutating func compilePath(_ path: SyntaxID?) -> FunctionBuilder.Operand {
    guard let path else { return .number(Machine.noPath) }
    return .place(compile(path, into: scope.builder.newTemporary()))
  }

  /// `plot f(x), g(x) for x in -5..5`, `plot xs, ys`
  mutating func compilePlot(
    _ values: [SyntaxID], samples: SyntaxID?, path: SyntaxID?, _ range: SourceRange
  ) {
    guard !values.isEmpty else {
      report(.missingArgument(command: "plot", example: "plot f(x) for x in -5..5"), range)
      return
    }
    let path = compilePath(path)
    let curves = samples == nil && values.count > 1 ? Array(values.dropFirst()) : values
    let text = program.sources[source].text
    var variable = curves.count < values.count ? text(tree.range(values[0])) : ""
    if let samples, case .samples(let name, _) = tree[samples] { variable = tree[name] }
    let labels = curves.map { text(tree.range($0)) }
    let first = addText(variable)
    for label in labels { _ = addText(label) }
    builderEmit(.plotBegin, .number(curves.count), .wide(first), at: range)
    if let samples, case .samples(let name, let numbers) = tree[samples] {
      compileSamples(values, tree[name], numbers, range)
    } else {
      let base = compileInRow(values, after: nil)
      let places = tree.range(values[0]).union(tree.range(values[values.count - 1]))
      builderEmit(.plotArrays, .number(0), .place(base), .number(values.count), at: places)
    }
    builderEmit(.plotEnd, .number(0), path, at: range)
  }

  /// The loop over the points; the variable is the command's own.
  private mutating func compileSamples(
    _ values: [SyntaxID], _ name: String, _ numbers: SyntaxID, _ range: SourceRange
  ) {
    let variable = scope.builder.addLocal()
    compileLoop(overSamplesOf: numbers, variable: variable, name: name, at: range) { compiler in
      compiler.binding(name, to: variable) { compiler in
        let mark = compiler.scope.builder.temporaryCount
        let base = compiler.compileInRow(values, after: variable)
        compiler.builderEmit(
          .plotPoint, .number(0), .place(base), .number(values.count),
          at: compiler.tree.range(values[0]))
        compiler.scope.builder.releaseTemporaries(to: mark)
      }
    }
  }

  /// Expressions in registers in a row, with one more before them for what stands in `first`.
  private mutating func compileInRow(_ values: [SyntaxID], after first: Place?) -> Place {
    let offset = first == nil ? 0 : 1
    let base = scope.builder.newTemporaries(values.count + offset)
    func place(_ k: Int) -> Place { Place(space: .temporary, index: base.index + k) }
    if let first {
      builderEmit(.move, .place(base), .place(first), at: tree.range(values[0]))
    }
    for (k, value) in values.enumerated() {
      let mark = scope.builder.temporaryCount
      _ = compile(value, into: place(k + offset))
      scope.builder.releaseTemporaries(to: mark)
    }
    return base
  }
}
