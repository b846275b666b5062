import Autograd

// Tables from CSV files, and arrays and tables into them.

extension Machine {
  /// `read("x.csv")`
  func read(_ path: Register, _ address: Int) throws(MachineError) -> Register {
    let name = try self.path(path, by: "`read`", operand: 0)
    let bytes: [UInt8]
    let file = files.found(name, from: program.sources[program.locations[address].source])
    switch files.read(file, FileAccess.tableLimit) {
    case .success(let found): bytes = found
    case .failure(let failure):
      if interrupt.isRequested { throw MachineError(.interrupted) }
      throw MachineError(.unreadableFile(path: name, reason: failure.reason), operand: 0)
    }
    // Two bytes of text may be a number.
    try requireRoom(bytes.count)
    let table: CSVTable
    do throws(CSVError) { table = try CSVReader.parse(bytes) } catch {
      throw MachineError(
        .malformedTable(path: name, reason: error.reason, help: error.help), operand: 0)
    }
    if interrupt.isRequested { throw MachineError(.interrupted) }
    if !table.textNames.isEmpty {
      warn(
        .textColumns(
          path: name, names: table.textNames, hasNumbersAsNames: table.hasNumbersAsNames),
        at: address)
    }
    if table.emptyCells > 0 {
      warn(.emptyCells(path: name, count: table.emptyCells), at: address)
    }
    return heap.add(
      Table(
        names: table.columnNames, texts: table.textNames,
        columns: table.columns.map { numbers in
          var column = ArrayObject(shape: Shape(count: numbers.count), numbers: numbers)
          column.isColumn = true
          return heap.add(column)
        }))
  }

  /// `write(A, "x.csv")`
  func write(_ value: Register, to path: Register) throws(MachineError) -> Register {
    let name = try self.path(path, by: "`write`", operand: 1)
    try requireText(of: value)
    let bytes: [UInt8]
    switch shown(value) {
    case .table(let names, let columns):
      bytes = CSVWriter.text(columns: zip(names, columns).map { (name: $0, numbers: $1) })
    case .array(let array) where array.shape.count <= 2:
      let columns = array.shape.count == 2 ? array.shape[1] : 1
      bytes = CSVWriter.text(rows: array.shape[0], columns: columns, numbers: array.numbers)
    case .number(let number):
      bytes = CSVWriter.text(rows: 1, columns: 1, numbers: [number.data])
    case .array, .string, .function, .nothing:
      throw MachineError(
        .wrongKind(
          expected: "a number, a vector, a matrix or a table", found: describe(value),
          by: "`write`"),
        operand: 0)
    }
    if interrupt.isRequested { throw MachineError(.interrupted) }
    if let failure = files.write(name, bytes) {
      throw MachineError(.unwritableFile(path: name, reason: failure.reason), operand: 1)
    }
    notePassingEffect()
    return .nothing
  }

  private func path(
    _ value: Register, by name: String, operand: Int
  ) throws(MachineError) -> String {
    guard value.kind == .string else {
      throw MachineError(
        .wrongKind(expected: "a path in quotes", found: describe(value), by: name),
        operand: operand)
    }
    return heap.strings[value.handle]
  }

  /// `t.x`; of a value that is no table, what was probably meant.
  func member(_ name: String, of value: Register, _ address: Int) throws(MachineError) -> Register {
    if value.kind != .table, Command(rawValue: name) != nil || Builtin.indices[name] != nil {
      let location = program.locations[address]
      let text = program.sources[location.source].text(location.range)
      // A long receiver says nothing in a message.
      if text.hasSuffix("." + name), text.count <= 40 {
        throw MachineError(.unknownMember(name, similar: text + "()"))
      }
    }
    return try column(name, of: value)
  }

  /// `t.x`
  func column(_ name: String, of value: Register) throws(MachineError) -> Register {
    guard value.kind == .table else {
      throw MachineError(
        .unknownMember(name, similar: Suggestion.nearest(to: name, among: ["data", "grad"])))
    }
    let table = heap.tables[value.handle]
    guard let index = table.names.firstIndex(of: name) else {
      throw MachineError(
        table.texts.contains(name)
          ? .textColumn(name)
          : .noColumn(
            name, similar: Suggestion.nearest(to: name, among: table.names), columns: table.names))
    }
    return table.columns[index]
  }
}

extension CSVError {
  /// The edit that mends it, where there is one.
  var help: String? {
    switch self {
    case .notANumber(_, _, _, let text) where text.contains { " |\t".contains($0) }:
      "columns are separated by commas, semicolons or tabs"
    case .notANumber(_, _, _, let text) where text.first?.isLetter ?? false:
      "a cell of which nothing is known is empty, or says `NA`; a row of units begins with `#`"
    case .notANumber: nil
    case .noRows, .binaryData, .invalidUTF8, .unclosedQuote, .tooManyColumns, .tooFewCells,
      .tooManyCells, .decimalComma:
      nil
    }
  }

  /// What is wrong, for a message that has named the file.
  var reason: String {
    switch self {
    case .noRows: "it holds no numbers"
    case .binaryData(let line): "line \(line) holds a NUL byte: this is no text"
    case .invalidUTF8(let line, let column, let text):
      "line \(line), column \(column): `\(text)` is not valid UTF-8"
    case .unclosedQuote(let line, let column, let text):
      "line \(line), column \(column): the quote before `\(text)` is never closed"
    case .tooManyColumns(let line, let limit): "line \(line) has more than \(limit) columns"
    case .tooFewCells(let line, let expected, let found):
      "line \(line) has \(found) cells, and the first row \(expected)"
    case .tooManyCells(let line, let expected, let found):
      "line \(line) has \(found) cells, and the first row \(expected)"
    case .notANumber(let line, let column, let name, let text):
      "line \(line), column \(column) (`\(name)`): `\(text)` is not a number"
    case .decimalComma(let line, let column, let name, let text):
      "line \(line), column \(column) (`\(name)`): write `\(text)` with a decimal point"
    }
  }
}
