import Testing

@testable import Rendering

@Suite struct HelpTextTests {
  private static let text = """
    print a, "x"    writes values on a line
    show            all names with data,
                    gradient and formula

    A paragraph that goes on
    over two lines.

      example    print 1
                 → 1

        code stays as it is, however long the line is that it stands on
    """

  @Test func wide() {
    #expect(HelpText(columns: 80).render(HelpTextTests.text) == HelpTextTests.text)
  }

  @Test func narrow() {
    #expect(
      HelpText(columns: 34).render(HelpTextTests.text) == """
        print a, "x"    writes values on a
                        line
        show            all names with
                        data, gradient and
                        formula

        A paragraph that goes on
        over two lines.

          example    print 1
                     → 1

            code stays as it is, however long the line is that it stands on
        """)
    #expect(
      HelpText(columns: 22).render(HelpTextTests.text) == """
        print a, "x"
            writes values on a
            line
        show
            all names with
            data, gradient and
            formula

        A paragraph that goes
        on over two lines.

          example    print 1
                     → 1

            code stays as it is, however long the line is that it stands on
        """)
  }

  @Test(arguments: [1, 16, 17, 40, 200])
  func anyWidth(columns: Int) {
    let shown = HelpText(columns: columns).render("f(x)  " + String(repeating: "word ", count: 30))
    for line in shown.split(separator: "\n") { #expect(line.count <= max(columns, 16)) }
    #expect(HelpText(columns: columns).render("") == "")
  }
}
