import Benchmark
import GradLanguage

/// A program in a session, and how its work is counted.
struct Workload {
  let name: String
  /// What stands in the session before the measurement.
  var setUp = ""
  /// What is measured.
  let program: String
  /// What the programs read as `size` and `rounds`.
  var size = 1
  var rounds = 1
  /// How many units of work there are in it.
  let count: Int
  let unit: String

  /// The time of all of it, and that of a unit in picoseconds.
  func register() {
    let metric = BenchmarkMetric.custom("ps per \(unit)", polarity: .prefersSmaller)
    let configuration = Benchmark.Configuration(
      metrics: [.wallClock, metric], warmupIterations: 2, maxDuration: .seconds(4),
      maxIterations: 25)
    Benchmark(name, configuration: configuration) { benchmark in
      let interpreter = Interpreter()
      run("plain size = \(size); plain rounds = \(rounds)", in: interpreter)
      run(setUp, in: interpreter)
      run(program, in: interpreter)  // the memory that the work needs has been used once
      let clock = ContinuousClock()
      benchmark.startMeasurement()
      let time = clock.measure { run(program, in: interpreter) }
      benchmark.stopMeasurement()
      let picoseconds =
        time.components.seconds * 1_000_000_000_000 + time.components.attoseconds / 1_000_000
      benchmark.measurement(metric, Int(picoseconds) / count)
    }
  }
}

/// Runs a text in a session; a mistake in it is a mistake in the benchmark.
func run(_ text: String, in interpreter: Interpreter) {
  let outcome = interpreter.run(text)
  for diagnostic in outcome.diagnostics { fatalError("\(diagnostic.message): \(text)") }
}
