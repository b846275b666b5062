import Autograd

// Room in memory, asked for before much of it is taken.

extension Machine {
  /// Sees to room for so many bytes.
  @inline(__always)
  func requireBytes(_ count: Int) throws(MachineError) {
    do throws(GraphError) { try Memory.require(count, within: settings.memoryLimit) } catch {
      throw machineError(error)
    }
  }

  /// Sees to room for an array, and for what is in between while it is computed.
  @inline(__always)
  func requireRoom(_ count: Int, copies: Int = 2) throws(MachineError) {
    if count >= Machine.smallArray {
      try requireBytes(count * copies * MemoryLayout<Double>.stride)
    }
  }

  /// Arrays of fewer numbers are in the room that is always left.
  private static let smallArray = 1 << 10

  /// Sees to room for a value as text, joined to a text that there is.
  func requireText(of value: Register, beside length: Int = 0) throws(MachineError) {
    guard !value.isNumber else { return }
    var count = 2 * length
    switch value.kind {
    case .string: count += 2 * heap.strings[value.handle].utf8.count
    case .array: count += heap.arrays[value.handle].count * Machine.textOfNumber
    case .table:
      for column in heap.tables[value.handle].columns {
        count += heap.arrays[column.handle].count * Machine.textOfNumber
      }
    case .function, .closure, .builtin, .derived, .unassigned, .nothing, nil: break
    }
    if count > 0 { try requireBytes(count) }
  }

  /// Sees to room for a table of all names with their values.
  func requireTable() throws(MachineError) {
    var count = 0
    for (_, value) in namedValues() where value.kind == .array {
      count += heap.arrays[value.handle].count
    }
    try requireRoom(count, copies: 4)
  }

  /// The bytes that the text of a number takes, with the copies of both on the way.
  private static let textOfNumber = 80

  /// Sees to room for twice as many elements of arrays that are being put together.
  @inline(never)
  func requireBuilt() throws(MachineError) {
    let built = hot.pointee.built
    let first = hot.pointee.builtStarts.elements[hot.pointee.builtStarts.count - 1]
    if built.count - first > Machine.arrayLimit {
      throw MachineError(
        .arrayTooLarge(count: Double(built.count - first), limit: Machine.arrayLimit))
    }
    try requireBytes(2 * built.byteCount)
  }

  /// What is wrong where there is no room for the program and the names to become as much again; asked
  /// now and then.
  func programShortage() -> Problem? {
    guard
      program.sources.count % Machine.inputsBetweenQuestions == Machine.inputsBetweenQuestions - 1
    else { return nil }
    let count = 48 * program.code.count + 256 * (program.functions.count + names.names.count)
    return Memory.hasRoom(for: max(count, Memory.unasked))
      ? nil : .outOfMemory(byteCount: count)
  }

  /// So many inputs are taken between two looks at whether there is room for more.
  private static let inputsBetweenQuestions = 256

  /// Sees to room while calls go ever deeper, in which nothing can be collected.
  @inline(never)
  func requireDuringCalls() throws(MachineError) {
    guard heap.isDueToAsk else { return }
    heap.noteAsking()
    try requireGrowth(2 * heap.recordByteCount)
  }

  /// Sees to room for lists that grow without being asked about.
  private func requireGrowth(_ count: Int) throws(MachineError) {
    do throws(GraphError) { try Memory.require(count + Memory.unasked) } catch {
      throw machineError(error)
    }
  }

  /// Collects, and sees to room for what grows without being asked about: the lists of labels and of
  /// values.
  @inline(never)
  func tidy(top: Int) throws(MachineError) {
    collect(top: top)
    try requireGrowth(2 * (heap.recordByteCount + graph.labels.byteCount))
  }
}
