/// Everything that has been compiled in a session: one array of instructions, so that an address
/// names an instruction — and with it a place in a source — for as long as the session lives.
struct Program {
  /// All instructions, function after function.
  var code: [Instruction] = [Instruction(.halt)]
  /// For each instruction where it comes from.
  var locations: [SourceLocation] = [SourceLocation(source: 0, range: SourceRange(0, 0))]
  /// The functions, and the inputs themselves as functions without parameters.
  var functions: [FunctionCode] = []
  /// What calling each function needs to know.
  var entries: [FunctionEntry] = []
  /// The constants of all functions, one function after another, as registers.
  var constantPool: [Register] = [Register(0)]
  /// Numbers too many for a frame's constants.
  var numbers: [Double] = []
  /// Texts of strings and formats.
  var texts: [String] = []
  /// Problems that were found when compiling and belong to running: their statement fails.
  var problems: [Problem] = []
  /// The loops, for messages that name the iteration.
  var loops: [LoopInformation] = []
  /// The sources, by the number that locations have.
  var sources: [SourceText] = []
}

/// What the machine needs to call a function: plain data.
struct FunctionEntry {
  /// The address of the first instruction.
  let address: Int32
  let parameterCount: Int32
  /// How many registers the frame has.
  let registerCount: Int32
  /// Where the constants begin in the frame.
  let firstConstant: Int32
  /// Where they are in the program's pool, and how many.
  let constantStart: Int32
  let constantCount: Int32
}

/// A compiled function.
struct FunctionCode {
  /// Its name; nil for an anonymous one.
  let name: String?
  let parameters: [String]
  /// The address of its first instruction, and the one after its last.
  let code: Range<Int>
  /// The registers into which a closure's captured values are copied, in their order.
  let captureRegisters: [Int]
  /// The names of its locals, by register.
  let localNames: [Int: String]
  /// Where it is defined.
  let location: SourceLocation

  /// `f(x, y)`
  var signature: String { "\(name ?? "")(\(parameters.joined(separator: ", ")))" }
}

/// A loop: where its body is and where it counts.
struct LoopInformation {
  let body: Range<Int>
  /// The register that counts iterations from 0.
  let counter: Int
  /// Whether the register after it says how many there are.
  let isCounted: Bool
  /// The register of its variable and its name, if it has one.
  let variable: (register: Int, name: String)?
  let location: SourceLocation
}
