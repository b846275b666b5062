import Foundation
import GradLanguage
import LineEditing
import Testing

@testable import grad

@Suite("What completes at the prompt")
struct PromptCompletionTests {
  private let completion: PromptCompletion = {
    let interpreter = Interpreter()
    _ = interpreter.run("alpha = 2; beta = 3")
    return PromptCompletion(interpreter: interpreter)
  }()

  private func labels(_ text: String) -> [String] {
    completion.complete(text).candidates.map(\.label)
  }

  @Test(
    "commands about the session, and the language",
    arguments: [
      (":qu", ["quit"]), (" :qu", ["quit"]), ("x :qu", []), (":ba", ["backward"]), (":zz", []),
      (":help E00", ["E001", "E002", "E003", "E004", "E005", "E006", "E007", "E008"]),
      (":help sigm", ["sigmoid"]),
      ("help sigm", ["sigmoid"]), ("?sigm", ["sigmoid"]), ("? sigm", ["sigmoid"]),
      (":h backw", ["backward"]),
      (":help les", ["lesson"]), (":lesson h", ["hint"]), ("lesson s", ["skip"]), (":quit al", []),
      (":backward al", ["alpha", "all"]), ("x = al", ["alpha", "all"]), ("x = 1\n:qu", []),
    ])
  func candidates(text: String, expected: [String]) {
    #expect(labels(text) == expected)
  }

  @Test("a word that is a name is no command")
  func names() {
    _ = completion.interpreter.run("help = 2")
    #expect(labels("help sigm") == [])
    #expect(labels(":help sigm") == ["sigmoid"])
  }

  @Test("every command and topic says what it is")
  func details() {
    for candidate in completion.complete(":").candidates + completion.complete(":help ").candidates
      + completion.complete(":lesson ").candidates
    {
      #expect(!candidate.detail.isEmpty, "\(candidate.label)")
    }
  }

  @Test("what follows a command")
  func arguments() throws {
    func labels(_ text: String, _ argument: SessionArgument) -> [String] {
      completion.complete(text, as: argument).candidates.map(\.label)
    }
    #expect(labels("al", .name) == ["alpha"])
    #expect(labels("x = bet", .statement) == ["beta"])
    #expect(labels("a", .nothing) == [])
    let folder = try TemporaryFolder()
    let path = try folder.file("one.grad", "")
    _ = try folder.file("two.txt", "")
    #expect(labels(folder.url.path + "/", .path(endings: [".grad"])) == ["one.grad"])
    #expect(labels("\"" + folder.url.path + "/o", .path(endings: [".grad"])) == ["one.grad"])
    #expect(labels(folder.url.path + "/t", .path(endings: [".grad"])) == ["two.txt"])
    #expect(labels("\"\(path)\"", .path(endings: [".grad"])) == [])
    _ = try folder.file("my.course", "")
    #expect(labels(folder.url.path + "/", .lesson) == ["my.course"])
    let quoted = completion.complete("\"" + folder.url.path + "/o", as: .path(endings: []))
    #expect(quoted.candidates.map(\.ending) == ["\""])
    #expect(quoted.replacedLength == 1)
  }
}
