import GradLanguage

/// The reverse sweep in words and numbers.
///
///     o = tanh(n) = 0.707106781187    grad 1
///       n  ∂(tanh(n))/∂n = 1 - o^2 = 0.5, 1 * 0.5 = 0.5
struct ExplanationText {
  private let format: NumberFormat

  init(_ format: NumberFormat) { self.format = format }

  /// More steps than this are not written.
  static let stepLimit = 200

  /// All steps, or only what one value receives.
  func render(_ drawing: GraphDrawing, of value: Int?) -> StyledText {
    if let paths = drawing.paths { return render(paths, drawing) }
    var text = StyledText()
    var counts: [Int: Int] = [:]
    var lines = 0
    func line(_ content: StyledText) {
      if !text.isEmpty { text.append("\n") }
      text.append(content)
    }
    for step in drawing.sweep {
      guard lines < ExplanationText.stepLimit else { break }
      var heading = StyledText(equation(drawing.values[step.value]) + "    ")
      heading.append("grad " + numbers(step.adjoint, drawing.values[step.value].shape), .gradient)
      let names = step.contributions.map { drawing.values[$0.operand].name }
      let width = names.map(DisplayWidth.of).max() ?? 0
      var isHeaded = false
      for (share, name) in zip(step.contributions, names) {
        counts[share.operand, default: 0] += 1
        guard value == nil || share.operand == value else { continue }
        if !isHeaded { line(heading) }
        isHeaded = true
        let padding = String(repeating: " ", count: width - DisplayWidth.of(name))
        line(
          StyledText("  \(name)\(padding)  ")
            + self.share(share, step, drawing, count: counts[share.operand] ?? 1))
        lines += 1
      }
    }
    if drawing.values.contains(where: \.isStale) {
      line(
        StyledText(
          "(stale: computed from data that has changed since; run `forward` first)", .stale))
    }
    if value == nil, let remark = drawing.remarkOnFormerNames {
      line(StyledText(VisibleText.line(remark)))
    }
    if let value {
      line(StyledText(summary(drawing, value, counts[value] ?? 0)))
    } else if lines >= ExplanationText.stepLimit {
      line(StyledText("(further steps are not written)"))
    }
    return text
  }

  /// `2 paths lead from a to L. The largest:`, and a line for each with its product.
  private func render(_ paths: GraphDrawing.Paths, _ drawing: GraphDrawing) -> StyledText {
    let from = VisibleText.line(drawing.values[paths.value].name)
    let to = drawing.roots.first.map { VisibleText.line(drawing.values[$0].name) } ?? ""
    let count = NumberFormat.significant(17).text(paths.count)
    let more = drawing.omitted > 0 ? " in the part of the graph that is looked at" : ""
    var text = StyledText(
      paths.count == 1
        ? "1 path leads from \(from) to \(to)\(more)"
        : "\(count) paths lead from \(from) to \(to)\(more)")
    guard !paths.largest.isEmpty else {
      text.append(paths.count > 0 ? "; through arrays as wholes they have no numbers" : "")
      return text
    }
    if paths.count > Double(paths.largest.count) { text.append("; the largest:") }
    let products = paths.largest.map { format.text($0.product) }
    let width = products.map(\.count).max() ?? 0
    for (path, product) in zip(paths.largest, products) {
      text.append("\n  " + String(repeating: " ", count: width - product.count))
      text.append(product, .gradient)
      text.append("  " + way(path, drawing))
    }
    return text
  }

  /// `a → b → L: 2 * 3`; of a long path both ends.
  private func way(_ path: GraphDrawing.Path, _ drawing: GraphDrawing) -> String {
    func ends(_ parts: [String], _ separator: String) -> String {
      (parts.count > 12 ? Array(parts.prefix(6)) + ["…"] + parts.suffix(5) : parts)
        .joined(separator: separator)
    }
    let names = path.values.map { VisibleText.line(drawing.values[$0].name) }
    let factors = path.factors.map { format.text($0) }
    return ends(names, " → ")
      + (factors.isEmpty
        ? "" : "    " + ends(factors.map { $0.hasPrefix("-") ? "(\($0))" : $0 }, " * "))
  }

