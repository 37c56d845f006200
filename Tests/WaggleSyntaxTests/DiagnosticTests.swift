import Testing
import WaggleSyntax
import WaggleText

/// What is said of wrong texts, and where; `⟦ ⟧` stand around the spot.
@Suite struct DiagnosticTests {
  /// A code, a wrong text, and a right one beside it.
  struct Twin: CustomTestStringConvertible, Sendable {
    let code: String
    let wrong: String
    let right: String
    var mode: Parser.Mode = .file
    var testDescription: String { "\(code): \(wrong)" }
  }

  static let twins: [Twin] = [
    .init(code: "expected", wrong: "let x⟦⟧\nf", right: "let x = 1\nf"),
    .init(code: "expected", wrong: "let x =⟦⟧\nf", right: "let x = f"),
    .init(code: "expected", wrong: "for x ⟦on⟧ $v {\n}", right: "for x in $v {\n}"),
    .init(code: "expected", wrong: "wait $x⟦⟧\n", right: "wait $x until ready\n"),
    .init(code: "expected", wrong: "$x | wait ⟦5m⟧", right: "$x | wait until ready timeout 5m"),
    .init(code: "expected", wrong: "print (1 + ⟦)⟧", right: "print (1 + 2)"),
    .init(code: "expected", wrong: "limit ⟦calls⟧ 3", right: "limit changes 3"),
    .init(code: "expected", wrong: "let l = [1,⟦,⟧ 2]", right: "let l = [1, 2,]"),
    .init(code: "expected", wrong: "$x | ⟦;⟧ f", right: "$x | f"),
    .init(code: "expected", wrong: "let ⟦\"⟧x\" = 1", right: "let x = 1"),
    .init(code: "expected", wrong: "for ⟦[⟧x] in $v { f }", right: "for x in $v { f }"),
    .init(code: "expected-block", wrong: "if $x⟦⟧\nprint a", right: "if $x {\nprint a }"),
    .init(code: "foreign-word", wrong: "if $x ⟦then⟧\nf", right: "if $x { f }"),
    .init(code: "expected-block", wrong: "while $x ⟦foo⟧ {\n}", right: "while $x {\n}"),
    .init(code: "expected-parameters", wrong: "def f ⟦{⟧ }", right: "def f() { }"),
    .init(code: "expected-colon", wrong: "print {a⟦,⟧ b}", right: "print {a: b}"),
    .init(code: "unexpected", wrong: "$x ⟦foo⟧", right: "$x | foo"),
    .init(code: "unexpected", wrong: "let x = 1⟦,⟧ 2", right: "let x = [1, 2]"),
    .init(code: "unclosed", wrong: "print ⟦(⟧count $x\n", right: "print (count $x)\n"),
    .init(code: "unclosed", wrong: "if $x ⟦{⟧\nprint a\n", right: "if $x {\nprint a\n}"),
    .init(code: "unclosed", wrong: "let l = [1 ⟦2⟧]", right: "let l = [1, 2]"),
    .init(code: "unclosed", wrong: "print (count $x⟦]⟧", right: "print (count $x)"),
    .init(
      code: "unclosed", wrong: "print (count $x\n⟦let⟧ y = 3", right: "print (count $x)\nlet y = 3"),
    .init(code: "expected", wrong: "if $x {\n f (1 +\n⟦}⟧\nf", right: "if $x {\n f (1 +\n2)\n}\nf"),
    .init(code: "stray-close", wrong: "print a\n⟦}⟧\nprint b", right: "print a\nprint b"),
    .init(code: "unclosed-text", wrong: "print ⟦\"abc⟧\nf", right: "print \"abc\"\nf"),
    .init(code: "unclosed-text", wrong: "print 'it's⟦'⟧\nf", right: "print 'it''s'\nf"),
    .init(code: "unclosed-text", wrong: "print ⟦\"\"\"⟧\nabc", right: "print \"\"\"\nabc\n\"\"\""),
    .init(code: "not-a-name", wrong: "let ⟦x=3⟧", right: "let x = 3"),
    .init(code: "not-a-name", wrong: "let ⟦2x⟧ = 3", right: "let x2 = 3"),
    .init(code: "dollar-in-name", wrong: "let ⟦$⟧x = 3", right: "let x = 3"),
    .init(code: "dollar-in-name", wrong: "for ⟦$⟧x in $y { f }", right: "for x in $y { f }"),
    .init(code: "not-a-command", wrong: "⟦x=3⟧", right: "x = 3"),
    .init(code: "not-a-command", wrong: "let x = ⟦3-1⟧", right: "let x = 3 - 1"),
    .init(code: "not-a-command", wrong: "⟦./deploy.sh⟧ now", right: "exec ./deploy.sh now"),
    .init(code: "foreign-word", wrong: "⟦echo⟧ hi", right: "print hi"),
    .init(code: "foreign-word", wrong: "let x = ⟦None⟧", right: "let x = null"),
    .init(code: "foreign-word", wrong: "if $x == ⟦True⟧ { f }", right: "if $x == true { f }"),
    .init(
      code: "foreign-word", wrong: "if $x {\n}\n⟦elif⟧ $y {\n}", right: "if $x {\n} else if $y {\n}"
    ),
    .init(code: "foreign-word", wrong: "⟦export⟧ X=3", right: "let x = 3"),
    .init(code: "foreign-word", wrong: "⟦import⟧ lib", right: "use \"lib.waggle\""),
    .init(code: "foreign-word", wrong: "⟦function⟧ f() {\n}", right: "def f() {\n}"),
    .init(code: "misplaced-statement", wrong: "print (⟦let⟧ x = 3)", right: "let x = 3"),
    .init(code: "misplaced-statement", wrong: "$x | ⟦for⟧ y", right: "for y in $x { f }"),
    .init(code: "top-level-only", wrong: "if $x {\n⟦def⟧ f() { }\n}", right: "def f() { }"),
    .init(
      code: "else-on-own-line", wrong: "if $x {\n}\n⟦else⟧ {\n}", right: "if $x {\n} else {\n}"),
    .init(
      code: "else-on-own-line", wrong: "try { f }\n⟦catch⟧ e { }", right: "try { f } catch e { }"),
    .init(
      code: "clause-twice", wrong: "for x in $y parallel 2 ⟦parallel⟧ 3 { }",
      right: "for x in $y parallel 2 keep-going { }"),
    .init(
      code: "clause-twice", wrong: "wait $x until ready every 2s ⟦every⟧ 3s",
      right: "wait $x until ready every 2s timeout 3s"),
    .init(code: "brace-needs-space", wrong: "if $x⟦{⟧ f }", right: "if $x { f }"),
    .init(code: "brace-needs-space", wrong: "f a⟦{⟧b: 1}", right: "f a {b: 1}"),
    .init(code: "brace-on-own-line", wrong: "if $x\n⟦{⟧\n f\n}", right: "if $x {\n f\n}"),
    .init(
      code: "pipeline-needs-parentheses", wrong: "if $x ⟦|⟧ count > 3 { f }",
      right: "if ($x | count) > 3 { f }"),
    .init(
      code: "command-needs-parentheses", wrong: "if ⟦count⟧ $x { f }", right: "if (count $x) { f }"),
    .init(code: "pipe-behind-block", wrong: "if $x { f } ⟦|⟧ g", right: "(if $x { f }) | g"),
    .init(code: "leading-pipe", wrong: "⟦|⟧ count", right: "f\n| count"),
    .init(code: "value-in-later-stage", wrong: "$x | ⟦$⟧y", right: "$x | f $y"),
    .init(code: "empty-parentheses", wrong: "print ⟦()⟧", right: "print []"),
    .init(code: "operator-argument", wrong: "print $x ⟦+⟧ 1", right: "print ($x + 1)"),
    .init(code: "operator-argument", wrong: "count $a ⟦>⟧ 3", right: "(count $a) > 3"),
    .init(code: "operator-argument", wrong: "print hi ⟦>⟧ f", right: "$hi | write f"),
    .init(code: "operator-argument", wrong: "print hi ⟦>>f⟧", right: "print hi \">>f\""),
    .init(code: "operator-argument", wrong: "start $x ⟦&&⟧ stop $x", right: "start $x; stop $x"),
    .init(code: "operator-argument", wrong: "start $x ⟦||⟧ stop $x", right: "start $x | stop"),
    .init(
      code: "operator-argument", wrong: "bees | ⟦whre⟧ status == running",
      right: "bees | where status == running"),
    .init(
      code: "foreign-word", wrong: "if $x { } ⟦elif⟧ $y { }", right: "if $x { } else if $y { }"),
    .init(code: "not-a-name", wrong: "let ⟦x=⟧  3", right: "let x =  3"),
    .init(code: "operator-argument", wrong: "print ⟦..⟧ a", right: "print \"..\" a"),
    .init(code: "operator-argument", wrong: "x ⟦+=⟧ 1", right: "x = $x + 1"),
    .init(code: "missing-input", wrong: "⟦where⟧ status == a", right: "$x | where status == a"),
    .init(code: "comma-argument", wrong: "print a⟦,⟧ b", right: "print a b"),
    .init(code: "dot-argument", wrong: "read ⟦.env⟧", right: "read ./.env"),
    .init(code: "dot-argument", wrong: "read ⟦.⟧", right: "read ./"),
    .init(code: "range-argument", wrong: "first ⟦1..3⟧", right: "first (1..3)"),
    .init(code: "range-argument", wrong: "first ⟦$a..⟧$b", right: "first ($a..$b)"),
    .init(code: "short-option", wrong: "bees ⟦-v⟧", right: "bees --v=-v"),
    .init(code: "not-an-option", wrong: "bees ⟦--⟧ a", right: "bees \"--\" a"),
    .init(code: "not-an-option", wrong: "bees ⟦--a.b⟧", right: "bees --a b"),
    .init(code: "option-elsewhere", wrong: "sort $x ⟦--desc⟧", right: "sort $x desc"),
    .init(code: "option-elsewhere", wrong: "fail ⟦--now⟧", right: "fail \"--now\""),
    .init(code: "option-value", wrong: "bees ⟦--a=⟧ 1", right: "bees --a=1"),
    .init(code: "spread-needs-value", wrong: "f ⟦...⟧ $x", right: "f ...$x"),
    .init(code: "spread-needs-value", wrong: "f ⟦...⟧abc", right: "f \"...abc\""),
    .init(code: "spread-elsewhere", wrong: "let x = 1 + ⟦...⟧$y", right: "let x = [1, ...$y]"),
    .init(code: "call-parentheses", wrong: "⟦count(⟧$x)", right: "count $x"),
    .init(
      code: "call-parentheses", wrong: "if ⟦count(⟧$x) > 3 { f }", right: "if (count $x) > 3 { f }"),
    .init(code: "indexed-word", wrong: "⟦bees[⟧0]", right: "(bees)[0]"),
    .init(code: "indexed-word", wrong: "print ⟦bees[⟧0]", right: "print $bees[0]"),
    .init(code: "touching-bracket", wrong: "print $x⟦(⟧f)", right: "print $x$(f)"),
    .init(code: "touching", wrong: "let x = $a⟦$⟧b", right: "let x = \"$a$b\""),
    .init(code: "touching", wrong: "let x = \"a\"⟦b⟧", right: "let x = \"ab\""),
    .init(code: "operator-needs-space", wrong: "let x = $a⟦+1⟧", right: "let x = $a + 1"),
    .init(code: "operator-needs-space", wrong: "let x = $a ⟦-1⟧", right: "let x = $a - 1"),
    .init(code: "operator-needs-space", wrong: "let x = $a ⟦+⟧$b", right: "let x = $a + $b"),
    .init(code: "operator-needs-space", wrong: "x ⟦=3⟧", right: "x = 3"),
    .init(code: "foreign-operator", wrong: "if $x ⟦=⟧ 3 { f }", right: "if $x == 3 { f }"),
    .init(code: "foreign-operator", wrong: "if $x ⟦is⟧ null { f }", right: "if $x == null { f }"),
    .init(code: "foreign-operator", wrong: "if $x ⟦&&⟧ $y { f }", right: "if $x and $y { f }"),
    .init(code: "foreign-operator", wrong: "if $x ⟦||⟧ $y { f }", right: "if $x or $y { f }"),
    .init(
      code: "foreign-operator", wrong: "if $x ⟦not⟧ in [a] { f }", right: "if not $x in [a] { f }"),
    .init(
      code: "chained-operators", wrong: "if 1 < $x ⟦<⟧ 3 { f }", right: "if 1 < $x and $x < 3 { f }"
    ),
    .init(code: "not-needs-parentheses", wrong: "$a == ⟦not⟧ $b", right: "$a == (not $b)"),
    .init(code: "minus-needs-operand", wrong: "let x = ⟦-⟧ 1", right: "let x = -1"),
    .init(code: "bad-escape", wrong: #"print "a⟦\q⟧b""#, right: #"print "a\\qb""#),
    .init(code: "bad-escape", wrong: #"print "⟦\u{110000}⟧""#, right: #"print "\u{10FFFF}""#),
    .init(code: "bad-escape", wrong: #"print "⟦\u{}⟧""#, right: #"print "\u{0}""#),
    .init(code: "bad-dollar", wrong: #"print "costs ⟦$5⟧""#, right: #"print "costs \$5""#),
    .init(code: "bad-dollar", wrong: "print ⟦$1⟧", right: "print $a1"),
    .init(code: "bad-braces", wrong: #"print "⟦${ ⟧x}""#, right: #"print "${x}""#),
    .init(code: "bad-braces", wrong: #"print "⟦${x+⟧1}""#, right: #"print "$($x + 1)""#),
    .init(code: "optional-in-text", wrong: #"print "$x⟦?.⟧y""#, right: #"print "${x?.y}""#),
    .init(code: "index-in-text", wrong: #"print "$x⟦[$⟧i]""#, right: #"print "${x[$i]}""#),
    .init(code: "plain-text", wrong: #"param x ⟦"a $b"⟧"#, right: #"param x "a b""#),
    .init(code: "key-needs-quotes", wrong: "print {⟦a.b⟧: 1}", right: "print {\"a.b\": 1}"),
    .init(
      code: "block-opening", wrong: "print ⟦\"\"\"⟧abc\"\"\"", right: "print \"\"\"\nabc\n\"\"\""),
    .init(
      code: "block-indentation", wrong: "print \"\"\"\n⟦ ⟧a\n  \"\"\"",
      right: "print \"\"\"\n  a\n  \"\"\""),
    .init(code: "stray-character", wrong: "print⟦\u{A0}⟧a", right: "print a"),
    .init(code: "stray-character", wrong: "print ⟦“⟧a”", right: "print \"a\""),
    .init(code: "backtick", wrong: "print ⟦`⟧f`", right: "print $(f)"),
    .init(code: "backslash", wrong: "print C:⟦\\⟧x", right: "print 'C:\\x'"),
  ]

  @Test("each mistake is reported once, at its spot, and its right twin is right", arguments: twins)
  func twin(_ twin: Twin) {
    let (text, spot) = Self.unmarked(twin.wrong)
    let (_, diagnostics) = TreeText.parse(text, twin.mode)
    #expect(diagnostics.map(\.code) == [twin.code])
    if let first = diagnostics.first {
      #expect(Self.marked(text, first.span) == Self.marked(text, spot))
    }
    #expect(TreeText.parse(twin.right, twin.mode).diagnostics == [])
  }

  @Test("all mistakes of a file are reported, one a line, in order")
  func everyMistake() {
    let text = """
      let x = 3-1
      print a, b, c
      for y on $x {
        echo $y
        if $y = 3 {
          print "ok
        } else {
          start $y && stop $y
        }
      }
      let l = [1 2,
        3, 4 5]
      print (count $x
      let z = "\\q"
      }
      print done
      """
    let (script, diagnostics) = TreeText.parse(text)
    let lines = LineTable(Source(name: "test", text: text))
    #expect(
      diagnostics.map { "\(lines.line(at: Int($0.span.lower))) \($0.code)" }
        == [
          "1 not-a-command", "2 comma-argument", "3 expected", "4 foreign-word",
          "5 foreign-operator", "6 unclosed-text", "8 operator-argument", "11 unclosed",
          "14 unclosed", "15 stray-close",
        ])
    #expect(script.statements.map(TreeText.show).last == "<print done>")
  }

  @Test("a name is known though what it names is wrong, and what is right stays")
  func names() {
    let text =
      "def f(a b) {\n}\nlet x = 3-1\nparam y: 5 = 3\nlet z = 1, 2\nprint $x,\nif $x {\n  f a, b\n  g\n}"
    #expect(
      TreeText.parse(text).script.statements.map(TreeText.show) == [
        "(def f f... {})", "(let x ?)", "(param y=?)", "(let z 1)", "(if $x {<g>})",
      ])
  }

  @Test("a missing bracket points at where it was opened")
  func labels() {
    let text = "let l = [1,\n  2 3]"
    let first = TreeText.parse(text).diagnostics.first
    #expect(first?.labels.map { Self.marked(text, $0.span) } == ["let l = ⟦[⟧1,\n  2 3]"])
  }

  @Test("a diagnostic says what to do instead")
  func advice() {
    func hint(_ text: String) -> String {
      let first = TreeText.parse(text).diagnostics.first
      return ([first?.hint ?? ""] + (first?.help ?? [])).joined(separator: " / ")
    }
    #expect(hint("x=3") == "write `x = 3` / text stands in quotes, a variable has a `$`")
    #expect(hint("read .env") == "a file is `./.env` / the field of a variable is `$name.field`")
    #expect(hint("count($x)").hasPrefix("write `count …`"))
    #expect(hint("print hi > f").contains("| write FILE"))
    #expect(hint("let y = $a==1").hasPrefix("put spaces around `==`"))
  }

  /// A text without its marks, and what they stood around.
  static func unmarked(_ text: String) -> (String, Span) {
    let parts = text.split(separator: #/[⟦⟧]/#, omittingEmptySubsequences: false)
    let lower = parts[0].utf8.count
    let upper = lower + (parts.count > 1 ? parts[1].utf8.count : 0)
    return (parts.joined(), Span(SourceID(0), lower, upper))
  }

  /// A text with marks around a spot.
  static func marked(_ text: String, _ span: Span) -> String {
    let bytes = Array(text.utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let (lower, upper) = (Int(span.lower), Int(span.upper))
    return part(0..<lower) + "⟦" + part(lower..<upper) + "⟧" + part(upper..<bytes.count)
  }
}
