/// The workloads' programs: the files in `Programs`, which the script `compare` runs too.
///
/// A program reads two plain numbers, `size` and `rounds`.
enum Programs {
  static let founding = text(PackageResources.founding_grad)
  static let network = text(PackageResources.network_grad)
  static let networkRecorded = text(PackageResources.network_recorded_grad)
  static let networkReplayed = text(PackageResources.network_replayed_grad)
  static let chain = text(PackageResources.chain_grad)
  static let chainSwept = text(PackageResources.chain_swept_grad)
  static let rosenbrock = text(PackageResources.rosenbrock_grad)
  static let rosenbrockSwept = text(PackageResources.rosenbrock_swept_grad)
  static let sum = text(PackageResources.sum_grad)
  static let sumRun = text(PackageResources.sum_run_grad)
  static let sumTracked = text(PackageResources.sum_tracked_grad)
  static let matrices = text(PackageResources.matrices_grad)
  static let matricesTrained = text(PackageResources.matrices_trained_grad)
  static let product = text(PackageResources.product_grad)
  static let productForward = text(PackageResources.product_forward_grad)
  static let productBackward = text(PackageResources.product_backward_grad)
  static let descent = text(PackageResources.descent_grad)

  /// The nodes of the network on `points` points, of which each has 644.
  static func networkNodes(points: Int) -> Int { 644 * points + 711 }

  /// A function of so many lines: compiled, and never called.
  static func function(lines: Int) -> String {
    let body = (0..<lines).map { "  s = s + x*\($0).5\n" }.joined()
    return "long(x) = {\n  s = 0\n\(body)  s\n}\n"
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
