import WaggleValues

/// Commands about the clock and about what is shown and hidden.
extension BuiltinTable {
  /// Commands about time.
  static func times(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .now:
      BuiltinEntry(
        builtin, "now", "Give this moment", example: "now", input: [], result: { _, _ in .time })
    case .age:
      BuiltinEntry(
        builtin, "age TIME", "Give how long ago a time was",
        help: "The age of null is null.", example: "instances list | where (age .createdAt) > 1h",
        input: [.time], result: { _, _ in .duration })
    default:
      BuiltinEntry(
        builtin, "sleep DURATION", "Do nothing for a while",
        help: "To wait for something to happen, `wait` is better.", example: "sleep 2s",
        input: [.duration], result: { _, _ in .null })
    }
  }

  /// Commands that write, and those about secrets.
  static func outside(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .print:
      BuiltinEntry(
        builtin, "print VALUE…", "Write values to standard output, a space between them",
        example: "print \"there are $(instances list | count) instances\"", input: [],
        takes: .values, result: { _, _ in .null })
    case .log:
      BuiltinEntry(
        builtin, "log VALUE…", "Write a line to standard error",
        example: "log \"starting\"", input: [], takes: .values, result: { _, _ in .null })
    case .table:
      BuiltinEntry(
        builtin, "table LIST|VALUE", "Print a list of records as a table",
        help: "The columns are the usual ones of the type, or all fields. Of a record a line for "
          + "each field.",
        example: "instances list | sort name | table", input: [.any], result: { _, _ in .null })
    case .secret:
      BuiltinEntry(
        builtin, "secret TEXT", "Make a secret of a text: it is never shown",
        example: "let key = secret \"abc\"\nprint $key", input: [.text, .secret],
        result: { _, _ in .secret })
    default:
      BuiltinEntry(
        builtin, "reveal SECRET", "Give the text of a secret",
        example: "reveal (secret \"abc\")", input: [.secret, .text], result: { _, _ in .text })
    }
  }

  /// The command for all that the catalogue lacks.
  static var request: BuiltinEntry {
    BuiltinEntry(
      .call, "call METHOD PATH [--body RECORD]", "Make a request of your own",
      help:
        "For what no other command does. METHOD is GET, POST, PUT, PATCH or DELETE and is written "
        + "out; PATH begins with a slash, has its query with it, and goes out as it is. A GET reads, "
        + "a DELETE counts for `limit destroy`, anything else for `limit changes`. It gives the "
        + "answer, out of its envelope where it has one.",
      example: "call GET \"/api/v1/instances?status=running&pageSize=3\" | map name",
      input: [.text], result: { _, _ in .any })
  }

  /// Commands about files, programs and whoever runs the script.
  static func machine(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .read:
      BuiltinEntry(
        builtin, "read FILE", "Give the text of a file",
        help: "UTF-8. A leading `~/` is the home folder; `/dev/stdin` is standard input. "
          + "`from json` and the like make more of it.",
        example: "\"[1, 2]\" | write \"/tmp/waggle-example.json\"\n"
          + "read \"/tmp/waggle-example.json\" | from json",
        input: [.text], result: { _, _ in .text })
    case .write:
      BuiltinEntry(
        builtin, "write FILE", "Make a value the whole of a file",
        help:
          "The value comes through the pipe: `… | write FILE`. A text is written as it is. Anything else is written as the name ends: .csv, .yaml, "
          + ".yml, .ndjson, .jsonl, or else as JSON. The file is there as a whole or not at all, and "
          + "keeps its permissions. Secrets are masked. A leading `~/` is the home folder.",
        example: "instances list | select name status | write \"/tmp/waggle-example.csv\"",
        input: [.any], takes: .positions([.needed(.text, "the file")]), result: { _, _ in .null })
    case .exec:
      BuiltinEntry(
        builtin, "exec [--env {NAME: VALUE}] PROGRAM ARGUMENT…", "Run a program",
        help:
          "What follows PROGRAM goes to it as it is, word for word; no shell looks at it. A text "
          + "that is piped in is its standard input. It gives `{stdout, stderr, code}`; where nothing "
          + "takes that, its output is written and a code other than 0 raises `exec`. It has this "
          + "process's environment without BEEOS_API_KEY, and no terminal. Secrets go to it through "
          + "`--env` alone. Ctrl-C and an enclosing `timeout` end it.",
        example: "(exec uname -s).stdout | trim", input: [.text],
        result: { _, _ in
          .record([("stdout", .text), ("stderr", .text), ("code", .int)])
        })
    case .ask:
      BuiltinEntry(
        builtin, "ask NAME QUESTION", "Ask whoever runs the script, and give the answer as a text",
        help: "`--answer NAME=value` answers it beforehand; without that and without a terminal it "
          + "is an error.",
        example: "let region = ask region \"Which region?\"\nprint $region",
        input: [],
        takes: .positions([.needed(.text, "a name for the answer"), .needed(.text, "a question")]),
        result: { _, _ in .text })
    default:
      BuiltinEntry(
        builtin, "confirm QUESTION", "Ask whoever runs the script, and give true for yes",
        help: "`--yes` answers it beforehand; without that and without a terminal it is an error.",
        example: "if (confirm \"Stop them all?\") { print \"so be it\" }", input: [.text],
        result: { _, _ in .bool })
    }
  }
}
