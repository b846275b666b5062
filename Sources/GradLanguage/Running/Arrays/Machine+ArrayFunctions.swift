import Autograd

// The built-in functions of arrays. Those that are sums of others are written as such, over any
// `ArrayArithmetic`; they record a few nodes.

extension Machine {
  func call(
    _ function: ArrayFunction, _ arguments: UnsafeMutablePointer<Register>, _ count: Int,
    _ address: Int
  ) throws(MachineError) -> Register {
    let recorder = recorder(address)
    let name = "`\(function.rawValue)`"
    func value(_ k: Int) throws(MachineError) -> Traced {
      try operand(arguments[k], recorder, by: name, operand: k)
    }
    /// The dimension that the second argument names, from 0.
    func dimension(of x: Traced) throws(MachineError) -> Int? {
      guard count > 1 else { return nil }
      let number = arguments[1]
      guard number.isNumber else {
        throw MachineError(
          .wrongKind(expected: "a dimension", found: describe(number), by: name), operand: 1)
      }
      guard number.number >= 1, number.number <= Double(x.shape.rank),
        number.number == number.number.rounded()
      else {
        throw MachineError(.noDimension(number.number, rank: x.shape.rank), operand: 1)
      }
      try guardIndex(number, Origin(address))
      return Int(number.number) - 1
    }
    switch function {
    case .sum, .prod, .mean, .var, .std, .norm, .logsumexp, .softmax, .cumsum, .sort, .argmin,
      .argmax, .all, .any:
      let x = try value(0)
      let dimension = try dimension(of: x)
      if function == .argmin || function == .argmax, x.shape.split(at: dimension).length == 0 {
        throw MachineError(.emptyArray(by: name), operand: 0)
      }
      let result = try register(along(function, x, at: dimension), recorder)
      try warnNonFinite(whole: function.rawValue, [arguments[0]], result, address)
      return result
    case .dot: return try dot(arguments[0], arguments[1], address)
    case .outer:
      let (u, v) = (try value(0), try value(1))
      let (m, n) = (u.shape.count, v.shape.count)
      try checkSize(Shape(rows: m, columns: n))
      return try register(
        u.reshaped(Shape(rows: m, columns: 1)) * v.reshaped(Shape(rows: 1, columns: n)), recorder)
    case .transpose:
      let x = try value(0)
      if x.shape.rank < 2 {
        share(arguments[0])
        return arguments[0]
      }
      return try register(
        .apply(.transpose, [x], parameters: [], shape: x.shape.reversed), recorder)
    case .reshape: return try reshaped(arguments, count, recorder, name)
    case .shape:
      let lengths = try value(0).shape.lengths
      return heap.add(
        ArrayObject(shape: Shape(count: lengths.count), numbers: lengths.map(Double.init)))
    case .length: return try length(of: arguments[0], 0)
    case .concat, .append: return try concatenated(arguments, count, recorder, name)
    case .stack:
      guard count == 1, arguments[0].kind == .table else {
        return try finishArray(arguments, count, Origin(address))
      }
      var columns = heap.tables[arguments[0].handle].columns
      return try columns.withUnsafeMutableBufferPointer { columns throws(MachineError) in
        guard let first = columns.baseAddress else { return arguments[0] }
        return try finishArray(first, columns.count, Origin(address))
      }
    case .select: return try selected(arguments[0], arguments[1], Origin(address))
    case .zeros, .ones:
      return try filled(
        function == .zeros ? 0 : 1, arguments, count, function.rawValue, Origin(address))
    case .full: return try full(arguments, count, recorder, name)
    case .eye: return try identity(arguments, name, Origin(address))
    case .linspace: return try linspace(arguments, recorder, Origin(address))
    }
  }

  /// `reshape(v, 2, 3)`: the same numbers in another shape of as many.
  private func reshaped(
    _ arguments: UnsafeMutablePointer<Register>, _ count: Int, _ recorder: Recorder, _ name: String
  ) throws(MachineError) -> Register {
    let x = try operand(arguments[0], recorder, by: name, operand: 0)
    let shape = try sizes(arguments, 1..<count, name, recorder.origin)
    guard shape.count == x.shape.count else {
      throw MachineError(
        .shapeMismatch(
          left: "\(named(arguments[0], x.shape)), with \(x.shape.count) numbers,",
          right: "\(shapeText(shape)), with \(shape.count)", by: "reshaped to", suggestion: nil))
    }
    return try register(x.reshaped(shape), recorder)
  }

