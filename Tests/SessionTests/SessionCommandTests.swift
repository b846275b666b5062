import Foundation
import Testing

@testable import grad

@Suite("Requests about the session")
struct SessionCommandTests {
  private func request(_ line: String, names: Set<String> = []) -> SessionRequest? {
    SessionRequest(line, isName: names.contains)
  }

  @Test("a word after a colon, and what follows it")
  func marked() {
    #expect(request(":quit\n") == SessionRequest(.quit, "quit", ""))
    #expect(request("  :help   tanh \r\n") == SessionRequest(.help, "help", "tanh"))
    #expect(request("?tanh") == SessionRequest(.help, "?", "tanh"))
    #expect(request("?") == SessionRequest(.help, "?", ""))
    #expect(request(":zz 1\n") == SessionRequest(nil, "zz", "1"))
    #expect(request(":") == SessionRequest(nil, "", ""))
  }

  @Test("a command of the language is the language's, with its colon too")
  func language() {
    #expect(request(":show") == nil)
    #expect(request("show") == nil)
    #expect(request("a = 2") == nil)
    #expect(request("") == nil)
  }

  @Test("what people type to leave or for help, unless it is a name")
  func bare() {
    for word in ["quit", "exit", "quit()", "exit()", ":q", ":exit"] {
      #expect(request(word)?.command == .quit)
    }
    #expect(request("help tanh") == SessionRequest(.help, "help", "tanh"))
    #expect(request("help()")?.command == .help)
    #expect(request("quit", names: ["quit"]) == nil)
    #expect(request("exit()", names: ["exit"]) == nil)
    #expect(request("help", names: ["help"]) == nil)
    #expect(request("quit = 2") == nil)
    #expect(request("help = 2") == nil)
  }

  @Test("every command has its help, which begins with how it is written")
  func help() {
    for command in SessionCommand.allCases {
      #expect(command.help.hasPrefix(":\(command.rawValue)"))
    }
  }

  @Test("grammar.md has every command")
  func documented() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let grammar = folder.deletingLastPathComponent().appending(path: "grammar.md")
    let text = try String(contentsOf: grammar, encoding: .utf8)
    for command in SessionCommand.allCases { #expect(text.contains("| `:\(command.rawValue)")) }
  }
}
