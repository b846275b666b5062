extension Compiler {
  /// `graph L`, `graph L to "L.svg"`
  mutating func compileGraph(_ values: [SyntaxID], path: SyntaxID?, _ range: SourceRange) {
    guard limit(values, to: 1, .graph, "graph L", range) else { return }
    let root = compile(values[0])
    let path = compilePath(path)
    builderEmit(.graph, .place(root), path, at: tree.range(values[0]))
  }

  /// The register of the path after `to`.
  mutating func compilePath(_ path: SyntaxID?) -> FunctionBuilder.Operand {
    guard let path else { return .number(Machine.noPath) }
    return .place(compile(path, into: scope.builder.newTemporary()))
  }
}
