#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import GradLanguage
import LineEditing

/// The names of files that can go on with a path.
enum FileNames {
  /// More entries of a folder than this are not looked at.
  private static let limit = 10_000

  /// How a path can go on: folders with `/`, files with the quote that closes it.
  ///
  /// Names that begin with a dot are for those who type it. Files with a fitting ending are given; where
  /// there are none, all. What could not be written in the path is left out.
  static func completion(of place: PathPlace) -> Completion {
    let typed = place.text
    let start = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let begun = typed[start...]
    guard let folder = unescaped(typed[..<start], place.writing),
      let prefix = unescaped(begun, place.writing)
    else { return Completion(replacedLength: 0, candidates: []) }
    let path = folder.isEmpty ? "./" : folder
    let entries = names(in: path).filter { name in
      name.hasPrefix(prefix) && (prefix.hasPrefix(".") || !name.hasPrefix("."))
    }.map { (name: $0, isFolder: isFolder(path + $0)) }
    let fitting = entries.filter { name, isFolder in
      isFolder || place.endings.contains(where: name.hasSuffix)
    }
    let hasFiles = fitting.contains { !$0.isFolder }
    let chosen = (hasFiles ? fitting : entries).sorted { $0.name < $1.name }
    return Completion(
      replacedLength: begun.utf8.count,
      candidates: chosen.compactMap { candidate($0.name, isFolder: $0.isFolder, place.writing) })
  }

  private static func candidate(
    _ name: String, isFolder: Bool, _ writing: PathPlace.Writing
  ) -> Completion.Candidate? {
    guard let text = escaped(name, writing) else { return nil }
    if isFolder { return Completion.Candidate(text + "/") }
    return Completion.Candidate(text, ending: writing == .bare ? "" : "\"")
  }

  // MARK: Writing

  /// The name as it stands in a path; nil when it cannot.
  private static func escaped(_ name: String, _ writing: PathPlace.Writing) -> String? {
    guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      return nil
    }
    switch writing {
    case .bare: return name.hasPrefix("\"") ? nil : name
    case .quoted: return name.contains { "\"\\{}".contains($0) } ? nil : name
    case .string:
      return name.reduce(into: "") { text, character in
        if "\"\\{}".contains(character) { text.append("\\") }
        text.append(character)
      }
    }
  }

  /// The path that is meant; nil where it has an escape that stands for no character of its own.
  private static func unescaped(_ text: Substring, _ writing: PathPlace.Writing) -> String? {
    guard writing == .string else { return String(text) }
    var path = ""
    var rest = text
    while let character = rest.popFirst() {
      guard character == "\\" else {
        path.append(character)
        continue
      }
      guard let next = rest.popFirst(), "\"\\{}".contains(next) else { return nil }
      path.append(next)
    }
    return path
  }

  // MARK: Folders

  /// What is in a folder, without itself and the one above; nothing when it cannot be read.
  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(directory) {
      if let name = name(of: entry), name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The name of an entry; nil when it is no text.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
    withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
