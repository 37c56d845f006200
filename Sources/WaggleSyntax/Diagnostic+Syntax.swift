import WaggleText

// All that the lexer and the parser say. Each factory is a code; code in backticks is as typed.

extension Diagnostic {
  /// A piece of code as it stands in a message.
  static func quoted(_ code: String) -> String { "`\(clipped(code))`" }

  /// The start of a piece of code: of its first line, no more than a message can hold.
  private static func clipped(_ code: String) -> Substring {
    let start = code.prefix(41).prefix { !$0.isNewline }
    return start.count > 40 ? start.prefix(37) + "…" : start
  }

  /// An error of its code; only the `Diagnostic+…` files of this room make any.
  static func error(
    _ code: String, _ message: String, at span: Span, hint: String = "", labels: [Label] = [],
    help: [String] = []
  ) -> Diagnostic {
    Diagnostic(.error, code: code, message, at: span, hint: hint, labels: labels, help: help)
  }

  // MARK: Something is missing

  static func expected(_ what: String, found: String, at span: Span) -> Diagnostic {
    error("expected", "expected \(what), found \(found)", at: span)
  }

  static func expectedBlock(found: String, at span: Span) -> Diagnostic {
    error("expected-block", "expected a block, found \(found)", at: span, hint: "`{` stands here")
  }

  static func expectedFormals(_ name: String, found: String, at span: Span) -> Diagnostic {
    error(
      "expected-parameters", "expected the parameters of `\(name)`, found \(found)", at: span,
      hint: "write `def \(name)() {`", help: ["the `(` touches the name"])
  }

  static func expectedColon(_ key: String, found: String, at span: Span) -> Diagnostic {
    error(
      "expected-colon", "expected `:` and a value, found \(found)", at: span,
      hint: "write `\(clipped(key)): …`")
  }

  static func unexpected(_ found: String, at span: Span) -> Diagnostic {
    error(
      "unexpected", "expected the end of the statement, found \(found)", at: span,
      help: ["stages are joined with `|`, statements with `;` or a new line"])
  }

  // MARK: Names

  static func notAName(_ word: String, _ what: String, at span: Span) -> Diagnostic {
    let type = word.hasSuffix(":") ? "types stand behind the names of `param` and `def` only" : ""
    return error(
      "not-a-name", "expected \(what), found \(quoted(word))", at: span,
      hint: spacedEquals(word) ?? type,
      help: ["a name is made of letters, digits, `_`, and `-` inside"])
  }

  private static func spacedEquals(_ word: String) -> String? {
    let sides = clipped(word).split(separator: "=", maxSplits: 1)
    if sides.count == 1, word.hasSuffix("=") { return "write `\(sides[0]) = …`" }
    return sides.count == 2 ? "write `\(sides[0]) = \(sides[1])`" : nil
  }

  static func dollarInName(_ span: Span) -> Diagnostic {
    error(
      "dollar-in-name", "a variable is set without `$`", at: span, hint: "leave out the `$`")
  }

  static func notACommand(_ word: String, at span: Span) -> Diagnostic {
    let isPath = word.hasPrefix("./") || word.hasPrefix("/")
    let isNumeral = word.utf8.first.map(Spelling.isDigit) ?? false
    let advice =
      isPath
      ? "write `exec \(clipped(word))`"
      : NearNumber.advice(word) ?? "operators need spaces around them"
    return error(
      "not-a-command", "\(quoted(word)) is not a command", at: span,
      hint: spacedEquals(word) ?? (isPath || isNumeral || word.hasPrefix(".") ? advice : ""),
      help: ["text stands in quotes, a variable has a `$`"])
  }

  static func foreignWord(_ word: String, _ advice: String, at span: Span) -> Diagnostic {
    error("foreign-word", "there is no `\(word)` in this language", at: span, hint: advice)
  }

  static func misplacedStatement(_ word: String, at span: Span) -> Diagnostic {
    error(
      "misplaced-statement", "`\(word)` begins a statement, which cannot stand here", at: span,
      help: ["a statement begins at the start of a line or behind `;`"])
  }

  static func topLevelOnly(_ word: String, at span: Span) -> Diagnostic {
    error(
      "top-level-only", "`\(word)` stands at the top of a file, not in a block", at: span,
      hint: "move it out of the block")
  }

  static func elseOnOwnLine(_ word: String, at span: Span) -> Diagnostic {
    error(
      "else-on-own-line", "`\(word)` stands on the line of the `}` before it", at: span,
      hint: "write `} \(word)`")
  }

  static func clauseTwice(_ word: String, at span: Span) -> Diagnostic {
    error("clause-twice", "`\(word)` stands there already", at: span)
  }

  // MARK: Blocks and pipes

  static func braceNeedsSpace(at span: Span) -> Diagnostic {
    error("brace-needs-space", "a `{` needs a space before it", at: span)
  }

  static func braceOnOwnLine(at span: Span) -> Diagnostic {
    error("brace-on-own-line", "the `{` of a block stands on the line above", at: span)
  }

