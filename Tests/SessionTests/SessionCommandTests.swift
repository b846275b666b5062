import Foundation
import Testing

@testable import GradLanguage
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

  @Test("what asks for help elsewhere")
  func asking() {
    for line in ["tanh?", "help(tanh)", "man tanh", "help tanh;"] {
      #expect(request(line)?.command == .help, "\(line)")
      #expect(request(line)?.argument == "tanh", "\(line)")
    }
    #expect(request("quit;")?.command == .quit)
    #expect(request("exit ;")?.command == .quit)
    #expect(request("apropos matrix")?.command == .apropos)
    #expect(request("help(x) = 2") == nil)
    #expect(request("man = 2") == nil)
    #expect(request("quit; 1 + 1") == nil)
    #expect(request("print \"why?\"") == nil)
    #expect(request("print \"really\"?") == nil)
    #expect(request("help(tanh)", names: ["help"]) == nil)
  }

  @Test("a command without its colon", arguments: SessionCommand.allCases)
  func withoutColon(command: SessionCommand) {
    let word = command.rawValue
    guard ![.help, .quit, .lesson, .apropos].contains(command) else { return }
    #expect(request(word) == SessionRequest(nil, word, ""))
    #expect(request("\(word) \"x\"") == SessionRequest(nil, word, "\"x\""))
    #expect(request("\(word);") == SessionRequest(nil, word, ""))
    #expect(request(word, names: [word]) == nil)
    #expect(request("\(word) = 2") == nil)
    #expect(request("\(word)(x) = 2") == nil)
  }

  @Test("every command is a topic of help")
  func topics() {
    for command in SessionCommand.allCases {
      #expect(command.topic.name == ":\(command.rawValue)")
      #expect(!command.topic.summary.isEmpty && command.topic.summary.count < 100)
      #expect(Session.overview.contains(":\(command.rawValue)"))
    }
  }

  @Test("one screen of help: no more than 24 lines of 80 columns")
  func overview() {
    let lines = Session.overview.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24)
    for line in lines { #expect(line.count < 80, "\(line)") }
  }

  @Test("commands that advice names exist")
  func advice() {
    for (word, text) in ForeignWords.all {
      for match in text.matches(of: /`:(\w+)/) {
        #expect(SessionCommand(named: String(match.1)) != nil, "\(word)")
      }
    }
  }
}
