import Autograd

/// Why a run stopped early, and at which instruction.
struct RunFailure: Error {
  let problem: Problem
  /// The address of the instruction that failed.
  let address: Int
  /// Which operand of it is at fault; see `MachineError`.
  let operand: Int?
  /// The calls around it, innermost first: the address of each call.
  var calls: [Int] = []
  /// The first registers of the frames, innermost first: the loops' counters are there.
  var bases: [Int] = []
}

/// A call under way: where it returns to.
struct Frame: BitwiseCopyable {
  /// The function value that was called.
  let callee: Register
  /// The address to go on at.
  let returnAddress: Int
  /// The caller's first register.
  let callerBase: Int
  let callerFunction: Int
  /// The caller's register for the result.
  let destination: Int
  /// How many derivatives of the called function the result goes through.
  let derivatives: Int
}

/// The state that the hot loop reads and writes, outside the class, where accesses are not checked for
/// exclusivity.
struct HotState {
  /// The values of globals, by number.
  var globals: UnsafeMutablePointer<Register>
  /// For each global the number that the graph's labels have for its name; −1 where storing to it takes
  /// more than binding a node: it is a built-in's name, or declared plain.
  var globalLabels = RawStack<Int32>(capacity: 256)
  /// How many rebindings are still looked at for a note in the present input.
  var rebindingChecks = 0 {
    didSet { noteRebindingsFrom = rebindingChecks > 0 ? 0 : chainNoteAt }
  }
  /// The number of nodes at which a long chain is noted.
  var chainNoteAt = 1_000_000 {
    didSet { noteRebindingsFrom = rebindingChecks > 0 ? 0 : chainNoteAt }
  }
  /// The number of nodes from which on a rebinding is looked at for a note.
  private(set) var noteRebindingsFrom = 1_000_000
  /// Counts what statements did that stays when they fail afterwards: see `Machine.noteEffect`.
  var effects = 0
  /// How many nodes there were after the last of these effects, or when the statement began.
  var lastingNodes = 0
  /// The calls under way, outermost first.
  var frames = RawStack<Frame>(capacity: 256)
  /// The elements of arrays that are being built, and where each of these begins.
  var built = RawStack<Register>(capacity: 256)
  var builtStarts = RawStack<Int>(capacity: 16)
  var heap = Heap()

  func deallocate() {
    globals.deallocate()
    frames.deallocate()
    built.deallocate()
    builtStarts.deallocate()
    globalLabels.deallocate()
    heap.deallocate()
  }
}

/// Why an instruction failed.
struct MachineError: Error {
  let problem: Problem
  /// The instruction that it comes from, where that is not the one that runs.
  let address: Int?
  /// Which operand of what stands in the source is at fault, from 0: of `f(x, y)` and `x.f(y)` the
  /// arguments, of `v[i, j]` the indices, of `[x, y]` the elements; nil where it is all of it.
  let operand: Int?

  init(_ problem: Problem, address: Int? = nil, operand: Int? = nil) {
    self.problem = problem
    self.address = address
    self.operand = operand
  }
}

/// Runs compiled programs: registers, frames, globals and the graph that they record into.
///
/// The hot loop is in `Machine+Run.swift`; everything it does rarely is a method of its own.
final class Machine {
  let graph: Graph
  let interrupt: Interrupt
  var settings = Settings() {
    didSet {
      graph.limitNodes(to: settings.nodeLimit)
      scheduleCollection()
    }
  }

  // Memory of the machine
  /// All frames' registers, one frame after another.
  let registers: UnsafeMutablePointer<Register>
  /// How many registers all frames together may have.
  let registerLimit: Int
  let hot: UnsafeMutablePointer<HotState>
  private(set) var globalCount = 0
  private var globalCapacity = 256
  /// Globals that were declared `plain`.
  var plainGlobals: Set<Int> = []
  var heap: Heap {
    _read { yield hot.pointee.heap }
    _modify { yield &hot.pointee.heap }
  }

  // The program that runs
  var program = Program()
  var names = GlobalNames.initial

