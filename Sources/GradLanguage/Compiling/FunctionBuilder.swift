/// The code of one function while it is being compiled: registers, constants, jumps.
///
/// The frame: locals (the parameters first), constants, temporaries. How many there are of each is
/// known only at the end, so each kind is numbered for itself until `finish` lays the frame out.
struct FunctionBuilder {
  /// A register before the frame is laid out.
  struct Place: Hashable {
    enum Space { case local, constant, temporary }
    let space: Space
    let index: Int

    /// The place some places further on in the same row.
    func following(_ count: Int) -> Place { Place(space: space, index: index + count) }
  }

  private struct Draft {
    let opcode: Opcode
    var a: Operand
    var b: Operand
    var c: Operand
  }

  /// An operand of an instruction before the frame is laid out.
  enum Operand {
    case place(Place)
    case number(Int)
    /// Both b and c.
    case wide(Int)
  }

  let name: String?
  let parameters: [String]
  let source: Int

  private var drafts: [Draft] = []
  private var locations: [SourceRange] = []
  /// The last address that a jump goes to: instructions are not joined across it.
  private var lastLanding = 0
  private(set) var locals: [String: Place] = [:]
  private var localCount = 0
  private var constants: [Double] = []
  private(set) var temporaryCount = 0
  private var temporaryPeak = 0
  private(set) var loops:
    [(
      body: Range<Int>, counter: Place, isCounted: Bool, variable: (Place, String)?, SourceRange
    )] = []

  /// Frames hold at most this many constants; further numbers are loaded where they are used.
  static let constantLimit = 240

  init(name: String?, parameters: [String], source: Int) {
    self.name = name
    self.parameters = parameters
    self.source = source
    for local in parameters { _ = declareLocal(local) }
  }

  // MARK: Places

  @discardableResult
  mutating func declareLocal(_ name: String) -> Place {
    if let place = locals[name] { return place }
    let place = addLocal()
    locals[name] = place
    return place
  }

  /// A local without a name, or one whose name comes and goes.
  mutating func addLocal() -> Place {
    localCount += 1
    return Place(space: .local, index: localCount - 1)
  }

  mutating func bind(_ name: String, to place: Place?) { locals[name] = place }

  /// The constant register of a number, or nil when the frame has enough of them.
  ///
  /// A linear search: there are few, and instantiating a generic dictionary takes longer than a short
  /// program runs.
  mutating func constant(_ number: Double) -> Place? {
    let bits = number.bitPattern
    if let index = constants.firstIndex(where: { $0.bitPattern == bits }) {
      return Place(space: .constant, index: index)
    }
    guard constants.count < FunctionBuilder.constantLimit else { return nil }
    constants.append(number)
    return Place(space: .constant, index: constants.count - 1)
  }

  mutating func newTemporary() -> Place { newTemporaries(1) }

  /// The first of some temporaries in a row.
  mutating func newTemporaries(_ count: Int) -> Place {
    let place = Place(space: .temporary, index: temporaryCount)
    temporaryCount += count
    temporaryPeak = max(temporaryPeak, temporaryCount)
    return place
  }

  /// Frees the temporaries made since there were `count`.
  mutating func releaseTemporaries(to count: Int) { temporaryCount = count }

  /// Whether the frame has more registers than an instruction can name.
  var isTooLarge: Bool { localCount + constants.count + temporaryPeak > 60_000 }

  // MARK: Instructions

  /// The address of the next instruction, from the function's start.
  var address: Int { drafts.count }

  /// The address of the next instruction, to which a jump back will go.
  mutating func startOfLoop() -> Int {
    lastLanding = address
    return address
  }

  @discardableResult
  mutating func emit(
    _ opcode: Opcode, _ a: Operand = .number(0), _ b: Operand = .number(0),
    _ c: Operand = .number(0), at range: SourceRange
  ) -> Int {
    drafts.append(Draft(opcode: opcode, a: a, b: b, c: c))
    locations.append(range)
    fuse()
    return drafts.count - 1
  }

  /// Joins the last two instructions where there is one for both: what stands between them is a
  /// temporary that nothing else reads.
  private mutating func fuse() {
    guard drafts.count >= 2, lastLanding < drafts.count - 1 else { return }
    let first = drafts[drafts.count - 2]
    let second = drafts[drafts.count - 1]
    guard case .place(let between) = first.a, between.space == .temporary else { return }
    switch (first.opcode, second.opcode) {
    case (.multiply, .add):
      // t = x*y; r = a + t  →  multiplyAdd r, a; extra x, y
      guard case .place(let right) = second.c, right == between,
        case .place(let left) = second.b, left != between
      else { return }
      drafts[drafts.count - 2] = Draft(
        opcode: .multiplyAdd, a: second.a, b: second.b, c: .number(0))
      drafts[drafts.count - 1] = Draft(
        opcode: .operands, a: .number(0), b: first.b, c: first.c)
      locations.swapAt(drafts.count - 2, drafts.count - 1)
    case (.loadGlobal, .index2):
      // t = global; r = t[i, …]  →  globalIndex2 r, i; global. The `column` follows.
      guard case .place(let base) = second.b, base == between, case .wide(let global) = first.b,
        global <= UInt16.max
      else { return }
      drafts.removeLast()
      let range = locations.removeLast()
      drafts[drafts.count - 1] = Draft(
        opcode: .globalIndex2, a: second.a, b: .number(global), c: second.c)
      locations[locations.count - 1] = range
    case _: return
    }
  }

