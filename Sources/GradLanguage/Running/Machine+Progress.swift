import Autograd

// What a computation does when it is asked to stop, or how far it is.

/// How far a computation is.
public struct Progress: Sendable {
  /// How many nodes the graph holds, live or not.
  public let nodes: Int
  /// How many have been recorded since the session began.
  public let recordedNodes: Int
  /// How many bytes the graph takes.
  public let byteCount: Int
  /// The loops around the present place that are known, outermost first.
  public var loops: [LoopProgress] = []
}

/// How far a loop is.
public struct LoopProgress: Sendable {
  /// The iteration, counted from 1.
  public let iteration: Int
  /// How many there will be; nil for `while`.
  public let count: Int?
}

extension Machine {
  /// How large the graph is.
  var progress: Progress {
    Progress(
      nodes: graph.nodeCount, recordedNodes: graph.recordedCount, byteCount: graph.byteCount)
  }

  /// What a loop does between two steps, or a program between two statements, when it is due: to stop, to
  /// say how far it is, to free what nothing reaches.
  @inline(never)
  func pause(_ base: Int, _ registerCount: Int, _ address: Int) throws(MachineError) {
    if interrupt.isRaised { try attend(base, address) }
    if graph.nodeCount >= heap.collectAt { try tidy(top: base + registerCount) }
  }

  /// Does what has been asked of the computation, which is at an instruction of the frame at `base`.
  @inline(never)
  func attend(_ base: Int, _ address: Int) throws(MachineError) {
    if interrupt.isRequested { throw MachineError(.interrupted) }
    guard interrupt.takeQuestion() else { return }
    var progress = progress
    progress.loops = loops(base, address)
    onProgress(progress)
  }

  /// Whether work in the graph is to stop; it tells how far it is meanwhile.
  var shouldStop: Bool {
    #if DEBUG
      if injection.stopsAtPoll() { return true }
    #endif
    guard interrupt.isRaised else { return false }
    if interrupt.isRequested { return true }
    if interrupt.takeQuestion() { onProgress(progress) }
    return false
  }

  /// The calls that are looked at for loops: so many at either end.
  private static let shownCalls = 8

  /// The loops around an instruction and around the calls that led to it, outermost first.
  private func loops(_ base: Int, _ address: Int) -> [LoopProgress] {
    let frames = hot.pointee.frames
    var places: [(base: Int, address: Int)] = []
    for index in 0..<frames.count
    where index < Machine.shownCalls || index >= frames.count - Machine.shownCalls {
      places.append((frames[index].callerBase, frames[index].returnAddress - 1))
    }
    places.append((base, address))
    return places.flatMap { place in
      program.loops.filter { $0.body.contains(place.address) }
        .sorted { $0.body.count > $1.body.count }
        .compactMap { progress(of: $0, base: place.base) }
    }
  }

  private func progress(of loop: LoopInformation, base: Int) -> LoopProgress? {
    let counter = registers[base + loop.counter]
    guard counter.isNumber, (-1..<0x1p53).contains(counter.number) else { return nil }
    var count: Int?
    if loop.isCounted, case let total = registers[base + loop.counter + 1], total.isNumber,
      (0..<0x1p53).contains(total.number)
    {
      count = Int(total.number)
    }
    return LoopProgress(iteration: Int(counter.number) + 1, count: count)
  }
}

extension Interpreter {
  /// How large the graph is.
  public var progress: Progress { machine.progress }

  /// Called on the session's thread when `Interrupt.askForProgress` has asked how far a computation is.
  public var onProgress: (Progress) -> Void {
    get { machine.onProgress }
    set { machine.onProgress = newValue }
  }
}
