/// The index of a node in a `SyntaxTree`.
struct SyntaxID: Hashable {
  let rawValue: Int32
  init(_ index: Int) { rawValue = Int32(truncatingIfNeeded: index) }
  var index: Int { Int(rawValue) }
}

/// The index of a name in a `SyntaxTree`.
struct NameID: Hashable {
  let rawValue: Int32
  init(_ index: Int) { rawValue = Int32(truncatingIfNeeded: index) }
  var index: Int { Int(rawValue) }
}

/// A run of nodes in a `SyntaxTree`'s lists.
struct SyntaxList: Hashable {
  let start: Int32
  let count: Int32
  static let empty = SyntaxList(start: 0, count: 0)
}

/// The tree of one input: nodes in one array, children by index, so that nothing about it is
/// recursive — a flat sum of a million terms is a deep tree, and releasing it must not overflow.
struct SyntaxTree {
  private(set) var nodes: [Syntax] = []
  private(set) var ranges: [SourceRange] = []
  private(set) var lists: [SyntaxID] = []
  private(set) var names: [String] = []
  private var nameIDs: [String: NameID] = [:]

  /// The statements of the input.
  var program = SyntaxList.empty

  /// Makes room for so many nodes.
  mutating func reserve(_ count: Int) {
    nodes.reserveCapacity(count)
    ranges.reserveCapacity(count)
  }

  mutating func add(_ node: Syntax, _ range: SourceRange) -> SyntaxID {
    nodes.append(node)
    ranges.append(range)
    return SyntaxID(nodes.count - 1)
  }

  mutating func list(_ ids: [SyntaxID]) -> SyntaxList {
    let start = lists.count
    lists.append(contentsOf: ids)
    return SyntaxList(start: Int32(start), count: Int32(ids.count))
  }

  mutating func name(_ text: String) -> NameID {
    if let id = nameIDs[text] { return id }
    names.append(text)
    let id = NameID(names.count - 1)
    nameIDs[text] = id
    return id
  }

  subscript(id: SyntaxID) -> Syntax { nodes[id.index] }
  func range(_ id: SyntaxID) -> SourceRange { ranges[id.index] }
  subscript(list: SyntaxList) -> ArraySlice<SyntaxID> {
    lists[Int(list.start)..<Int(list.start + list.count)]
  }
  subscript(name: NameID) -> String { names[name.index] }

  /// Where the path of an `import` stands, without its quotes; nil for another statement.
  func importedPath(_ statement: SyntaxID) -> SourceRange? {
    switch self[statement] {
    case .silenced(let inner): return importedPath(inner)
    case .import(let path):
      let range = range(path)
      return SourceRange(range.start + 1, range.end - 1)
    case _: return nil
    }
  }
}