  static func pipelineNeedsParentheses(at span: Span) -> Diagnostic {
    error(
      "pipeline-needs-parentheses", "a pipeline in a condition stands in `( )`", at: span,
      hint: "write `($list | count) > 3`")
  }

  static func commandNeedsParentheses(_ word: String, at span: Span) -> Diagnostic {
    error(
      "command-needs-parentheses", "a command in a condition stands in `( )`", at: span,
      hint: "write `(\(clipped(word)) …)`")
  }

  static func pipeBehindBlock(at span: Span) -> Diagnostic {
    error(
      "pipe-behind-block", "a block cannot be piped on", at: span,
      help: ["bind its value with `let x = …`, or put the block alone in `( )`"])
  }

  static func leadingPipe(at span: Span) -> Diagnostic {
    error(
      "leading-pipe", "nothing stands before this `|`", at: span,
      help: ["at the prompt a line that starts with `|` goes on from the last result"])
  }

  static func valueInLaterStage(at span: Span) -> Diagnostic {
    error(
      "value-in-later-stage", "behind a `|` stands a command, not a value", at: span,
      help: ["the value before the `|` is the first argument of the command behind it"])
  }

  static func emptyParentheses(at span: Span) -> Diagnostic {
    error(
      "empty-parentheses", "nothing stands in these parentheses", at: span,
      help: ["an empty list is `[]`, a command without arguments stands alone"])
  }

  // MARK: Arguments

  static func operatorArgument(
    _ sign: String, behind command: String?, at span: Span
  ) -> Diagnostic {
    let help =
      switch sign {
      case "&&", "&", "||":
        "commands stand on lines of their own or with `;` between; conditions join with `and` `or`"
      case _ where sign.hasPrefix(">") && sign != ">=", _ where sign.hasPrefix("2>"):
        "to compare, put the expression in `( )`; to write to a file, end with `| write FILE`"
      case "+=", "-=": "write `x = $x + 1`"
      case "=": "to set a variable write `x = …`; to compare write `==` in `( )`"
      case "..": "a range as an argument stands in `( )`: `(1..3)`"
      default: "put the expression in `( )`, or the sign in quotes"
      }
    return error(
      "operator-argument", "\(quoted(sign)) cannot be an argument", at: span,
      help: [help]
        + (command.map { ["`\($0)` is a command here, a variable would be `$\($0)`"] } ?? []))
  }

  static func noCondition(
    _ command: String, _ meant: String, at span: Span, _ sign: Span
  ) -> Diagnostic {
    error(
      "operator-argument", "\(quoted(command)) takes no condition", at: span,
      hint: "did you mean `\(meant)`?", labels: [Label(sign, "no argument")])
  }

  static func missingInput(_ command: String, at span: Span) -> Diagnostic {
    error(
      "missing-input", "`\(command)` has no value to look at", at: span,
      hint: "write `$list | \(command) …`")
  }

  static func commaArgument(at span: Span) -> Diagnostic {
    error(
      "comma-argument", "arguments have spaces between them, no commas", at: span,
      help: ["a list is `[a, b]`, a comma in a text stands in quotes"])
  }

  static func dotArgument(_ word: String, at span: Span) -> Diagnostic {
    error(
      "dot-argument", "there is no subject here that \(quoted(word)) could be a field of", at: span,
      hint: "a file is `./\(word == "." ? "" : clipped(word))`",
      help: ["the field of a variable is `$name.field`"])
  }

  static func rangeArgument(_ word: String, at span: Span) -> Diagnostic {
    error(
      "range-argument", "a range as an argument stands in `( )`", at: span,
      hint: "`(\(clipped(word)))`")
  }

  static func shortOption(_ word: String, at span: Span) -> Diagnostic {
    error(
      "short-option", "options have two dashes and a whole name", at: span,
      help: ["as text it stands in quotes: `\"\(clipped(word))\"`"])
  }

  static func notAnOption(_ word: String, at span: Span) -> Diagnostic {
    error(
      "not-an-option", "\(quoted(word)) is not an option", at: span,
      help: ["an option is `--name`, as text it stands in quotes"])
  }

  static func optionElsewhere(at span: Span) -> Diagnostic {
    error(
      "option-elsewhere", "an option cannot stand here", at: span,
      help: ["as text it stands in quotes"])
  }

  static func optionValue(_ name: String, at span: Span) -> Diagnostic {
    error(
      "option-value", "the value of `--\(clipped(name))=` is missing", at: span,
      hint: "it touches the `=`")
  }

  static func spreadNeedsValue(at span: Span) -> Diagnostic {
    error(
      "spread-needs-value", "`...` touches what it spreads", at: span, hint: "write `...$list`",
      help: ["as text it stands in quotes: `\"...\"`"])
  }

  static func spreadElsewhere(at span: Span) -> Diagnostic {
    error(
      "spread-elsewhere", "`...` stands among arguments, in a list or in a record", at: span)
  }