  private func equation(_ value: GraphDrawing.Value) -> String {
    VisibleText.line(value.name) + " = "
      + (value.formula == value.name ? "" : VisibleText.line(value.formula) + " = ")
      + numbers(value.numbers, value.shape) + (value.isStale ? " stale" : "")
  }

  private func numbers(_ numbers: [Double], _ shape: [Int]) -> String {
    shape.isEmpty
      ? format.text(numbers.first ?? .nan)
      : ArrayText(format).short(shape: shape, numbers: numbers)
  }

  /// `∂(tanh(n))/∂n = 1 - o^2 = 0.5, 1 * 0.5 = 0.5`, and for a value that is used again the running sum.
  private func share(
    _ share: GraphDrawing.Step.Contribution, _ step: GraphDrawing.Step, _ drawing: GraphDrawing,
    count: Int
  ) -> StyledText {
    let shape = drawing.values[share.operand].shape
    let product = numbers(share.product, shape)
    var text = StyledText()
    if let local = share.local, shape.isEmpty {
      let number = format.text(local)
      text.append(VisibleText.line(share.symbol) + " = \(share.rule)")
      if number != share.rule { text.append(" = \(number)") }
      let factor = numbers(step.adjoint, drawing.values[step.value].shape)
      text.append(", \(factor) * \(local < 0 ? "(\(number))" : number) = \(product)")
    } else {
      text.append(expression(of: share, step, drawing) + " = \(product)")
    }
    guard count > 1 else { return text }
    text.append(
      "    contribution \(count): \(numbers(share.before, shape)) + \(bracketed(product)) = "
        + numbers(share.after, shape), .gradient)
    return text
  }

  private func bracketed(_ number: String) -> String {
    number.hasPrefix("-") ? "(\(number))" : number
  }

  /// What is added where arrays are concerned: the rule times g, the gradient that is handed on, summed
  /// where a number or a shorter array was used several times.
  private func expression(
    of share: GraphDrawing.Step.Contribution, _ step: GraphDrawing.Step, _ drawing: GraphDrawing
  ) -> String {
    let value = drawing.values[step.value]
    if value.operation == "[ ]", !value.shape.isEmpty { return "its element of g" }
    let words = share.rule.split { !$0.isLetter }
    if words.contains("g") || share.rule.hasPrefix("1 for its own") { return share.rule }
    let rule = share.rule.contains(" ") ? "(\(share.rule))" : share.rule
    let product = share.rule == "1" ? "g" : share.rule == "-1" ? "-g" : "g*\(rule)"
    let isSummed = value.numbers.count > drawing.values[share.operand].numbers.count
    return isSummed ? "sum of \(product)" : product
  }

  /// Why a value has received nothing.
  private func summaryOfNothing(_ drawing: GraphDrawing, _ name: String) -> String {
    if let root = drawing.roots.first, drawing.values[root].name == name,
      drawing.values[root].gradient != nil
    {
      return "the sweep begins at \(name): its gradient is 1"
    }
    let received = Set(drawing.sweep.flatMap(\.contributions).map(\.operand))
    let former = drawing.values.indices.first {
      drawing.values[$0].formerName == name && received.contains($0)
    }
    return "\(name) received nothing in the last sweep"
      + (former.map { ", a value that it had before did: \(drawing.values[$0].name)" }
        ?? ": run `backward` of a result that uses it")
  }

  private func summary(_ drawing: GraphDrawing, _ value: Int, _ count: Int) -> String {
    guard value >= 0, count > 0 else {
      return summaryOfNothing(
        drawing, drawing.subjectName ?? (value >= 0 ? drawing.values[value].name : "it"))
    }
    let root = drawing.roots.first.map { drawing.values[$0].name } ?? ""
    let own = drawing.values[value]
    let sum = drawing.sweep.flatMap(\.contributions).last { $0.operand == value }?.after ?? []
    return "d\(root)/d\(own.name) = \(numbers(sum, own.shape)), the sum of \(count) contribution"
      + (count == 1 ? "" : "s")
  }
}

extension StyledText {
  fileprivate static func + (a: StyledText, b: StyledText) -> StyledText {
    var text = a
    text.append(b)
    return text
  }
}
