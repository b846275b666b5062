extension Compiler {
  /// `graph L`, `graph L to "L.svg"`, `graph L depth 3`
  mutating func compileGraph(
    _ values: [SyntaxID], path: SyntaxID?, depth: SyntaxID?, _ range: SourceRange
  ) {
    guard limit(values, to: 1, .graph, "graph L", range) else { return }
    let root = compile(values[0])
    let (file, limit) = (compilePath(path), compilePath(depth))
    builderEmit(.graph, .place(root), file, limit, at: tree.range(values[0]))
    // Where the path and the depth stand, for what is wrong with them.
    for part in [path, depth] {
      builderEmit(.extra, .number(0), .wide(0), at: tree.range(part ?? values[0]))
    }
  }

  /// The register of what stands after `to`, or another such word.
  mutating func compilePath(_ path: SyntaxID?) -> FunctionBuilder.Operand {
    guard let path else { return .number(Machine.noPath) }
    return .place(compile(path, into: scope.builder.newTemporary()))
  }
}
