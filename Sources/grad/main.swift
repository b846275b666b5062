import GradLanguage
let interpreter = Interpreter()
for text in CommandLine.arguments.dropFirst() {
  let outcome = interpreter.run(text) { print($0) }
  for d in outcome.diagnostics { print(d.severity, d.code, d.message, d.line, d.column, d.primary.text, d.notes, d.help ?? "") }
}
