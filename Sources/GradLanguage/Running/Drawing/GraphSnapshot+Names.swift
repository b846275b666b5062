import Autograd

// What the values of a drawing are called.

/// What the user's names stand for at present.
struct BoundNames {
  /// What a name stands for: the first slot of a number or an array of the graph, or nothing of it.
  enum Binding: Equatable {
    case slot(Int32)
    case plain
  }

  /// An array with a name.
  struct Array {
    let name: String
    let shape: Shape
  }

  var bindings: [String: Binding] = [:]
  /// The names of numbers, by slot.
  var numbers: [Int32: String] = [:]
  /// The names of elements of arrays, by slot.
  var elements: [Int32: String] = [:]
  /// Arrays, by their slots: a leaf's node knows only how many numbers it has.
  var arrays: [Range<Int32>: Array] = [:]
}

extension GraphSnapshot {
  /// A value's name in a drawing.
  struct EntryName {
    /// The name that the user gave it; nil for one without.
    let label: String?
    let text: String
    /// The name, where it stands for another value now.
    var formerName: String?
  }

  /// What has a label: a number, an array, or the array that an element belongs to.
  private struct Labelled: Hashable {
    let name: String
    let slot: Int32
  }

  /// The labels; of the values that one name has had, `w#1`, `w#2` for those that it does not stand for
  /// now; the numbers of constants; and `#1`, `#2` for results without a name.
  func entryNames(of entries: [Entry]) -> [EntryName] {
    let labels = entries.map(label)
    let texts = texts(of: labels)
    var unnamed = 0
    return zip(entries, labels).map { entry, label in
      if case .constant = entry.computation {
        return EntryName(label: nil, text: constantText(entry.key))
      }
      if entry.key.shape == nil, let name = names.elements[entry.key.slot] {
        return EntryName(label: name, text: name)
      }
      guard let label else {
        unnamed += 1
        return EntryName(label: nil, text: "#\(unnamed)")
      }
      let text = texts[label] ?? label.name
      let formerName = text == label.name ? nil : label.name
      if label.slot == entry.key.slot, !isElement(entry) {
        return EntryName(label: label.name, text: text, formerName: formerName)
      }
      guard let index = index(of: entry) else {
        unnamed += 1
        return EntryName(label: nil, text: "#\(unnamed)")
      }
      return EntryName(label: nil, text: text + index, formerName: formerName)
    }
  }

  /// What a value has its name from; nil where there is none.
  private func label(_ entry: Entry) -> Labelled? {
    guard let node = entry.node else { return nil }
    let key = entry.key
    let slot = graph.labels[key.slot] == nil ? Int32(tape.slot(of: node)) : key.slot
    guard let number = graph.labels[slot] else { return nil }
    let name = graph.labels.text(number)
    guard names.bindings[name] != .slot(slot), slot == key.slot else {
      return Labelled(name: name, slot: slot)
    }
    // Another name may stand for it by now.
    let other =
      key.shape == nil
      ? names.numbers[slot] : names.arrays[slot..<slot + Int32(key.count)]?.name
    return Labelled(name: other ?? name, slot: slot)
  }

  /// Whether a value is a number of an array's node, and has no name but by it.
  private func isElement(_ entry: Entry) -> Bool {
    guard let node = entry.node, entry.key.shape == nil, tape.count(of: node) > 1 else {
      return false
    }
    return entry.key.slot == Int32(tape.slot(of: node)) || graph.labels[entry.key.slot] == nil
  }

  /// `[2]`, `[1, 2]` for an element of an array whose shape is known.
  private func index(of entry: Entry) -> String? {
    guard let node = entry.node else { return nil }
    let shape: Shape
    if let whole = entry.operands.first?.shape {
      shape = whole
    } else {
      guard let known = knownShape(of: node) else { return nil }
      shape = known
    }
    return "[\(shape.indices(of: Int(entry.key.slot) - tape.slot(of: node)))]"
  }

  /// What is written for each label: the name where there is one such value, and no other one now.
  private func texts(of labels: [Labelled?]) -> [Labelled: String] {
    var slots: [String: [Int32]] = [:]
    for label in Set(labels.compactMap { $0 }) { slots[label.name, default: []].append(label.slot) }
    var texts: [Labelled: String] = [:]
    for (name, slots) in slots {
      let binding = names.bindings[name]
      var count = 0
      for slot in slots.sorted() {
        let isCurrent = binding == .slot(slot) || binding == nil && slots.count == 1
        if !isCurrent { count += 1 }
        texts[Labelled(name: name, slot: slot)] = isCurrent ? name : "\(name)#\(count)"
      }
    }
    return texts
  }

  private func constantText(_ key: Key) -> String {
    guard let shape = key.shape else {
      return NumberFormat.standard.text(graph.data(at: key.slot))
    }
    guard shape.count <= 4 else {
      return "[\(shape.lengths.map(String.init).joined(separator: "×"))]"
    }
    let numbers = (0..<Int32(shape.count)).map { graph.data(at: key.slot + $0) }
    return ValueText.text(shape: shape.lengths, numbers: numbers, .significant(4))
  }
}

extension Shape {
  /// The indices of an element, counted from 1: `1, 2`.
  func indices(of element: Int) -> String {
    var rest = element
    var indices: [String] = []
    for size in reversed.lengths where size > 0 {
      indices.append("\(rest % size + 1)")
      rest /= size
    }
    return indices.reversed().joined(separator: ", ")
  }
}