  // State of the present run
  var output: (Output) -> Void = { _ in }
  /// Called when it is asked how far the computation is.
  var onProgress: (Progress) -> Void = { _ in }
  /// Notes that are given once a session, and places that have been warned of.
  var givenNotes: Set<String> = []
  /// Whether this input has been told that a value is not finite.
  var hasWarnedOfValues = false
  /// Where `backward` has given a gradient that is not finite, and said so.
  var faultyAddresses: Set<Int> = []
  /// How often a `backward` has run, up to `watchedSweeps`.
  var sweeps: [Int: Int] = [:]
  var isPrompt = false
  /// How many of the effects are over when they have been shown or written.
  var passingEffects = 0
  /// How many nodes had been recorded when what nothing reaches was freed last.
  var recordedAtCollection = 0
  /// Whether `ans` is the last result, and not a name that the user has bound.
  var isAnswerAutomatic = true
  /// The plots whose points are being computed: a function in one may make another.
  var plots: [PlotInProgress] = []
  /// Derivatives whose function is running, outermost first.
  var derivatives: [PendingDerivative] = []
  /// Whether a `restore` block runs: it gives no warnings and no notes, and traps nothing.
  var isRestoring = false
  /// Whether a condition is looked at, which must leave everything as it is.
  var isInspected = false
  /// What reads and writes files.
  var files = FileAccess.none
  /// Where random numbers come from.
  var random = RandomGenerator(seed: 0)
  /// What goes back when the present statement fails, beside the nodes.
  var passing = Passing()
  /// Why what was handed out last could not be shown.
  var refusal: Problem?
  /// The instruction with which the present statement of the input began.
  var statementAddress = 0
  /// Where the graph was then.
  var statementMark: Graph.Mark?
  /// How many guards there were then.
  var statementGuards = 0
  /// Names that a loop of the input rebinds from their gradients.
  var updates: Set<String> = []
  #if DEBUG
    /// Where tests make the next run fail.
    var injection = FailureInjection()
  #endif

  /// How many rebindings are looked up in an input that is not typed.
  static let rebindingCheckLimit = 1000
  /// How many calls may be nested.
  static let callLimit = 100_000
  /// How many numbers a plain array may have.
  static let arrayLimit = 1 << 28
  /// The most dimensions of an array; those of derivatives are those of result and variable together.
  static let rankLimit = 16
  /// How many bytes a string may have.
  static let textLimit = 1 << 28
  /// So many numbers are made or written between two looks at whether to stop.
  static let interval = 1 << 14
  /// How many nodes a statement of the input may add to a graph that is full: without any, a name
  /// could not be given another value, which frees what it has now.
  static let fullGraphAllowance = 1 << 10

  init(interrupt: Interrupt, settings: Settings) {
    graph = Graph(nodeLimit: settings.nodeLimit)
    self.interrupt = interrupt
    self.settings = settings
    registerLimit = Machine.registersWithRoom()
    registers = .allocate(capacity: registerLimit)
    hot = .allocate(capacity: 1)
    hot.initialize(to: HotState(globals: .allocate(capacity: 256)))
    scheduleCollection()
    growGlobals()
    for index in Builtin.all.indices { globals[index] = Register(.builtin, index) }
    for (offset, constant) in Builtin.constants.enumerated() {
      globals[Builtin.all.count + offset] = Register(constant.value)
    }
  }

  deinit {
    registers.deallocate()
    hot.pointee.deallocate()
    hot.deinitialize(count: 1)
    hot.deallocate()
  }

  /// How many registers there is room for: 64 MB of them, touched only as they are used, or fewer where
  /// the system has not so many addresses.
  private static func registersWithRoom() -> Int {
    var count = 1 << 22
    while count > 1 << 14,
      !Memory.hasRoom(for: 2 * count * MemoryLayout<Register>.stride, within: .max)
    {
      count /= 2
    }
    return count
  }

  /// Forgets calls and arrays that were left under way.
  func clearStacks() {
    hot.pointee.frames.drop(to: 0)
    hot.pointee.built.drop(to: 0)
    hot.pointee.builtStarts.drop(to: 0)
    plots = []
    derivatives = []
    isRestoring = false
    refusal = nil
  }

  /// The values of globals, by number.
  var globals: UnsafeMutablePointer<Register> { hot.pointee.globals }

  /// Gives every name known to the compiler a place; new ones have no value.
  func growGlobals() {
    let count = names.names.count
    reserveGlobals(count)
    for index in globalCount..<max(count, globalCount) {
      (globals + index).initialize(to: .unassigned)
      hot.pointee.globalLabels.push(quickLabel(ofGlobal: index))
    }
    globalCount = max(count, globalCount)
  }

  /// What `globalLabels` has for a global that is not declared plain.
  func quickLabel(ofGlobal global: Int) -> Int32 {
    let isSpecial = global <= GlobalNames.answer
    return isSpecial ? -1 : graph.labels.intern(names.names[global])
  }

  /// The number of a global's name among the graph's labels.
  func label(ofGlobal global: Int) -> Int32 {
    let known = hot.pointee.globalLabels[global]
    return known >= 0 ? known : graph.labels.intern(names.names[global])
  }

