import WaggleValues

/// Commands about text; what they make of a secret is a secret.
extension BuiltinTable {
  /// Commands that take texts apart and put them together.
  static func texts(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .join:
      BuiltinEntry(
        builtin, "join LIST [TEXT]", "Make one text of the elements, with a text between them",
        help: "Without a text nothing stands between them.",
        example: "instances list | map name | join \", \"",
        takes: .positions([.optional(.text, "the text between")]), result: { _, _ in .text })
    case .split:
      BuiltinEntry(
        builtin, "split TEXT [SEPARATOR]", "Cut a text where a separator stands",
        help: "Without one, at white space, as a shell does; `\"\"` gives the characters.",
        example: "\"a,b,,c\" | split \",\"", input: [.text],
        takes: .positions([.optional(.text, "the separator")]), result: { _, _ in .list(.text) })
    case .lines:
      BuiltinEntry(
        builtin, "lines TEXT", "Give the lines of a text, without their ends",
        help: "What follows the last line end is a line only where it is not empty.",
        example: "\"one\\ntwo\" | lines", input: [.text],
        result: { _, _ in .list(.text) })
    case .replace:
      BuiltinEntry(
        builtin, "replace TEXT OLD NEW", "Put a new text wherever an old one stands",
        help: "Plain text, not a regular expression.",
        example: "\"scout-1\" | replace scout ranger", input: [.text],
        takes: .positions([.needed(.text, "the old text"), .needed(.text, "the new text")]),
        result: { _, _ in .text })
    case .match, .format: patterns(builtin)
    default:
      BuiltinEntry(
        builtin, "\(builtin.rawValue) TEXT",
        builtin == .trim
          ? "Take the white space from both ends"
          : "Make every letter \(builtin == .upper ? "a capital" : "a small one")",
        example: "\" Scout \" | \(builtin.rawValue)", input: [.text], result: { _, _ in .text })
    }
  }

  private static func patterns(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .match:
      BuiltinEntry(
        builtin, "match TEXT PATTERN", "Give what a regular expression matches first, or null",
        help: "A record: `text` is what matched, `groups` a list of its groups (null for one that "
          + "took no part), and each group with a name, `(?<kind>…)`, is a field of that name.",
        example: "\"scout-12\" | match '^(?<kind>[a-z]+)-([0-9]+)$'", input: [.text],
        takes: .positions([.needed(.text, "the pattern")]), result: { _, _ in .any })
    default:
      BuiltinEntry(
        builtin, "format VALUE TEMPLATE", "Fill a value into a text, in columns if wanted",
        help: "`{name}` is a field of the record, `{target.scope}` one of a field, `{}` the value "
          + "itself; `{{` and `}}` are braces. `{name:10}` is 10 wide, numbers to the right, all "
          + "else to the left; `<`, `^` and `>` choose: `{name:>10}`. `{cost:.2}` has two decimals, "
          + "`{n:05}` zeros in front. A list gives a list.",
        example: "instances list | format \"{name:12} {totalRunSeconds:>8}\" | join \"\\n\"",
        input: [.any], takes: .positions([.needed(.text, "the template")]),
        result: { input, _ in
          switch input.family {
          case .list: .list(.text)
          case nil: .any
          default: .text
          }
        })
    }
  }
}
