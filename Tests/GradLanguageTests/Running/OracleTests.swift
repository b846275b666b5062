import Autograd
import TestSupport
import Testing

@testable import GradLanguage

/// Random programs against another way of computing the same: values to the last bit, gradients by
/// forward mode.
@Suite struct OracleTests {
  @Test(arguments: 0..<40)
  func valuesAndGradients(block: Int) {
    for seed in 0..<25 {
      let program = OracleProgram(seed: UInt64(block * 25 + seed))
      let expected = program.result
      let session = Session()
      let outcome = session.run(program.text)
      #expect(outcome.isCompleted, "\(program.text) \(outcome.codes)")
      expectSame(session.shown("L")?.data ?? .nan, expected.value, program.text)
      guard expected.value.isFinite, session.run("backward L").isCompleted else { continue }
      for (name, slope) in zip(["a", "b", "c"], expected.slopes) where slope.isFinite {
        // Terms of a sum of products may cancel: compare with their size.
        let scale = expected.slopes.map(\.magnitude).max() ?? 0
        expectClose(
          session.shown(name)?.gradient ?? .nan, slope, relative: 1e-9,
          absolute: 1e-9 * max(scale, 1), program.text)
      }
    }
  }

  /// With so little room that garbage is collected all the time, the results are the same.
  @Test(arguments: 0..<20)
  func collectionIsNotSeen(block: Int) {
    var collections = 0
    for seed in 0..<20 {
      let program = OracleProgram(seed: UInt64(3000 + block * 20 + seed))
      let text = "repeat 3 {\n" + program.text + "\n}"
      let roomy = Session()
      roomy.run(text + "\nbackward L; forward")
      var settings = Settings()
      settings.nodeLimit = max(roomy.nodeCount * 2 / 3, 16)
      let narrow = Session(settings)
      guard narrow.run(text + "\nbackward L; forward").isCompleted else { continue }  // too narrow
      for name in ["a", "b", "c", "L", "t"] {
        #expect(narrow.state(name) == roomy.state(name), "\(text)")
      }
      narrow.checkInvariants()
      collections += narrow.interpreter.machine.graph.generation
    }
    #expect(collections > 0)
  }

  /// The same graph, run forward again with other leaves, gives what a new run with them gives.
  @Test(arguments: 0..<20)
  func replays(block: Int) {
    for seed in 0..<10 {
      let program = OracleProgram(seed: UInt64(7000 + block * 10 + seed))
      let session = Session()
      session.run(program.text)
      let before = session.codes.count
      session.run("a := 0.8125; b := -1.5; forward L; backward L")
      guard session.codes.dropFirst(before).isEmpty else { continue }  // it would go another way
      let other = Session()
      let text = program.text.replacing("a = 0.75; b = -1.25", with: "a = 0.8125; b = -1.5")
      other.run(text + "\nbackward L")
      expectSame(session.shown("L")?.data ?? .nan, other.shown("L")?.data ?? .nan, text)
      for name in ["a", "b", "c"] {
        expectSame(session.shown(name)?.gradient ?? .nan, other.shown(name)?.gradient ?? .nan, text)
      }
    }
  }
}
