// swift-tools-version: 6.2
import PackageDescription

// A program of somebody else's, which uses the engine and nothing else of this package: neither
// libedit nor the language is built for it.
let package = Package(
  name: "downstream",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "grad", path: "../..")],
  targets: [
    .executableTarget(
      name: "downstream", dependencies: [.product(name: "Autograd", package: "grad")])
  ],
  swiftLanguageModes: [.v6]
)
