/// The names of a session's globals; the built-in functions' and constants' come first, then `ans`.
struct GlobalNames {
  private(set) var names: [String]
  private var indices: [String: Int]
  /// The names that some statement gives a value to.
  private var bound: Set<Int> = []
  /// Those of the present input that no earlier one gives a value to.
  private(set) var newlyBound: [Int] = []

  /// The number of `ans`, the last result; those of the user's names are above.
  static let answer = Builtin.all.count + Builtin.constants.count

  /// Those of a session that begins: what the language has. Stands for a session's names, too, while the
  /// compiler has them.
  static let initial = GlobalNames()

  private init() {
    names = Builtin.all.map(\.name) + Builtin.constants.map(\.name) + ["ans"]
    indices = [:]
    indices.reserveCapacity(2 * names.count)
    for (index, name) in names.enumerated() where name != "-" { indices[name] = index }
  }

  /// The number of a name; a new one for a new name.
  mutating func index(of name: String) -> Int {
    if let index = indices[name] { return index }
    names.append(name)
    indices[name] = names.count - 1
    return names.count - 1
  }

  /// The number of a name that is given a value.
  mutating func bind(_ name: String) -> Int {
    let index = index(of: name)
    if bound.insert(index).inserted { newlyBound.append(index) }
    return index
  }

  /// What has been bound until now stays so.
  mutating func forgetNewlyBound() { newlyBound = [] }

  /// No statement until now gives the name a value any more.
  mutating func unbind(_ index: Int) { bound.remove(index) }

  /// Whether some statement gives the name a value.
  func isBound(_ name: String) -> Bool { indices[name].map(bound.contains) ?? false }

  /// The number of a name that has one.
  func existingIndex(of name: String) -> Int? { indices[name] }
}
