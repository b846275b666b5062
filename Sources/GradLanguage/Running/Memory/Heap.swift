import Autograd

/// The values that do not fit into a register: strings, arrays, closures, by handle.
///
/// What no register, global or closure reaches is freed by `Machine.collect`, which marks from the
/// same roots as the graph's compaction.
struct Heap {
  private(set) var strings = Pool<String>()
  private(set) var arrays = ArrayPool()
  private(set) var closures = Pool<Closure>()
  private(set) var derived = Pool<DerivedFunction>()
  private(set) var tables = Pool<Table>()

  /// The number of nodes in the graph at which a collection is due: at once, when enough values have
  /// been made since the last one.
  var collectAt = Machine.smallestCollection
  /// The number of slots in the graph at which a collection is due: arrays take many for a node.
  var collectAtSlot = Int.max
  /// How many values have been made since the last collection; large ones count more.
  private var allocations = 0

  mutating func add(_ string: String) -> Register {
    countAllocation(bytes: string.utf8.count)
    return Register(.string, strings.add(string))
  }

  mutating func add(_ array: ArrayObject) -> Register {
    countAllocation(bytes: array.isTracked ? 0 : array.count * MemoryLayout<Double>.stride)
    if array.isTracked, Int(array.slot) + array.count > collectAtSlot { collectAt = 0 }
    return Register(.array, arrays.add(array))
  }

  mutating func add(_ closure: Closure) -> Register {
    countAllocation(bytes: 0)
    return Register(.closure, closures.add(closure))
  }

  mutating func add(_ table: Table) -> Register {
    countAllocation(bytes: 0)
    return Register(.table, tables.add(table))
  }

  mutating func add(_ function: DerivedFunction) -> Register {
    countAllocation(bytes: 0)
    return Register(.derived, derived.add(function))
  }

  private mutating func countAllocation(bytes: Int) {
    allocations += 1 + bytes / 512
    if allocations > collectAfter { collectAt = 0 }
  }

  /// After how many new values a collection is due: when there are many, marking them takes long.
  private var collectAfter = Machine.heapCollection
  /// How many there were when memory was last asked for.
  private var allocationsAsked = 0

  /// Whether many values have been made since memory was last asked for.
  var isDueToAsk: Bool { allocations - allocationsAsked > Machine.heapCollection }

  /// Notes that memory is being asked for.
  mutating func noteAsking() { allocationsAsked = allocations }

  /// Moves an array's numbers to where the graph has put them.
  mutating func relocate(array handle: Int, to slot: Int32) { arrays.move(handle, to: slot) }

  /// Moves what a closure captured to where the graph has put it.
  mutating func relocate(closure handle: Int, _ moved: (Register) -> Register) {
    let closure = closures.items[handle]
    closures.items[handle] = Closure(
      function: closure.function, captures: closure.captures.map(moved))
  }

  /// Moves what a derived function holds to where the graph has put it.
  mutating func relocate(derived handle: Int, _ moved: (Register) -> Register) {
    derived.items[handle].function = moved(derived.items[handle].function)
  }

  // MARK: Saving

  /// What the values were.
  struct Saved {
    fileprivate let arrays: ArrayPool.Saved
    fileprivate let strings: Pool<String>
    fileprivate let closures: Pool<Closure>
    fileprivate let derived: Pool<DerivedFunction>
    fileprivate let tables: Pool<Table>
    fileprivate let due: (nodes: Int, slots: Int, allocations: Int)
    fileprivate let share: MemoryShare
  }

  /// About how many bytes saving takes.
  var savedByteCount: Int {
    arrays.savedByteCount + strings.items.reduce(0) { $0 + $1.utf8.count } + 16 * entryCount
  }

  /// How many values there are beside the arrays, reckoned by their size.
  private var entryCount: Int {
    strings.items.count + 4 * (closures.items.count + derived.items.count + tables.items.count)
  }

