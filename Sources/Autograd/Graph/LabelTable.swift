/// The labels of slots: the first name that each was bound to.
///
/// Almost always the newest slot is named, so the table is a list in the order of slots; the rest
/// stand in a dictionary. O(log n) to look up, O(1) to add.
package struct LabelTable {
  private var slots: [Int32] = []
  private var names: [Int32] = []
  private var others: [Int32: Int32] = [:]

  /// The names, by number.
  private var texts: [String] = []
  private var numbers: [String: Int32] = [:]

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
    guard let last = slots.last, slot <= last else {
      slots.append(slot)
      names.append(name)
      return
    }
    if self[slot] == nil { others[slot] = name }
  }

  /// The number of the slot's label.
  package subscript(slot: Int32) -> Int32? {
    var low = 0
    var high = slots.count
    while low < high {
      let middle = (low + high) / 2
      if slots[middle] < slot { low = middle + 1 } else { high = middle }
    }
    if low < slots.count, slots[low] == slot { return names[low] }
    return others[slot]
  }

  /// Forgets the labels of slots from `end` on.
  mutating func truncate(to end: Int) {
    while let last = slots.last, Int(last) >= end {
      slots.removeLast()
      names.removeLast()
    }
    others = others.filter { Int($0.key) < end }
  }

  /// Moves the labels of slots that live on; the others are forgotten.
  mutating func relocate(_ newSlot: (Int32) -> Int32?) {
    var kept = 0
    for index in slots.indices {
      guard let slot = newSlot(slots[index]) else { continue }
      slots[kept] = slot
      names[kept] = names[index]
      kept += 1
    }
    slots.removeLast(slots.count - kept)
    names.removeLast(names.count - kept)
    var moved: [Int32: Int32] = [:]
    for (slot, name) in others {
      if let slot = newSlot(slot) { moved[slot] = name }
    }
    others = moved
  }
}
