import Autograd
import TestSupport
import Testing

@testable import GradLanguage

/// The same program gives the same gradients, to the last bit.
@Suite struct ReproducibilityTests {
  /// Programs, and the names whose data and gradients are compared.
  private static func text(_ seed: Int) -> (text: String, names: [String]) {
    if seed < 40 {
      return (OracleProgram(seed: UInt64(9000 + seed)).text, ["a", "b", "c", "L"])
    }
    let text = ReferenceProgram.random[seed % ReferenceProgram.random.count].text
    return (text.replacing("\nbackward L\n", with: "\n"), ["p", "L"])
  }

  /// The bits of data and gradients; where there are none, nothing is equal.
  private func bits(_ session: Session, _ names: [String]) -> [UInt64] {
    session.run("backward L;")
    var result: [UInt64] = []
    for name in names {
      for member in ["data", "grad"] {
        let start = session.outputs.count
        session.run("print \(name).\(member)")
        guard case .printed(_, let values)? = session.outputs[start...].last else { return [] }
        for value in values {
          switch value {
          case .number(let number): result.append(number.data.bitPattern)
          case .array(let array): result += array.numbers.map(\.bitPattern)
          case .table, .string, .function, .nothing: return []
          }
        }
      }
    }
    return result
  }

  @Test(arguments: 0..<80)
  func gradients(_ seed: Int) {
    let (text, names) = ReproducibilityTests.text(seed)
    let session = Session()
    session.run(text)
    let first = bits(session, names)
    #expect(first.count >= 2 * names.count, "\(text)")
    #expect(bits(session, names) == first, "swept again")
    session.run(text)
    #expect(bits(session, names) == first, "run again in the same session")
    let other = Session()
    other.run("plain first = 1/3; repeat 7 { q = sin(first); backward q }\n" + text)
    #expect(bits(other, names) == first, "in another session, after other work")
  }

  @Test(arguments: 0..<80)
  func afterCompaction(_ seed: Int) {
    let (text, names) = ReproducibilityTests.text(seed)
    let roomy = Session()
    roomy.run(text)
    let first = bits(roomy, names)
    var settings = Settings()
    settings.nodeLimit = roomy.nodeCount + 300
    let narrow = Session(settings)
    narrow.run(text)
    narrow.run("leaf = 2\nrepeat 500 { waste = sin(leaf) }")
    #expect(narrow.codes.filter { $0.hasPrefix("E") } == [])
    #expect(narrow.interpreter.machine.graph.generation > 0)
    #expect(bits(narrow, names) == first, "\(text)")
  }

  /// Leaves changed and changed back, the graph run forward each time.
  @Test(arguments: 0..<80)
  func afterReplay(_ seed: Int) {
    let (text, names) = ReproducibilityTests.text(seed)
    let session = Session()
    session.run(text)
    let first = bits(session, names)
    let leaf = names[0]
    session.run("plain kept = \(leaf).data; \(leaf) := kept*1.25; forward L;")
    #expect(bits(session, names) != first)
    session.run("\(leaf) := kept; forward L;")
    #expect(bits(session, names) == first, "\(text)")
  }

  /// Statements that do not need each other can stand in any order: where each value is used twice at
  /// most, the bits are the same, since a sum of two terms has no order.
  @Test(arguments: 0..<30)
  func orderOfIndependentStatements(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let forms = [
      "X*Y", "X/(Y^2 + 1)", "sin(X)*exp(Y)", "tanh(X - Y)", "atan2(X, Y)", "sqrt(X^2 + Y^2)",
      "logaddexp(X, Y)", "X^3 - softplus(Y)",
    ]
    let leaves = ["a", "b", "c", "d"]
    let statements = leaves.indices.map { k in
      "t\(k) = "
        + random.pick(forms).replacing("X", with: leaves[k])
        .replacing("Y", with: leaves[(k + 1) % leaves.count])
    }
    func run(_ order: [Int]) -> [UInt64] {
      let session = Session()
      session.run("a = 0.3; b = -1.7; c = 2.2; d = 0.9")
      for k in order { session.run(statements[k]) }
      session.run("L = (t0*t1 + t2)*t3")
      return bits(session, leaves + ["t0", "t1", "t2", "t3", "L"])
    }
    let first = run([0, 1, 2, 3])
    for _ in 0..<6 {
      let order = [0, 1, 2, 3].shuffled(using: &random)
      #expect(run(order) == first, "\(order.map { statements[$0] })")
    }
  }

  /// Where many steps use a value, its gradient is a sum of many terms: another order may change the
  /// last digit, and no more.
  @Test func orderOfManyTerms() {
    var random = SplitMix64(seed: 3)
    let statements = (1...40).map { "t\($0) = sin(\($0)*a)/\($0)" }
    func gradient(_ order: [Int]) -> Double {
      let session = Session()
      session.run("a = 0.7")
      for k in order { session.run(statements[k]) }
      session.run("L = \((1...40).map { "t\($0)" }.joined(separator: " + ")); backward L;")
      return session.shown("a")?.gradient ?? .nan
    }
    let first = gradient(Array(0..<40))
    for _ in 0..<10 {
      expectClose(
        gradient((0..<40).shuffled(using: &random)), first, relative: 0, absolute: 40 * 0x1p-53)
    }
  }
}
