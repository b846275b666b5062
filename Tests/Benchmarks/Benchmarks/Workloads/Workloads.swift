import Benchmark
import GradLanguage

/// Runs a text in a session; a mistake in it is a mistake in the benchmark.
func run(_ text: String, in interpreter: Interpreter) {
  let outcome = interpreter.run(text)
  for diagnostic in outcome.diagnostics { fatalError("\(diagnostic.message): \(text)") }
}

/// A workload whose time is given for each of `count` nodes or iterations, in picoseconds.
func workload(_ name: String, setUp: String, run text: String, count: Int, unit: String) {
  let metric = BenchmarkMetric.custom("ps per \(unit)", polarity: .prefersSmaller)
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, metric], warmupIterations: 2, maxDuration: .seconds(4),
    maxIterations: 25)
  Benchmark(name, configuration: configuration) { benchmark in
    let interpreter = Interpreter()
    run(setUp, in: interpreter)
    run(text, in: interpreter)  // the memory that the work needs has been used once
    let clock = ContinuousClock()
    benchmark.startMeasurement()
    let time = clock.measure { run(text, in: interpreter) }
    benchmark.stopMeasurement()
    let picoseconds =
      time.components.seconds * 1_000_000_000_000 + time.components.attoseconds / 1_000_000
    benchmark.measurement(metric, Int(picoseconds) / count)
  }
}

let benchmarks: @Sendable () -> Void = {
  let founding = Benchmark.Configuration(
    metrics: [.wallClock], maxDuration: .seconds(2), maxIterations: 1000)
  Benchmark("W1 founding lines, a new session", configuration: founding) { _ in
    run(Programs.founding, in: Interpreter())
  }
  workload(
    "W2 network recorded anew", setUp: Programs.network, run: Programs.record,
    count: 10 * Programs.networkNodes, unit: "node")
  workload(
    "W2 network replayed", setUp: Programs.network, run: Programs.replay,
    count: 10 * Programs.networkNodes, unit: "node")
  workload(
    "W3b chain of a million steps", setUp: Programs.chain, run: Programs.runChain,
    count: Programs.chainNodes, unit: "node")
  workload(
    "W5 Rosenbrock with arrays", setUp: Programs.rosenbrock, run: Programs.runRosenbrock,
    count: Programs.rosenbrockSweeps, unit: "gradient")
  workload(
    "W7 training with matrices", setUp: Programs.matrices, run: Programs.train,
    count: Programs.trainingSteps, unit: "step")
  workload(
    "W6 plain loop", setUp: Programs.sum, run: Programs.runSum, count: Programs.sumIterations,
    unit: "iteration")
  workload(
    "W6 tracked loop at top level", setUp: Programs.trackedSum, run: Programs.runTrackedSum,
    count: Programs.trackedIterations, unit: "iteration")
}
