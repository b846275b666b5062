/// The nodes that hold the conditions which made a name's value the one that it is, though they were
/// decided after it was computed: a loop's last condition stands behind the value that the loop leaves.
struct Extent {
  /// Those of the statement that bound it last, or could have.
  var nodes: Range<Int>
  /// Those of statements before, which go on deciding it.
  var earlier: Range<Int>?
  /// Whether the value is older than the statement that bound it, as x is in `if a > 1 { y = x }`. It
  /// lives for other reasons too: these conditions matter as long as it is bound.
  let isAlias: Bool

  /// So many of the last conditions of a statement stay with an older value.
  static let aliasLimit = 64

  /// Without the nodes from an index on; nil where nothing is left.
  func truncated(to end: Int) -> Extent? {
    if nodes.upperBound <= end { return self }
    guard let earlier, earlier.upperBound <= end else { return nil }
    return Extent(nodes: earlier, isAlias: isAlias)
  }
}