  static func callParentheses(_ word: String, at span: Span) -> Diagnostic {
    error(
      "call-parentheses", "calls have no parentheses", at: span, hint: "write `\(clipped(word)) …`",
      help: ["in an expression the whole call stands in `( )`: `(\(clipped(word)) $x)`"])
  }

  static func indexedWord(_ word: String, at span: Span) -> Diagnostic {
    error(
      "indexed-word", "a word touches a bracket", at: span,
      hint: "write `(\(clipped(word)))[…]` for a command, `$\(clipped(word))[…]` for a variable")
  }

  static func touchingBracket(_ sign: String, at span: Span) -> Diagnostic {
    error(
      "touching-bracket", "`\(sign)` touches the argument before it", at: span,
      help: ["put a space before it; in a text it is `$( … )`"])
  }

  // MARK: Operators

  static func touching(_ found: String, at span: Span) -> Diagnostic {
    error(
      "touching", "\(found) touches the value before it", at: span,
      help: ["operators need spaces around them; pieces of one text stand in quotes: `\"a-$b\"`"])
  }

  static func operatorNeedsSpace(
    _ sign: String, at span: Span, help: [String] = []
  ) -> Diagnostic {
    error(
      "operator-needs-space", "operators need spaces around them", at: span,
      hint: "put spaces around `\(sign)`", help: help)
  }

  static func bindsByOne(at span: Span) -> Diagnostic {
    error("foreign-operator", "`==` compares", at: span, hint: "a variable is set by one `=`")
  }

  static func foreignOperator(_ sign: String, _ advice: String, at span: Span) -> Diagnostic {
    error("foreign-operator", "`\(sign)` is no operator here", at: span, hint: advice)
  }

  static func chained(_ first: String, _ second: String, at span: Span) -> Diagnostic {
    error(
      "chained-operators", "`\(second)` cannot follow `\(first)`", at: span,
      help: ["join two comparisons with `and`, or put one in `( )`"])
  }

  static func notNeedsParentheses(at span: Span) -> Diagnostic {
    error("not-needs-parentheses", "`not` behind an operator stands in `( )`", at: span)
  }

  static func minusNeedsOperand(at span: Span) -> Diagnostic {
    error("minus-needs-operand", "a minus sign touches what it negates", at: span)
  }

  // MARK: Texts

  static func badEscape(_ escape: String, at span: Span) -> Diagnostic {
    error(
      "bad-escape", "\(quoted(escape)) is no escape", at: span,
      help: [#"there are `\n \t \r \\ \" \$ \e \u{1F41D}`; a backslash is `\\`"#])
  }

  static func badDollar(_ text: String, at span: Span) -> Diagnostic {
    error(
      "bad-dollar", "`$` stands before a name, `{` or `(`, not \(quoted(text))", at: span,
      help: [#"a dollar sign in a text is `\$`; parameters have names: `param`, `def name(a, b)`"#])
  }

  static func badBraces(at span: Span) -> Diagnostic {
    error(
      "bad-braces", "`${ }` holds a name and its path, without spaces", at: span,
      help: ["anything else stands in `$( … )`"])
  }

  static func optionalInText(at span: Span) -> Diagnostic {
    error(
      "optional-in-text", "`?.` in a text needs braces", at: span, hint: "write `${name?.field}`")
  }

  static func indexInText(at span: Span) -> Diagnostic {
    error(
      "index-in-text", "only a whole number in `[ ]` goes on with a name in a text", at: span,
      hint: "write `${name[…]}`", help: ["a `[` behind a filled-in name is text after `${name}`"])
  }

  static func plainText(at span: Span) -> Diagnostic {
    error("plain-text", "nothing can be filled in here", at: span)
  }

  static func keyNeedsQuotes(_ word: String, at span: Span) -> Diagnostic {
    error(
      "key-needs-quotes", "\(quoted(word)) is not a name", at: span,
      hint: "write `\"\(clipped(word))\":`")
  }

  static func blockOpening(_ sign: String, at span: Span) -> Diagnostic {
    error("block-opening", "`\(sign)` ends its line; the text begins on the next", at: span)
  }

  static func blockIndentation(at span: Span, closing: Span) -> Diagnostic {
    error(
      "block-indentation", "this line is indented less than the closing quotes", at: span,
      labels: [Label(closing, "this indentation is taken off every line")])
  }

  // MARK: Characters

  static func strayCharacter(_ scalar: Unicode.Scalar?, at span: Span) -> Diagnostic {
    let value = scalar?.value ?? 0
    let isQuote = (0x2018...0x201D).contains(value)
    let digits = String(value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return error(
      "stray-character", "the character \(code) has no meaning here", at: span,
      hint: isQuote ? "write a straight quote" : "remove it, or put it in quotes")
  }

  static func backtick(at span: Span) -> Diagnostic {
    error("backtick", "backticks mean nothing here", at: span, hint: "write `$( … )`")
  }

  static func backslash(at span: Span) -> Diagnostic {
    error(
      "backslash", "a backslash stands at the end of a line, or in quotes", at: span,
      hint: "put the text in quotes")
  }
}