  private func reserveGlobals(_ count: Int) {
    guard count > globalCapacity else { return }
    let capacity = max(count, globalCapacity * 2)
    let new = UnsafeMutablePointer<Register>.allocate(capacity: capacity)
    new.moveInitialize(from: globals, count: globalCount)
    globals.deallocate()
    hot.pointee.globals = new
    globalCapacity = capacity
  }

  /// Makes room for just so many globals; whoever asks for it gives them values and labels.
  func setGlobalCount(_ count: Int) {
    reserveGlobals(count)
    hot.pointee.globalLabels.drop(to: min(count, globalCount))
    for _ in globalCount..<max(count, globalCount) { hot.pointee.globalLabels.push(0) }
    globalCount = count
  }

  // MARK: Running

  /// Runs a compiled input from its start.
  ///
  /// - Throws: what stopped it; the statement that failed has changed nothing.
  func run(_ function: Int) throws(RunFailure) {
    clearStacks()
    forgetPassing()
    // The program does not change while it runs; the loop reads it through pointers.
    let result = program.code.withUnsafeBufferPointer { code in
      program.entries.withUnsafeBufferPointer { entries in
        program.constantPool.withUnsafeBufferPointer { constants -> RunFailure? in
          guard let code = code.baseAddress, let entries = entries.baseAddress,
            let constants = constants.baseAddress
          else { return nil }
          let running = RunningProgram(code: code, entries: entries, constants: constants)
          do throws(RunFailure) {
            try execute(running, function: function)
            return nil
          } catch {
            return error
          }
        }
      }
    }
    if let result { throw result }
  }

  // MARK: Values

  /// What a value is, as a message says it.
  func describe(_ value: Register) -> String {
    if value.isNumber { return NumberFormat.standard.text(value.number) }
    switch value.kind {
    case .unassigned, .nothing, nil: return "nothing"
    case .string: return "a string"
    case .table: return "a table"
    case .array: return "an array of \(shapeText(heap.arrays[value.handle].shape))"
    case .function, .closure, .builtin, .derived: return "a function"
    }
  }

  /// `3` or `2×3`.
  func shapeText(_ shape: Shape) -> String {
    shape.lengths.map(String.init).joined(separator: "×")
  }

  /// A snapshot of a value.
  func shown(_ value: Register) -> ShownValue {
    if value.isNumber { return .number(shownNumber(value)) }
    switch value.kind {
    case .unassigned, .nothing, nil: return .nothing
    case .string: return .string(heap.strings[value.handle])
    case .function, .closure:
      return .function(functionIndex(of: value).map { program.functions[$0].signature } ?? "")
    case .builtin: return .function(Builtin.all[value.handle].signature)
    case .table: return shownTable(heap.tables[value.handle])
    case .derived: return .function(signature(of: heap.derived[value.handle]))
    case .array: return shownArray(heap.arrays[value.handle])
    }
  }

  private func shownTable(_ table: Table) -> ShownValue {
    .table(
      names: table.names, columns: table.columns.map { numbers(of: heap.arrays[$0.handle]) })
  }

  private func shownNumber(_ value: Register) -> ShownNumber {
    guard value.isTracked else {
      return ShownNumber(
        data: value.number, isTracked: false, gradient: nil, isStale: false,
        isGradientStale: false)
    }
    return ShownNumber(
      data: graph.data(at: value.slot), isTracked: true,
      gradient: graph.gradient(at: value.slot), isStale: graph.isStale(value.slot),
      isGradientStale: graph.isGradientStale(at: value.slot))
  }

  private func shownArray(_ array: ArrayObject) -> ShownValue {
    let slots = array.isTracked ? array.slot..<array.slot + Int32(array.count) : 0..<0
    let hasGradient = !slots.isEmpty && slots.allSatisfy { graph.gradient(at: $0) != nil }
    return .array(
      ShownArray(
        shape: array.shape.lengths, numbers: numbers(of: array), isTracked: array.isTracked,
        gradient: hasGradient ? slots.map { graph.gradient(at: $0) ?? 0 } : nil,
        isStale: slots.contains { graph.isStale($0) },
        isGradientStale: hasGradient && graph.isGradientStale(at: array.slot)))
  }

  /// The data of an array.
  func numbers(of array: ArrayObject) -> [Double] {
    array.isTracked
      ? (0..<array.count).map { graph.data(at: array.slot + Int32($0)) } : array.numbers
  }

  /// A value as `print` and strings write it.
  func text(of value: Register) -> String {
    ValueText.text(of: shown(value), format: settings.format)
  }
}
