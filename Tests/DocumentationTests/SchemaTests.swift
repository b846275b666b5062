import GradLanguage
import Rendering
import Testing

/// The JSON schema of grammar.md: every line that the examples write fits it, and it is no wider.
@Suite struct SchemaTests {
  private static func schema() throws -> JSONSchema {
    try JSONSchema(try #require(Markdown("grammar.md").blocks("json").first).text)
  }

  /// Those that show much and compute little.
  private static let files =
    ["check", "csv", "drawing", "explain", "founding", "neuron"].map { "examples/\($0).grad" }
    + Repository.files(in: "examples/errors", ending: ".grad")
    .filter { !$0.hasPrefix("E073") }  // it would run until somebody stops it
    .map { "examples/errors/\($0)" }

  @Test(arguments: files)
  func examples(file: String) throws {
    let schema = try SchemaTests.schema()
    let source = SourceText(name: file, bytes: Repository.bytes(file))
    for line in Transcript(of: source, .json).lines {
      let problem = try schema.problem(in: line)
      #expect(problem == nil, "\(line)")
    }
  }

  /// Every kind of line.
  @Test(arguments: [
    "a = 2; a", "[1, 2]", "\"x\"", "x -> x", "print 1, [1]", "show", "a = nan; a",
    "a = 2; L = a^2; backward L", "a = 2; L = a^2; a := 3; forward L",
    "v = [1, 2]; L = sum(v^2)*v[1]; backward L; graph L", "a = 2; L = a*a; explain L",
    "v = [1, 2]; L = sum(v^2); backward L; explain v", "a = 0; L = abs(a); check L",
    "v = [1, 2]; L = norm(v); check L", "1/0", "x = 1 +", "y",
    "plot x^2 for x in 0..1 with slope at 0.5 title \"t\" y in 0..2",
    "plot [1, 2], [3, 4] with points labels \"a\", \"b\"", "t = read(\"../data/springs.csv\"); t",
  ])
  func lines(program: String) throws {
    let schema = try SchemaTests.schema()
    let lines = Transcript(of: program, .json).lines
    #expect(!lines.isEmpty)
    for line in lines {
      let problem = try schema.problem(in: line)
      #expect(problem == nil)
    }
  }

  @Test(arguments: [
    "1", "{}", #"{"type":"value","kind":"word"}"#, #"{"type":"print","text":"x"}"#,
    #"{"type":"check","of":"L","data":"four","leaves":[]}"#,
    #"{"type":"table","purpose":"show","rows":[],"earlierValues":0,"more":1}"#,
  ])
  func refuses(line: String) throws {
    #expect(try SchemaTests.schema().problem(in: line) != nil)
  }
}
