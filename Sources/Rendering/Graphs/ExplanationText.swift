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
    if let value {
      line(StyledText(summary(drawing, value, counts[value] ?? 0)))
    } else if lines >= ExplanationText.stepLimit {
      line(StyledText("(further steps are not written)"))
    }
    return text
  }

  private func equation(_ value: GraphDrawing.Value) -> String {
    "\(VisibleText.line(value.name)) = \(VisibleText.line(value.formula)) = "
      + numbers(value.numbers, value.shape)
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
      text.append(share.rule + " = \(product)")
    }
    guard count > 1 else { return text }
    text.append(
      "    contribution \(count): \(numbers(share.before, shape)) + \(product) = "
        + numbers(share.after, shape), .gradient)
    return text
  }

  private func summary(_ drawing: GraphDrawing, _ value: Int, _ count: Int) -> String {
    guard value >= 0, count > 0 else {
      return "it received nothing in the last sweep: run `backward` of a result that uses it"
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
