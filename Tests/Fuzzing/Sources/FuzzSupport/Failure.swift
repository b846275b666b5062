import Foundation

/// Ends the process where something does not hold, so that libFuzzer keeps the input.
public func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
  if condition { return }
  FileHandle.standardError.write(Data("finding: \(message())\n".utf8))
  abort()
}
