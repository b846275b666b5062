extension Parser {
  /// PlotOption = Samples | Title | AxisLabels | AxisRange | Manner
  ///
  /// - Returns: nil where another word stands.
  mutating func parsePlotOption() -> SyntaxID? {
    if at(.for) { return parseSamples() }
    switch text(peek()) {
    case "title": return parseTitle()
    case "labels": return parseAxisLabels()
    case "with": return parseManner()
    case "x", "y": return peek(1).kind == .in ? parseAxisRange() : nil
    case _:
      if peek(1).kind == .in {
        report(.expected("`x in` or `y in`", found: "`\(text(peek())) in`"), peek().range)
      }
      return nil
    }
  }

  /// Reports a comma between the last argument and an option, which made an argument of its word.
  mutating func refuseCommaBeforeOption(after arguments: [SyntaxID]) {
    guard arguments.count > 1, position > 1, tokens[position - 2].kind == .comma else { return }
    let word = text(tokens[position - 1])
    let goesOn =
      switch word {
      case "title", "labels", "to": at(.stringOpen)
      case "x", "y": at(.in)
      case "with": at(.name) && ["points", "slope"].contains(text(peek()))
      case _: false
      }
    guard goesOn else { return }
    report(
      .expected("an option or the end of the statement", found: "`,`"), tokens[position - 2].range)
  }

  /// Samples = "for" name "in" Binary
  mutating func parseSamples() -> SyntaxID {
    let start = advance().range.start
    let name = parseNewName()
    expect(.in)
    let values = parseBinary(.or)
    return tree.add(.samples(name, values), range(from: start))
  }

  /// Title = "title" Expression
  private mutating func parseTitle() -> SyntaxID {
    let start = advance().range.start
    let title = parseExpression()
    return tree.add(.title(title), range(from: start))
  }

  /// AxisLabels = "labels" Expression [ "," Expression ]
  private mutating func parseAxisLabels() -> SyntaxID {
    let start = advance().range.start
    var labels = [parseExpression()]
    if !isRecovering, consume(.comma) { labels.append(parseExpression()) }
    return tree.add(.axisLabels(tree.list(labels)), range(from: start))
  }

  /// AxisRange = ( "x" | "y" ) "in" Binary
  private mutating func parseAxisRange() -> SyntaxID {
    let axis = advance()
    advance()
    let ends = parseBinary(.or)
    switch tree[ends] {
    case .range(_, _, step: nil): break
    case _:
      let found = "`\(source.text(tree.range(ends)))`"
      report(.expected("a range such as `0..10`", found: found), tree.range(ends))
    }
    return tree.add(.axisRange(tree.name(text(axis)), ends), range(from: axis.range.start))
  }

  /// Manner = "with" ( "points" | "slope" "at" Arguments )
  private mutating func parseManner() -> SyntaxID {
    let start = advance().range.start
    let word = peek()
    if word.kind == .name, text(word) == "points" {
      advance()
      return tree.add(.option(tree.name("points")), range(from: start))
    }
    if word.kind == .name, text(word) == "slope" {
      advance()
      if at(.name), text(peek()) == "at" {
        advance()
        return tree.add(.slope(tree.list(parseArguments())), range(from: start))
      }
      reportUnexpected("`at` and a number")
    } else {
      reportUnexpected("`points`, or `slope at` and a number")
    }
    return invalid()
  }
}
