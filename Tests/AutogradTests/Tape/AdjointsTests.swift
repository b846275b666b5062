import Testing

@testable import Autograd

/// The adjoints as the sweeps use them: what stands for zeros, and what has been written.
@Suite struct AdjointsTests {
  /// The sizes lie on both sides of the blocks of 64 slots.
  @Test(arguments: [1, 63, 64, 65, 200], [false, true])
  func aClearedSetIsZero(slots: Int, zeroing: Bool) {
    var adjoints = Adjoints()
    defer { adjoints.deallocate() }
    for round in 0..<3 {
      adjoints.clear(slots: slots + round, zeroing: zeroing != (round == 1))
      #expect((0..<slots + round).allSatisfy { adjoints.number(at: $0) == 0 })
      for slot in stride(from: 0, to: slots, by: 7) { adjoints.set(Double(slot + 1), at: slot) }
      for slot in 0..<slots {
        #expect(adjoints.number(at: slot) == (slot % 7 == 0 ? Double(slot + 1) : 0))
      }
    }
  }

  @Test(arguments: [1, 63, 64, 65, 200], [false, true])
  func newSlotsWereNeverComputed(slots: Int, zeroing: Bool) {
    var adjoints = Adjoints()
    defer { adjoints.deallocate() }
    adjoints.clear(slots: slots, zeroing: zeroing)
    adjoints.extend(slots: slots + 100)
    #expect((0..<slots).allSatisfy { adjoints.number(at: $0) == 0 })
    #expect((slots..<slots + 100).allSatisfy { Tape.isAbsent(adjoints.number(at: $0)) })
  }

  @Test(arguments: [0, 63, 64, 130, 299])
  func findsWhatIsNotFinite(slot: Int) {
    var adjoints = Adjoints()
    defer { adjoints.deallocate() }
    adjoints.clear(slots: 300, zeroing: false)
    adjoints.set(1, at: 70)
    adjoints.extend(slots: 310)  // never computed is not NaN
    #expect(adjoints.areFinite(0..<310))
    adjoints.set(.infinity, at: slot)
    #expect(!adjoints.areFinite(0..<310) && !adjoints.areFinite(slot..<slot + 1))
    #expect(adjoints.areFinite(0..<slot) && adjoints.areFinite(slot + 1..<310))
  }

  @Test(arguments: [false, true])
  func setsAdd(zeroing: Bool) {
    var adjoints = Adjoints()
    var others = Adjoints()
    defer {
      adjoints.deallocate()
      others.deallocate()
    }
    adjoints.clear(slots: 100, zeroing: zeroing)
    adjoints.set(2, at: 3)
    others.clear(slots: 300, zeroing: zeroing)
    others.set(5, at: 3)
    others.set(7, at: 250)
    adjoints.add(others)
    let sums = (0..<300).map { adjoints.number(at: $0) }
    #expect(sums.enumerated().allSatisfy { $1 == ($0 == 3 ? 7 : $0 == 250 ? 7 : 0) })
  }
}
