// What conditions decide about names that they kept from being bound.

extension Compiler {
  /// Blocks in blocks are looked through again for each: for a statement this many parts at most, so that a
  /// long chain of `else if` does not take the square of its length. What lies beyond is not looked for.
  static let decisionBudget = 100_000

  /// Where a condition has just kept a block from running, or has ended a loop: the names that the block
  /// binds have the values that they have because of it, too. Statements that change leaves in place are no
  /// program of these, and say nothing.
  ///
  /// - Parameter condition: where the condition stands.
  mutating func compileDecision(against block: SyntaxID, by condition: SourceRange) {
    guard isTopLevel, !scope.changesData else { return }
    noteDecisions(
      on: tree.assignedNames(in: block, within: &scope.decisionBudget), by: condition)
  }

  /// Where a condition has just led to a block that may leave a round of a loop: the names that the rest of
  /// the round binds, or, after a `break`, the rounds that do not come, have their values because of it.
  mutating func compileDecision(by condition: SourceRange, for block: SyntaxID) {
    guard isTopLevel, !scope.changesData, let body = scope.loops.last?.body,
      let jumps = tree.jumps(in: block, within: &scope.decisionBudget)
    else { return }
    if jumps.hasBreak {
      compileDecision(against: body, by: condition)
    } else if let end = jumps.firstContinue {
      noteDecisions(
        on: tree.assignedNames(in: body, after: end, within: &scope.decisionBudget), by: condition)
    }
  }

  private mutating func noteDecisions(on names: Set<NameID>?, by condition: SourceRange) {
    for name in (names ?? []).map({ tree[$0] }).sorted() {
      guard let global = globals.existingIndex(of: name) else { continue }
      builderEmit(.decided, .number(0), .wide(global), at: condition)
    }
  }

  /// Whether some part of a statement changes leaves in place, with `:=`.
  func changesData(in statement: SyntaxID) -> Bool {
    var pending = [statement]
    while let id = pending.popLast() {
      if case .setData = tree[id] { return true }
      pending.append(contentsOf: tree.children(of: id))
    }
    return false
  }
}
