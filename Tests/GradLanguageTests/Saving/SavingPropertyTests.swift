import TestSupport
import Testing

@testable import GradLanguage

/// Random programs, run, saved and loaded.
@Suite struct SavingPropertyTests {
  /// A session in which some random programs have run, as far as they ran.
  private static func session(_ seed: UInt64) -> Session {
    var writer = ProgramWriter(SplitMix64(seed: seed))
    let session = Session()
    session.run(ProgramWriter.prelude)
    for _ in 0..<4 {
      session.run(Array(writer.program().utf8), interruptedAfter: .milliseconds(40))
    }
    return session
  }

  @Test(arguments: 0..<80 as Range<UInt64>)
  func randomPrograms(seed: UInt64) throws {
    let session = SavingPropertyTests.session(seed)
    let script = try session.interpreter.script()
    guard script.notes.isEmpty else { return }
    let copy = Session()
    #expect(copy.run(script.text).codes == [], "\(script.text)")
    #expect(copy.outputs.isEmpty, "\(script.text)")
    let (old, new) = (
      SessionPicture.lines(session.interpreter), SessionPicture.lines(copy.interpreter)
    )
    let difference = new.difference(from: old).map { "\($0)" }.joined(separator: "\n")
    #expect(old == new, "\(script.text)\n\(difference)")
    #expect(try copy.interpreter.script().text == script.text)
    if old.count < 200 { SavingPropertyTests.compareSweeps(session, copy, script.text) }
  }

  /// Sweeps from every number, and forward runs, give the same bits.
  private static func compareSweeps(_ session: Session, _ copy: Session, _ text: String) {
    // Stale values are brought up to date first: a sweep over them is compared with the picture.
    for statement in ["set trap off", "a := 1.5", "forward"] {
      session.run(statement)
      copy.run(statement)
    }
    let numbers = session.interpreter.machine.namedValues().filter { $0.value.isTracked }
    for (name, _) in numbers {
      #expect(session.run("backward \(name);").codes == copy.run("backward \(name);").codes)
      let (old, new) = (
        SessionPicture.values(session.interpreter), SessionPicture.values(copy.interpreter)
      )
      let difference = new.difference(from: old).map { "\($0)" }.joined(separator: "\n")
      #expect(old.elementsEqual(new), "backward \(name)\n\(text)\n\(difference)")
    }
    #expect(session.number("rand()").bitPattern == copy.number("rand()").bitPattern)
  }
}
