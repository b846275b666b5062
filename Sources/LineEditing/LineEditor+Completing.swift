internal import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension LineEditor {
  /// Completes the word before the cursor, or lists how it can go on.
  func completeWord() -> UInt8 {
    guard let line = el_line(editor) else { return UInt8(CC_ERROR) }
    let info = line.pointee
    let length = info.cursor - info.buffer
    let before = String(
      decoding: UnsafeRawBufferPointer(start: info.buffer, count: length), as: UTF8.self)
    if before.allSatisfy({ $0 == " " || $0 == "\t" }) { return insert("  ") }
    let completion = complete(before)
    guard !completion.candidates.isEmpty else { return UInt8(CC_ERROR) }
    let word = String(before.utf8.suffix(completion.prefixLength)) ?? ""
    let common = completion.commonPrefix
    if common.utf8.count > word.utf8.count {
      return insert(String(common.dropFirst(word.count)))
    }
    if completion.candidates.count == 1 { return UInt8(CC_ERROR) }
    fputs("\n" + completion.columns(width: LineEditor.terminalWidth))
    return UInt8(CC_REDISPLAY)
  }

  private func fputs(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = write(STDOUT_FILENO, rest.baseAddress, rest.count)
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
  }

  /// The width of the terminal, 80 where it is not known.
  private static var terminalWidth: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }
}
