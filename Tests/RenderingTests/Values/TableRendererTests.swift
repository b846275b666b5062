import GradLanguage
import Rendering
import Testing

@Suite("Tables of names")
struct TableRendererTests {
  @Test("the founding lines")
  func founding() {
    #expect(
      Shown("a = 2; b = -3; c = 10; f = -2\nd = a*b; L = (d + c) * f; backward L").text() == """
        name    data    grad
        a          2       6
        b         -3      -4
        c         10      -2
        f         -2       4
        d         -6      -2
        L         -8       1
        """)
  }

  @Test("numbers stand with their decimal points below each other")
  func decimalPoints() {
    #expect(
      Shown("a = 0.25; b = 1000; c = 1.5e-20; L = a*b*c; backward L").text() == """
        name           data          grad
        a          0.25          1.5e-17
        b       1000             3.75e-21
        c          1.5e-20     250
        L          3.75e-18      1
        """)
  }

  @Test("stale marks stand behind the numbers, the header above them")
  func stale() {
    #expect(
      Shown("a = 2; L = a^2; backward L;\na := 10\nshow").text() == """
        name    data          grad          formula
        a         10             4 stale
        L          4 stale       1 stale    a^2
        """)
  }

  @Test("no gradient yet is a dash, plain values and functions have none")
  func show() {
    #expect(
      Shown("f(x) = x\nplain k = 0.5\na = 2\nL = a*3\ns = \"hi\"\nshow").text() == """
        name    data    grad    formula
        f       f(x)
        k       0.5
        s       "hi"
        a       2          –
        L       6          –    a*3
        """)
  }

  @Test("a column in which nothing stands is left out")
  func emptyColumns() {
    #expect(Shown("plain k = 1\nshow").text() == "name    data\nk          1")
    #expect(Shown("show").text() == "(no names)")
  }

  @Test("earlier values of rebound names are counted")
  func earlier() {
    let text = Shown("x = 2; x = x*3; x = x*4; L = x; backward L").text()
    #expect(text.hasSuffix("\n(2 earlier values of rebound names are not shown)"))
  }

  @Test("arrays are abbreviated")
  func arrays() {
    let text = Shown("v = [i for i in 1..30]\nshow").text()
    #expect(
      text == """
        name    data                       grad
        v       [1, 2, …, 29, 30]  (30)       –
        """)
  }
}
