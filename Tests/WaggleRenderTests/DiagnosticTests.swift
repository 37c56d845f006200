import Testing
import WaggleRender
import WaggleText

/// What a diagnostic looks like, whole.
struct DiagnosticTests {
  private let marker: Character = "~"

  /// Renders a diagnostic at the stretch between two marks in a text.
  private func render(
    _ marked: String, _ message: String, hint: String = "", help: [String] = [],
    severity: Diagnostic.Severity = .error, width: Int = 80, style: Style = .plain
  ) -> String {
    let parts = marked.split(separator: marker, omittingEmptySubsequences: false).map(String.init)
    let lower = parts[0].utf8.count
    var sources = SourceMap()
    let id = sources.add(Source(name: "x.waggle", text: parts.joined()))
    let diagnostic = Diagnostic(
      severity, code: "test", message, at: Span(id, lower, lower + parts[1].utf8.count),
      hint: hint, help: help)
    return Renderer(style: style, width: width, sources: sources).text(of: [diagnostic])
  }

  @Test func `the layout of the language's reference`() {
    let text =
      String(repeating: "\n", count: 10)
      + "        wait $bee until ~stauts~ == running timeout 5m\n"
    #expect(
      render(text, "Instance has no field `stauts`", hint: "did you mean `status`?") == """
        error[test]: Instance has no field `stauts`
          --> x.waggle:11:25
           |
        11 |         wait $bee until stauts == running timeout 5m
           |                         ^^^^^^ did you mean `status`?

        """)
  }

  @Test func `help stands below, and a line number of one digit takes one column`() {
    #expect(
      render("~foo~", "no command `foo`", help: ["waggle knows `print`"], severity: .warning)
        == """
        warning[test]: no command `foo`
         --> x.waggle:1:1
          |
        1 | foo
          | ^^^
          = help: waggle knows `print`

        """)
  }

  @Test func `tabs are widened, wide characters take two columns, accents none`() {
    #expect(
      render("\tprint 蜂e\u{301}🐝 ~蜂蜂~", "m").contains(
        "1 |     print 蜂e\u{301}🐝 蜂蜂\n  |" + String(repeating: " ", count: 17) + "^^^^\n"))
  }

  @Test func `control characters are spelled out and their spelling is underlined`() {
    #expect(render("a ~\u{1B}[31m~ b", "m").contains("1 | a \\e[31m b\n  |   ^^^^^^\n"))
  }

  @Test func `the end of a text has a mark of its own`() {
    #expect(render("let x =~~", "m").contains("1 | let x =\n  |        ^\n"))
  }

  @Test func `a long line is shown around the spot`() {
    let text =
      String(repeating: "a ", count: 500_000) + "~here~" + String(repeating: " b", count: 99)
    let lines = render(text, "m", width: 40).split(separator: "\n")
    #expect(lines[1] == " --> x.waggle:1:1000001")
    #expect(lines[3].count <= 40)
    #expect(lines[3].hasPrefix("1 | …") && lines[3].hasSuffix("…"))
    let start = lines[3].utf8.count - lines[3].drop { $0 != "h" }.utf8.count - "…".utf8.count + 1
    #expect(lines[4] == "  | " + String(repeating: " ", count: start - 4) + "^^^^")
  }

  @Test func `further spots on other lines are shown in order`() {
    var sources = SourceMap()
    let id = sources.add(Source(name: "x.waggle", text: "if a {\n1\n2\n3\n"))
    let diagnostic = Diagnostic(
      .error, code: "open", "a block is not closed", at: Span(id, 13, 13),
      labels: [.init(Span(id, 5, 6), "opened here")])
    #expect(
      Renderer(style: .plain, width: 80, sources: sources).text(of: [diagnostic]) == """
        error[open]: a block is not closed
         --> x.waggle:5:1
          |
        1 | if a {
          |      - opened here
        ...
        5 |
          | ^

        """)
  }

  @Test func `colours come only when they are asked for`() {
    #expect(!render("~foo~", "m").contains("\u{1B}"))
    let coloured = render("~foo~", "m", style: Style(isColoured: true))
    #expect(coloured.hasPrefix("\u{1B}[1;31merror[test]\u{1B}[0m: \u{1B}[1mm\u{1B}[0m\n"))
  }
}
