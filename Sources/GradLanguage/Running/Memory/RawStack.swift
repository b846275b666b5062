/// A growing stack of plain data in memory of its own, without reference counting or checks: for the
/// machine's inner loop. The owner calls `deallocate`.
struct RawStack<Element: BitwiseCopyable> {
  private(set) var elements: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    elements = .allocate(capacity: capacity)
  }

  func deallocate() { elements.deallocate() }

  /// Whether the next element takes more memory.
  @inline(__always)
  var isFull: Bool { count == capacity }

  /// The bytes that the elements take, with what there is room for.
  var byteCount: Int { capacity * MemoryLayout<Element>.stride }

  @inline(__always)
  mutating func push(_ element: Element) {
    if count == capacity { grow() }
    (elements + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always)
  mutating func pop() -> Element {
    count &-= 1
    return elements[count]
  }

  @inline(__always)
  mutating func drop(to count: Int) { self.count = count }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { elements[index] }
    nonmutating set { elements[index] = newValue }
  }

  @inline(never)
  private mutating func grow() {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    new.moveInitialize(from: elements, count: count)
    elements.deallocate()
    elements = new
    capacity *= 2
  }
}