  /// `full(2, 3, x)`: x in every place.
  private func full(
    _ arguments: UnsafeMutablePointer<Register>, _ count: Int, _ recorder: Recorder, _ name: String
  ) throws(MachineError) -> Register {
    let shape = try sizes(arguments, 0..<count - 1, name, recorder.origin)
    let x = try operand(arguments[count - 1], recorder, by: name, operand: count - 1)
    guard x.shape.rank == 0 else {
      throw MachineError(
        .wrongKind(
          expected: "a number to fill with", found: describe(arguments[count - 1]), by: name),
        operand: count - 1)
    }
    return try register(.broadcast(x, to: shape), recorder)
  }

  /// `eye(n)`
  private func identity(
    _ arguments: UnsafeMutablePointer<Register>, _ name: String, _ origin: Origin
  ) throws(MachineError) -> Register {
    let n = try sizes(arguments, 0..<1, name, origin)[0]
    try checkSize(Shape(rows: n, columns: n))
    let storage = try filledStorage(0, count: n * n)
    for k in 0..<n { storage[k * n + k] = 1 }
    return heap.add(ArrayObject(shape: Shape(rows: n, columns: n), taking: storage))
  }

  /// The functions along a dimension, or of all numbers.
  private func along(_ function: ArrayFunction, _ x: Traced, at dimension: Int?) -> Traced {
    let split = x.shape.split(at: dimension)
    let rest = x.shape.removing(dimension)
    func reduced(_ operation: WholeOperation) -> Traced {
      .reduce(operation, x, along: split, to: rest)
    }
    func spread(_ y: Traced) -> Traced { .repeated(y, along: split, to: x.shape) }
    let n = Traced(constant: Double(split.length))
    switch function {
    case .sum: return reduced(.sum)
    case .mean: return reduced(.sum) / n
    case .prod:
      return product(x.reshaped(Shape([split.outer, split.length, split.inner])))
        .reshaped(rest)
    case .var:
      let d = x - spread(reduced(.sum) / n)
      return .reduce(.sum, d * d, along: split, to: rest) / n
    case .std:
      let d = x - spread(reduced(.sum) / n)
      // A power of 2, which no square over- or underflows with, and which rounds nothing.
      let scale = Traced(constant: Machine.scale(of: d.numbers))
      let scaled = scale.first == 1 ? d : d / scale
      let variance = .reduce(.sum, scaled * scaled, along: split, to: rest) / n
      let root: Traced = .select(.apply(.equal, variance, 0), 0, .apply(.sqrt, variance))
      return scale.first == 1 ? root : root * scale
    case .norm: return reduced(.norm)
    case .logsumexp: return reduced(.logSumExp)
    case .softmax:
      return .apply(.softmax, [x], parameters: split.parameters, shape: x.shape)
    case .cumsum:
      return .apply(
        .cumulativeSum, [x], parameters: split.parameters + [0], shape: x.shape)
    case .sort:
      let split = x.shape.split(at: dimension ?? (x.shape.rank > 0 ? x.shape.rank - 1 : nil))
      return .apply(.sort, [x], parameters: split.parameters, shape: x.shape)
    case .argmin: return reduced(.argMinimum)
    case .argmax: return reduced(.argMaximum)
    case .all: return reduced(.all)
    case .any: return reduced(.any)
    case .dot, .outer, .transpose, .reshape, .shape, .length, .concat, .stack, .append, .select,
      .zeros, .ones, .full, .eye, .linspace:
      return x
    }
  }

  /// 1 where the squares of the numbers are in range, else the power of 2 below the largest.
  private static func scale(of numbers: Numbers) -> Double {
    var largest = 0.0
    for k in 0..<numbers.shape.count { largest = max(largest, numbers[k].magnitude) }
    guard largest > 0, largest.isFinite, !(0x1p-400...0x1p400).contains(largest) else { return 1 }
    return max(largest.binade, .leastNormalMagnitude)
  }

