import Testing
import WaggleSyntax
import WaggleText

/// What holds of all texts.
@Suite struct PropertyTests {
  @Test("the corpus is right, in both modes", arguments: Corpus.all + Corpus.lines)
  func corpus(_ text: String) {
    #expect(TreeText.parse(text, .file).diagnostics == [])
    guard !text.contains("\n  |") else { return }
    #expect(TreeText.parse(text, .prompt).diagnostics == [])
  }

  @Test(
    "each prefix of a right text is complete or incomplete, and never wrong",
    arguments: Corpus.all + Corpus.lines, [Parser.Mode.file, .prompt])
  func prefixes(_ text: String, _ mode: Parser.Mode) {
    var end = text.startIndex
    while end < text.endIndex {
      end = text.unicodeScalars.index(after: end)
      let prefix = String(text[..<end])
      let wrong = TreeText.parse(prefix, mode).diagnostics.filter { !$0.isIncomplete }
      guard wrong.isEmpty else {
        Issue.record(
          "\(wrong.map { ($0.code, $0.message) }) in \(prefix.suffix(80).debugDescription)")
        return
      }
    }
  }

  @Test(
    "with the line end that was typed, only what a further line can cure is incomplete",
    arguments: [
      ("if $x {\n", true), ("print (count\n", true), ("$x |\n", true), ("let x = 1 +\n", true),
      ("let l = [1,\n", true), ("print \"\"\"\nabc\n", true), ("print a \\\n", true),
      ("assert $x,\n", true), ("let x =\n", false), ("let\n", false), ("print \"abc\n", false),
      ("print a &&\n", false), ("if $x\n", false), ("print )\n", false), ("for x\n", false),
    ])
  func lines(_ text: String, _ isIncomplete: Bool) {
    let diagnostics = TreeText.parse(text, .prompt).diagnostics
    #expect(!diagnostics.isEmpty)
    #expect(diagnostics.allSatisfy { $0.isIncomplete } == isIncomplete)
  }

  @Test("line ends may be CR LF, LF or CR", arguments: Corpus.all)
  func lineEnds(_ text: String) {
    let tree = TreeText.of(text)
    #expect(TreeText.of(text.replacing("\n", with: "\r\n")) == tree)
    #expect(TreeText.of(text.replacing("\n", with: "\r")) == tree)
  }

  @Test("no text of random pieces crashes or hangs, and its spans lie in it")
  func randomPieces() {
    let pieces = [
      "let ", "x", " = ", "$", "(", ")", "[", "]", "{", "}", "\"", "'", "\"\"\"\n", "'''\n", "\n",
      "|", ";", ",", "\\", "#", "`", ".", "..", "...", "-", "--a", "=", "==", " and ", " not ", "1",
      "5m", "if ", "for x in ", " else ", "try ", "def f(", "param p: ", "wait ", " until ", "\r\n",
      "$(", "${", "?.", "é", "🐝", "\u{A0}", "\u{0}", "while ", " where ", "sort ", "exec ", ": ",
      "\t",
    ]
    var draw = SplitMix(seed: 42)
    for _ in 0..<4_000 {
      let count = Int(draw.next() % 40)
      let text = (0..<count).map { _ in pieces[Int(draw.next() % UInt64(pieces.count))] }.joined()
      for mode in [Parser.Mode.file, .prompt] { check(text, mode) }
    }
  }

  @Test("no mutilated text crashes or hangs")
  func randomBytes() {
    var draw = SplitMix(seed: 7)
    let base = Array(Corpus.everything.utf8)
    for _ in 0..<300 {
      var bytes = base
      for _ in 0..<(1 + draw.next() % 8) {
        bytes[Int(draw.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: draw.next())
      }
      check(String(decoding: bytes, as: UTF8.self), .file)
    }
  }

  private func check(_ text: String, _ mode: Parser.Mode) {
    let (script, diagnostics) = TreeText.parse(text, mode)
    let end = text.utf8.count
    let spans = diagnostics.map(\.span) + diagnostics.flatMap { $0.labels.map(\.span) }
    let all = spans + script.statements.map(\.span)
    #expect(
      all.allSatisfy { 0 <= $0.lower && $0.lower <= $0.upper && $0.upper <= end },
      "\(text.debugDescription)")
    #expect(diagnostics.map(\.span.lower) == diagnostics.map(\.span.lower).sorted())
  }
}
