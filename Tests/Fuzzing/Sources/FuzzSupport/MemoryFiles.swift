import GradLanguage

/// The files of a fuzzed session: a few, in memory.
final class MemoryFiles {
  private var contents: [String: [UInt8]]

  init(_ contents: [String: [UInt8]]) { self.contents = contents }

  static var usual: MemoryFiles {
    MemoryFiles([
      "data.csv": Array("u,w\n1,2\n3,\n-4,1e300\n".utf8),
      "lib.grad": Array("import \"lib.grad\"\nz = 3*a; q(x) = x*z\n".utf8),
      "more.grad": Array("r = 2; print r; backward r*r\n".utf8),
    ])
  }

  var access: FileAccess {
    FileAccess(
      read: { path, _ in
        self.contents[path].map { .success($0) } ?? .failure(.init(reason: "no such file"))
      },
      write: { path, bytes in
        self.contents[path] = bytes
        return nil
      },
      canonical: { self.contents[$0] == nil ? nil : $0 })
  }
}
