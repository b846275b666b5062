import Testing

@testable import GradLanguage

@Suite struct NumberFormatTests {
  @Test(
    arguments: [
      (0.1 + 0.2, "0.3"), (1, "1"), (-1, "-1"), (0, "0"), (-0.0, "0"), (1.5, "1.5"), (100, "100"),
      (123456, "123456"), (1234567.891, "1234567.891"), (123456789012, "123456789012"),
      (999999999999999, "999999999999999"), (1e15, "1e15"), (1e16, "1e16"), (0.0001, "0.0001"),
      (0.00001, "1e-5"), (1.0 / 3, "0.333333333333"), (1e100, "1e100"), (1e-300, "1e-300"),
      (-2.5e-7, "-2.5e-7"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "NaN"),
      (0.99999999999999, "1"), (12345678.9, "12345678.9"), (2.0 / 3, "0.666666666667"),
    ] as [(Double, String)])
  func standard(number: Double, expected: String) {
    #expect(NumberFormat.standard.text(number) == expected)
  }

  @Test(arguments: [
    (1, "3"), (2, "3.1"), (3, "3.14"), (4, "3.142"), (17, "3.1415926535897931"),
  ])
  func significant(digits: Int, expected: String) {
    #expect(NumberFormat.significant(digits).text(.pi) == expected)
  }

  @Test(arguments: [0.1, 0.1 + 0.2, 1.0 / 3, 5e-308, 1.7976931348623157e308, 123456789, 1e21, -0.5])
  func shortestReadsBack(number: Double) {
    #expect(Double(NumberFormat.shortest.text(number)) == number)
  }

  @Test func shortestIsShort() {
    #expect(NumberFormat.shortest.text(0.1) == "0.1")
    #expect(NumberFormat.shortest.text(3) == "3")
    #expect(NumberFormat.shortest.text(.nan) == "NaN")
  }

  @Test(
    arguments: [
      (".4", 3.14159, "3.1416"), (".0", 2.5, "2"), ("8.2", 3.14159, "    3.14"),
      ("2.3", 3.14159, "3.142"),
      (".2e", 31415.9, "3.14e+04"), (".3g", 31415.9, "3.14e+04"), ("6", 42, "    42"),
      ("6e", 1, "1.000000e+00"),
      (".2f", 2, "2.00"), ("10.1", .infinity, "       inf"), ("5.1", .nan, "  NaN"),
      (".60", 0.5, "0.5" + times(59, "0")), ("200.0", 1, times(199, " ") + "1"),
      (".1", 0x1p100, "1267650600228229401496703205376.0"),
    ] as [(String, Double, String)])
  func fixed(format: String, number: Double, expected: String) {
    #expect(NumberFormat(format)?.text(number) == expected)
  }

  @Test(arguments: [
    "", ".", "x", ".x", "4.", "-4", ".4x", "4 ", ".61", "201", ".4ee", "e", "g", "٣",
    "99999999999999999999",
  ])
  func noFormat(text: String) {
    #expect(NumberFormat(text) == nil)
  }

  @Test func arrays() {
    let text = { ValueText.text(shape: $0, numbers: $1, .standard) }
    #expect(text([3], [1, 2, 3]) == "[1, 2, 3]")
    #expect(text([0], []) == "[]")
    #expect(text([2, 2], [1, 2, 3, 4]) == "[[1, 2], [3, 4]]")
    #expect(text([2, 1, 2], [1, 2, 3, 4]) == "[[[1, 2]], [[3, 4]]]")
    #expect(text([0, 3], []) == "[]")
  }
}
