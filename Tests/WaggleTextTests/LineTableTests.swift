import Testing
import WaggleText

@Suite struct LineTableTests {
  @Test(
    "line ends are CR LF, LF and a lone CR",
    arguments: [
      ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
      ("\n\r\n\r", ["", "", "", ""]), ("\r\r\n", ["", "", ""]), ("a\n\nb", ["a", "", "b"]),
    ])
  func lines(text: String, lines: [String]) {
    let table = LineTable(Source(name: "test", text: text))
    #expect((1...table.count).map { table.text(ofLine: $0) } == lines)
  }

  @Test(
    "a position counts lines and characters from one",
    arguments: [
      (0, 1, 1), (1, 1, 2), (2, 2, 1), (4, 2, 2), (5, 2, 3), (7, 3, 1), (11, 3, 2), (12, 3, 3),
      (99, 3, 3), (-1, 1, 1),
    ])
  func positions(offset: Int, line: Int, column: Int) {
    let table = LineTable(Source(name: "test", text: "a\néb\r\n🐝c"))
    #expect(table.position(of: offset) == .init(line: line, column: column))
  }

  @Test("a line that is not there has no text and no bounds")
  func missing() {
    let table = LineTable(Source(name: "test", text: "a\nb"))
    #expect(table.bounds(ofLine: 0) == nil)
    #expect(table.bounds(ofLine: 3) == nil)
    #expect(table.text(ofLine: 3) == "")
    #expect(table.bounds(ofLine: 2) == 2..<3)
  }
}
