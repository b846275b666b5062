/// The values that do not fit into a register: strings, arrays, closures, by handle.
///
/// What no register, global or closure reaches is freed by `Machine.collect`, which marks from the
/// same roots as the graph's compaction.
struct Heap {
  private(set) var strings = Pool<String>()
  private(set) var arrays = Pool<ArrayObject>()
  private(set) var closures = Pool<Closure>()

  /// How many values have been made since the last collection.
  private(set) var allocations = 0
  /// Whether enough has been made for a collection to pay.
  var isCollectionDue: Bool { allocations > Machine.heapCollection }

  mutating func add(_ string: String) -> Register {
    allocations += 1
    return Register(.string, strings.add(string))
  }

  mutating func add(_ array: ArrayObject) -> Register {
    allocations += 1 + array.count / 64
    return Register(.array, arrays.add(array))
  }

  mutating func add(_ closure: Closure) -> Register {
    allocations += 1
    return Register(.closure, closures.add(closure))
  }

  /// Moves an array's numbers to where the graph has put them.
  mutating func relocate(array handle: Int, to slot: Int32) { arrays.items[handle].slot = slot }

  /// Moves what a closure captured to where the graph has put it.
  mutating func relocate(closure handle: Int, _ moved: (Register) -> Register) {
    let closure = closures.items[handle]
    closures.items[handle] = Closure(
      function: closure.function, captures: closure.captures.map(moved))
  }

  /// Frees what `marks` does not hold.
  mutating func sweep(_ marks: HeapMarks) {
    strings.sweep(marks.strings, empty: "")
    arrays.sweep(marks.arrays, empty: .empty)
    closures.sweep(marks.closures, empty: Closure(function: 0, captures: []))
    allocations = 0
  }
}

/// Which values of the heap have been reached.
struct HeapMarks {
  var strings: [Bool]
  var arrays: [Bool]
  var closures: [Bool]

  init(_ heap: Heap) {
    strings = [Bool](repeating: false, count: heap.strings.items.count)
    arrays = [Bool](repeating: false, count: heap.arrays.items.count)
    closures = [Bool](repeating: false, count: heap.closures.items.count)
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

/// A rectangular block of numbers, row-major: plain, or a run of the graph's slots.
struct ArrayObject {
  /// The length along each dimension; at least one.
  let shape: [Int]
  let count: Int
  /// The numbers of a plain array; empty for a tracked one.
  let numbers: [Double]
  /// The first slot of a tracked array; -1 for a plain one.
  fileprivate(set) var slot: Int32

  static let empty = ArrayObject(shape: [0], numbers: [])

  /// A plain array.
  init(shape: [Int], numbers: [Double]) {
    self.shape = shape
    self.numbers = numbers
    count = numbers.count
    slot = -1
  }

  /// A tracked array.
  init(shape: [Int], slot: Int32) {
    self.shape = shape
    numbers = []
    count = shape.reduce(1, *)
    self.slot = slot
  }

  var isTracked: Bool { slot >= 0 }
}

/// A function with the values that it captured.
struct Closure {
  let function: Int
  let captures: [Register]
}
