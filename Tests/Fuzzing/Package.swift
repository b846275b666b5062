// swift-tools-version: 6.2
import PackageDescription

// A package of its own: it is built with libFuzzer and AddressSanitizer, and with the internals of
// grad in view. `./fuzz` has the flags.
let package = Package(
  name: "fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "grad", path: "../..")],
  targets: [
    .target(name: "CLibFuzzer"),
    .target(
      name: "FuzzSupport",
      dependencies: [
        "CLibFuzzer",
        .product(name: "Autograd", package: "grad"),
        .product(name: "GradLanguage", package: "grad"),
        .product(name: "Rendering", package: "grad"),
      ]),
    .executableTarget(name: "FuzzParsing", dependencies: ["FuzzSupport"]),
    .executableTarget(name: "FuzzPrograms", dependencies: ["FuzzSupport"]),
    .executableTarget(name: "FuzzData", dependencies: ["FuzzSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