  /// The product along the middle of three dimensions, by halves: n numbers take log₂ n products, whose
  /// derivatives need no division and are exact where factors are 0.
  private func product(_ x: Traced) -> Traced {
    let lengths = x.shape.lengths
    let (outer, length, inner) = (lengths[0], lengths[1], lengths[2])
    guard length > 0 else { return .broadcast(1, to: Shape([outer, 1, inner])) }
    guard length > 1, LongWork.shouldStop.map({ !$0() }) ?? true else {
      return length > 1 ? .broadcast(1, to: Shape([outer, 1, inner])) : x
    }
    func part(_ first: Int, _ count: Int) -> Traced {
      let shape = Shape([outer, count, inner])
      if outer == 1 { return x.part(first * inner, shape) }
      var positions: [Int32] = []
      positions.reserveCapacity(outer * count * inner)
      for o in 0..<outer {
        let start = (o * length + first) * inner
        for k in start..<start + count * inner { positions.append(Int32(truncatingIfNeeded: k)) }
      }
      return .apply(.gather, [x], parameters: positions, shape: shape)
    }
    let half = length / 2
    let product = product(part(0, half) * part(half, half))
    return length % 2 == 0 ? product : product * part(length - 1, 1)
  }

  /// `max(v)`, `min(A)`: of all numbers.
  func extremum(
    _ operation: BinaryOperation, _ value: Register, _ address: Int
  ) throws(MachineError) -> Register {
    let recorder = recorder(address)
    let x = try operand(value, recorder, by: "`\(operation.name)`", operand: 0)
    guard x.shape.count > 0 else {
      throw MachineError(.emptyArray(by: "`\(operation.name)`"), operand: 0)
    }
    return try register(
      .reduce(
        operation == .min ? .minimum : .maximum, x, along: x.shape.split(at: nil), to: .number),
      recorder)
  }

  private func dot(
    _ u: Register, _ v: Register, _ address: Int
  ) throws(MachineError) -> Register {
    let recorder = recorder(address)
    let (x, y) = (
      try operand(u, recorder, by: "`dot`", operand: 0),
      try operand(v, recorder, by: "`dot`", operand: 1)
    )
    guard x.shape == y.shape else {
      throw MachineError(
        .shapeMismatch(
          left: named(u, x.shape), right: named(v, y.shape), by: "dot", suggestion: nil))
    }
    let n = Int32(x.shape.count)
    let result = try register(
      .apply(.matrixProduct, [x, y], parameters: [1, n, 1, 0, 0], shape: .number), recorder)
    try warnNonFinite(whole: "dot", [u, v], result, address)
    return result
  }

  /// Some of the arguments, whole numbers of at least 0, as a shape.
  func sizes(
    _ arguments: UnsafeMutablePointer<Register>, _ chosen: Range<Int>, _ name: String,
    _ origin: Origin
  ) throws(MachineError) -> Shape {
    var lengths: [Int] = []
    var total = 1.0
    for k in chosen {
      let size = arguments[k]
      guard size.isNumber else {
        throw MachineError(
          .wrongKind(expected: "a number", found: describe(size), by: name), operand: k)
      }
      guard size.number >= 0, size.number == size.number.rounded() else {
        throw MachineError(.badCount(size.number, by: name), operand: k)
      }
      try guardIndex(size, origin)
      total *= max(size.number, 1)
      guard max(total, size.number) <= Double(Machine.arrayLimit) else {
        throw MachineError(
          .arrayTooLarge(count: max(total, size.number), limit: Machine.arrayLimit))
      }
      lengths.append(Int(size.number))
    }
    try requireRoom(Int(total))
    return Shape(lengths)
  }