  func saved(sharing earlier: Saved?, _ ledger: MemoryLedger) -> Saved {
    let known = earlier?.strings.items ?? []
    var textBytes = 0
    for (handle, text) in strings.items.enumerated()
    where handle >= known.count || known[handle] != text {
      textBytes += text.utf8.count
    }
    return Saved(
      arrays: arrays.saved(sharing: earlier?.arrays, ledger), strings: strings,
      closures: closures, derived: derived, tables: tables,
      due: (collectAt, collectAtSlot, allocations),
      share: ledger.count(bytes: textBytes + 16 * entryCount))
  }

  mutating func restore(_ saved: Saved) {
    arrays.restore(saved.arrays)
    strings = saved.strings
    closures = saved.closures
    derived = saved.derived
    tables = saved.tables
    (collectAt, collectAtSlot, allocations) = saved.due
  }

  /// The bytes that the lists of values take, without what large ones hold.
  var recordByteCount: Int {
    arrays.items.byteCount + strings.items.count * MemoryLayout<String>.stride
      + closures.items.count * MemoryLayout<Closure>.stride
      + derived.items.count * MemoryLayout<DerivedFunction>.stride
      // A handle that is free, and what is live or yet to be looked at while values are marked.
      + (strings.items.count + closures.items.count + arrays.items.count) * 48
  }

  /// Frees everything, at the end of a session.
  func deallocate() { arrays.deallocate() }

  /// Frees what `marks` does not hold.
  mutating func sweep(_ marks: HeapMarks) {
    strings.sweep(marks.strings, empty: "")
    arrays.sweep(marks.arrays)
    closures.sweep(marks.closures, empty: Closure(function: 0, captures: []))
    tables.sweep(marks.tables, empty: Table(names: [], columns: []))
    derived.sweep(marks.derived, empty: DerivedFunction(kind: .prime(order: 1), function: .nothing))
    (allocations, allocationsAsked) = (0, 0)
    collectAfter = max(Machine.heapCollection, marks.liveCount / 2)
  }
}

/// Which values of the heap have been reached.
struct HeapMarks {
  var strings: [Bool]
  var arrays: [Bool]
  var closures: [Bool]
  var derived: [Bool]
  var tables: [Bool]

  /// How many values live, as far as there are many.
  var liveCount: Int {
    strings.count { $0 } + arrays.count { $0 } + closures.count { $0 } + derived.count { $0 }
  }

  init(_ heap: Heap) {
    strings = [Bool](repeating: false, count: heap.strings.items.count)
    arrays = [Bool](repeating: false, count: heap.arrays.items.count)
    closures = [Bool](repeating: false, count: heap.closures.items.count)
    derived = [Bool](repeating: false, count: heap.derived.items.count)
    tables = [Bool](repeating: false, count: heap.tables.items.count)
  }
}

/// Values by handle, with the handles of freed ones used again.
struct Pool<Item> {
  fileprivate(set) var items: [Item] = []
  private var free: [Int] = []

  mutating func add(_ item: Item) -> Int {
    if let handle = free.popLast() {
      items[handle] = item
      return handle
    }
    items.append(item)
    return items.count - 1
  }

  subscript(handle: Int) -> Item { items[handle] }

  mutating func sweep(_ marks: [Bool], empty: Item) {
    free = []
    for handle in items.indices where handle < marks.count && !marks[handle] {
      items[handle] = empty
      free.append(handle)
    }
    while let last = items.indices.last, last < marks.count, !marks[last] { items.removeLast() }
    free = free.filter { $0 < items.count }.reversed()
  }
}

/// A function with the values that it captured.
struct Closure {
  let function: Int
  let captures: [Register]
}

/// Columns of one length, by name; each is a plain array.
struct Table {
  let names: [String]
  /// The columns of the file that held text and were left out.
  var texts: [String] = []
  let columns: [Register]
}

/// The derivative of a function, as a function.
struct DerivedFunction {
  enum Kind: Equatable {
    /// `f'` and the like.
    case prime(order: Int)
    /// With respect to one argument, counted from 1, or to all.
    case gradient(argument: Int?)
    case jacobian, hessian
  }

  let kind: Kind
  var function: Register
}
