import Testing

@testable import Autograd
@testable import GradLanguage

/// How much the programs of the benchmarks record, compute and keep: counted, where the benchmarks time.
@Suite struct WorkloadTests {
  /// What a statement records on numbers: operations, apart from arrays that numbers are put into.
  private static func operations(_ session: Session, recordedBy text: String) -> Int {
    let tape = session.interpreter.machine.graph.tape
    let start = tape.pointee.nodeCount
    session.run(text)
    return (start..<tape.pointee.nodeCount).count { index in
      switch tape.pointee.nodes[index].operation {
      case .unary, .binary, .ternary, .array: true
      case .leaf, .stack, .operand, .branchGuard, .indexGuard: false
      }
    }
  }

  private static func loopBodies(_ name: String) -> [Int] {
    let session = BenchmarkProgram.session(name, size: 10)
    return session.interpreter.machine.program.loops.map(\.body.count)
  }

  @Test(arguments: BenchmarkProgram.names)
  func programsRun(name: String) {
    let parts = name.split(separator: "-", maxSplits: 1).map(String.init)
    let session = BenchmarkProgram.session(parts[0], size: 10, rounds: 2)
    #expect(session.run(BenchmarkProgram.text(name)).isCompleted)
    session.checkInvariants()
  }

  @Test func programsAreFound() { #expect(BenchmarkProgram.names.count >= 15) }

  // MARK: Recording

  /// One node for each operation on tracked numbers, and none for anything else.
  @Test(arguments: [5, 10])
  func networkNodes(points: Int) {
    let session = BenchmarkProgram.session("network", size: points)
    #expect(WorkloadTests.operations(session, recordedBy: "M = loss()") == 644 * points + 711)
  }

  @Test func chainNodes() {
    let session = BenchmarkProgram.session("chain", size: 1000)
    #expect(WorkloadTests.operations(session, recordedBy: "L = chain(x0, size)") == 5000)
  }

  /// Operations on arrays are as many for short arrays as for long ones.
  @Test(arguments: [10, 5000])
  func rosenbrockNodes(size: Int) {
    let session = BenchmarkProgram.session("rosenbrock", size: size)
    #expect(WorkloadTests.operations(session, recordedBy: "L = r(x)") <= 12)
  }

  @Test func matrixNodes() {
    let session = BenchmarkProgram.session("matrices", size: 1)
    #expect(WorkloadTests.operations(session, recordedBy: "L = loss()") <= 40)
  }

  @Test func plainLoopsRecordNothing() {
    let session = BenchmarkProgram.session("sum", size: 1000)
    let nodes = session.nodeCount
    session.run(BenchmarkProgram.text("sum-run"))
    #expect(session.nodeCount == nodes)
  }

  // MARK: Memory

  /// A node with its value and its adjoint; in a sum that has not been swept one with its value, and a
  /// constant of its own.
  @Test(arguments: [("chain", "chain-swept", 5000, 28.5), ("sum-tracked", "", 1000, 28.5)])
  func bytesOfANode(set: String, swept: String, nodes: Int, bytes: Double) {
    let session = BenchmarkProgram.session(set, swept, size: 1000)
    let graph = session.interpreter.machine.graph
    #expect(graph.nodeCount >= nodes)
    #expect(Double(graph.byteCount) <= bytes * Double(graph.nodeCount))
  }

  /// A loop that forgets what it recorded takes the memory of its first steps, however long it goes on.
  @Test func descentIsFlat() {
    func capacities(steps: Int) -> [Int] {
      let session = BenchmarkProgram.session("descent", size: steps)
      let tape = session.interpreter.machine.graph.tape.pointee
      return [tape.nodeCapacity, tape.slotCapacity, tape.listCapacity]
    }
    #expect(capacities(steps: 40_000) == capacities(steps: 10_000))
  }

  @Test func trainingIsFlat() {
    func capacities(steps: Int) -> [Int] {
      let session = BenchmarkProgram.session(
        "matrices", "matrices-trained", size: 1, rounds: steps)
      let tape = session.interpreter.machine.graph.tape.pointee
      return [tape.nodeCapacity, tape.slotCapacity, tape.listCapacity]
    }
    #expect(capacities(steps: 120) == capacities(steps: 40))
  }

  // MARK: Computing

  /// A replay computes what depends on the changed leaves, and nothing else.
  @Test func replayedNodes() throws {
    let session = BenchmarkProgram.session("network", size: 10)
    let graph = session.interpreter.machine.graph
    func recomputed(after change: String) throws -> Int {
      session.run(change)
      return try graph.forward(to: nil).recomputed
    }
    let everything =
      "W1 := W1.data; b1 := b1.data; W2 := W2.data; b2 := b2.data; w3 := w3.data; b3 := 0"
    let leaves = (0..<graph.nodeCount).count { graph.tape.pointee.nodes[$0].operation == .leaf }
    #expect(try recomputed(after: everything) == graph.nodeCount - leaves)
    // b3: of a point 16 sums, the margin's product, difference and relu, and the total; of the penalty its
    // product, the 33 sums after it and its scaling; the mean, and the sum of both.
    #expect(try recomputed(after: "b3 := 0.5") == 10 * 20 + 37)
    #expect(try recomputed(after: "") == 0)
  }

  /// The instructions of an iteration.
  @Test func loopBodies() {
    #expect(WorkloadTests.loopBodies("sum") == [3])
    #expect(WorkloadTests.loopBodies("chain") == [6])
  }
}
