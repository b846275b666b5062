import Autograd

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

  /// Moves an array's numbers to where the graph has put them.
  func move(_ handle: Int, to slot: Int32) { items[handle].slot = slot }

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
  /// Whether more than one name may hold it, so that a part cannot be replaced in place.
  var isShared = false
  /// Whether it is a table's column, which stays plain when it is bound.
  var isColumn = false
  /// The first slot of a tracked array; -1 for a plain one.
  fileprivate(set) var slot: Int32
  /// The numbers of a plain array; nil for a tracked one.
  let storage: UnsafeMutablePointer<Double>?
  /// The lengths along all dimensions where there are more than two.
  fileprivate let lengths: UnsafeMutablePointer<Int>?

  /// A plain array in memory that it takes over.
  init(shape: Shape, taking storage: UnsafeMutablePointer<Double>) {
    self.init(shape: shape, slot: -1, storage: storage)
  }

  /// A plain array.
  init(shape: Shape, numbers: [Double]) {
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: max(numbers.count, 1))
    numbers.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { storage.initialize(from: base, count: buffer.count) }
    }
    self.init(shape: shape, slot: -1, storage: storage)
  }

  /// A tracked array.
  init(shape: Shape, slot: Int32) { self.init(shape: shape, slot: slot, storage: nil) }

  private init(shape: Shape, slot: Int32, storage: UnsafeMutablePointer<Double>?) {
    count = shape.count
    rows = shape[0]
    columns = shape.rank > 1 ? shape[1] : 1
    rank = Int32(shape.rank)
    self.slot = slot
    self.storage = storage
    if shape.rank > 2 {
      let lengths = UnsafeMutablePointer<Int>.allocate(capacity: shape.rank)
      for dimension in 0..<shape.rank { lengths[dimension] = shape[dimension] }
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

  /// The same array with its numbers and lengths in other memory, which it takes over.
  fileprivate init(
    _ record: ArrayObject, storage: UnsafeMutablePointer<Double>?,
    lengths: UnsafeMutablePointer<Int>?
  ) {
    count = record.count
    rows = record.rows
    columns = record.columns
    rank = record.rank
    isShared = record.isShared
    isColumn = record.isColumn
    slot = record.slot
    self.storage = storage
    self.lengths = lengths
  }

  func deallocate() {
    storage?.deallocate()
    lengths?.deallocate()
  }

  @inline(__always)
  var isTracked: Bool { slot >= 0 }

  /// The length along each dimension; at least one.
  var shape: Shape {
    if let lengths { return Shape(Array(UnsafeBufferPointer(start: lengths, count: Int(rank)))) }
    return rank == 1 ? Shape(count: rows) : Shape(rows: rows, columns: columns)
  }

  /// The numbers of a plain array.
  var numbers: [Double] {
    storage.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
  }
}

// MARK: - Saving

extension ArrayPool {
  /// What the arrays were.
  struct Saved {
    /// The records; where their numbers were is of no use any more.
    fileprivate let records: SavedMemory
    fileprivate let free: [Int]
    fileprivate let isFree: [Bool]
    /// The numbers of small plain arrays, one array after another.
    fileprivate let small: SavedMemory
    /// The numbers of the others.
    fileprivate let large: [Int: SavedMemory]
    /// The lengths of arrays of more than two dimensions, one array after another.
    fileprivate let lengths: SavedMemory
    fileprivate let share: MemoryShare
  }

  /// Arrays of more numbers are saved one by one.
  private static let smallLimit = 1 << 12

  /// About how many bytes saving takes.
  var savedByteCount: Int {
    var count = items.count * MemoryLayout<ArrayObject>.stride
    for handle in 0..<items.count where !isFree[handle] && !items[handle].isTracked {
      count += items[handle].count * MemoryLayout<Double>.stride
    }
    return count
  }

  func saved(sharing earlier: Saved?, _ ledger: MemoryLedger) -> Saved {
    var numbers: [Double] = []
    var lengths: [Int] = []
    var large: [Int: SavedMemory] = [:]
    for handle in 0..<items.count where !isFree[handle] {
      let array = items[handle]
      if let storage = array.lengths {
        lengths += UnsafeBufferPointer(start: storage, count: Int(array.rank))
      }
      guard let storage = array.storage else { continue }
      if array.count > ArrayPool.smallLimit {
        large[handle] = SavedMemory(
          storage, count: array.count, sharing: earlier?.large[handle], ledger)
      } else {
        numbers += UnsafeBufferPointer(start: UnsafePointer(storage), count: array.count)
      }
    }
    return Saved(
      records: SavedMemory(
        items.elements, count: items.count, sharing: earlier?.records, ledger),
      free: free, isFree: isFree,
      small: SavedMemory(numbers, sharing: earlier?.small, ledger), large: large,
      lengths: SavedMemory(lengths, sharing: earlier?.lengths, ledger),
      share: ledger.count(bytes: isFree.count + 8 * free.count))
  }

  mutating func restore(_ saved: Saved) {
    deallocate()
    let records = saved.records.array(of: ArrayObject.self)
    let numbers = saved.small.array(of: Double.self)[...]
    let lengths = saved.lengths.array(of: Int.self)[...]
    (free, isFree) = (saved.free, saved.isFree)
    items = RawStack(capacity: max(records.count, 64))
    var rest = (numbers: numbers, lengths: lengths)
    for (handle, record) in records.enumerated() {
      items.push(isFree[handle] ? record : ArrayPool.renewed(record, saved.large[handle], &rest))
    }
  }

  /// An array with memory of its own for what was saved of it.
  private static func renewed(
    _ record: ArrayObject, _ large: SavedMemory?,
    _ rest: inout (numbers: ArraySlice<Double>, lengths: ArraySlice<Int>)
  ) -> ArrayObject {
    var lengths: UnsafeMutablePointer<Int>?
    if record.lengths != nil { lengths = copy(rest.lengths.prefix(Int(record.rank))) }
    if lengths != nil { rest.lengths = rest.lengths.dropFirst(Int(record.rank)) }
    guard record.storage != nil else {
      return ArrayObject(record, storage: nil, lengths: lengths)
    }
    if let large {
      let storage = UnsafeMutablePointer<Double>.allocate(capacity: record.count)
      large.copy(to: storage)
      return ArrayObject(record, storage: storage, lengths: lengths)
    }
    let storage = copy(rest.numbers.prefix(record.count))
    rest.numbers = rest.numbers.dropFirst(record.count)
    return ArrayObject(record, storage: storage, lengths: lengths)
  }

  private static func copy<Element: BitwiseCopyable>(
    _ elements: ArraySlice<Element>
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    elements.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { new.initialize(from: start, count: buffer.count) }
    }
    return new
  }
}
