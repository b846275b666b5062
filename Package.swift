// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),  // `any P` is written where an existential is paid for
  .enableUpcomingFeature("InternalImportsByDefault"),  // an import leaks only on purpose
  .enableUpcomingFeature("MemberImportVisibility"),  // a member needs the import of its module
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "grad",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Autograd", targets: ["Autograd"]),
    .library(name: "GradLanguage", targets: ["GradLanguage"]),
    .executable(name: "grad", targets: ["grad"]),
    .library(name: "Rendering", targets: ["Rendering"]),  // for Tests/Fuzzing
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    // MARK: - Public API
    .target(
      name: "Autograd",
      dependencies: ["CKernels", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: settings),
    .target(name: "GradLanguage", dependencies: ["Autograd"], swiftSettings: settings),

    // MARK: - Implementation details
    .target(
      name: "Rendering", dependencies: ["GradLanguage"],
      resources: [.embedInCode("Resources/graph.html")], swiftSettings: settings),
    .target(name: "CKernels"),
    .target(name: "CEditLine", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "LineEditing", dependencies: ["CEditLine"], swiftSettings: settings),
    .executableTarget(
      name: "grad",
      dependencies: [
        "Autograd", "GradLanguage", "Rendering", "LineEditing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("Lessons/neuron.course")],
      swiftSettings: settings),

    // MARK: - Tests
    .target(
      name: "TestSupport", dependencies: ["Autograd", "GradLanguage"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "AutogradTests", dependencies: ["Autograd", "TestSupport"], exclude: ["Reference"],
      swiftSettings: settings),
    .testTarget(
      name: "GradLanguageTests", dependencies: ["GradLanguage", "Autograd", "TestSupport"],
      exclude: [
        "Reference/make-programs.py", "Reference/programs.txt", "Reference/make-random.py",
        "Reference/random-programs.txt",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RenderingTests", dependencies: ["Rendering", "GradLanguage", "TestSupport"],
      exclude: ["Browser"], swiftSettings: settings),
    .testTarget(
      name: "DocumentationTests", dependencies: ["GradLanguage", "Rendering", "Autograd"],
      swiftSettings: settings),
    .testTarget(
      name: "SessionTests",
      dependencies: ["grad", "Rendering", "GradLanguage", "LineEditing", "TestSupport"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
