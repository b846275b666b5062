/// Labels in the order of their slots, in memory of its own: the part of a `LabelTable` that the hot
/// loop of whoever records appends to. The owner calls `deallocate`.
@usableFromInline
package struct LabelList {
  @usableFromInline
  struct Label: BitwiseCopyable {
    @usableFromInline var slot: Int32
    @usableFromInline var name: Int32

    @inlinable @inline(__always)
    init(slot: Int32, name: Int32) {
      self.slot = slot
      self.name = name
    }
  }

  @usableFromInline var labels: UnsafeMutablePointer<Label>
  @usableFromInline var count = 0
  private var capacity: Int { didSet { noteQuickCapacity() } }
  /// Whether a slot above the last one may have a label elsewhere.
  var hasOthers = false { didSet { noteQuickCapacity() } }
  /// So many labels may be appended without asking anything else.
  @usableFromInline var quickCapacity: Int
  /// The slot that was labelled last; −1 when none was.
  @usableFromInline private(set) var lastSlot: Int32 = -1

  init() {
    capacity = 64
    quickCapacity = capacity
    labels = Tape.allocate(Label.self, capacity: capacity)
  }

  func deallocate() { Tape.deallocate(labels) }

  private mutating func noteQuickCapacity() { quickCapacity = hasOthers ? 0 : capacity }

  /// Labels a slot above all that have labels; false when it is not that simple.
  @inlinable @inline(__always)
  package mutating func appendQuickly(_ slot: Int32, _ name: Int32) -> Bool {
    guard count < quickCapacity, lastSlot < slot else { return false }
    (labels + count).initialize(to: Label(slot: slot, name: name))
    count &+= 1
    lastSlot = slot
    return true
  }

  /// Labels a slot above all that have labels. Where there is no memory for one more it stays without: what
  /// is recorded next fails, with a message, for the same reason.
  mutating func append(_ slot: Int32, _ name: Int32) {
    if count == capacity, !grow() { return }
    (labels + count).initialize(to: Label(slot: slot, name: name))
    count += 1
    lastSlot = slot
  }

  /// Keeps the first labels.
  private mutating func drop(to count: Int) {
    self.count = count
    lastSlot = count > 0 ? labels[count - 1].slot : -1
  }

  /// Makes twice the room, or less where memory is short; false where there is none.
  private mutating func grow() -> Bool {
    for more in [capacity, capacity / 4, capacity / 16, 1 << 12] where more > 0 {
      guard let new = Memory.resized(labels, from: capacity, to: capacity + more) else { continue }
      (labels, capacity) = (new, capacity + more)
      return true
    }
    return false
  }

  /// The name of a slot's label.
  func name(of slot: Int32) -> Int32? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if labels[middle].slot < slot { low = middle + 1 } else { high = middle }
    }
    return low < count && labels[low].slot == slot ? labels[low].name : nil
  }

  /// The labels in order.
  var all: [(slot: Int32, name: Int32)] {
    (0..<count).map { (labels[$0].slot, labels[$0].name) }
  }

  func saved(sharing earlier: SavedMemory?, _ ledger: MemoryLedger) -> SavedMemory {
    SavedMemory(labels, count: count, sharing: earlier, ledger)
  }

  mutating func restore(_ saved: SavedMemory) {
    let count = saved.count(of: Label.self)
    if count > capacity {
      labels = Tape.resized(labels, toCapacity: count)
      capacity = count
    }
    saved.copy(to: labels)
    drop(to: count)
  }

  mutating func truncate(to end: Int) {
    var count = count
    while count > 0, Int(labels[count - 1].slot) >= end { count -= 1 }
    drop(to: count)
  }

  /// Moves the labels of slots that live on; the others are forgotten.
  mutating func relocate(_ relocation: Relocation) {
    let (labels, count) = (labels, count)
    let kept = relocation.withMap { map in
      var kept = 0
      var block = Relocation.Block(slots: 0..<0, distance: 0)
      for index in 0..<count {
        let label = labels[index]
        if label.slot >= block.slots.upperBound {
          if map.isFull(label.slot) {
            block = map.block(from: Int(label.slot) >> 6)
          } else {
            guard map.isLive(label.slot) else { continue }
            labels[kept] = Label(slot: map.moved(label.slot), name: label.name)
            kept &+= 1
            continue
          }
        }
        labels[kept] = Label(slot: label.slot &- block.distance, name: label.name)
        kept &+= 1
      }
      return kept
    }
    drop(to: kept ?? 0)
  }
}
