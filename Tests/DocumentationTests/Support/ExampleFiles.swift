import GradLanguage

extension FileAccess {
  /// The files of examples/ for programs that stand there; what is written goes nowhere.
  static var examples: FileAccess {
    func path(_ path: String) -> String {
      "examples/"
        + path.split(separator: "/").filter { $0 != ".." && $0 != "." }
        .joined(separator: "/")
    }
    return FileAccess(
      read: { name, _ in
        Repository.exists(path(name))
          ? .success(Repository.bytes(path(name)))
          : .failure(Failure(reason: "no such file or directory"))
      },
      write: { _, _ in nil },
      canonical: { name in Repository.exists(path(name)) ? path(name) : nil })
  }
}
