import Autograd

// What the values of a drawing are called.

/// What the user's names stand for at present.
struct BoundNames {
  /// What a name stands for: the first slot of a number or an array of the graph, or nothing of it.
  enum Binding: Equatable {
    case slot(Int32)
    case plain
  }

  let bindings: [String: Binding]
  /// The names of elements of arrays, by slot.
  let elements: [Int32: String]
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
      let isWhole = label.slot == entry.key.slot && !isElement(entry)
      return EntryName(
        label: isWhole ? label.name : nil, text: isWhole ? text : text + index(of: entry),
        formerName: text == label.name ? nil : label.name)
    }
  }

  /// What a value has its name from; nil where there is none.
  private func label(_ entry: Entry) -> Labelled? {
    guard let node = entry.node else { return nil }
    let first = Int32(tape.slot(of: node))
    let slot = graph.labels[entry.key.slot] == nil ? first : entry.key.slot
    return graph.labels[slot].map { Labelled(name: graph.labels.text($0), slot: slot) }
  }

  /// Whether a value is a number of an array's node, and has no name but by it.
  private func isElement(_ entry: Entry) -> Bool {
    guard let node = entry.node, entry.key.shape == nil, tape.count(of: node) > 1 else {
      return false
    }
    return entry.key.slot == Int32(tape.slot(of: node)) || graph.labels[entry.key.slot] == nil
  }

  /// `[2]` for an element of a vector.
  private func index(of entry: Entry) -> String {
    guard let node = entry.node, wholeShape(of: node).rank == 1 else { return "[…]" }
    return "[\(Int(entry.key.slot) - tape.slot(of: node) + 1)]"
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