  /// Lets a jump made earlier go to the next instruction.
  mutating func land(_ jump: Int) {
    drafts[jump].b = .wide(address - jump - 1)
    lastLanding = address
  }

  /// A distance for `jump` and the like, made at the next instruction, back to `target`.
  func distance(to target: Int) -> Operand { .wide(target - address - 1) }

  /// Ends a counting loop whose body starts at `target`: the step jumps back by 16 bits, so a longer
  /// body gets a jump of its own between.
  mutating func emitStep(
    _ opcode: Opcode, _ loop: Place, _ variable: Place, backTo target: Int, at range: SourceRange
  ) {
    var target = target
    if address + 1 - target > 60_000 {
      let over = emit(.jump, at: range)
      let trampoline = address
      emit(.jump, .number(0), distance(to: target), at: range)
      land(over)
      target = trampoline
    }
    var opcode = opcode
    if opcode == .forStep, isSumOfProducts(target..<address, variable) {
      opcode = .sumStep
    } else if opcode == .forStep, target < address, drafts[target].opcode == .storeCounter {
      opcode = .forStepStoring
      target += 1
    }
    emit(opcode, .place(loop), .place(variable), .number(address + 1 - target), at: range)
  }

  /// Whether a loop's body does nothing but `sum = sum + x*y`, where x and y are elements of arrays or
  /// places that the body does not change, and the variable chooses at least one of the elements.
  private func isSumOfProducts(_ body: Range<Int>, _ variable: Place) -> Bool {
    guard body.count >= 3, drafts[body.upperBound - 2].opcode == .multiplyAdd,
      case .place(let sum) = drafts[body.upperBound - 2].a,
      case .place(sum) = drafts[body.upperBound - 2].b, sum != variable
    else { return false }
    let end = body.upperBound - 2
    var fetched: [Place] = []
    var usesVariable = false
    func isUnchanged(_ operand: Operand) -> Bool {
      guard case .place(let place) = operand else { return false }
      return place != sum && !fetched.contains(place)
    }
    func isIndex(_ operand: Operand) -> Bool {
      if case .place(variable) = operand { usesVariable = true }
      return isUnchanged(operand)
    }
    var index = body.lowerBound
    while index < end {
      var fetch = drafts[index]
      index += 1
      if fetch.opcode == .loadGlobal {
        // Of an array, for the next instruction alone.
        guard case .place(let base) = fetch.a, drafts[index].opcode == .index,
          case .place(base) = drafts[index].b, base.space == .temporary
        else { return false }
        fetch = drafts[index]
        index += 1
      } else if fetch.opcode == .index || fetch.opcode == .index2 {
        guard isUnchanged(fetch.b), case .place(let base) = fetch.b, base != variable else {
          return false
        }
      } else if fetch.opcode != .globalIndex2 {
        return false
      }
      guard isIndex(fetch.c) else { return false }
      if fetch.opcode != .index {
        guard isIndex(drafts[index].a) else { return false }
        index += 1
      }
      guard case .place(let target) = fetch.a, target.space == .temporary, fetched.count < 2 else {
        return false
      }
      fetched.append(target)
    }
    func isFactor(_ operand: Operand) -> Bool {
      guard case .place(let place) = operand else { return false }
      return place != sum && place != variable
    }
    return usesVariable && isFactor(drafts[end + 1].b) && isFactor(drafts[end + 1].c)
  }

  mutating func note(
    loop body: Range<Int>, counter: Place, isCounted: Bool, variable: (Place, String)?,
    at range: SourceRange
  ) {
    loops.append((body, counter, isCounted, variable, range))
  }

  // MARK: Finishing

  /// Lays the frame out and appends the function to the program.
  func finish(into program: inout Program, captures: [Place], at range: SourceRange) -> Int {
    let firstConstant = localCount
    let firstTemporary = localCount + constants.count
    func register(_ place: Place) -> Int {
      switch place.space {
      case .local: place.index
      case .constant: firstConstant + place.index
      case .temporary: firstTemporary + place.index
      }
    }
    func resolve(_ operand: Operand) -> Int {
      switch operand {
      case .place(let place): register(place)
      case .number(let number), .wide(let number): number
      }
    }
    let start = program.code.count
    for draft in drafts {
      let a = resolve(draft.a)
      let instruction =
        draft.opcode.isWide
        ? Instruction(draft.opcode, a, wide: resolve(draft.b))
        : Instruction(draft.opcode, a, resolve(draft.b), resolve(draft.c))
      program.code.append(instruction)
    }
    for range in locations {
      program.locations.append(SourceLocation(source: source, range: range))
    }
    for (body, counter, isCounted, variable, range) in loops {
      program.loops.append(
        LoopInformation(
          body: start + body.lowerBound..<start + body.upperBound, counter: register(counter),
          isCounted: isCounted, variable: variable.map { (register($0.0), $0.1) },
          location: SourceLocation(source: source, range: range)))
    }
    var names: [Int: String] = [:]
    for (name, place) in locals { names[register(place)] = name }
    program.entries.append(
      FunctionEntry(
        address: Int32(start), parameterCount: Int32(parameters.count),
        registerCount: Int32(firstTemporary + temporaryPeak), firstConstant: Int32(firstConstant),
        constantStart: Int32(program.constantPool.count), constantCount: Int32(constants.count)))
    program.constantPool.append(contentsOf: constants.map { Register($0) })
    program.functions.append(
      FunctionCode(
        name: name, parameters: parameters, code: start..<program.code.count,
        captureRegisters: captures.map(register), localNames: names,
        location: SourceLocation(source: source, range: range)))
    return program.functions.count - 1
  }
}
