import RealModule

// What differences say about one derivative.

extension GradientCheck {
  /// The root's value beside a number, on one side.
  private struct Sample {
    /// The step, with its sign, as it was taken.
    let step: Double
    let value: Double
    let difference: Double
    /// A condition that would go another way there.
    let branch: Origin?

    var quotient: Double { difference / step }
  }

  /// Samples on one side, with steps h, 16 h and 256 h.
  private struct Side {
    let samples: [Sample]

    var nearest: Sample { samples[0] }
    /// Whether the root has a value there.
    var exists: Bool { nearest.difference.isFinite }

    /// p, where the root's change goes like the step's power p: 1 for a slope, ½ beside a root, 0 at a
    /// jump; nil where it does not go like a power.
    var exponent: Double? {
      let sizes = samples.map(\.difference.magnitude)
      guard sizes.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
      let (low, high) = (
        .log(sizes[1] / sizes[0]) / .log(16.0), .log(sizes[2] / sizes[1]) / .log(16.0)
      )
      return (low - high).magnitude < 0.1 ? low : nil
    }
  }

  /// Runs the program with `number + step`; the caller puts the number back.
  private func sample(_ slot: Int, _ runs: [Range<Int>], _ number: Double, _ step: Double) -> Sample
  {
    var report = ForwardReport()
    let value = value(number + step, at: slot, runs, &report)
    return Sample(
      step: number + step - number, value: value, difference: value - center,
      branch: report.trippedGuards.first)
  }

  /// Judges one number.
  ///
  /// First it is looked at closely: with steps as small as rounding allows, so that 1/10 000 of the
  /// slope still shows. That tells slopes from kinks, jumps and infinite slopes, at whatever scale the
  /// function changes. Only then longer steps are extrapolated for more digits, and believed where they
  /// agree with the close look.
  func judge(_ slot: Int, _ runs: [Range<Int>]) throws(GraphError) -> Finding {
    let number = tape.pointee.values[slot]
    let gradient = adjoints.number(at: slot)
    defer {
      var report = ForwardReport()
      _ = value(number, at: slot, runs, &report)
    }
    func finding(_ verdict: Verdict, distance: Double = 0) -> Finding {
      Finding(slot: Int32(slot), gradient: gradient, verdict: verdict, distance: distance)
    }
    guard center.isFinite, !gradient.isNaN else { return finding(.notFinite) }
    if shouldStop() { throw .interrupted }
    let coarse = extrapolated(slot, runs, number, from: max(number.magnitude, 1) / 32)
    let size = gradient != 0 && gradient.isFinite ? gradient.magnitude : coarse.steepest
    let smallest = max(64 * number.ulp, number == 0 ? 0x1p-200 : 0)
    let step = max(noise * 1e4 / (size > 0 ? size : 1), smallest)
    guard step <= max(number.magnitude, 1) / 4 else { return finding(.undecided(.cancellation)) }
    let steps = [step, 16 * step, 256 * step]
    let left = Side(samples: steps.map { sample(slot, runs, number, -$0) })
    let right = Side(samples: steps.map { sample(slot, runs, number, $0) })
    if let branch = left.nearest.branch ?? right.nearest.branch {
      return finding(.undecided(.branch(branch)))
    }
    let sides = [left, right].filter(\.exists)
    guard !sides.isEmpty else { return finding(.undecided(.unsettled)) }
    // Steps that rounding makes long may show how the function bends, and not what it is here.
    let isFar = (steps.last ?? step) > max(number.magnitude, 1) / 4
    if !isFar, let verdict = irregularity(left, right, gradient) { return finding(verdict) }
    if shouldStop() { throw .interrupted }
    let closer = extrapolated(slot, runs, number, from: step * 0x1p20)
    let found = judge(sides, gradient, coarse, closer, finding)
    if isFar, case .differs = found.verdict { return finding(.undecided(.cancellation)) }
    return found
  }

  /// What is other than a slope beside a number.
  private func irregularity(_ left: Side, _ right: Side, _ gradient: Double) -> Verdict? {
    let sides = [left, right].filter(\.exists)
    func isSeen(_ sample: Sample) -> Bool { sample.difference.magnitude > 100 * noise }
    let exponents = sides.map { isSeen($0.nearest) ? $0.exponent ?? 1 : 1 }
    if exponents.contains(where: { $0.magnitude < 0.03 }) {
      return .jump(left: left.nearest.value, right: right.nearest.value)
    }
    // Beside a logarithm quotients grow slower than with any power.
    let isSteep = exponents.contains { $0 > 0.03 && $0 < (gradient.isInfinite ? 0.9995 : 0.97) }
    if gradient.isInfinite {
      return isSteep ? .infinite : .differs(difference: sides[0].nearest.quotient)
    }
    if isSteep { return .differs(difference: sides[0].nearest.quotient * .infinity) }
    guard sides.count == 2 else { return nil }
    let bends = (0..<3).map { right.samples[$0].quotient - left.samples[$0].quotient }
    let off = noise / right.nearest.step
    let isKink =
      bends[0].magnitude > 8 * off && (bends[0] - bends[1]).magnitude < 0.25 * bends[0].magnitude
      && (bends[1] - bends[2]).magnitude < 0.25 * bends[1].magnitude
    guard isKink else { return nil }
    let (a, b) = (left.samples[2].quotient, right.samples[2].quotient)
    return .kink(left: a.magnitude < 4 * off ? 0 : a, right: b.magnitude < 4 * off ? 0 : b)
  }

