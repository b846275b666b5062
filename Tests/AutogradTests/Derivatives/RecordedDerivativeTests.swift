import TestSupport
import Testing

@testable import Autograd

/// Derivatives that are recorded at one point and evaluated at another are those of that point: what
/// is recorded is a formula, not the branch of a rule that happened to hold.
@Suite struct RecordedDerivativeTests {
  static let points: [Double] = [
    -800, -30, -3, -1.5, -1, -0.6, 0, 0.25, 0.6, 1, 1.5, 3, 30, 800,
  ]
  static let pairs: [[Double]] = [-2, -0.5, 0, 0.5, 1, 2, 3].flatMap { x in
    [-1.5, 0, 0.5, 1, 2, 3].map { y in [x, y] }
  }

  /// An operation on leaves, with its derivatives for the first of them, or for all in turn, as far as
  /// the third order.
  private struct Recording {
    let graph = Graph()
    let leaves: [Int32]
    var derivatives: [Traced] = []

    init(
      at x: [Double], isArray: Bool, order: Int,
      _ operation: ([Traced]) -> Traced
    ) throws {
      let graph = graph
      let leaves = try x.map { try graph.recordLeaf($0) }
      self.leaves = leaves
      let recorder = Recorder(graph, origin: .unknown, foldsIdentities: true)
      let shape = isArray ? Shape(count: 1) : .number
      let places = leaves.map { Place(slot: $0, shape: shape) }
      var last = [operation(places.map { Traced(recorder, slot: $0.slot, shape: shape) })]
      for _ in 0..<order {
        var next: [Traced] = []
        for value in last {
          guard case .node(_, let slot, let own) = value.storage else {
            next += places.map { _ in 0 }
            continue
          }
          next += try graph.derivatives(
            of: Place(slot: slot, shape: own), seed: .broadcast(1, to: own), for: places, recorder)
        }
        derivatives += next
        last = next
      }
      #expect(recorder.error == nil)
    }

    /// The derivatives at present.
    var numbers: [Double] { derivatives.map(\.first) }

    func move(to x: [Double]) {
      for (slot, number) in zip(leaves, x) { graph.setData(number, at: slot) }
      graph.forward()
    }
  }

  /// Compares what was recorded at each point, evaluated at each other one, with what is recorded there.
  private func expectSameEverywhere(
    _ points: [[Double]], isArray: Bool, order: Int, _ name: String,
    _ operation: ([Traced]) -> Traced
  ) throws {
    let truths = try points.map {
      try Recording(at: $0, isArray: isArray, order: order, operation).numbers
    }
    for start in points {
      let recording = try Recording(at: start, isArray: isArray, order: order, operation)
      for (point, truth) in zip(points, truths) {
        recording.move(to: point)
        // Terms of a derivative may cancel; those of lower ones tell how large they are.
        var size = 0.0
        for (k, (found, expected)) in zip(recording.numbers, truth).enumerated() {
          if expected.isFinite { size = max(size, expected.magnitude) }
          expectClose(
            found, expected, relative: 1e-9, absolute: max(1e-10 * size, 1e-300),
            "derivative \(k) of \(name)\(isArray ? " of arrays" : "") at \(point) as of \(start)")
        }
      }
    }
  }

  /// The form that is recorded agrees with the one that has most digits.
  @Test(arguments: UnaryOperation.allCases, [false, true])
  func firstDerivative(_ operation: UnaryOperation, isArray: Bool) throws {
    for x in RecordedDerivativeTests.points {
      let recorded = try Recording(at: [x], isArray: isArray, order: 1) { .apply(operation, $0[0]) }
      let exact: Double = operation.derivative(at: x, result: operation.value(x))
      expectClose(
        recorded.numbers[0], exact, relative: 1e-12, absolute: 1e-305, "\(operation) at \(x)")
    }
  }

  @Test(arguments: BinaryOperation.allCases, [false, true])
  func firstDerivatives(_ operation: BinaryOperation, isArray: Bool) throws {
    for p in RecordedDerivativeTests.pairs {
      let recorded = try Recording(at: p, isArray: isArray, order: 1) {
        .apply(operation, $0[0], $0[1])
      }
      let z = operation.value(p[0], p[1])
      for (found, side) in zip(recorded.numbers, [OperandSide.left, .right]) {
        let exact: Double = operation.derivative(for: side, p[0], p[1], result: z)
        expectClose(found, exact, relative: 1e-12, "\(operation) at \(p)")
      }
    }
  }

  @Test(arguments: UnaryOperation.allCases, [false, true])
  func unary(_ operation: UnaryOperation, isArray: Bool) throws {
    let points = RecordedDerivativeTests.points.map { [$0] }
    try expectSameEverywhere(points, isArray: isArray, order: 3, operation.name) {
      .apply(operation, $0[0])
    }
  }

  @Test(arguments: BinaryOperation.allCases, [false, true])
  func binary(_ operation: BinaryOperation, isArray: Bool) throws {
    let points = RecordedDerivativeTests.pairs
    try expectSameEverywhere(points, isArray: isArray, order: 2, operation.name) {
      .apply(operation, $0[0], $0[1])
    }
  }

  /// Functions that are flat here and there after ones that are steep there.
  @Test(
    arguments: UnaryOperation.allCases.filter { $0.steepness != .nowhere }, [false, true])
  func flatAfterSteep(_ steep: UnaryOperation, isArray: Bool) throws {
    let points: [[Double]] = [[-1.5], [-1], [0], [0.25], [1], [4]]
    let flat: [(String, (Traced) -> Traced)] = [
      ("relu", { .apply(.relu, $0) }), ("sign", { .apply(.sign, $0) }),
      ("max", { .apply(.max, $0, 0.5) }), ("min", { .apply(.min, 0.5, $0) }),
      ("clamp", { .apply(TernaryOperation.clamp, $0, -1, 1) }),
      ("where", { .apply(TernaryOperation.select, .apply(.greater, $0, 0.25), $0, 0) }),
    ]
    for (name, function) in flat {
      try expectSameEverywhere(points, isArray: isArray, order: 2, "\(name)(\(steep.name))") {
        function(.apply(steep, $0[0]))
      }
    }
  }

  @Test(arguments: [-2.5, -1, -0.5, 0, 0.25, 0.5, 1, 1.5, 2, 2.5, 3], [false, true])
  func powers(_ exponent: Double, isArray: Bool) throws {
    let points: [[Double]] = [[-2], [0], [0.25], [1], [7]]
    try expectSameEverywhere(points, isArray: isArray, order: 3, "x^\(exponent)") {
      .power($0[0], Traced(constant: exponent))
    }
  }
}
