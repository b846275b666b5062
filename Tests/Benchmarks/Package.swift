// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that users of the libraries do not resolve its dependencies.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "grad", path: "../.."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Workloads",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "GradLanguage", package: "grad"),
      ],
      path: "Benchmarks/Workloads",
      resources: [.embedInCode("Programs")],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ]
)
