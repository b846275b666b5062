/// A value of the machine: 16 bytes, without reference counting.
///
///     meta = -1                a plain number
///     meta ≥ 0                 a tracked number: its slot in the graph; `number` is its data
///     meta < -1                another kind, in bits 32…39, with a handle in bits 0…31
struct Register: BitwiseCopyable {
  var number: Double
  var meta: Int64

  /// A plain number.
  @inline(__always)
  init(_ number: Double) {
    self.number = number
    meta = -1
  }

  /// A tracked number.
  @inline(__always)
  init(_ number: Double, slot: Int32) {
    self.number = number
    meta = Int64(slot)
  }

  /// Another kind of value.
  @inline(__always)
  init(_ kind: Kind, _ handle: Int = 0) {
    number = 0
    meta = Int64.min | Int64(kind.rawValue) << 32 | Int64(handle)
  }

  /// What is not a number.
  enum Kind: UInt8 {
    /// A name or local that has no value.
    case unassigned
    /// The value of a function that returns none.
    case nothing
    case string, array
    /// A function without captures; the handle is its index in the program.
    case function
    /// A function with captures; the handle is one of the heap's closures.
    case closure
    /// A built-in function; the handle is its index in `Builtin.all`.
    case builtin
    /// The derivative of a function, itself a function; the handle is one of the heap's.
    case derived
    /// Named columns; the handle is one of the heap's tables.
    case table
  }

  static let unassigned = Register(.unassigned)
  static let nothing = Register(.nothing)

  @inline(__always) var isNumber: Bool { meta >= -1 }
  @inline(__always) var isPlainNumber: Bool { meta == -1 }
  @inline(__always) var isTracked: Bool { meta >= 0 }
  @inline(__always) var slot: Int32 { Int32(truncatingIfNeeded: meta) }
  @inline(__always) var isUnassigned: Bool { meta == Register.unassigned.meta }
  @inline(__always) var isNothing: Bool { meta == Register.nothing.meta }

  /// The kind, of a value that is not a number.
  @inline(__always)
  var kind: Kind? {
    isNumber ? nil : Kind(rawValue: UInt8(truncatingIfNeeded: (meta & Int64.max) >> 32))
  }

  /// Whether it is of this kind: one comparison.
  @inline(__always)
  func has(_ kind: Kind) -> Bool {
    UInt32(truncatingIfNeeded: meta &>> 32) == 0x8000_0000 | UInt32(kind.rawValue)
  }

  @inline(__always)
  var handle: Int { Int(meta & 0xFFFF_FFFF) }
}
