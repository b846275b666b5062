extension Compiler {
  /// `plot f(x), g(x) for x in -5..5`, `plot xs, ys`, with the words after them
  mutating func compilePlot(_ parts: [SyntaxID], _ range: SourceRange) {
    let form = plotForm(parts)
    guard !form.values.isEmpty else {
      report(.missingArgument(command: "plot", example: "plot f(x) for x in -5..5"), range)
      return
    }
    if form.samples == nil, let slope = form.slope {
      report(.noTangent(.noFunction), tree.range(slope))
      return
    }
    let path = compilePath(form.path)
    builderEmit(.plotBegin, .number(form.curves.count), .wide(addLabels(of: form)), at: range)
    for (option, value) in form.options { compile(option, value) }
    if let samples = form.samples, case .samples(let name, let numbers) = tree[samples] {
      let known = problems.count
      compileSamples(form.values, tree[name], numbers, range)
      // What is wrong with a curve is said once, not of its slope too.
      if problems.count == known { compileTangents(form, tree[name]) }
    } else {
      let base = compileInRow(form.values, after: nil)
      let last = tree.range(form.values[form.values.count - 1])
      builderEmit(
        .plotArrays, .number(0), .place(base), .number(form.values.count),
        at: tree.range(form.values[0]).union(last))
    }
    builderEmit(.plotEnd, .number(0), path, at: form.path.map { tree.range($0) } ?? range)
  }

  /// The name of the first coordinate and the curves' labels, in a row in the program's texts.
  private mutating func addLabels(of form: PlotForm) -> Int {
    let text = program.sources[source].text
    var variable = form.curves.count < form.values.count ? text(tree.range(form.values[0])) : ""
    if let samples = form.samples, case .samples(let name, _) = tree[samples] {
      variable = tree[name]
    }
    let first = addText(variable)
    for curve in form.curves { _ = addText(text(tree.range(curve))) }
    return first
  }

  // MARK: Words after the arguments

  /// Sorts the parts; a word that is written twice, or does not fit, is reported.
  private mutating func plotForm(_ parts: [SyntaxID]) -> PlotForm {
    var form = PlotForm()
    form.values = parts.filter { !isOption($0) }
    for part in parts { add(part, to: &form) }
    if form.samples != nil, let (_, ends) = form.options.first(where: { $0.0 == .xRange }) {
      let text = program.sources[source].text(tree.range(ends))
      report(.rangeOfSamples(text), tree.range(ends))
    }
    return form
  }

  private mutating func add(_ part: SyntaxID, to form: inout PlotForm) {
    func isNew(_ option: PlotOption) -> Bool { !form.options.contains { $0.0 == option } }
    let repeated: String?
    switch tree[part] {
    case .samples:
      repeated = form.samples == nil ? nil : "for"
      form.samples = part
    case .destination(let path):
      repeated = form.path == nil ? nil : "to"
      form.path = path
    case .title(let text):
      repeated = isNew(.title) ? nil : "title"
      form.options.append((.title, text))
    case .axisLabels(let labels):
      repeated = isNew(.xLabel) ? nil : "labels"
      form.options += zip([.xLabel, .yLabel], tree[labels]).map { ($0, $1) }
    case .axisRange(let axis, let ends):
      let option = tree[axis] == "x" ? PlotOption.xRange : .yRange
      repeated = isNew(option) ? nil : option.word
      form.options.append((option, ends))
    case .option:
      repeated = isNew(.points) ? nil : "with points"
      form.options.append((.points, part))
    case .slope(let places):
      repeated = nil
      form.slope = form.slope ?? part
      form.contacts += tree[places]
      for place in tree[places] { refuseAnd(place) }
    case _: repeated = nil
    }
    if let repeated { report(.repeatedOption(repeated), tree.range(part)) }
  }

  /// `slope at 1 and 2` would be the slope at 1, which is what `and` gives.
  private mutating func refuseAnd(_ place: SyntaxID) {
    if case .and = tree[place] {
      report(.foreignOperator("and", instead: [","]), tree.range(place))
    }
  }

  private mutating func compile(_ option: PlotOption, _ value: SyntaxID) {
    let mark = scope.builder.temporaryCount
    let place: Place
    switch tree[value] {
    case .range(let first, let last, _): place = compileInRow([first, last], after: nil)
    case .option: place = scope.builder.newTemporary()
    case _: place = compileInRow([value], after: nil)
    }
    builderEmit(
      .plotOption, .number(option.rawValue), .place(place), at: tree.range(value))
    scope.builder.releaseTemporaries(to: mark)
  }

  // MARK: Points

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
    if let first {
      builderEmit(.move, .place(base), .place(first), at: tree.range(values[0]))
    }
    for (k, value) in values.enumerated() {
      let mark = scope.builder.temporaryCount
      _ = compile(value, into: base.following(k + offset))
      scope.builder.releaseTemporaries(to: mark)
    }
    return base
  }

  // MARK: Tangents

  /// A tangent of each curve at each place: the curve's expression is made a function of the
  /// variable, which is called, and so is its derivative.
  private mutating func compileTangents(_ form: PlotForm, _ variable: String) {
    guard !form.contacts.isEmpty else { return }
    let functions = form.curves.map { curve -> Place in
      let place = scope.builder.newTemporary()
      compileClosure(
        name: nil, parameters: [variable], body: curve, into: place, tree.range(curve))
      return place
    }
    for contact in form.contacts {
      let mark = scope.builder.temporaryCount
      let x = scope.builder.newTemporary()
      _ = compile(plain: contact, into: x)
      builderEmit(.plotContact, .place(x), .place(x), at: tree.range(contact))
      for (curve, function) in functions.enumerated() {
        compileTangent(curve, function, x, tree.range(contact))
      }
      scope.builder.releaseTemporaries(to: mark)
    }
  }

  private mutating func compileTangent(
    _ curve: Int, _ function: Place, _ x: Place, _ range: SourceRange
  ) {
    let mark = scope.builder.temporaryCount
    let point = scope.builder.newTemporaries(3)
    let call = scope.builder.newTemporaries(2)
    builderEmit(.move, .place(point), .place(x), at: range)
    builderEmit(.move, .place(call), .place(function), at: range)
    builderEmit(.move, .place(call.following(1)), .place(x), at: range)
    builderEmit(.call, .place(point.following(1)), .place(call), .number(1), at: range)
    builderEmit(.derivative, .place(call), .place(function), .number(1), at: range)
    builderEmit(.move, .place(call.following(1)), .place(x), at: range)
    builderEmit(.call, .place(point.following(2)), .place(call), .number(1), at: range)
    builderEmit(.plotTangent, .number(curve), .place(point), at: range)
    scope.builder.releaseTemporaries(to: mark)
  }
}
