import TestSupport
import Testing

@testable import Autograd

/// Where nodes' slots are, against an account kept by hand while a tape is recorded at random.
@Suite struct SlotRunTests {
  /// A graph and for each of its records the first slot and how many there are.
  private struct Recording {
    let graph = Graph()
    var slots: [Range<Int>] = []

    /// The slots of values: no guards, no empty arrays.
    var values: [Range<Int>] {
      slots.indices.filter { graph.tape.pointee.nodes[$0].operation.hasValue && !slots[$0].isEmpty }
        .map { slots[$0] }
    }

    private var end: Int { graph.tape.pointee.slotCount }

    /// Records one thing at random: an operation, with constants or without, an array, a guard.
    mutating func record(_ generator: inout SplitMix64) throws {
      let values = values
      func operand() -> Int32 {
        values.randomElement(using: &generator).map { Int32($0.lowerBound) } ?? -1
      }
      let (x, y) = (operand(), operand())
      let kind = values.isEmpty ? 0 : Int.random(in: 0..<8, using: &generator)
      switch kind {
      case 0: try add { try $0.recordLeaf(Double.random(in: 0..<1, using: &generator)) }
      case 1: try add { try $0.record(.sin, x) }
      case 2, 3: try add { try $0.record(.add, x, y) }
      case 4:
        let constant = try graph.recordConstant(Double.random(in: 0..<1, using: &generator))
        try add { try $0.record(.multiply, x, constant) }
      case 5:
        let numbers = (0..<Int.random(in: 0..<70, using: &generator)).map { _ in
          Double.random(in: 0..<1, using: &generator)
        }
        try add(count: numbers.count) { try $0.recordLeaf(numbers) }
      case 6:
        slots.append(end..<end)  // the record of the third operand
        try add { try $0.record(.select, x, y, x) }
      case _:
        let start = end
        try graph.recordBranchGuard(x, origin: .unknown)
        slots.append(start..<end)
      }
    }

    private mutating func add(
      count: Int = 1, _ record: (Graph) throws -> Int32
    ) throws {
      let slot = Int(try record(graph))
      slots.append(slot..<slot + count)
    }

    func check() {
      let tape = graph.tape.pointee
      tape.checkInvariants()
      #expect(tape.nodeCount == slots.count)
      var (up, down) = (tape.slotCursor, tape.slotCursor)
      for node in slots.indices {
        #expect(tape.slot(of: node) == slots[node].lowerBound)
        #expect(up.slot(of: node) == slots[node].lowerBound)
        let opposite = slots.count - 1 - node
        #expect(down.slot(of: opposite) == slots[opposite].lowerBound)
      }
      for slot in 0..<tape.slotCount {
        #expect(tape.node(at: Int32(slot)) == slots.firstIndex { $0.contains(slot) })
        let above = slots.firstIndex { $0.lowerBound >= slot } ?? slots.count
        #expect(tape.firstNode(notBefore: slot) == above)
        #expect(tape.lastNode(before: slot) == (above > 0 ? above - 1 : nil))
      }
    }
  }

  private static func recording(seed: Int, count: Int) throws -> Recording {
    var generator = SplitMix64(seed: UInt64(seed))
    var recording = Recording()
    for _ in 0..<count { try recording.record(&generator) }
    return recording
  }

  @Test(arguments: 0..<12)
  func slotsAreFound(seed: Int) throws {
    try SlotRunTests.recording(seed: seed, count: 10 + 12 * seed).check()
  }

  @Test(arguments: 0..<12)
  func slotsAreFoundInRandomOrder(seed: Int) throws {
    let recording = try SlotRunTests.recording(seed: seed, count: 100)
    var generator = SplitMix64(seed: UInt64(seed))
    var cursor = recording.graph.tape.pointee.slotCursor
    for _ in 0..<300 {
      let node = Int.random(in: 0..<recording.slots.count, using: &generator)
      #expect(cursor.slot(of: node) == recording.slots[node].lowerBound)
    }
  }

