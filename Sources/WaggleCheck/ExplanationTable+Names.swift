/// Variables, functions and parameters.
extension ExplanationTable {
  static let names: [Explanation] = [
    Explanation(
      "unknown-variable", "A variable that does not exist",
      """
      A variable is there from its `let` to the end of its block. A function sees the top-level \
      variables that are set above it.
      """,
      wrong: """
        let fleet = bees
        print $fleeet
        """,
      right: """
        let fleet = bees
        print $fleet
        """),
    Explanation(
      "name-outside", "A new variable with the name of one outside the block",
      """
      In a block, `let` with the name of a variable outside would hide that one, which is hardly \
      ever meant. `name = value` changes the outer one.
      """,
      wrong: """
        let n = 1
        if true { let n = 2; print $n }
        print $n
        """,
      right: """
        let n = 1
        if true { n = 2 }
        print $n
        """),
    Explanation(
      "name-taken", "A name that belongs to something else",
      """
      A function may not have the name of a command, a group or a statement, or nobody could tell \
      which is called. `env` is the environment.
      """,
      wrong: """
        def start(x) { print $x }
        start 1
        """,
      right: """
        def begin(x) { print $x }
        begin 1
        """),
    Explanation(
      "environment-alone", "`$env` without a name",
      "The environment is read one variable at a time.",
      wrong: "print $env",
      right: "print $env.HOME"),
    Explanation(
      "no-last-result", "`$_` where there is no last result",
      "The prompt keeps the last result that was not null as `$_`. A script gives names with `let`.",
      wrong: """
        bees --limit 3 | print
        print $_
        """,
      right: """
        let few = bees --limit 3
        print $few
        """),
    Explanation(
      "second-function", "Two functions of one name",
      "A call could mean either.",
      wrong: """
        def hi() { print hi }
        def hi() { print hello }
        hi
        """,
      right: """
        def hi() { print hi }
        def hello() { print hello }
        hi
        hello
        """),
    Explanation(
      "second-parameter", "Two parameters of one name",
      "Parameters are given by name, so each has its own.",
      wrong: """
        def sum-of(a, a) { return $a }
        print (sum-of 1 2)
        """,
      right: """
        def sum-of(a, b) { return $a + $b }
        print (sum-of 1 2)
        """),
    Explanation(
      "parameter-is-flag", "A parameter with the name of a flag of `waggle run`",
      "A script's parameters and the flags of `waggle run` stand side by side on the command line.",
      wrong: """
        param seed: int = 1
        print $seed
        """,
      right: """
        param start-at: int = 1
        print $start-at
        """),
    Explanation(
      "unknown-type", "A type that does not exist",
      "The types of parameters are text, int, float, bool, duration, time, list, record and any.",
      wrong: """
        param many: integer = 3
        print $many
        """,
      right: """
        param many: int = 3
        print $many
        """),
    Explanation(
      "unused-variable", "A variable that nothing reads",
      """
      It may be left over, or the name misspelled where it was to be read. A name that begins with \
      `_` says that this is meant.
      """,
      wrong: """
        let fleet = bees
        print done
        """,
      right: """
        let fleet = bees
        print ($fleet | count)
        """),
    Explanation(
      "read-before-set", "A function that reads a variable before it is set",
      """
      A function may be called above its `def`, but the top-level variables that it reads must be \
      set by then.
      """,
      wrong: """
        show
        let n = 1
        def show() { print $n }
        """,
      right: """
        let n = 1
        show
        def show() { print $n }
        """),
  ]
}
