/// The values that do not fit into a register: strings, arrays, closures, by handle.
///
/// What no register, global or closure reaches is freed by `Machine.collect`, which marks from the
/// same roots as the graph's compaction.
struct Heap {
  private(set) var strings = Pool<String>()
  private(set) var arrays = ArrayPool()
  private(set) var closures = Pool<Closure>()
  private(set) var derived = Pool<DerivedFunction>()

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

  mutating func add(_ function: DerivedFunction) -> Register {
    countAllocation(bytes: 0)
    return Register(.derived, derived.add(function))
  }

  private mutating func countAllocation(bytes: Int) {
    allocations += 1 + bytes / 512
    if allocations > Machine.heapCollection { collectAt = 0 }
  }

  /// Moves an array's numbers to where the graph has put them.
  mutating func relocate(array handle: Int, to slot: Int32) { arrays.items[handle].slot = slot }

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

  /// Frees everything, at the end of a session.
  func deallocate() { arrays.deallocate() }

  /// Frees what `marks` does not hold.
  mutating func sweep(_ marks: HeapMarks) {
    strings.sweep(marks.strings, empty: "")
    arrays.sweep(marks.arrays)
    closures.sweep(marks.closures, empty: Closure(function: 0, captures: []))
    derived.sweep(marks.derived, empty: DerivedFunction(kind: .prime(order: 1), function: .nothing))
    allocations = 0
  }
}

/// Which values of the heap have been reached.
struct HeapMarks {
  var strings: [Bool]
  var arrays: [Bool]
  var closures: [Bool]
  var derived: [Bool]

  init(_ heap: Heap) {
    strings = [Bool](repeating: false, count: heap.strings.items.count)
    arrays = [Bool](repeating: false, count: heap.arrays.items.count)
    closures = [Bool](repeating: false, count: heap.closures.items.count)
    derived = [Bool](repeating: false, count: heap.derived.items.count)
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

/// The arrays of the heap.
struct ArrayPool {
  fileprivate(set) var items = RawStack<ArrayObject>(capacity: 64)
  private var free: [Int] = []
  private var isFree: [Bool] = []

  mutating func add(_ array: ArrayObject) -> Int {
    if let handle = free.popLast() {
      items[handle] = array
      isFree[handle] = false
      return handle
    }
    items.push(array)
    isFree.append(false)
    return items.count - 1
  }

  @inline(__always)
  subscript(handle: Int) -> ArrayObject { items[handle] }

  /// Where an array's record is, until the next one is added.
  @inline(__always)
  func pointer(_ handle: Int) -> UnsafeMutablePointer<ArrayObject> { items.elements + handle }

  mutating func sweep(_ marks: [Bool]) {
    for handle in marks.indices where !marks[handle] && !isFree[handle] {
      items[handle].deallocate()
      isFree[handle] = true
      free.append(handle)
    }
  }

  func deallocate() {
    for handle in isFree.indices where !isFree[handle] { items[handle].deallocate() }
    items.deallocate()
  }
}

/// A rectangular block of numbers, row-major: plain, or a run of the graph's slots.
///
/// Plain data without reference counting; the heap frees its storage when nothing reaches it.
struct ArrayObject: BitwiseCopyable {
  let count: Int
  /// The lengths along the first two dimensions; 1 where there is no second.
  let rows: Int
  let columns: Int
  let rank: Int32
  /// The first slot of a tracked array; -1 for a plain one.
  fileprivate(set) var slot: Int32
  /// The numbers of a plain array; nil for a tracked one.
  let storage: UnsafeMutablePointer<Double>?
  /// The lengths along all dimensions where there are more than two.
  private let lengths: UnsafeMutablePointer<Int>?

  /// A plain array in memory that it takes over.
  init(shape: [Int], taking storage: UnsafeMutablePointer<Double>) {
    self.init(shape: shape, slot: -1, storage: storage)
  }

  /// A plain array.
  init(shape: [Int], numbers: [Double]) {
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: max(numbers.count, 1))
    numbers.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { storage.initialize(from: base, count: buffer.count) }
    }
    self.init(shape: shape, slot: -1, storage: storage)
  }

  /// A tracked array.
  init(shape: [Int], slot: Int32) { self.init(shape: shape, slot: slot, storage: nil) }

  private init(shape: [Int], slot: Int32, storage: UnsafeMutablePointer<Double>?) {
    count = shape.reduce(1, *)
    rows = shape[0]
    columns = shape.count > 1 ? shape[1] : 1
    rank = Int32(shape.count)
    self.slot = slot
    self.storage = storage
    if shape.count > 2 {
      let lengths = UnsafeMutablePointer<Int>.allocate(capacity: shape.count)
      for (dimension, length) in shape.enumerated() { lengths[dimension] = length }
      self.lengths = lengths
    } else {
      lengths = nil
    }
  }

  /// A tracked array of rank 1, which is made without allocating.
  @inline(__always)
  init(count: Int, slot: Int32) {
    self.count = count
    rows = count
    columns = 1
    rank = 1
    self.slot = slot
    storage = nil
    lengths = nil
  }

  func deallocate() {
    storage?.deallocate()
    lengths?.deallocate()
  }

  @inline(__always)
  var isTracked: Bool { slot >= 0 }

  /// The length along each dimension; at least one.
  var shape: [Int] {
    if let lengths { return (0..<Int(rank)).map { lengths[$0] } }
    return rank == 1 ? [rows] : [rows, columns]
  }

  /// The numbers of a plain array.
  var numbers: [Double] {
    storage.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
  }
}

/// A function with the values that it captured.
struct Closure {
  let function: Int
  let captures: [Register]
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
