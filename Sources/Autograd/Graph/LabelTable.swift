/// The labels of slots: the first name that each was bound to.
///
/// Almost always the newest slot is named, so the table is a list in the order of slots; the rest
/// stand in a dictionary. O(log n) to look up, O(1) to add.
package struct LabelTable {
  /// The labels that were given in the order of their slots.
  package let list: UnsafeMutablePointer<LabelList>
  private var others: [Int32: Int32] = [:] {
    didSet { list.pointee.hasOthers = !others.isEmpty }
  }

  /// The names, by number.
  private var texts: [String] = []
  private var numbers: [String: Int32] = [:]

  init() {
    list = .allocate(capacity: 1)
    list.initialize(to: LabelList())
  }

  func deallocate() {
    list.pointee.deallocate()
    list.deallocate()
  }

  /// The number of a name.
  package mutating func intern(_ name: String) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(texts.count)
    texts.append(name)
    numbers[name] = number
    return number
  }

  /// The name with a number.
  package func text(_ number: Int32) -> String { texts[Int(number)] }

  /// Labels a slot, unless it has a label.
  package mutating func label(_ slot: Int32, _ name: Int32) {
    if slot <= list.pointee.lastSlot {
      if self[slot] == nil { others[slot] = name }
    } else if others.isEmpty || others[slot] == nil {
      list.pointee.append(slot, name)
    }
  }

  /// The number of the slot's label.
  package subscript(slot: Int32) -> Int32? { list.pointee.name(of: slot) ?? others[slot] }

  /// Tells whether slots have labels that are asked for in ascending order, each in O(1) on the whole.
  struct Cursor {
    private let list: LabelList
    private let others: [Int32: Int32]
    private var next = 0

    fileprivate init(_ table: LabelTable) {
      list = table.list.pointee
      others = table.others
    }

    mutating func hasLabel(_ slot: Int32) -> Bool {
      while next < list.count, list.labels[next].slot < slot { next += 1 }
      return next < list.count && list.labels[next].slot == slot
        || !others.isEmpty && others[slot] != nil
    }
  }

  /// A cursor before all labels; good until the table changes.
  var cursor: Cursor { Cursor(self) }

  // MARK: Saving

  /// What the labels were.
  struct Saved {
    fileprivate let list: SavedMemory
    fileprivate let others: [Int32: Int32]
    fileprivate let texts: [String]
    fileprivate let numbers: [String: Int32]
    private let share: MemoryShare

    fileprivate init(_ table: LabelTable, sharing earlier: Saved?, _ ledger: MemoryLedger) {
      list = table.list.pointee.saved(sharing: earlier?.list, ledger)
      others = table.others
      texts = table.texts
      numbers = table.numbers
      share = ledger.count(bytes: others.count * 16)
    }
  }

  func saved(sharing earlier: Saved?, _ ledger: MemoryLedger) -> Saved {
    Saved(self, sharing: earlier, ledger)
  }

  mutating func restore(_ saved: Saved) {
    list.pointee.restore(saved.list)
    others = saved.others
    texts = saved.texts
    numbers = saved.numbers
  }

  /// About how many bytes they take.
  package var byteCount: Int {
    list.pointee.count * MemoryLayout<LabelList.Label>.stride + others.count * 16
  }

  /// All labels, in the order of their slots. O(n log n) where some were given late.
  package var all: [(slot: Int32, name: Int32)] {
    let known = list.pointee.all
    guard !others.isEmpty else { return known }
    return (known + others.map { ($0.key, $0.value) }).sorted { $0.slot < $1.slot }
  }

  /// Forgets the labels of slots from `end` on.
  mutating func truncate(to end: Int) {
    list.pointee.truncate(to: end)
    if !others.isEmpty { others = others.filter { Int($0.key) < end } }
  }

  /// Moves the labels of slots that live on; the others are forgotten.
  mutating func relocate(_ relocation: Relocation) {
    list.pointee.relocate(relocation)
    guard !others.isEmpty else { return }
    var moved: [Int32: Int32] = [:]
    for (slot, name) in others {
      if let slot = relocation.newSlot(slot) { moved[slot] = name }
    }
    others = moved
  }
}
