import TestSupport
import Testing

@testable import Autograd
@testable import GradLanguage

/// Checkpoints: coming back makes everything what it was, bit for bit, and later inputs do the same.
@Suite struct CheckpointTests {
  /// Everything of a session that a checkpoint keeps, in a form that can be compared.
  private static func fingerprint(_ session: Session) -> [String] {
    let machine = session.interpreter.machine
    let tape = machine.graph.tape.pointee
    var lines = session.lines("show")
    for index in 0..<tape.nodeCount {
      let node = tape.nodes[index]
      lines.append("\(node.operation) \(node.left) \(node.right) \(tape.slot(of: index))")
    }
    for slot in 0..<tape.slotCount {
      let gradient = machine.graph.gradient(at: Int32(slot))
      lines.append(
        "\(tape.values[slot].bitPattern) \(gradient?.bitPattern ?? 1) "
          + "\(machine.graph.labels[Int32(slot)] ?? -1) \(machine.graph.isStale(Int32(slot))) "
          + "\(machine.graph.isGradientStale(at: Int32(slot)))")
    }
    for (name, value) in machine.namedValues() {
      lines.append("\(name) \(ValueText.text(of: machine.shown(value), format: .shortest))")
    }
    lines.append("\(machine.random) \(machine.settings.format) \(machine.plainGlobals.sorted())")
    lines.append("\(machine.givenNotes.count) \(machine.isAnswerAutomatic)")
    return lines
  }

  private static let statements = [
    "a = 2", "a = b", "b = 3; c = a*b", "L = (a + c)^2", "L += b", "backward L;", "zero",
    "backward L accumulate;", "a := a*1.5", "a := 7; forward L;", "forward;", "a.grad = 5",
    "plain p = 1", "p = p + a", "v = [1, 2, 3]", "v[2] = a", "v[1] := 9", "w = v*b; s = sum(w)",
    "x = [[1, 2], [3, 4]]; y = x @ [a, b]", "r = rand()", "z = randn(3)", "seed 4",
    "set digits 5", "set digits full", "f(t) = t^2 + a", "q = f(3)", "g = f'", "q = g(a)",
    "k = [t -> t*i for i in 1..3]", "q = k[2](b)", "for i in 1..20 { L = L*1.01 + a }",
    "t = \"text {a}\"", "n = 1/(a - a)", "sin = 3", "a + b", "ans*2", "ans = 1", "v",
    "u = zeros(2, 3, 4) + a", "m = [j/7 for j in 1..6000]", "m[6] = 5", "m[7] = b",
    "L = dots(v + a, v)",
    "L = dots([a, b, a, b, a, b, a, b], [b, a, a, a, b, b, a, a])",
    "if a > 1 { h = a } else { h = b }", "h = zz", "L = a*b; L = zz", "c = a[1]",
    "for i in 1..3 { v[i] = v[i] + 1 }", "print a, L", "show", "repeat 300 { d = [a, b]*2 }",
  ]

  @Test(arguments: 0..<12)
  func comingBackIsExact(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let session = Session()
    session.run(
      """
      a = 1.25; b = -3; L = a*b; v = [a, b, 1]
      dots(p, q) = { s = 0; for i in 1..length(p) { s = s + p[i]*q[i] }; s }
      """)
    var states: [(checkpoint: Checkpoint, fingerprint: [String])] = []
    func save() throws {
      states.append((try session.interpreter.checkpoint(), CheckpointTests.fingerprint(session)))
    }
    try save()
    var inputs: [String] = []
    var answers: [[String]] = []
    for _ in 0..<40 {
      let input = generator.pick(CheckpointTests.statements)
      inputs.append(input)
      answers.append(session.lines(input, mode: .prompt))
      try save()
    }
    for _ in 0..<40 {
      let index = generator.below(states.count)
      session.interpreter.restore(states[index].checkpoint)
      session.checkInvariants()
      #expect(CheckpointTests.fingerprint(session) == states[index].fingerprint)
      #expect(!session.interpreter.isChanged(since: states[index].checkpoint))
      // What comes after is as it was the first time.
      for next in index..<min(index + 3, inputs.count) {
        #expect(session.lines(inputs[next], mode: .prompt) == answers[next], "\(inputs[next])")
        #expect(CheckpointTests.fingerprint(session) == states[next + 1].fingerprint)
      }
    }
  }