  /// What is forgotten takes its runs along; what is recorded afterwards has its own.
  @Test(arguments: 0..<8)
  func truncationForgetsRuns(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(100 + seed))
    var recording = try SlotRunTests.recording(seed: seed, count: 60)
    let mark = recording.graph.mark
    let kept = recording.slots
    for _ in 0..<30 { try recording.record(&generator) }
    recording.graph.truncate(to: mark)
    recording.slots = kept
    recording.check()
    for _ in 0..<30 { try recording.record(&generator) }
    recording.check()
  }

  /// After a compaction the nodes that are left have the slots that the relocation says.
  @Test(arguments: 0..<24)
  func compactionMovesRuns(seed: Int) throws {
    var recording = try SlotRunTests.recording(seed: seed, count: 20 + 15 * seed)
    var generator = SplitMix64(seed: UInt64(200 + seed))
    let values = recording.values
    let roots = (0..<Int.random(in: 1...4, using: &generator)).compactMap { _ in
      values.randomElement(using: &generator).map { Int32($0.lowerBound)..<Int32($0.upperBound) }
    }
    let relocation = try #require(recording.graph.compact(keeping: roots))
    let moved = recording.slots.compactMap { slots -> Range<Int>? in
      relocation.newSlot(Int32(slots.lowerBound)).map { Int($0)..<Int($0) + slots.count }
    }
    let tape = recording.graph.tape.pointee
    tape.checkInvariants()
    recording.slots = (0..<tape.nodeCount).map {
      tape.slot(of: $0)..<tape.slot(of: $0) + tape.count(of: $0)
    }
    #expect(recording.slots.filter { !$0.isEmpty } == moved.filter { !$0.isEmpty })
    for _ in 0..<20 { try recording.record(&generator) }
    recording.check()
  }

  /// A copy of the first nodes has their runs, and no others: there is room for no more.
  @Test(arguments: [0, 1, 7, 60])
  func copiesHaveTheRunsOfTheirNodes(count: Int) throws {
    let recording = try SlotRunTests.recording(seed: count, count: 60)
    let copy = Tape(copying: recording.graph.tape.pointee, nodes: count)
    defer { copy.deallocate() }
    copy.checkSlotRuns()
    #expect((0..<count).allSatisfy { copy.slot(of: $0) == recording.slots[$0].lowerBound })
  }

  /// A long recording without constants of its own is one run, after the leaf that it begins with.
  @Test func aChainIsOneRun() throws {
    let graph = Graph()
    var x = try graph.recordLeaf(1)
    let half = try graph.recordConstant(0.5)
    for _ in 0..<1000 { x = try graph.record(.sin, try graph.record(.multiply, x, half)) }
    #expect(graph.tape.pointee.slotRunCount == 2)
  }

  /// Where every node has so many constants of its own, all have one run.
  @Test(arguments: 0..<5)
  func constantsOfNodesAreAStride(count: Int) throws {
    let graph = Graph()
    var x = try graph.recordLeaf(1)
    for k in 0..<1000 {
      let constants = try (0..<count).map { try graph.recordConstant(Double(k) + 0.1 * Double($0)) }
      x = try graph.record(.add, x, constants.last ?? x)
    }
    graph.tape.pointee.checkInvariants()
    #expect(graph.tape.pointee.slotRunCount == 1)
    #expect(x == 1000 * Int32(1 + count))
    #expect(graph.tape.pointee.slot(of: 10) == 10 * (1 + count))
  }

  /// An array is the first node of a run whose second one decides the stride, and of no longer one.
  @Test func arraysHaveRunsOfTheirOwn() throws {
    let graph = Graph()
    var x = try graph.recordLeaf([1, 2, 3])
    for _ in 0..<100 { x = try graph.record(.sin, x) }
    #expect(graph.tape.pointee.slotRunCount == 2)
    graph.tape.pointee.checkInvariants()
  }

  /// A run of which every other node dies becomes as many runs as nodes are left, more than have been
  /// read meanwhile.
  @Test(arguments: [1, 2, 3])
  func compactionSplitsAStride(period: Int) throws {
    let graph = Graph()
    let x = try graph.recordLeaf(1)
    var roots: [Range<Int32>] = []
    var generator = SplitMix64(seed: UInt64(period))
    for k in 0..<500 {
      let constant = try graph.recordConstant(Double(k))
      let slot = try graph.record(.add, x, constant)
      // The constant alone, the node with it, or nothing.
      if k % period == 0 {
        let choice = Int.random(in: 0..<3, using: &generator)
        if choice < 2 {
          roots.append((choice == 0 ? constant : slot)..<(choice == 0 ? constant : slot) + 1)
        }
      }
    }
    #expect(graph.tape.pointee.slotRunCount == 1)
    let before = graph.tape.pointee
    let nodes = (0..<before.nodeCount).map { before.slot(of: $0) }
    let relocation = try #require(graph.compact(keeping: roots))
    graph.tape.pointee.checkInvariants()
    let after = graph.tape.pointee
    #expect(after.slotRunCount > 60 / period)
    #expect(
      (0..<after.nodeCount).map { after.slot(of: $0) }
        == nodes.compactMap { relocation.newSlot(Int32($0)).map { Int($0) } })
  }

  /// Blocks of slots that all live have their runs behind those of whatever lives before them.
  @Test(arguments: 0..<40)
  func compactionMovesWholeBlocks(seed: Int) throws {
    let graph = Graph()
    var generator = SplitMix64(seed: UInt64(300 + seed))
    let x = try graph.recordLeaf(1)
    for section in 0..<8 {
      let constants = Int.random(in: 0..<3, using: &generator)
      for k in 0..<Int.random(in: 100...300, using: &generator) {
        var operand = x
        for other in 0..<constants {
          operand = try graph.recordConstant(Double(k) + 0.1 * Double(other + section))
        }
        _ = try graph.record(.multiply, x, operand)
      }
    }
    let before = graph.tape.pointee
    // What lives ends anywhere, and most often begins with a block of 64.
    let ends = (0..<8).map { _ in Int.random(in: 1..<before.slotCount, using: &generator) }.sorted()
    let roots = stride(from: 0, to: ends.count, by: 2).map { k in
      let start = k % 4 == 0 ? ends[k] : ends[k] & ~63
      return Int32(start)..<Int32(max(ends[k + 1], start + 1))
    }
    let nodes = (0..<before.nodeCount).map { NodeIndex($0) }
    let slots = nodes.map { Int32(before.slot(of: $0.rawValue)) }
    let operands = nodes.map { graph.operands(of: $0).map { $0.rawValue } }
    let relocation = try #require(graph.compact(keeping: roots))
    let after = graph.tape.pointee
    after.checkInvariants()
    let live = nodes.filter { relocation.newSlot(slots[$0.rawValue]) != nil }.map { $0.rawValue }
    try #require(after.nodeCount == live.count)
    for (new, old) in live.enumerated() {
      #expect(after.slot(of: new) == relocation.newSlot(slots[old]).map { Int($0) })
      #expect(
        graph.operands(of: NodeIndex(new)).map { $0.rawValue }
          == operands[old].compactMap { relocation.newSlot($0) })
    }
  }
}
