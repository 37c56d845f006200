/// Names, characters and texts.
extension ExplanationTable {
  static let words: [Explanation] = [
    Explanation(
      "not-a-name", "A word that cannot be a name",
      """
      A name is made of letters, digits, `_`, and `-` inside, and begins with a letter or `_`. In \
      `let name = value` spaces stand around the `=`.
      """,
      wrong: "let 2nd = 1",
      right: """
        let second = 1
        print $second
        """),
    Explanation(
      "dollar-in-name", "A `$` where a variable is set",
      "A variable has its `$` where it is read, not where it is set.",
      wrong: """
        let $n = 3
        print $n
        """,
      right: """
        let n = 3
        print $n
        """),
    Explanation(
      "not-a-command", "Something that can be neither command nor value",
      """
      A statement begins with a command, a keyword or a value. Text stands in quotes, and \
      operators have spaces around them.
      """,
      wrong: """
        let n = 3-1
        print $n
        """,
      right: """
        let n = 3 - 1
        print $n
        """),
    Explanation(
      "foreign-word", "A word of another language",
      """
      Waggle has `print` for echo, `}` for fi and done, `else if` for elif, `null` for None. The \
      message says which word is meant.
      """,
      wrong: "echo hello",
      right: "print hello"),
    Explanation(
      "stray-character", "A character that means nothing here",
      """
      Typographic quotes, no-break spaces and control characters often come in with a text that \
      was copied. In a quoted text they may stand.
      """,
      wrong: "print “hello”",
      right: "print \"hello\""),
    Explanation(
      "backtick", "A backtick",
      "The value of a pipeline is filled in with `( )`, in a text with `$( )`.",
      wrong: "print `bees`",
      right: "print (bees)"),
    Explanation(
      "backslash", "A backslash outside of quotes",
      "At the end of a line a backslash goes on with the next. Everywhere else it stands in quotes.",
      wrong: "print C:\\temp",
      right: "print 'C:\\temp'"),
    Explanation(
      "key-needs-quotes", "A key of a record that is no name",
      "A key that is no name stands in quotes.",
      wrong: "print {a.b: 1}",
      right: "print {\"a.b\": 1}"),
    Explanation(
      "unclosed-text", "A text without its closing quote",
      """
      A text in quotes ends on its line. A longer one stands in a block: three quotes that end \
      their line, the lines of the text, three quotes again.
      """,
      wrong: "print \"hello",
      right: "print \"hello\""),
    Explanation(
      "bad-escape", "An escape that does not exist",
      """
      Double quotes know `\\n` `\\t` `\\r` `\\\\` `\\"` `\\$` `\\e` and `\\u{…}` with the number \
      of a character. In single quotes nothing is special, which suits paths and patterns.
      """,
      wrong: "print \"C:\\temp\\queue\"",
      right: "print 'C:\\temp\\queue'"),
    Explanation(
      "bad-dollar", "A `$` that fills in nothing",
      """
      In double quotes `$name`, `${name}` and `$( … )` are filled in; a dollar sign as such is \
      `\\$`.
      """,
      wrong: "print \"it costs $5\"",
      right: "print \"it costs \\$5\""),
    Explanation(
      "bad-braces", "`${ }` with more than a name in it",
      """
      `${name.path}` fills in a variable and its path. Anything that is to be calculated stands in \
      `$( … )`.
      """,
      wrong: """
        let n = 1
        print "${n + 1} bees"
        """,
      right: """
        let n = 1
        print "$($n + 1) bees"
        """),
    Explanation(
      "optional-in-text", "`?.` behind a name in a text",
      "A question mark behind a name is most often just that, so `?.` in a text needs braces.",
      wrong: """
        let r = {a: 1}
        print "$r?.b"
        """,
      right: """
        let r = {a: 1}
        print "${r?.b}"
        """),
    Explanation(
      "index-in-text", "An index in a text that is no whole number",
      "Behind a name in a text `[0]` is an element. Any other index needs braces.",
      wrong: """
        let names = [a, b]
        let i = 1
        print "$names[$i]"
        """,
      right: """
        let names = [a, b]
        let i = 1
        print "${names[$i]}"
        """),
    Explanation(
      "plain-text", "Something filled in where a fixed text is wanted",
      "The help of a parameter is known before the script runs, so nothing can be filled in.",
      wrong: """
        param region: text = us "like $env.REGION"
        print $region
        """,
      right: """
        param region: text = us "like us or eu"
        print $region
        """),
    Explanation(
      "block-opening", "Text behind the quotes that open a block",
      "The three quotes that open a block of text end their line; the text begins on the next one.",
      wrong: #"""
        print """hello
        """
        """#,
      right: #"""
        print """
        hello
        """
        """#),
    Explanation(
      "block-indentation", "A line of a block that is indented less than its end",
      "The indentation of the closing quotes is taken off each line, so each line must have it.",
      wrong: #"""
        print """
        hello
          """
        """#,
      right: #"""
        print """
          hello
          """
        """#),
  ]
}
