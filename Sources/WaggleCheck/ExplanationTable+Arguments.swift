/// Arguments and operators.
extension ExplanationTable {
  static let arguments: [Explanation] = [
    Explanation(
      "operator-argument", "An operator among the arguments of a command",
      """
      What begins with a word is a command, and what follows are its arguments: an operator is \
      never one. A calculation stands in parentheses; `>` and `&&` of other shells are `| write \
      FILE` and a new line.
      """,
      wrong: """
        let n = 1
        print $n + 1
        """,
      right: """
        let n = 1
        print ($n + 1)
        """),
    Explanation(
      "missing-input", "A command that was given nothing to work on",
      "Such a command works on its first argument, or on what is piped into it.",
      wrong: "where status == running",
      right: "bees | where status == running | print"),
    Explanation(
      "comma-argument", "A comma between arguments",
      "Arguments have spaces between them. Commas stand in lists and records.",
      wrong: "print a, b",
      right: "print a b"),
    Explanation(
      "dot-argument", "A `.` among arguments where there is no subject",
      """
      `.name` is a field of the element that `where`, `map`, `wait` and their like look at. A file \
      is `./name`.
      """,
      wrong: "print .env",
      right: "print ./.env"),
    Explanation(
      "range-argument", "A range as an argument",
      "`1..3` among arguments could be a text, so a range there stands in parentheses.",
      wrong: "print 1..3",
      right: "print (1..3)"),
    Explanation(
      "short-option", "An option with one dash",
      "Options have two dashes and a whole name. As text such a word stands in quotes.",
      wrong: "print (bees -l)",
      right: "print (bees --limit 5)"),
    Explanation(
      "not-an-option", "Two dashes without a name",
      "An option is `--name`. As text, two dashes stand in quotes.",
      wrong: "print -- done",
      right: "print \"--\" done"),
    Explanation(
      "option-elsewhere", "An option where none can stand",
      "Options belong to commands with plain arguments. `sort` has `desc`, a `wait` its clauses.",
      wrong: """
        let names = [b, a]
        print (sort $names --desc)
        """,
      right: """
        let names = [b, a]
        print (sort $names desc)
        """),
    Explanation(
      "option-value", "`--name=` without a value",
      "The value touches the `=`.",
      wrong: "print (bees --limit= 5)",
      right: "print (bees --limit=5)"),
    Explanation(
      "spread-needs-value", "`...` that touches nothing",
      """
      `...$list` gives each element as an argument of its own, `...$record` each field as an \
      option.
      """,
      wrong: """
        let names = [a, b]
        print ... $names
        """,
      right: """
        let names = [a, b]
        print ...$names
        """),
    Explanation(
      "spread-elsewhere", "`...` where nothing can be spread",
      "`...` stands among arguments, in a list or in a record.",
      wrong: """
        let names = [a, b]
        let more = [1] + ...$names
        print $more
        """,
      right: """
        let names = [a, b]
        let more = [1, ...$names]
        print $more
        """),
    Explanation(
      "call-parentheses", "A call with parentheses",
      """
      A command's arguments follow its name, with spaces between. Where a value is wanted the \
      whole call stands in parentheses.
      """,
      wrong: "print (count([1, 2]))",
      right: "print (count [1, 2])"),
    Explanation(
      "indexed-word", "A word that touches a bracket",
      """
      A variable has a `$`; the value of a command stands in parentheses, behind which an index \
      may follow.
      """,
      wrong: "print bees[0]",
      right: "print (bees)[0].name"),
    Explanation(
      "touching-bracket", "A bracket that touches the argument before it",
      "Arguments have spaces between them. In a text the value of a pipeline is `$( … )`.",
      wrong: """
        let n = 3
        print $n[0](bees)
        """,
      right: """
        let n = 3
        print $n (bees)
        """),
    Explanation(
      "touching", "Two values that touch in an expression",
      """
      In an argument, pieces that touch are one text. In an expression they stand in double \
      quotes.
      """,
      wrong: """
        let a = 1
        let x = $a$a
        print $x
        """,
      right: """
        let a = 1
        let x = "$a$a"
        print $x
        """),
    Explanation(
      "operator-needs-space", "An operator without spaces around it",
      """
      `$n-1` could be a name and `a*b` a word, so operators have spaces around them. Only `..` may \
      touch.
      """,
      wrong: """
        let n = 3
        print ($n +1)
        """,
      right: """
        let n = 3
        print ($n + 1)
        """),
    Explanation(
      "foreign-operator", "An operator of another language",
      "Conditions compare with `==` and are joined by `and`, `or` and `not`.",
      wrong: """
        let n = 3
        if $n > 1 && $n < 5 { print yes }
        """,
      right: """
        let n = 3
        if $n > 1 and $n < 5 { print yes }
        """),
    Explanation(
      "chained-operators", "Two comparisons in a row",
      """
      A comparison gives true or false, which is not compared again. Two of them are joined by \
      `and`.
      """,
      wrong: """
        let n = 3
        if 1 < $n < 5 { print yes }
        """,
      right: """
        let n = 3
        if 1 < $n and $n < 5 { print yes }
        """),
    Explanation(
      "not-needs-parentheses", "`not` behind an operator",
      """
      `not` binds looser than a comparison; behind an operator it stands in parentheses. `not in` \
      is written `not x in list`.
      """,
      wrong: """
        let a = true
        print ($a == not $a)
        """,
      right: """
        let a = true
        print ($a == (not $a))
        """),
    Explanation(
      "minus-needs-operand", "A minus sign that negates nothing",
      """
      A minus sign that negates touches what it negates; one between two values has spaces around \
      it.
      """,
      wrong: """
        let n = - 1
        print $n
        """,
      right: """
        let n = -1
        print $n
        """),
  ]
}