  @Test("a collection between two states makes no difference")
  func collection() throws {
    let session = Session()
    session.run("a = 2; v = [1, 2]; L = a*sum(v); backward L;")
    let state = CheckpointTests.fingerprint(session)
    let checkpoint = try session.interpreter.checkpoint()
    session.run("a = 5; v = 0; L = 1; w = [\"x\", \"y\"]; for i in 1..9 { u = [i, i] }")
    session.interpreter.machine.collect(top: 0)
    session.run("for i in 1..9 { u = [a, i]*2 }")
    session.interpreter.restore(checkpoint)
    #expect(CheckpointTests.fingerprint(session) == state)
    session.interpreter.machine.collect(top: 0)
    session.checkInvariants()
    #expect(session.state("L") == "6 grad 1")
    #expect(session.state("a") == "2 grad 3")
  }

  @Test("what has not changed is shared")
  func sharing() throws {
    let session = Session()
    session.run("x = 1; f(n) = { s = x; for i in 1..n { s = s*1.0001 }; s }; L = f(100000)")
    session.run("plain m = [i for i in 1..100000]")
    let first = try session.interpreter.checkpoint()
    let size = session.interpreter.checkpointByteCount
    #expect(size > 100_000 * 16)
    session.run("y = 2")
    let second = try session.interpreter.checkpoint()
    #expect(session.interpreter.checkpointByteCount - size < 400_000)
    withExtendedLifetime((first, second)) {}
  }

  @Test("memory is counted for as long as the checkpoints live")
  func counting() throws {
    let session = Session()
    session.run("v = [i for i in 1..10000]")
    var checkpoint: Checkpoint? = try session.interpreter.checkpoint()
    #expect(session.interpreter.checkpointByteCount > 80_000)
    withExtendedLifetime(checkpoint) {}
    checkpoint = nil
    #expect(session.interpreter.checkpointByteCount == 0)
  }

  @Test("a state that is too large is not saved")
  func limit() throws {
    let session = Session()
    session.run("v = [i for i in 1..100000]")
    #expect(throws: CheckpointTooLarge.self) {
      try session.interpreter.checkpoint(limit: 800_000)
    }
    #expect(session.interpreter.checkpointByteCount == 0)
    _ = try session.interpreter.checkpoint(limit: 4_000_000)
  }

  @Test(
    "whether an input has changed anything",
    arguments: [
      ("a", false), ("print a*2", false), ("show", false), ("graph L", false), ("zz", false),
      ("c = zz", false), ("c = 1", true), ("a := 2", true), ("zero", true), ("rand()", true),
      ("print rand()", true), ("for i in 1..2 { print i }", true), ("f(x) = x", true),
      ("a;", false),
      ("set digits 3", true), ("backward L;", true), ("1; zz", false),
    ])
  func changes(input: String, isChange: Bool) throws {
    let session = Session()
    session.run("a = 2; L = a^2")
    let checkpoint = try session.interpreter.checkpoint()
    session.run(input)
    #expect(session.interpreter.isChanged(since: checkpoint) == isChange)
  }

  @Test("large garbage is not saved")
  func garbage() throws {
    let session = Session()
    session.run("a = 1; f(n) = { s = a; for i in 1..n { s = s + a }; s }; L = f(600000); L = a")
    let checkpoint = try session.interpreter.checkpoint()
    #expect(session.nodeCount < 1000)
    #expect(session.interpreter.checkpointByteCount < 1_000_000)
    withExtendedLifetime(checkpoint) {}
    #expect(session.state("L") == "1")
  }
}
