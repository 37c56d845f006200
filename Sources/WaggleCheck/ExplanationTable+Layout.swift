/// What is where: statements, blocks, brackets and pipes.
extension ExplanationTable {
  static let layout: [Explanation] = [
    Explanation(
      "expected", "Something is missing, or something else stands in its place",
      "The form that was begun needs the thing named here. `help WORD` shows how a form is typed.",
      wrong: """
        for bee on (bees) {
          print $bee.name
        }
        """,
      right: """
        for bee in (bees) {
          print $bee.name
        }
        """),
    Explanation(
      "expected-block", "A block is missing",
      """
      `if`, `for`, `while`, `try` and their like are followed by a block in braces, which opens on \
      the same line.
      """,
      wrong: """
        let n = 3
        if $n > 2
        print many
        """,
      right: """
        let n = 3
        if $n > 2 {
          print many
        }
        """),
    Explanation(
      "expected-parameters", "A function without its parentheses",
      """
      The parameters of a `def` stand in parentheses that touch its name; without parameters they \
      are empty.
      """,
      wrong: """
        def greet {
          print hello
        }
        greet
        """,
      right: """
        def greet() {
          print hello
        }
        greet
        """),
    Explanation(
      "expected-colon", "A field of a record without its value",
      "A record is written `{key: value, key: value}`.",
      wrong: "print {name, \"scout\"}",
      right: "print {name: \"scout\"}"),
    Explanation(
      "unexpected", "Something stands behind the end of a statement",
      """
      After a value only `|`, an operator, `;` or a new line can follow. A command is what begins \
      with a word: a value cannot be called.
      """,
      wrong: """
        let names = [a, b]
        let n = $names count
        print $n
        """,
      right: """
        let names = [a, b]
        let n = $names | count
        print $n
        """),
    Explanation(
      "unclosed", "A bracket that is never closed",
      """
      Each `(`, `[` and `{` needs its counterpart. Inside of `( )` and `[ ]` a new line is a \
      space, so the mistake may show only further down; the place where the bracket was opened is \
      pointed at.
      """,
      wrong: """
        let n = (bees | count
        print $n
        """,
      right: """
        let n = (bees | count)
        print $n
        """),
    Explanation(
      "stray-close", "A closing bracket that closes nothing",
      "There is one bracket too many here, or one too few above.",
      wrong: """
        print done
        }
        """,
      right: "print done"),
    Explanation(
      "brace-needs-space", "A `{` that touches the word before it",
      """
      A `{` with a space before it opens a block or a record; one that touches a word would look \
      like part of it.
      """,
      wrong: "if true{ print yes }",
      right: "if true { print yes }"),
    Explanation(
      "brace-on-own-line", "A block that begins on its own line",
      "A new line ends a statement, so the `{` of a block stands on the line of what it belongs to.",
      wrong: """
        if true
        {
          print yes
        }
        """,
      right: """
        if true {
          print yes
        }
        """),
    Explanation(
      "pipeline-needs-parentheses", "A pipeline where an expression is wanted",
      """
      `if`, `while`, `assert` and `for … in` take an expression. A pipeline in it stands in \
      parentheses.
      """,
      wrong: """
        let names = [a, b]
        if $names | count > 1 { print many }
        """,
      right: """
        let names = [a, b]
        if ($names | count) > 1 { print many }
        """),
    Explanation(
      "command-needs-parentheses", "A command where an expression is wanted",
      """
      `if`, `while`, `assert` and `for … in` take an expression. A command in it stands in \
      parentheses.
      """,
      wrong: """
        let names = [a, b]
        if count $names > 1 { print many }
        """,
      right: """
        let names = [a, b]
        if (count $names) > 1 { print many }
        """),
    Explanation(
      "pipe-behind-block", "A block that is piped on",
      "A block form ends its statement. In parentheses it is a value like any other.",
      wrong: """
        let n = if true { [1, 2] } | count
        print $n
        """,
      right: """
        let n = (if true { [1, 2] }) | count
        print $n
        """),
    Explanation(
      "leading-pipe", "A line that begins with `|` and continues nothing",
      """
      In a file a line that begins with `|` goes on with the line above. At the prompt it goes on \
      from the last result.
      """,
      wrong: "| count | print",
      right: """
        bees
        | count | print
        """),
    Explanation(
      "value-in-later-stage", "A value behind a `|`",
      "What stands behind a `|` is a command that gets the value before it as its first argument.",
      wrong: """
        let n = 3
        [1, 2] | $n
        """,
      right: """
        let n = 3
        [1, 2] | first $n | print
        """),
    Explanation(
      "empty-parentheses", "Parentheses with nothing in them",
      """
      `( )` holds a pipeline. An empty list is `[]`, and a command without arguments is its name \
      alone.
      """,
      wrong: "print ()",
      right: "print []"),
    Explanation(
      "else-on-own-line", "`else` or `catch` on a line of its own",
      "A new line ends a statement, so `else` and `catch` stand on the line of the `}` before them.",
      wrong: """
        if true {
          print yes
        }
        else {
          print no
        }
        """,
      right: """
        if true {
          print yes
        } else {
          print no
        }
        """),
    Explanation(
      "clause-twice", "A clause that stands there twice",
      "Each clause of a loop, of a `retry` or of a `wait` may be given once.",
      wrong: "for n in 1..4 parallel 2 parallel 4 { print $n }",
      right: "for n in 1..4 parallel 4 { print $n }"),
    Explanation(
      "misplaced-statement", "A statement where a value is wanted",
      """
      Statements such as `let` and `while` have no value and begin a line. `if`, `for`, `try`, \
      `retry`, `timeout` and `step` do have one.
      """,
      wrong: "print (let n = 3)",
      right: """
        let n = 3
        print $n
        """),
    Explanation(
      "top-level-only", "A `def`, `param`, `use` or `limit` inside of a block",
      "These speak of the script as a whole and stand at its top level.",
      wrong: """
        if true {
          limit changes 3
        }
        """,
      right: "limit changes 3"),
    Explanation(
      "nested-too-deep", "Brackets or blocks nested too deep",
      """
      Brackets, blocks and operators nest at most 256 deep. A text that goes beyond was probably \
      made by a program; data is better read from a file.
      """,
      wrong: "print " + String(repeating: "[", count: 300) + "1"
        + String(repeating: "]", count: 300),
      right: "print [[[[1]]]]"),
    Explanation(
      "too-many-errors", "Too many errors",
      "After 500 errors the rest of the text is not read: most likely it is not a script at all.",
      wrong: String(repeating: "}\n", count: 501),
      right: "print \"not a brace\""),
  ]
}
