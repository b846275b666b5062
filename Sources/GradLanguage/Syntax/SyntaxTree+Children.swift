extension SyntaxTree {
  /// The nodes directly below a node, in the order of the text.
  func children(of id: SyntaxID) -> [SyntaxID] {
    switch self[id] {
    case .number, .text, .name, .end, .all, .comparison, .break, .continue, .option, .invalid: []
    case .string(let list), .comparisons(let list), .array(let list), .block(let list),
      .command(_, let list), .axisLabels(let list), .slope(let list):
      Array(self[list])
    case .interpolation(let value, let format): [value] + (format.map { [$0] } ?? [])
    case .unary(_, let x), .positive(let x), .not(let x), .member(let x, _), .plain(_, let x),
      .prime(let x, _), .nabla(let x),
      .evaluate(let x), .silenced(let x), .import(let x), .destination(let x), .samples(_, let x),
      .title(let x), .axisRange(_, let x), .depth(let x), .restore(let x):
      [x]
    case .binary(_, let x, let y), .matrixProduct(let x, let y), .and(let x, let y),
      .or(let x, let y), .assign(let x, _, let y),
      .setData(let x, let y), .while(let x, let y), .repeat(let x, let y), .for(_, let x, let y):
      [x, y]
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .range(let first, let last, let step): [first, last] + (step.map { [$0] } ?? [])
    case .call(let function, let arguments): [function] + self[arguments]
    case .method(let receiver, _, let arguments): [receiver] + self[arguments]
    case .index(let base, let indices): [base] + self[indices]
    case .lambda(let parameters, let body), .define(_, let parameters, let body):
      self[parameters] + [body]
    case .comprehension(let body, _, let values, let condition):
      [body, values] + (condition.map { [$0] } ?? [])
    case .if(let condition, let yes, let no): [condition, yes] + (no.map { [$0] } ?? [])
    case .return(let value): value.map { [$0] } ?? []
    }
  }

  /// The name that an assignment to a target binds: `v` also for `v[i]`.
  func assignedName(_ target: SyntaxID) -> NameID? {
    switch self[target] {
    case .name(let name): return name
    case .index(let base, _):
      if case .name(let name) = self[base] { return name }
      return nil
    case _: return nil
    }
  }

  /// The names that a function's body assigns: they are its locals. Functions inside it have locals
  /// of their own.
  func assignedNames(in body: SyntaxID) -> Set<NameID> {
    var budget = Int.max
    return assignedNames(in: body, within: &budget) ?? []
  }

  /// The same of what stands behind a place, unless it takes looking at more nodes than `budget`, which goes
  /// down by their number.
  func assignedNames(
    in body: SyntaxID, after place: Int = 0, within budget: inout Int
  ) -> Set<NameID>? {
    var names: Set<NameID> = []
    var pending = [body]
    while let id = pending.popLast() {
      budget -= 1
      if budget < 0 { return nil }
      if range(id).end <= place { continue }
      if range(id).start < place {
        pending.append(contentsOf: children(of: id))
        continue
      }
      switch self[id] {
      case .assign(let target, _, _):
        if let name = assignedName(target) { names.insert(name) }
      case .plain(let name, _), .for(let name, _, _): names.insert(name)
      case .define(let name, _, _):
        names.insert(name)
        continue
      case .lambda: continue
      case _: break
      }
      pending.append(contentsOf: children(of: id))
    }
    return names
  }

  /// Whether a node is an `if`.
  func isIf(_ id: SyntaxID) -> Bool {
    if case .if = self[id] { return true }
    return false
  }

  /// How a block leaves a round of the loop that it is in: where its first `continue` ends, and whether there
  /// is a `break`; nil where that takes looking at more nodes than `budget`, which goes down by their number.
  func jumps(
    in block: SyntaxID, within budget: inout Int
  ) -> (firstContinue: Int?, hasBreak: Bool)? {
    var firstContinue: Int?
    var hasBreak = false
    var pending = [block]
    while let id = pending.popLast() {
      budget -= 1
      if budget < 0 { return nil }
      switch self[id] {
      case .break: hasBreak = true
      case .continue: firstContinue = min(firstContinue ?? .max, range(id).end)
      case .block, .if, .silenced: pending.append(contentsOf: children(of: id))
      case _: break
      }
    }
    return (firstContinue, hasBreak)
  }
}
