#if DEBUG
  /// Makes a run fail at a place of the tests' choice: at any instruction, any recorded node, any
  /// question whether to stop. Not part of release builds.
  struct FailureInjection {
    /// How many instructions run before one fails, as if it were interrupted.
    var instructions: Int? { didSet { isArmed = instructions != nil } }
    /// How many nodes each statement of the input may record.
    var nodes: Int?
    /// How often work in the graph goes on when it asks whether to stop.
    var polls: Int?

    /// Whether instructions are counted.
    private(set) var isArmed = false

    mutating func beforeInstruction() throws(MachineError) {
      guard let left = instructions else { return }
      guard left > 0 else { throw MachineError(.interrupted) }
      instructions = left - 1
    }

    mutating func stopsAtPoll() -> Bool {
      guard let left = polls else { return false }
      polls = max(left - 1, 0)
      return left == 0
    }
  }
#endif
