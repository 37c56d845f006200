import Foundation
import Testing
import WaggleSyntax
import WaggleText

/// How a script is laid out.
@Suite struct FormatterTests {
  static func formatted(_ text: String) -> String? {
    Formatter.format(Source(name: "test", text: text), id: SourceID(0)).text
  }

  @Test("the layout changes and the tree does not", arguments: Corpus.all + Corpus.lines)
  func corpus(_ text: String) throws {
    let once = try #require(Self.formatted(text))
    #expect(TreeText.of(once) == TreeText.of(text))
    #expect(Self.formatted(once) == once)
  }

  @Test("what the design shows is laid out already")
  func fixedPoint() { #expect(Self.formatted(Corpus.fleetUp) == Corpus.fleetUp + "\n") }

  /// A text and its layout.
  struct Pair: CustomTestStringConvertible, Sendable {
    let text: String
    let layout: String
    var testDescription: String { text }
    init(_ text: String, _ layout: String) { (self.text, self.layout) = (text, layout) }
  }

  static let lines: [Pair] = [
    .init("", ""), .init("\n \n\t\n", ""), .init("# a  \n", "# a\n"), .init("f", "f\n"),
    .init("\n\n  f  a   b", "f a b\n"), .init("f;g;;h", "f\ng\nh\n"),
    .init("f\n\n\n\ng", "f\n\ng\n"),
    .init("let x=[1,2 ,3,]", "! not-a-name"), .init("let  x  = [ 1,2 ,3, ]", "let x = [1, 2, 3]\n"),
    .init("f { a:1 , \"b c\" :[ ] }", "f {a: 1, \"b c\": []}\n"),
    .init("$a|f|g 1", "$a | f | g 1\n"),
    .init("print ( f )[ 0 ] [-$x]", "print (f)[0] [-$x]\n"),
    .init("let r = 1 ..3", "let r = 1 .. 3\n"),
    .init("let r = $a..$b", "let r = $a..$b\n"), .init("$l[ 1 .. ]", "$l[1..]\n"),
    .init("def  f(a,b :int=3,) { }", "! not-a-name"),
    .init("def  f(a,b :int = 3,) { }", "def f(a, b: int = 3) { }\n"),
    .init("if $a {}else   {g}", "if $a { } else { g }\n"),
    .init("f --a=[1,2] ...$b", "f --a=[1, 2] ...$b\n"),
    .init("print a\"b\"'c'$d $(f|g)!", "print a\"b\"'c'$d $(f | g)!\n"),
    .init("print \"$( f|g )  x\"", "print \"$( f|g )  x\"\n"),
    .init("exec  ls  -l  >", "exec ls -l >\n"), .init("f \\\n", "f\n"),
  ]

  static let blocks: [Pair] = [
    .init("if $a { f; g }", "if $a {\n    f\n    g\n}\n"),
    .init("if $a {\n\n  f\n\n}", "if $a {\n    f\n}\n"),
    .init("if $a { f } else {\ng }", "if $a {\n    f\n} else {\n    g\n}\n"),
    .init(
      "for x in $l { if $x { f; g } }",
      "for x in $l {\n    if $x {\n        f\n        g\n    }\n}\n"),
    .init("let x = (if $a {\n1 } else { 2 })", "let x = (if $a {\n    1\n} else {\n    2\n})\n"),
    .init("try {\n} catch e {\n# why\n}", "try { } catch e {\n    # why\n}\n"),
    .init("while $a { # b\n f }", "while $a {  # b\n    f\n}\n"),
    .init("f ; # a\ng", "f  # a\ng\n"),
    .init("# a\n\n\n# b\n;\ndef f() { }", "# a\n\n# b\n\ndef f() { }\n"),
  ]

  static let breaks: [Pair] = [
    .init("$a | f |\n g", "$a\n    | f\n    | g\n"),
    .init("$a | # b\n# c\n f", "$a  # b\n    # c\n    | f\n"),
    .init("let x = 1 +\n\n 2", "let x = 1 +\n    2\n"),
    .init("let x = (1\n+ 2 \\\n- 3)", "let x = (1\n    + 2\n    - 3)\n"),
    .init("let x = (\nbees | f\n)", "let x = (\n    bees | f\n)\n"),
    .init("f a \\\n  b \\\nc", "f a \\\n    b \\\n    c\n"),
    .init("let l = [1,\n 2, 3\n\n\n, 4 # four\n]", "let l = [\n    1,\n    2, 3, 4,  # four\n]\n"),
    .init("f {a: [\n1], b: 2}", "f {a: [\n    1,\n], b: 2}\n"),
    .init("def f(\na, b) {\n g }", "def f(\n    a, b,\n) {\n    g\n}\n"),
    .init("f [ # none\n]", "f [  # none\n]\n"),
    .init(
      "if $a {\nprint \"\"\"\n\ta\n\n\t b\n\t\"\"\"\n}",
      "if $a {\n    print \"\"\"\n        a\n\n         b\n        \"\"\"\n}\n"),
    .init("print '''\n x $(\n '''", "print '''\n    x $(\n    '''\n"),
    .init("print \"\"\"\n $(f\n   g) \n \"\"\"", "print \"\"\"\n $(f\n   g) \n \"\"\"\n"),
  ]

  static let columns: [Pair] = [
    .init("f # a\nlonger # b\n\ng # c", "f       # a\nlonger  # b\n\ng  # c\n"),
    .init(
      "param a \"A\"\nparam long: int = 3 \"B\"\nparam c",
      "param a               \"A\"\nparam long: int = 3   \"B\"\nparam c\n"),
    .init("param a = \"A\"", "param a = \"A\"\n"),
    .init(
      "let x = \(word) | \(word) | \(word)", "let x = \(word)\n    | \(word)\n    | \(word)\n"),
    .init(
      "if $a { print \(word) \(word) \(word) }", "if $a {\n    print \(word) \(word) \(word)\n}\n"),
  ]

  private static let word = "a" + String(repeating: "b", count: 40)

  @Test("a text has one layout", arguments: lines + blocks + breaks + columns)
  func layout(_ pair: Pair) {
    let layout = Self.formatted(pair.text) ?? TreeText.of(pair.text)
    #expect(layout == pair.layout)
    guard !layout.hasPrefix("!") else { return }
    #expect(Self.formatted(layout) == layout)
    #expect(TreeText.of(layout) == TreeText.of(pair.text))
  }

  @Test("lines end as the first one does")
  func lineEnds() {
    #expect(Self.formatted("f\r\n g\n") == "f\r\ng\r\n")
    #expect(Self.formatted("f\n g\r\n") == "f\ng\n")
    #expect(Self.formatted("f\r g # a\r") == "f\ng  # a\n")
  }

  /// A debug build takes seconds for these; `WAGGLE_PROGRAMS` asks for more.
  @Test("of any right script the layout has its tree, and stays as it is")
  func randomScripts() {
    let count = Int(ProcessInfo.processInfo.environment["WAGGLE_PROGRAMS"] ?? "") ?? 500
    for seed in 0..<UInt64(count) {
      let script = RandomScript.make(seed: seed)
      let tree = TreeText.of(script)
      let once = Self.formatted(script)
      let twice = once.flatMap(Self.formatted)
      guard !tree.hasPrefix("!"), let once, TreeText.of(once) == tree, twice == once else {
        Issue.record(
          "\(seed): \(tree)\n--- script\n\(script)\n--- once\n\(once ?? "")\n--- twice\n\(twice ?? "")"
        )
        return
      }
    }
  }
}
