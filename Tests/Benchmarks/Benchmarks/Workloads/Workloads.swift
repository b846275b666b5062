import Benchmark
import GradLanguage

let benchmarks: @Sendable () -> Void = {
  sessions()
  for workload in sweeps + loops + products + drawings + texts { workload.register() }
}

/// What has no program of its own to repeat.
private func sessions() {
  let short = Benchmark.Configuration(
    metrics: [.wallClock], maxDuration: .seconds(2), maxIterations: 1000)
  Benchmark("W1 founding lines, a new session", configuration: short) { _ in
    run(Programs.founding, in: Interpreter())
  }
  let text = SourceText(name: "long", bytes: Array(Programs.function(lines: 100_000).utf8))
  Benchmark("parsing 100 000 lines", configuration: short) { _ in
    blackHole(Interpreter.completeness(of: text))
  }
}

private let sweeps = [
  Workload(
    name: "W2 network recorded anew", setUp: Programs.network, program: Programs.networkRecorded,
    size: 100, rounds: 10, count: 10 * Programs.networkNodes(points: 100), unit: "node"),
  Workload(
    name: "W2 network replayed", setUp: Programs.network, program: Programs.networkReplayed,
    size: 100, rounds: 10, count: 10 * Programs.networkNodes(points: 100), unit: "node"),
  Workload(
    name: "W3b chain of a million steps", setUp: Programs.chain, program: Programs.chainSwept,
    size: 1_000_000, count: 5_000_000, unit: "node"),
  Workload(
    name: "W5 Rosenbrock with arrays", setUp: Programs.rosenbrock,
    program: Programs.rosenbrockSwept, size: 100_000, rounds: 10, count: 10, unit: "gradient"),
  Workload(
    name: "W7 training with matrices", setUp: Programs.matrices,
    program: Programs.matricesTrained, rounds: 1000, count: 1000, unit: "step"),
  Workload(
    name: "descent on a number", program: Programs.descent, size: 100_000, count: 100_000,
    unit: "step"),
]

private let loops = [
  Workload(
    name: "W6 plain loop", setUp: Programs.sum, program: Programs.sumRun, size: 10_000_000,
    count: 10_000_000, unit: "iteration"),
  Workload(
    name: "W6 tracked loop at top level", program: Programs.sumTracked, size: 1_000_000,
    count: 1_000_000, unit: "iteration"),
]

private let products = [(64, 100), (256, 10), (1000, 1)].flatMap { size, rounds in
  [
    Workload(
      name: "product of matrices \(size)", setUp: Programs.product,
      program: Programs.productForward, size: size, rounds: rounds, count: rounds, unit: "product"),
    Workload(
      name: "product of matrices \(size), backward", setUp: Programs.product,
      program: Programs.productBackward, size: size, rounds: rounds, count: rounds, unit: "sweep"),
  ]
}

/// What a graph of 100 000 nodes costs to look at, without the text that is made of it.
private let drawings = ["show L", "graph L", "explain L"].map { command in
  Workload(
    name: "\(command), 100 000 nodes", setUp: Programs.chain + Programs.chainSwept,
    program: command, size: 20_000, count: 100_000, unit: "node")
}

private let texts = [
  Workload(
    name: "compiling 100 000 lines", program: Programs.function(lines: 100_000), count: 100_000,
    unit: "line"),
  Workload(name: "a statement", program: "y = 3*2^2 - 4*2 + 5", count: 1, unit: "statement"),
]
