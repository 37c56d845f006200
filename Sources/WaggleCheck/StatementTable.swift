/// The forms of the language that are no commands with a table of their own: statements, blocks and
/// `wait`, for help and completion.
package enum StatementTable {
  /// A form.
  package struct Entry: Sendable {
    /// The word that it begins with.
    package let word: String
    /// How it is typed.
    package let usage: String
    /// What it does, in a line, imperative, without a full stop.
    package let summary: String
    /// What else is worth knowing, in sentences; empty where the summary says it all.
    package let help: String
    /// An example, which runs on the sandbox.
    package let example: String

    /// Whether a line may begin with the word as it is written.
    package var beginsLine: Bool { word != "=" && word != "parallel" }

    init(
      _ word: String, _ usage: String, _ summary: String, help: String = "", example: String
    ) {
      self.word = word
      self.usage = usage
      self.summary = summary
      self.help = help
      self.example = example
    }
  }

  /// The entry of a word; nil where it begins no form.
  package static func entry(_ word: String) -> Entry? { entries.first { $0.word == word } }

  /// All forms, in the order of the reference.
  package static var entries: [Entry] { values + files + blocks + ends + [wait] }

  private static var values: [Entry] {
    [
      Entry(
        "let", "let NAME = PIPELINE", "Name a value",
        help: "The same name again in the same block names another value.",
        example: "let idle = bees --status stopped\nprint ($idle | count)"),
      Entry(
        "=", "NAME = PIPELINE", "Change the nearest variable of that name",
        help: "There must be one: `let` makes it.",
        example: "let total = 0\nfor n in 1..4 { total = $total + $n }\nprint $total"),
      Entry(
        "param", "param NAME: TYPE = DEFAULT \"HELP\"", "Declare a parameter of a script",
        help: "It becomes an option of `waggle run`. Types: text int float bool duration time list"
          + " record any.",
        example: "param region: text = us-east-1 \"Region to bring up\"\nprint $region"),
      Entry(
        "def", "def NAME(A, B: TYPE = DEFAULT, REST...) { … }", "Make a command of your own",
        help:
          "It is called like any other: `name 1 --b 2`. Its value is that of its last pipeline."
          + " Comment lines right above it are its help.",
        example:
          "def old(hours: int = 1) { bees | where (age .startedAt) > $hours * 1h }\n"
          + "print (old 24 | count)"),
    ]
  }

  private static var files: [Entry] {
    [
      Entry(
        "use", "use \"PATH\"", "Bring in the functions and values of another file",
        help:
          "The path is relative to the file that it stands in; `~/` is the home folder. That file"
          + " holds only `def`, `let` and `use`; it is brought in once, and its names must be new.",
        example: "use \"lib/fleet.waggle\"\nprint (idle-names)")
    ]
  }

  private static var blocks: [Entry] {
    [
      Entry(
        "if", "if CONDITION { … } else if CONDITION { … } else { … }", "Do one thing or another",
        help: "A condition is true, false or null; a command in it stands in ( ).",
        example: "if (bees | count) == 0 { print none }"),
      Entry(
        "for", "for X in LIST [parallel N] [keep-going] { … }", "Do something with each element",
        help: "`for x, i in LIST` counts from 0, `for k, v in RECORD` walks the fields, `1..5` is a"
          + " list too, and a stream is walked as it comes. As a value it is the list of what the"
          + " rounds gave. With `parallel` N rounds go on at a time and the first failure stops new"
          + " ones; with `keep-going` every round runs and one error lists what failed.",
        example: "for bee in (bees --limit 3) { print \"$bee.name is $bee.status\" }"),
      Entry(
        "while", "while CONDITION { … }", "Repeat as long as a condition holds",
        example: "let n = 3\nwhile $n > 0 { n = $n - 1 }\nprint $n"),
      Entry(
        "try", "try { … } catch E { … }", "Go on after an error",
        help: "E has kind, code, status, message, operation, requestId, retryable and at.",
        example: "try { print (instances get nobody) } catch e { print $e.message }"),
      Entry(
        "retry", "retry N [every DURATION] [backoff FACTOR] { … }",
        "Try a block again after an error that could pass",
        help: "N tries in all; the last error stands. What cannot pass, such as a wrong argument or"
          + " a missing instance, is raised at once.",
        example: "retry 3 every 2s backoff 2 { print (bees | count) }"),
      Entry(
        "timeout", "timeout DURATION { … }", "End a block that takes too long",
        help: "Inside another, the nearer deadline counts.",
        example: "timeout 30s { print (bees | count) }"),
      Entry(
        "step", "step \"TITLE\" { … }", "Name a part of a runbook",
        help: "It is shown when it begins and when it ends, with its time.",
        example: "step \"count\" { print (bees | count) }"),
      Entry(
        "defer", "defer { … }", "Do something at the end of the block, however it ends",
        example: "defer { print done }"),
    ]
  }

  private static var ends: [Entry] {
    [
      Entry(
        "assert", "assert CONDITION, \"MESSAGE\"", "Stop where a condition does not hold",
        example: "assert (bees | count) > 0, \"there are no instances\""),
      Entry(
        "fail", "fail \"MESSAGE\"", "Stop with an error",
        example: "try { fail \"not today\" } catch e { print $e.message }"),
      Entry(
        "limit", "limit changes|destroy NUMBER", "Refuse calls that change more than this",
        example: "limit changes 10"),
      Entry(
        "break", "break", "Leave a loop",
        example: "for n in 1..9 {\n    if $n == 3 { break }\n    print $n\n}"),
      Entry(
        "continue", "continue", "Go to the next round of a loop",
        example: "for n in 1..4 {\n    if $n == 3 { continue }\n    print $n\n}"),
      Entry(
        "return", "return PIPELINE", "End a function with a value",
        example: "def twice(n) { return $n * 2 }\nprint (twice 4)"),
      Entry(
        "exit", "exit [STATUS]", "End the script, or leave the prompt",
        help: "0 where no status is given; 255 is the largest.",
        example: "if (bees | count) > 0 { exit }"),
    ]
  }

  private static var wait: Entry {
    Entry(
      "wait",
      "wait SUBJECT until CONDITION [fail-if CONDITION] [timeout DURATION|never] [every DURATION]"
        + " [any [N]] [stuck-after DURATION]",
      "Look until a condition holds for a subject, or for all of a list",
      help: "The subject is a record that can be read again, an id, or a list of these. Looks come"
        + " quickly at first and then more slowly; a wait ends after 10m unless `timeout` says"
        + " otherwise, and at once where the condition can no longer come true. `ready` is running"
        + " and online, `settled` any end, `gone` no longer there. It gives the fresh record or list.",
      example: "let up = bees --status stopped | start | wait until status == running timeout 5m\n"
        + "print ($up | count)")
  }
}
