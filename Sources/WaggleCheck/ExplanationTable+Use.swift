/// Files that are brought in.
extension ExplanationTable {
  static let use: [Explanation] = [
    Explanation(
      "unreadable-file", "A file that cannot be read",
      """
      The path behind `use` is relative to the file that it stands in; `~/` is the home folder. A \
      script is UTF-8 text.
      """,
      wrong: """
        use "lib/flet.waggle"
        print (idle-names)
        """,
      right: """
        use "lib/fleet.waggle"
        print (idle-names)
        """,
      files: [
        ("lib/fleet.waggle", "def idle-names() { bees --status stopped | map name }")
      ]),
    Explanation(
      "use-path", "A path behind `use` that only the run would know",
      "The files that belong to a script are read before it runs, so that all of it can be checked.",
      wrong: """
        use "$env.HOME/fleet.waggle"
        print (idle-names)
        """,
      right: """
        use "lib/fleet.waggle"
        print (idle-names)
        """,
      files: [
        ("lib/fleet.waggle", "def idle-names() { bees --status stopped | map name }")
      ]),
    Explanation(
      "use-statement", "A statement that does something in a file that is brought in",
      """
      A file that `use` brings in declares: it holds `def`, `let` and `use`. What it is to do \
      stands in a function.
      """,
      wrong: """
        use "lib/loud.waggle"
        print $region
        """,
      right: """
        use "lib/quiet.waggle"
        print $region
        """,
      files: [
        ("lib/loud.waggle", "let region = \"us\"\nprint \"loaded\""),
        ("lib/quiet.waggle", "let region = \"us\""),
      ]),
    Explanation(
      "use-conflict", "A name that is brought in and exists already",
      "What `use` brings in has no prefix, so its names must be new.",
      wrong: """
        def idle-names() { [] }
        use "lib/fleet.waggle"
        print (idle-names)
        """,
      right: """
        def my-names() { [] }
        use "lib/fleet.waggle"
        print (idle-names) (my-names)
        """,
      files: [
        ("lib/fleet.waggle", "def idle-names() { bees --status stopped | map name }")
      ]),
    Explanation(
      "use-cycle", "Files that use each other",
      "Which of them came first could not be said. What both need stands in a third file.",
      wrong: """
        use "lib/a.waggle"
        print (one)
        """,
      right: """
        use "lib/c.waggle"
        print (three)
        """,
      files: [
        ("lib/a.waggle", "use \"b.waggle\"\ndef one() { 1 }"),
        ("lib/b.waggle", "use \"a.waggle\"\ndef two() { 2 }"),
        ("lib/c.waggle", "def three() { 3 }"),
      ]),
  ]
}
