import GradLanguage
import Rendering
import Testing

@Suite("Values as they are echoed")
struct ValueRendererTests {
  @Test("a name shows its data and gradient, an expression its value")
  func numbers() {
    #expect(Shown("a = 2\na\na*3").text() == "a = 2\n6")
    #expect(Shown("a = 2; L = 3*a; backward L;\na\na*1").text() == "a = 2    grad 3\n2")
    #expect(Shown("0.1 + 0.2\n0 * -1\n1e300*10\n2*nan").text() == "0.3\n0\n1e301\nNaN")
    #expect(Shown("0.1 + 0.2").text(.shortest) == "0.30000000000000004")
  }

  @Test("what was computed from data that has changed since is marked")
  func stale() {
    let program = "a = 2; L = a^2; backward L;\na := 3\n"
    #expect(Shown(program + "L\na").text() == "L = 4 stale    grad 1 stale\na = 3    grad 4 stale")
    #expect(Shown("a = 2; L = a^2; a := 3\nL").text() == "L = 4 stale")
  }

  @Test("gradients have a colour of their own, stale ones are dim with their marks")
  func colours() throws {
    let output = try #require(Shown("a = 2; L = a^2; backward L;\na := 3\na").outputs.last)
    #expect(
      OutputRenderer(format: .standard).render(output).ansi
        == "a = 3    \u{1B}[2mgrad 4 stale\u{1B}[0m")
  }

  @Test("strings by name are quoted, functions are shown as they are called")
  func stringsAndFunctions() {
    let definition = #"s = "a\n\"b\" \{""#
    #expect(Shown(definition + "\ns\n\"x {1+1}\"").text() == definition + "\nx 2")
    #expect(
      Shown("f(x, y) = x*y\nf\ng = f\ng\nh = x -> x\nh\nx -> x").text()
        == "f(x, y)\ng = f(x, y)\nh(x)\n(x) -> …")
  }
}

@Suite("Arrays as they are echoed")
struct ArrayTextTests {
  private func text(_ shape: [Int], _ numbers: [Double], name: String? = nil) -> String {
    let value = ShownValue.array(ShownArray(shape: shape, numbers: numbers))
    return ValueRenderer(format: .standard).render(value, name: name).plain
  }

  private func counted(_ count: Int) -> [Double] { (0..<count).map { Double($0 + 1) } }

  @Test("up to twelve elements are shown in full")
  func short() {
    #expect(text([3], [1, 2.5, -3]) == "[1, 2.5, -3]")
    #expect(text([2, 3], counted(6)) == "[[1, 2, 3], [4, 5, 6]]")
    #expect(text([2, 1, 2], counted(4)) == "[[[1, 2]], [[3, 4]]]")
    #expect(text([0], []) == "[]")
    #expect(text([2, 0], []) == "[]  (2×0)")
    #expect(text([12], counted(12)) == "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]")
  }

  @Test("of more the first and last three, with the shape")
  func long() {
    #expect(text([13], counted(13)) == "[1, 2, 3, …, 11, 12, 13]  (13)")
    #expect(text([2, 2, 4], counted(16)) == "[1, 2, 3, …, 14, 15, 16]  (2×2×4)")
  }

  @Test("a matrix has a line for each row, columns aligned")
  func matrix() {
    #expect(
      text([4, 4], counted(16), name: "W") == """
        W = [[ 1,  2,  3,  4],
             [ 5,  6,  7,  8],
             [ 9, 10, 11, 12],
             [13, 14, 15, 16]]
        """)
    #expect(
      text([100, 8], counted(800)) == """
        [[  1,   2,   3, …,   6,   7,   8],
         [  9,  10,  11, …,  14,  15,  16],
         [ 17,  18,  19, …,  22,  23,  24],
         …,
         [777, 778, 779, …, 782, 783, 784],
         [785, 786, 787, …, 790, 791, 792],
         [793, 794, 795, …, 798, 799, 800]]  (100×8)
        """)
  }

  @Test("a deep array needs no deep stack")
  func deep() {
    let rank = 100_000
    let expected = String(repeating: "[", count: rank) + "7" + String(repeating: "]", count: rank)
    #expect(text(Array(repeating: 1, count: rank), [7]) == expected)
  }

  @Test("a tracked array's gradient stands on a second line")
  func gradient() {
    let value = ShownValue.array(
      ShownArray(
        shape: [2], numbers: [1, 2], isTracked: true, gradient: [3, 4], isStale: true,
        isGradientStale: true))
    let renderer = ValueRenderer(format: .standard)
    #expect(renderer.render(value, name: "v").plain == "v = [1, 2] stale\n    grad [3, 4] stale")
    #expect(renderer.render(value, name: nil).plain == "[1, 2]")
  }
}
