import Autograd
import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The table "Accuracy" of grammar.md: the errors that are measured are not larger than it says.
///
/// `UPDATE_ACCURACY=1 swift test --filter AccuracyTests` writes it anew.
@Suite struct AccuracyTests {
  private static let operations: [any Measurable] =
    BinaryOperation.allCases.filter(\.isInfix) + UnaryOperation.allCases
    + BinaryOperation.allCases.filter { !$0.isInfix } + TernaryOperation.allCases

  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../grammar.md").standardizedFileURL
  private static let heading = "| operation | points |"

  /// The lines of grammar.md, and which of them are the table's rows.
  private static func table() throws -> (lines: [String], rows: Range<Int>) {
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix(heading) }) + 2
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    return (lines, start..<end)
  }

  /// How much larger errors may be than the table says: 0 where it was measured. Another C library
  /// has other errors.
  private static let slack: Double = {
    #if canImport(Glibc) && arch(x86_64)
      var name = [CChar](repeating: 0, count: 64)
      confstr(Int32(_CS_GNU_LIBC_VERSION), &name, name.count)
      let bytes = name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      return String(decoding: bytes, as: UTF8.self) == "glibc 2.36" ? 0 : 3
    #else
      return 3
    #endif
  }()

  @Test func errorsAreNotLargerThanTheTableSays() throws {
    var (lines, range) = try AccuracyTests.table()
    if ProcessInfo.processInfo.environment["UPDATE_ACCURACY"] != nil {
      let rows = AccuracyTests.operations.map { Accuracy($0).row(of: $0) }
      lines.replaceSubrange(range, with: rows)
      try lines.joined(separator: "\n").write(
        to: AccuracyTests.file, atomically: true, encoding: .utf8)
      (lines, range) = try AccuracyTests.table()
    }
    let stated = lines[range].compactMap { Accuracy(row: $0) }
    #expect(stated.map(\.call) == AccuracyTests.operations.map(\.call))
    for (operation, stated) in zip(AccuracyTests.operations, stated) {
      let found = Accuracy(operation)
      let row = "the table should say \(found.row(of: operation))"
      #expect(found.points == stated.points, "\(row)")
      #expect(isWithin(found.errors, stated.errors, AccuracyTests.slack), "\(row)")
      #expect(isWithin(found.exceptions, stated.exceptions, AccuracyTests.slack), "\(row)")
    }
  }

  private func isWithin(_ found: [Double], _ stated: [Double], _ slack: Double) -> Bool {
    found.count == stated.count && zip(found, stated).allSatisfy { $0 <= $1 + slack }
  }

  /// Each operation is looked at at a hundred points, and is within two ulps but for exceptions.
  @Test func operationsAreWithinTwoUlps() {
    for operation in AccuracyTests.operations {
      let accuracy = Accuracy(operation)
      #expect(accuracy.points >= (operation.operands.count == 3 ? 3 : 100), "\(accuracy.call)")
      for error in accuracy.errors {
        #expect(
          error <= Accuracy.usual + AccuracyTests.slack, "\(accuracy.row(of: operation))")
      }
    }
  }

  /// Every exception is needed, and where terms cancel the error is that of a rounding.
  @Test func exceptionsAreNeeded() {
    for operation in AccuracyTests.operations {
      let accuracy = Accuracy(operation)
      for (exception, error) in zip(operation.exceptions, accuracy.exceptions) {
        let isFit =
          exception.isAtZero
          ? error > 0 && error < 1e-15 : error > 2 && error < 32 || AccuracyTests.slack > 0
        #expect(isFit, "\(accuracy.row(of: operation))")
      }
    }
  }
}
