import Foundation
import TestSupport
import Testing

@testable import GradLanguage

/// The random programs, whose values and gradients JAX knows, against forward mode and differences.
@Suite struct RandomProgramTests {
  @Test func programsHaveEverything() {
    #expect(ReferenceProgram.random.count >= 400)
    for (word, least) in [
      ("for ", 80), ("while ", 60), ("repeat ", 80), ("if ", 80), (" then ", 40), (" -> ", 20),
      ("g(", 80), ("where(", 80), ("min(", 80), ("max(", 80), ("clamp(", 80), (" @ ", 80),
      ("sum(", 60), ("mean(", 80), ("prod(", 40), ("norm(", 40), ("logsumexp(", 40),
      ("softmax(", 40),
      ("var(", 40), ("std(", 40), ("sort(", 20), ("cumsum(", 20), ("transpose(", 20),
      ("outer(", 20),
      ("stack(", 20), ("concat(", 20), ("[2..3]", 20), ("[end]", 20), (", :]", 40), ("[:, ", 20),
      (", :] = ", 20), (" += ", 40),
    ] {
      // In the function's body, not in the line that takes p apart.
      let count = ReferenceProgram.random.count { program in
        program.text.split(separator: "\n").dropFirst(3).contains { $0.contains(word) }
      }
      #expect(count >= least, "\(word): \(count) programs")
    }
  }

  /// Reverse mode is forward mode but for rounding, and differences agree with both.
  @Test(arguments: ReferenceProgram.random)
  func threeWays(_ program: ReferenceProgram) throws {
    let session = Session()
    session.run(program.text)
    #expect(session.codes.filter { $0.hasPrefix("E") } == [])
    var random = SplitMix64(seed: UInt64(program.text.utf8.count))
    let p = numbers("p.data", session)
    let gradient = numbers("p.grad", session)
    #expect(gradient.count == 18)
    let scale = max(1, gradient.map(\.magnitude).max() ?? 0)
    for _ in 0..<3 {
      let direction = p.map { _ in Double(Int.random(in: -8...8, using: &random)) / 8 }
      let reverse = zip(gradient, direction).map { $0 * $1 }.reduce(0, +)
      let forward = session.number("jvp(f, p.data, \(direction))")
      expectClose(forward, reverse, relative: 1e-13, absolute: 1e-13 * scale, program.name)
    }
    let direction = p.map { _ in Double(Int.random(in: -8...8, using: &random)) / 8 }
    let reverse = zip(gradient, direction).map { $0 * $1 }.reduce(0, +)
    let difference = CentralDifference(at: 0, step: 0x1p-13) { t in
      session.number("f(\(zip(p, direction).map { $0 + t * $1 }))")
    }
    expectClose(
      difference.derivative, reverse, relative: 1e-6, absolute: 1e-6 * scale, program.name)
  }

  /// First and second derivatives that were recorded at one point and are computed again at another are
  /// those of the other point, where no condition of the program stands in between.
  @Test(arguments: ReferenceProgram.random)
  func elsewhere(_ program: ReferenceProgram) throws {
    let session = Session()
    session.run(program.text)
    session.run(
      """
      r = p.data; there = grad(f(r), r); curved = grad(sum(there^2), r)
      q = 0.75*p.data + 0.1; here = grad(f(q), q); bent = grad(sum(here^2), q)
      q := p.data; forward
      """)
    #expect(session.codes.filter { $0.hasPrefix("E") } == [])
    if session.codes.contains("W102") { return }
    for (found, expected) in [("here", "there"), ("bent", "curved")] {
      let expected = numbers(expected, session)
      let scale = max(1, expected.map(\.magnitude).max() ?? 0)
      #expect(expected.count == 18)
      for (x, y) in zip(numbers(found, session), expected) {
        expectClose(x, y, relative: 1e-9, absolute: 1e-11 * scale, "\(found), \(program.name)")
      }
    }
  }

  private func numbers(_ expression: String, _ session: Session) -> [Double] {
    let start = session.outputs.count
    session.run("print \(expression)")
    guard case .printed(_, let values)? = session.outputs[start...].last,
      case .array(let array)? = values.first
    else { return [] }
    return array.numbers
  }
}
