import Testing

@testable import GradLanguage

/// What is the compiler's own: frames, constants, jumps, registers. What programs mean is tested where
/// they run.
@Suite struct CompilerTests {
  private static func compile(_ text: String) -> Compiled {
    let source = SourceText(name: "<test>", bytes: Array(text.utf8))
    var program = Program()
    program.sources = [source]
    return Compiler.compile(
      Parser.parse(source).tree, source: 0, mode: .script, program: program, globals: .initial)
  }

  /// Every operand of every instruction is inside its frame, every jump inside its function.
  @Test(arguments: Corpus.programs + (0..<200).map { OracleProgram(seed: $0).text })
  func jumpsStayInside(text: String) {
    let compiled = CompilerTests.compile(text)
    #expect(compiled.problems.isEmpty)
    let program = compiled.program
    #expect(program.code.count == program.locations.count)
    for function in program.functions {
      #expect(!function.code.isEmpty)
      for address in function.code {
        let instruction = program.code[address]
        switch instruction.opcode {
        case .jump, .jumpIfFalse, .loopBack, .forPrepare, .repeatPrepare, .forEachPrepare:
          #expect(function.code.contains(address + 1 + instruction.wide))
        case .forStep, .forStepStoring, .sumStep, .forEachStep:
          let target = address + 1 - Int(instruction.c)
          #expect(function.code.contains(target))
          if instruction.opcode == .forStepStoring {
            #expect(program.code[target - 1].opcode == .storeCounter)
          }
        case _: break
        }
      }
    }
  }

  @Test func frames() {
    let compiled = CompilerTests.compile("f(x, y) = { z = x*2 + 0.5; z - 2 }")
    let entry = compiled.program.entries[0]
    #expect(entry.parameterCount == 2)
    #expect(entry.constantCount == 2)  // 2 and 0.5, each once
    #expect(entry.firstConstant >= 3)  // x, y, z
    #expect(compiled.program.functions[0].signature == "f(x, y)")
    #expect(Set(compiled.program.functions[0].localNames.values).isSuperset(of: ["x", "y", "z"]))
  }

  /// Each number is one constant of its frame, bit for bit.
  @Test func constantsAreShared() {
    var numbers = (0..<100).map { Double($0) * 0.5 } + [.infinity, 5e-300]
    numbers += (0..<100).map { Double(bitPattern: 0x3FF0_0000_0000_0000 + UInt64($0)) }.dropFirst()
    var builder = FunctionBuilder(name: nil, parameters: [], source: 0)
    let places = numbers.map { builder.constant($0)?.index }
    #expect(places == numbers.indices.map { $0 })
    #expect(numbers.reversed().map { builder.constant($0)?.index } == places.reversed())
    #expect(builder.constant(-0.0)?.index == numbers.count)
    #expect(builder.constant(0)?.index == 0)
  }

  /// Numbers beyond a frame's constants are loaded where they are used.
  @Test func manyConstants() {
    let text = "print 0" + (1...1000).map { " + \($0)" }.joined()
    let compiled = CompilerTests.compile(text)
    #expect(compiled.program.entries[0].constantCount == FunctionBuilder.constantLimit)
    #expect(compiled.program.numbers.count == 1001 - FunctionBuilder.constantLimit)
    #expect(Session().lines(text) == ["500500"])
  }

  /// Statements do not keep each other's registers.
  @Test func registersAreFreed() {
    let one = CompilerTests.compile("x = 1 + 2*y - f(y, [y])").program.entries[0].registerCount
    let many = CompilerTests.compile(times(100, "x = 1 + 2*y - f(y, [y])\n"))
    #expect(many.program.entries[0].registerCount == one)
    let loops = CompilerTests.compile(times(100, "for i in 1..3 { x = i*y }\n"))
    #expect(loops.program.entries[0].registerCount < 200)
  }

  /// What is known to be wrong when compiling, but belongs to running, fails only when it is reached.
  @Test(arguments: [
    "if 0 { sin(1, 2) }", "f(x) = x.nosuch", "if 0 { x = 1; x.nosuch }",
    "if 0 { v = [1]; v[1 > 0] }",
  ])
  func failuresWaitUntilTheyAreReached(text: String) {
    #expect(Session().run(text + "; print 1").isCompleted)
  }

  /// A loop whose body is longer than a step can jump back.
  @Test func longLoops() {
    let body = times(35_000, "n += i;")
    let session = Session()
    #expect(
      session.lines("n = 0; for i in 1..2 { if i == 2 { continue }; \(body) }; print n") == [
        "35000"
      ])
    #expect(
      session.lines("n = 0; for i in [1, 2] { \(body) if i == 1 { break } }; print n") == ["35000"])
    #expect(
      session.lines("f() = { n = 0; repeat 3 { \(times(70_000, "n += 1;")) }; n }; print f()") == [
        "210000"
      ])
  }
}
