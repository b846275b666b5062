import Foundation
import GradLanguage
import Rendering
import Testing

@Suite("Outputs for machines")
struct JSONLinesTests {
  /// The objects of a program's outputs, as a JSON parser that is not ours reads them.
  private func objects(_ program: String) throws -> [[String: Any]] {
    try Shown(program).outputs.map { try object(JSONLines.line($0)) }
  }

  private func object(_ line: String) throws -> [String: Any] {
    #expect(!line.contains("\n"))
    return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test("a value has its name, data and gradient")
  func value() throws {
    let value = try #require(try objects("a = 2; L = a^2; backward L;\na").last)
    #expect(value["type"] as? String == "value")
    #expect(value["name"] as? String == "a")
    #expect(value["kind"] as? String == "number")
    #expect(value["data"] as? Double == 2)
    #expect(value["grad"] as? Double == 4)
    #expect(value["stale"] as? Bool == false)
  }

  @Test("doubles read back to the same double, others are strings")
  func numbers() throws {
    let extremes = [Double.leastNonzeroMagnitude, .greatestFiniteMagnitude]
    let numbers = extremes + [0.1 + 0.2, 1e21, -0.1, 1e9 / 7]
    for number in numbers {
      let line = JSONLines.line(try #require(Shown("\(number)").outputs.first))
      #expect(line.contains("\"data\":\(NumberFormat.shortest.text(number)),"))
      #expect(Double(NumberFormat.shortest.text(number)) == number)
    }
    #expect(try objects("nan")[0]["data"] as? String == "NaN")
    #expect(try objects("inf")[0]["data"] as? String == "inf")
    #expect(try objects("-inf")[0]["data"] as? String == "-inf")
  }

  @Test("text is escaped")
  func escapes() throws {
    let text = "\"\\ \u{0}\u{1F}\u{7F} \n\r\t é日👍\u{2028}"
    let line = JSONLines.line(.printed(text, values: [.string(text)]))
    let object = try object(line)
    #expect(object["text"] as? String == text)
    #expect((object["values"] as? [[String: Any]])?.first?["data"] as? String == text)
    #expect(line.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test("arrays are nested as their shape has it")
  func arrays() throws {
    let value = ShownValue.array(
      ShownArray(
        shape: [2, 2], numbers: [1, 2, .nan, 4], isTracked: true, gradient: [5, 6, 7, 8]))
    let line = JSONLines.line(.value(value, name: "A"))
    #expect(line.contains("\"shape\":[2,2],\"data\":[[1,2],[\"NaN\",4]],\"grad\":[[5,6],[7,8]]"))
    _ = try object(line)
  }

  @Test("a table has its rows")
  func table() throws {
    let table = try objects("a = 2; L = a^2; backward L")[0]
    #expect(table["type"] as? String == "table")
    #expect(table["purpose"] as? String == "backward")
    let rows = try #require(table["rows"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["a", "L"])
    #expect(rows.map { $0["formula"] as? String } == ["", "a^2"])
    #expect(try objects("a = 2\nshow")[0]["type"] as? String == "names")
  }

  @Test("a diagnostic has its place")
  func diagnostic() throws {
    let diagnostic = try #require(Shown("a = 1\né = zz + 1").diagnostics.first)
    let object = try object(JSONLines.line(diagnostic))
    #expect(object["type"] as? String == "diagnostic")
    #expect(object["severity"] as? String == "error")
    #expect(object["code"] as? String == "E001")
    #expect(object["source"] as? String == "train.grad")
    #expect(object["line"] as? Int == 2)
    #expect(object["column"] as? Int == 5)
    #expect(object["endColumn"] as? Int == 7)
    #expect(object["help"] is NSNull)
    let unreadable = Diagnostic.unreadableFile("x", reason: "y")
    #expect(try self.object(JSONLines.line(unreadable))["line"] is NSNull)
  }
}
