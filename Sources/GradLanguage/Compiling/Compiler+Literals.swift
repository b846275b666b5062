import Autograd

// Anonymous functions, arrays and strings.

extension Compiler {
  mutating func compileClosure(
    name: String?, parameters: [String], body: SyntaxID, into target: Place, _ range: SourceRange
  ) {
    let outer = indexed
    indexed = nil
    let (function, captures) = compileFunction(
      name: name, parameters: parameters, body: body, at: range)
    indexed = outer
    for (name, place) in captures where scope.assigned.contains(name) {
      if !scope.definite.contains(name) { builderEmit(.checkAssigned, .place(place), at: range) }
    }
    for (_, place) in captures { builderEmit(.share, .place(place), at: range) }
    builderEmit(.closure, .place(target), .wide(function), at: range)
    for (_, place) in captures { builderEmit(.capture, .place(place), at: range) }
  }

  mutating func compileArray(
    _ elements: [SyntaxID], into target: Place, _ range: SourceRange
  ) {
    builderEmit(.arrayBegin, at: range)
    for element in elements {
      let mark = scope.builder.temporaryCount
      let value = compile(element)
      builderEmit(.arrayPush, .place(value), at: tree.range(element))
      scope.builder.releaseTemporaries(to: mark)
    }
    builderEmit(.arrayEnd, .place(target), at: range)
  }

  /// `[body for name in values if condition]`; the name is the comprehension's own.
  mutating func compileComprehension(
    _ body: SyntaxID, _ name: String, _ values: SyntaxID, _ condition: SyntaxID?,
    into target: Place, _ range: SourceRange
  ) {
    builderEmit(.arrayBegin, at: range)
    let variable = scope.builder.addLocal()
    compileLoop(over: values, variable: variable, name: name, at: range) { compiler in
      compiler.binding(name, to: variable) { compiler in
        var skip: Int?
        if let condition { skip = compiler.compileBranchStart(condition) }
        let mark = compiler.scope.builder.temporaryCount
        let value = compiler.compile(body)
        compiler.builderEmit(.arrayPush, .place(value), at: compiler.tree.range(body))
        compiler.scope.builder.releaseTemporaries(to: mark)
        if let skip { compiler.scope.builder.land(skip) }
      }
    }
    builderEmit(.arrayEnd, .place(target), at: range)
  }

  /// Compiles what may use a variable of its own; the name means what it meant before afterwards.
  mutating func binding(
    _ name: String, to variable: Place, _ body: (inout Compiler) -> Void
  ) {
    let outerPlace = scope.builder.locals[name]
    let outerCounter = scope.counters.removeValue(forKey: name)
    let wasDefinite = scope.definite.contains(name)
    scope.builder.bind(name, to: variable)
    scope.definite.insert(name)
    body(&self)
    scope.builder.bind(name, to: outerPlace)
    scope.counters[name] = outerCounter
    if !wasDefinite { scope.definite.remove(name) }
  }

  /// The first, last and step of a range in registers in a row, with room for a loop's state.
  mutating func compileRangeParts(
    _ first: SyntaxID, _ last: SyntaxID, _ step: SyntaxID?
  ) -> Place {
    let base = scope.builder.newTemporaries(4)
    func place(_ offset: Int) -> Place { Place(space: .temporary, index: base.index + offset) }
    _ = compile(first, into: place(0))
    _ = compile(last, into: place(1))
    if let step {
      _ = compile(step, into: place(2))
    } else {
      _ = compileNumber(1, into: place(2), tree.range(last))
    }
    return base
  }

  mutating func compileString(
    _ pieces: [SyntaxID], into target: Place, _ range: SourceRange
  ) {
    let base = scope.builder.newTemporaries(max(pieces.count, 1))
    for (offset, piece) in pieces.enumerated() {
      let place = Place(space: .temporary, index: base.index + offset)
      let mark = scope.builder.temporaryCount
      compilePiece(piece, into: place)
      scope.builder.releaseTemporaries(to: mark)
    }
    builderEmit(.text, .place(target), .place(base), .number(pieces.count), at: range)
  }

  mutating func compilePiece(_ piece: SyntaxID, into place: Place) {
    let range = tree.range(piece)
    guard case .interpolation(let value, let format) = tree[piece] else {
      let text = unescaped(range)
      program.texts.append(text)
      builderEmit(.loadText, .place(place), .wide(program.texts.count - 1), at: range)
      return
    }
    _ = compile(value, into: place)
    guard let format else { return }
    let text = program.sources[source].text(tree.range(format))
    guard NumberFormat(text) != nil else {
      report(.badFormat(text), tree.range(format))
      return
    }
    program.texts.append(text)
    let index = scope.builder.newTemporary()
    builderEmit(.loadText, .place(index), .wide(program.texts.count - 1), at: range)
    builderEmit(.format, .place(place), .place(place), .place(index), at: range)
  }

  /// A string's text with its escapes resolved.
  mutating func unescaped(_ range: SourceRange) -> String {
    let text = program.sources[source].text(range)
    guard text.contains("\\") else { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    var offset = range.start
    while let scalar = rest.first {
      guard scalar == "\\" else {
        result.unicodeScalars.append(rest.removeFirst())
        offset += UTF8.width(scalar)
        continue
      }
      let before = rest
      let meaning = Compiler.takeEscape(&rest)
      let escape = String(before[..<rest.startIndex])
      let end = offset + escape.utf8.count
      if let meaning {
        result.unicodeScalars.append(meaning)
      } else {
        report(.badEscape(escape), SourceRange(offset, end))
      }
      offset = end
    }
    return result
  }

  /// What an escape stands for, from its backslash on; nil when it is none.
  private static func takeEscape(_ rest: inout Substring.UnicodeScalarView) -> UnicodeScalar? {
    rest.removeFirst()
    let letter = rest.popFirst()
    switch letter {
    case "n": return "\n"
    case "t": return "\t"
    case "\"", "\\", "{", "}": return letter
    case "u" where rest.first == "{":
      let digits = rest.dropFirst().prefix(while: \.properties.isASCIIHexDigit)
      rest = rest.dropFirst(digits.count + 1)
      guard rest.first == "}" else { return nil }
      rest.removeFirst()
      return UInt32(String(digits), radix: 16).flatMap(UnicodeScalar.init)
    case _: return nil
    }
  }
}
