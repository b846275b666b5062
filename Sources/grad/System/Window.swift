import LineEditing
import Rendering

/// The window of the terminal on standard output.
enum Window {
  /// Its columns and rows: as the system has them, else as `COLUMNS` and `LINES` say, else 80 by 24.
  ///
  /// A drawing leaves room for the line that asked for it and for the next prompt, and is not taller
  /// than its width needs.
  static var page: Page {
    let size = TerminalWindow.size
    // No window is larger: a terminal may say anything, and a drawing takes memory for each cell.
    let columns = min(1000, size.columns ?? number("COLUMNS") ?? 80)
    let rows = min(400, size.rows ?? number("LINES") ?? 24)
    return Page(
      columns: columns, rows: max(5, min(rows - 2, max(columns * 3 / 8, 12))), breaksLines: true)
  }

  private static func number(_ name: String) -> Int? {
    environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Whether the locale's characters are UTF-8.
  static var isUnicode: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.compactMap(environment).first { !$0.isEmpty } ?? ""
    // `de_DE.UTF-8@euro`, `C.utf8`, or the code alone. By bytes: a search in a text costs the start of
    // the program more than all else here.
    let afterDot = locale.utf8.drop { $0 != UInt8(ascii: ".") }.dropFirst()
    let code = (afterDot.isEmpty ? locale.utf8[...] : afterDot).prefix { $0 != UInt8(ascii: "@") }
    return code.filter { $0 != UInt8(ascii: "-") }.map { $0 | 0x20 }.elementsEqual("utf8".utf8)
  }
}
