/// Commands and their arguments.
extension ExplanationTable {
  static let commands: [Explanation] = [
    Explanation(
      "unknown-command", "A command that does not exist",
      """
      What begins with a word is a command. Text stands in quotes, and a variable has a `$`. \
      `help` lists what there is.
      """,
      wrong: """
        let state = stopped
        print $state
        """,
      right: """
        let state = "stopped"
        print $state
        """),
    Explanation(
      "prompt-command", "A command of the prompt in a script",
      """
      `help`, `vars`, `history`, `save`, `forget` and `status` speak of a session, and stand alone \
      on a line of the prompt.
      """,
      wrong: "vars",
      right: """
        let n = 1
        print $n
        """),
    Explanation(
      "command-or-variable", "A word that names both a command and a variable",
      "Alone it could mean either.",
      wrong: """
        let bees = 3
        let n = bees
        print $n $bees
        """,
      right: """
        let hives = 3
        let n = bees
        print $n $hives
        """),
    Explanation(
      "missing-action", "A group of commands without its action",
      """
      The commands of the API have two words: a group and an action. `help GROUP` lists the \
      actions.
      """,
      wrong: "instances",
      right: "print (instances list)"),
    Explanation(
      "unknown-action", "An action that the group does not have",
      """
      The commands of the API have two words: a group and an action. `help GROUP` lists the \
      actions.
      """,
      wrong: "instances launch bee-1",
      right: "instances start bee-1"),
    Explanation(
      "missing-format", "`to` or `from` without a format",
      "`to` writes a value in a format, `from` reads it.",
      wrong: "print (bees | to)",
      right: "print (bees | to json)"),
    Explanation(
      "unknown-format", "A format that `to` or `from` does not know",
      "`to` writes a value in a format, `from` reads it.",
      wrong: "print (bees | to xml)",
      right: "print (bees | to json)"),
    Explanation(
      "bad-method", "A `call` without a method that it knows",
      """
      `call` makes a request of your own. Its method stands first and is written out, so that whoever \
      reads the script sees whether it changes something: GET, POST, PUT, PATCH or DELETE.
      """,
      wrong: "print (call FETCH /api/v1/instances)",
      right: "print (call GET /api/v1/instances)"),
    Explanation(
      "unknown-option", "An option that the command does not have",
      """
      Case, `-` and `_` do not matter: `--agent-framework` and `--agentFramework` are one. `help \
      COMMAND` lists the options.
      """,
      wrong: "print (bees --stats running)",
      right: "print (bees --status running)"),
    Explanation(
      "second-option", "An option that is given twice",
      "Only one of them could count.",
      wrong: "print (bees --limit 3 --limit 5)",
      right: "print (bees --limit 5)"),
    Explanation(
      "missing-value", "An option without its value",
      "Only an option that is true or false may stand alone.",
      wrong: "print (bees --limit)",
      right: "print (bees --limit 5)"),
    Explanation(
      "missing-option", "A required option that is not given",
      "The API refuses the call without it. `help COMMAND` says which are needed.",
      wrong: "deploy --variant-id scout-standard",
      right: "deploy --variant-id scout-standard --name scout-7"),
    Explanation(
      "cannot-spread", "`...` of something that cannot be spread here",
      """
      `...$list` gives arguments, `...$record` options. A list of ids needs no `...`: it makes a \
      call for each.
      """,
      wrong: """
        let ids = [bee-1, bee-2]
        start ...$ids
        """,
      right: """
        let ids = [bee-1, bee-2]
        start $ids
        """),
    Explanation(
      "too-many-arguments", "More arguments than the command takes",
      "A list counts as one argument, and a text of several words stands in quotes.",
      wrong: "start bee-1 bee-2",
      right: "start [bee-1, bee-2]"),
    Explanation(
      "missing-argument", "An argument that the command needs",
      "`help COMMAND` shows how it is typed.",
      wrong: "start",
      right: "start bee-1"),
    Explanation(
      "takes-no-input", "A pipe into a command that takes nothing from it",
      """
      A command without an id has no place for what is piped. `--body` takes a record, and `for` \
      walks a list.
      """,
      wrong: "{name: scout-7, variantId: scout-standard} | instances deploy",
      right: """
        let body = {name: scout-7, variantId: scout-standard}
        deploy --body $body
        """),
    Explanation(
      "wrong-input", "An input of a kind that the command does not take",
      "`help COMMAND` says what it works on.",
      wrong: "print (42 | first)",
      right: "print ([42] | first)"),
    Explanation(
      "missing-condition", "A command without its condition or expression",
      "`where` needs to know which elements to keep, and `map` what to take of each.",
      wrong: "print (bees | where)",
      right: "print (bees | where status == running)"),
    Explanation(
      "field-name", "A name of a field that only the run would know",
      "`select` takes the names of fields as words, so that they can be checked.",
      wrong: """
        let field = "name"
        print (bees | select $field)
        """,
      right: "print (bees | select name)"),
    Explanation(
      "needs-subjects", "A clause for a `wait` that waits for something",
      """
      `any` and `stuck-after` speak of the subjects that a wait looks at. A wait without one asks \
      its condition again.
      """,
      wrong: "wait until (bees | count) == 0 stuck-after 1m",
      right: "wait until (bees | count) == 0 timeout 1m"),
    Explanation(
      "cannot-wait", "A `wait` for something that cannot be read again",
      """
      A wait looks at its subject until the condition holds, so it must be a record that the API \
      can give again, an id, or a list of these. What `{…}`, `map` and `select` make is a plain \
      record, of which nobody knows where it came from.
      """,
      wrong: """
        let n = 5
        wait $n until ready
        """,
      right: "wait bee-5 until ready"),
  ]
}
