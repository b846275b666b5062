import Testing

@testable import grad

/// What ships for the shell: `--help`, completion scripts, the manual's source.
@Suite("Options in the shell")
struct ShellTests {
  /// The options, as `--help` lists them.
  private static func options() throws -> Set<String> {
    let help = try Grad.run(["--help"]).output
    let list = help.split(separator: "OPTIONS:\n").last ?? ""
    let names = list.split(separator: "\n").filter { $0.hasPrefix("  -") }
      .flatMap { $0.matches(of: /(?:^|[ ,])(--?[a-z-]+)/).map { String($0.1) } }
    return Set(names)
  }

  @Test("completion scripts name every option and its values", arguments: ["bash", "zsh", "fish"])
  func scripts(shell: String) throws {
    let result = try Grad.run(["--generate-completion-script", shell])
    #expect(result.status == 0 && result.errors.isEmpty)
    let options = try ShellTests.options()
    #expect(options.count > 15)
    for option in options.subtracting(["--help", "-h"]) {
      let name = option.drop { $0 == "-" }
      let isNamed =
        shell == "fish"
        ? result.output.contains(option.hasPrefix("--") ? "-l '\(name)'" : "-s '\(name)'")
        : result.output.contains(option)
      #expect(isNamed, "\(option)")
    }
    for word in ["auto", "always", "never", "tokens", "tree", "program", "graph", "full", "17"] {
      #expect(result.output.contains(word), "\(word)")
    }
    #expect(result.output.contains("course"))
  }

  @Test("--help tells of exit status, environment and files")
  func help() throws {
    let result = try Grad.run(["--help"])
    for word in [
      "130", "141", "GRAD_HISTORY", "NO_COLOR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "EDITOR",
      "init.grad", "--generate-completion-script",
    ] {
      #expect(result.output.contains(word), "\(word)")
    }
    for line in result.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("the manual is made from what the program tells of itself")
  func dump() throws {
    let result = try Grad.run(["--experimental-dump-help"])
    #expect(result.status == 0)
    #expect(result.output.contains("\"commandName\" : \"grad\""))
    #expect(result.output.contains("GRAD_HISTORY"))
  }
}