  /// A slope, held against the gradient.
  private func judge(
    _ sides: [Side], _ gradient: Double, _ coarse: Quotients, _ closer: Quotients,
    _ finding: (Verdict, Double) -> Finding
  ) -> Finding {
    let isOneSided = sides.count == 1
    func close(_ k: Int) -> Double {
      isOneSided
        ? sides[0].samples[k].quotient
        : (sides[1].samples[k].value - sides[0].samples[k].value)
          / (sides[1].samples[k].step - sides[0].samples[k].step)
    }
    let off = 10 * noise / sides[0].nearest.step.magnitude
    func agree(_ x: Double, _ y: Double, _ relative: Double) -> Bool {
      (x - y).magnitude <= relative * max(x.magnitude, y.magnitude) + off
    }
    let size = max(gradient.magnitude, close(0).magnitude)
    // Among the smallest numbers there are few digits left.
    if size < 0x1p-1000 {
      return agree(close(0), gradient, 5e-3)
        ? finding(
          .agrees(difference: close(0), isOneSided: isOneSided),
          (close(0) - gradient).magnitude / max(size, .leastNonzeroMagnitude))
        : finding(.undecided(.cancellation), 0)
    }
    // Slopes that vanish with the step have no size of their own.
    let isFlat = gradient == 0 && close(0).magnitude <= 1e-3 * coarse.steepest + off
    if isFlat {
      return finding(.agrees(difference: 0, isOneSided: isOneSided), 0)
    }
    // The best of what agrees with the close look.
    let estimates = [coarse, closer].map {
      isOneSided ? ($0.left.limit == nil ? $0.right : $0.left) : $0.central
    }
    let best = estimates.filter { estimate in
      estimate.limit.map { agree($0, close(0), 5e-3) } ?? false
    }.min { $0.error < $1.error }
    if let best, let limit = best.limit, best.error < 1e-4 * size {
      let distance = (limit - gradient).magnitude
      return distance <= 1e-6 * size + 4 * best.error
        ? finding(.agrees(difference: limit, isOneSided: isOneSided), distance / size)
        : finding(.differs(difference: limit), 0)
    }
    if agree(close(0), gradient, 5e-3) {
      let distance = (close(0) - gradient).magnitude / size
      return finding(.agrees(difference: close(0), isOneSided: isOneSided), distance)
    }
    return agree(close(0), close(1), 0.05) && agree(close(1), close(2), 0.2)
      ? finding(.differs(difference: close(0)), 0) : finding(.undecided(.unsettled), 0)
  }

  // MARK: More digits

  /// Quotients with steps that are halved, extrapolated.
  private struct Quotients {
    var left = Extrapolation(power: 1)
    var right = Extrapolation(power: 1)
    var central = Extrapolation(power: 2)
    /// The largest quotient seen.
    var steepest = 0.0
  }

  /// The step is halved so many times.
  private static let halvings = 24

  private func extrapolated(
    _ slot: Int, _ runs: [Range<Int>], _ number: Double, from first: Double
  ) -> Quotients {
    var result = Quotients()
    var step = first
    for _ in 0..<GradientCheck.halvings {
      guard number - step < number, number + step > number, step > 4 * number.ulp else { break }
      let low = sample(slot, runs, number, -step)
      let high = sample(slot, runs, number, step)
      add(low.quotient, step, to: &result.left)
      add(high.quotient, step, to: &result.right)
      let quotient = (high.value - low.value) / (high.step - low.step)
      add(quotient, step, to: &result.central)
      for quotient in [low.quotient, high.quotient] where quotient.isFinite {
        result.steepest = max(result.steepest, quotient.magnitude)
      }
      if result.central.isPrecise || noise / step > 1e-3 * result.steepest, step < first { break }
      step /= 2
    }
    return result
  }

  private func add(_ quotient: Double, _ step: Double, to slope: inout Extrapolation) {
    if quotient.isFinite {
      slope.add(quotient, noise: noise / step)
    } else {
      slope = Extrapolation(power: slope.power)
    }
  }
}
