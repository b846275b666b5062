import Foundation
import TestSupport
import Testing

extension SessionTests {
  /// A line for the shell, and what comes of it.
  struct ShellLine: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let line: String
    let status: Int32
    let output: String
    let errors: String

    /// - Parameters:
    ///   - line: `$GRAD` is the program, the folder is empty.
    ///   - output: what standard output is.
    ///   - errors: what standard error has in it.
    init(
      _ name: String, _ line: String, status: Int32 = 0, output: String = "", errors: String = ""
    ) {
      testDescription = name
      self.line = line
      self.status = status
      self.output = output
      self.errors = errors
    }

    /// Runs it in a folder of its own.
    func check() throws {
      let folder = try TemporaryFolder()
      let process = Process()
      let (output, errors) = (Pipe(), Pipe())
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", line]
      process.currentDirectoryURL = folder.url
      process.environment = [
        "PATH": "/usr/bin:/bin", "GRAD": Grad.path, "HOME": folder.url.path,
      ]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let shown = (try? output.fileHandleForReading.readToEnd()) ?? Data()
      let told = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
      process.waitUntilExit()
      let message = String(decoding: told, as: UTF8.self)
      #expect(process.terminationStatus == status, "\(message.prefix(300))")
      #expect(String(decoding: shown, as: UTF8.self) == self.output)
      #expect(self.errors.isEmpty || message.contains(self.errors), "\(message.prefix(300))")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      #expect(!left.contains { $0.hasPrefix(".grad-") }, "nothing temporary is left")
    }
  }

  @Suite("Streams and files that fail")
  struct HostileSystemTests {
    @Test(
      "streams that are closed or full",
      arguments: [
        ShellLine(
          "results nowhere", #""$GRAD" -e 'print 1' >&-"#, status: 1,
          errors: "cannot write to standard output"),
        ShellLine("nothing to say", #""$GRAD" -e 'x = 1' >&-"#),
        ShellLine(
          "messages nowhere", #""$GRAD" -e 'print 1; x = sqrt(-1); print 7' 2>&-"#, output: "1\n7\n"
        ),
        ShellLine(
          "messages nowhere, an error", #""$GRAD" -e 'print 1; x = [1][2]' 2>&-"#, status: 1,
          output: "1\n"),
        ShellLine(
          "messages onto a full disk",
          #""$GRAD" -e 'print 1; x = sqrt(-1); print 7' 2>/dev/full"#, output: "1\n7\n"),
        ShellLine(
          "a file does not take the place of messages",
          #""$GRAD" -e 'print 1; a = 1; b = sqrt(-a); graph b to "x.dot"' 2>&-; grep -c W101 x.dot"#,
          status: 1, output: "1\n(written to x.dot)\n0\n"),
        ShellLine(
          "results onto a full disk", #""$GRAD" -e 'print 1' >/dev/full"#, status: 1,
          errors: "no space left on device"),
        ShellLine("no input", #""$GRAD" <&-"#, status: 1, errors: "E080"),
        ShellLine("nothing at all", #""$GRAD" -e 'print 1' <&- >&- 2>&-"#, status: 1),
        ShellLine(
          "too few descriptors for arguments", #"ulimit -n 4; "$GRAD" -e 'print 7'"#, output: "7\n"),
      ])
    func streams(line: ShellLine) throws { try line.check() }

    @Test(
      "files that never end, or are none",
      arguments: [
        ShellLine(
          "/dev/zero", #""$GRAD" /dev/zero"#, status: 1,
          errors: "it is longer than 67108864 bytes, the limit"),
        ShellLine("a huge file", #"truncate -s 8G x; "$GRAD" x"#, status: 1, errors: "the limit"),
        ShellLine(
          "an import", #""$GRAD" -e 'import "/dev/zero"'"#, status: 1, errors: "the limit"),
        ShellLine("a folder", #""$GRAD" /"#, status: 1, errors: "is a directory"),
        ShellLine(
          "a loop of links", #"ln -s x y; ln -s y x; "$GRAD" x"#, status: 1, errors: "E080"),
        ShellLine("an empty name", #""$GRAD" """#, status: 1, errors: "E080"),
      ])
    func files(line: ShellLine) throws { try line.check() }

    @Test(
      "limits of the system",
      arguments: [
        ShellLine(
          "the size of files",
          #"ulimit -f 1; "$GRAD" -e 'print 7; write(1..10000, "x.csv")'"#, status: 1, output: "7\n",
          errors: "file too large"),
        ShellLine(
          "the size of drawings",
          #"ulimit -f 1; "$GRAD" -e 'a = 1; b = a; repeat 100 { b = b*a }; graph b to "x.svg"'"#,
          status: 1, errors: "file too large"),
        ShellLine(
          "descriptors for a drawing",
          #"ulimit -n 4; "$GRAD" -e 'print 7; a = 1; b = a*2; graph b to "x.png"'"#, status: 1,
          output: "7\n", errors: "E08"),
        ShellLine(
          "memory for one array", #"ulimit -v 2000000; "$GRAD" -e 'print 7; x = zeros(2e8)'"#,
          status: 1, output: "7\n", errors: "E078"),
        ShellLine(
          "memory for plain arrays",
          #"ulimit -v 1500000; "$GRAD" -e 'print 7; f() = { v = []; while 1 { v = concat(v, v, ones(1e6)) } }; f()'"#,
          status: 1, output: "7\n", errors: "E078"),
        ShellLine(
          "memory for strings",
          #"ulimit -v 1500000; "$GRAD" -e 's = "0123456789"; print 7; while 1 { s = "{s}{s}" }'"#,
          status: 1, output: "7\n", errors: "E07"),
        ShellLine(
          "memory, and the session goes on",
          #"ulimit -v 2000000; printf 'a = 2; L = a^2; backward L;\nx = ones(2e8)\nprint a.grad, L\n' | "$GRAD" --keep-going"#,
          status: 1, output: "4 4\n", errors: "E078"),
        ShellLine(
          "threads", #"ulimit -u 1; "$GRAD" -e 'print sum(ones(300, 300) @ ones(300, 300))'"#,
          output: "27000000\n"),
      ])
    func limits(line: ShellLine) throws { try line.check() }

    /// Results that wait to be written are not lost.
    @Test("a signal that ends it comes after the results", arguments: ["TERM", "HUP", "XCPU"])
    func endings(signal: String) throws {
      let number: [String: Int32] = ["TERM": SIGTERM, "HUP": SIGHUP, "XCPU": SIGXCPU]
      try ShellLine(
        signal,
        #""$GRAD" -e 'for i in 1..3 { print i }; while 1 { }' & sleep 1; kill -\#(signal) $!; wait $!"#,
        status: 128 + (number[signal] ?? 0), output: "1\n2\n3\n", errors: "E073"
      ).check()
    }
  }
}
