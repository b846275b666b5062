/// Why a graph could not do what was asked.
public enum GraphError: Error, Hashable, Sendable {
  /// The graph has as many nodes as it may have.
  case tooManyNodes(limit: Int)
  /// The graph holds as many numbers as it may hold.
  case tooManyNumbers(limit: Int)
  /// There is no room in memory for so many bytes more.
  case outOfMemory(byteCount: Int)
  /// The work was stopped by whoever asked for it.
  case interrupted
  /// A guard found that the program would now go another way.
  case guardTripped(Origin)
  /// Trapping is on, and finite operands gave a result that is not finite.
  case nonFinite(NodeIndex, value: Double)
}