  /// Arrays one after another along the first dimension; numbers count as arrays of one.
  private func concatenated(
    _ arguments: UnsafeMutablePointer<Register>, _ count: Int, _ recorder: Recorder, _ name: String
  ) throws(MachineError) -> Register {
    var parts: [Traced] = []
    var rest: Shape?
    var length = 0
    for k in 0..<count {
      var part = try operand(arguments[k], recorder, by: name, operand: k)
      if part.shape.rank == 0 { part = part.reshaped(Shape(count: 1)) }
      // A row can be put below a matrix.
      if let rest, rest.rank > 0, part.shape == rest {
        part = part.reshaped(Shape(count: 1, of: rest))
      }
      let own = part.shape.removing(0)
      if let known = rest, known != own, part.shape.count > 0, length > 0 {
        throw MachineError(
          .shapeMismatch(
            left: named(arguments[k - 1], parts[k - 1].shape),
            right: named(arguments[k], part.shape),
            by: "followed by", suggestion: nil),
          operand: k)
      }
      if rest == nil || length == 0 { rest = own }
      length += part.shape[0]
      parts.append(part)
    }
    let shape = Shape(count: length, of: rest ?? .number)
    try checkSize(shape)
    return try register(recorder.joined(parts, shape: shape), recorder)
  }

  /// The elements, or rows, where the mask is not 0.
  private func selected(
    _ base: Register, _ mask: Register, _ origin: Origin
  ) throws(MachineError) -> Register {
    guard base.kind == .array, mask.kind == .array else {
      throw MachineError(
        .wrongKind(
          expected: "two arrays", found: describe(base.kind == .array ? mask : base), by: "`select`"
        ), operand: base.kind == .array ? 1 : 0)
    }
    let (array, chosen) = (heap.arrays[base.handle], heap.arrays[mask.handle])
    guard chosen.rank == 1, chosen.rows == array.rows else {
      throw MachineError(
        .shapeMismatch(
          left: named(base, array.shape), right: "a mask of \(shapeText(chosen.shape))",
          by: "and", suggestion: nil), operand: 1)
    }
    if chosen.isTracked, chosen.count > 0 {
      do throws(GraphError) {
        try graph.recordIndexGuard(chosen.slot, count: chosen.count, origin: origin)
      } catch { throw machineError(error) }
    }
    let positions = numbers(of: chosen).enumerated().filter { $0.element != 0 }
      .map { Double($0.offset + 1) }
    let index = heap.add(ArrayObject(shape: Shape(count: positions.count), numbers: positions))
    return try part(of: base, [.value(index)], origin)
  }

  /// n numbers from the first to the last, both included, evenly spaced.
  private func linspace(
    _ arguments: UnsafeMutablePointer<Register>, _ recorder: Recorder, _ origin: Origin
  ) throws(MachineError) -> Register {
    let (first, last) = (
      try operand(arguments[0], recorder, by: "`linspace`", operand: 0),
      try operand(arguments[1], recorder, by: "`linspace`", operand: 1)
    )
    guard first.shape.rank == 0, last.shape.rank == 0 else {
      throw MachineError(
        .wrongKind(expected: "numbers", found: "an array", by: "`linspace`"),
        operand: first.shape.rank == 0 ? 1 : 0)
    }
    let n = try sizes(arguments, 2..<3, "`linspace`", origin)[0]
    // From the nearer end on, so that both are exact, equal ones give equal numbers, and none lies outside.
    let steps = n == 1 ? 1 : Double(n - 1)
    func row(_ number: (_ share: Double, _ isNearFirst: Bool) -> Double) -> Traced {
      Traced(
        Numbers(shape: Shape(count: n)) { start in
          LongWork.inParts(of: n) { part in
            for k in part { start[k] = number(Double(k) / steps, 2 * Double(k) <= steps) }
          }
        })
    }
    guard first.first.isFinite, last.first.isFinite else {
      return try register(
        first * row { share, _ in 1 - share } + last * row { share, _ in share }, recorder)
    }
    let end = first * row { $1 ? 1 : 0 } + last * row { $1 ? 0 : 1 }
    // The difference of the largest numbers is beyond them, that of their halves is not.
    let isWide = (last.first - first.first).isInfinite
    let width = isWide ? last / 2 - first / 2 : last - first
    let scale: Double = isWide ? 2 : 1
    return try register(end + width * row { scale * ($1 ? $0 : $0 - 1) }, recorder)
  }
}
