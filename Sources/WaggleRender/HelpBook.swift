package import WaggleCatalogue
import WaggleCheck
import WaggleValues

/// What `help` prints, made from the table of commands, the forms of the language and the catalogue.
///
/// In comes a topic as words: none, `language`, `wait`, `instances`, `instances deploy`, `Instance`;
/// out comes a page of text for a width, or nil where there is none of that name. Nothing here is
/// written for one command: what a page says stands in the tables that the checker reads too.
package struct HelpBook: Sendable {
  let catalogue: Catalogue

  /// Makes the book of a catalogue.
  package init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// The topics that a first word may name, sorted.
  package var topics: [String] {
    let words =
      ["language", "prompt"] + BuiltinTable.words + StatementTable.entries.map(\.word)
      + SessionCommand.allCases.map(\.rawValue) + catalogue.groups + catalogue.shortForms
      + types.map(\.name)
    return Set(words).sorted()
  }

  /// The types of record of the API, sorted by name.
  var types: [RecordType] {
    var types: [String: RecordType] = [:]
    for group in catalogue.groups {
      for operation in catalogue.commands(of: group) {
        if let type = operation.success.type { types[type.name] = type }
      }
    }
    return types.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The page of a topic; nil where there is none.
  package func page(_ topic: [String], _ style: Style, width: Int) -> String? {
    var page = HelpPage(style: style, width: width)
    guard write(topic, to: &page) else { return nil }
    return page.text
  }

  private func write(_ topic: [String], to page: inout HelpPage) -> Bool {
    guard let first = topic.first else {
      writeContents(to: &page)
      return true
    }
    if topic.count == 2 { return write(first, topic[1], to: &page) }
    guard topic.count == 1 else { return false }
    if first == "language" { writeLanguage(to: &page) }
    if first == "prompt" { writePrompt(to: &page) }
    if let entry = StatementTable.entry(first) { write(entry, to: &page) }
    if let command = SessionCommand(rawValue: first) { write(command, to: &page) }
    for builtin in Builtin.allCases where builtin.words.first == first { write(builtin, to: &page) }
    if let operation = catalogue.operation(shortForm: first) { write(operation, to: &page) }
    if catalogue.groups.contains(first) { writeGroup(first, to: &page) }
    if let type = types.first(where: { $0.name == first }) { write(type, to: &page) }
    if let entry = ExplanationTable.entry(first) { Self.write(entry, to: &page) }
    return !page.isEmpty
  }

  private func write(_ first: String, _ second: String, to page: inout HelpPage) -> Bool {
    if let builtin = Builtin(rawValue: "\(first) \(second)") {
      write(builtin, to: &page)
    } else if let operation = catalogue.operation(group: first, action: second) {
      write(operation, to: &page)
    } else {
      return false
    }
    return true
  }

  // MARK: Overviews

  private func writeContents(to page: inout HelpPage) {
    page.paragraph(
      "A line is a pipeline: commands joined by `|`, or a value such as `$bees` or `1 + 2`.")
    page.heading("Agents in the cloud")
    for group in catalogue.groups {
      page.row(group, catalogue.actions(of: group).joined(separator: " "))
    }
    page.row("short forms", catalogue.shortForms.joined(separator: " "))
    page.heading("Values")
    page.row("commands", BuiltinTable.words.joined(separator: " "))
    page.row("forms", StatementTable.entries.map(\.word).joined(separator: " "))
    page.heading("This prompt")
    for command in SessionCommand.allCases { page.row(command.usage, command.summary) }
    page.row("Ctrl-C, Ctrl-D", "Stop what runs; leave")
    page.heading("Pages")
    page.row("help language", "The language in short")
    page.row("help prompt", "Keys, `$_`, history")
    page.row("help instances deploy", "A command, with its options; so for every word above")
  }

  private func writeLanguage(to page: inout HelpPage) {
    page.heading("Forms")
    for entry in StatementTable.entries { page.row(entry.word, entry.summary) }
    page.heading("Commands")
    for builtin in Builtin.allCases {
      page.row(builtin.rawValue, BuiltinTable.entry(builtin).summary)
    }
    page.heading("Values")
    for (form, meaning) in Self.values { page.row(form, meaning) }
    page.heading("Expressions")
    for (form, meaning) in Self.expressions { page.row(form, meaning) }
  }

  private static let values = [
    ("42  3.5  true  null", "Numbers, truth, nothing"),
    ("500ms  5m  1h30m", "Durations"),
    ("hello  \"$name is up\"  'as it is'", "Text; double quotes fill in `$name` and `$( … )`"),
    ("[1, 2]  {name: scout}", "Lists and records"),
    ("$name  $bee.status  $list[0]", "Variables, fields, elements"),
    ("( … )", "The value of a pipeline"),
  ]

  private static let expressions = [
    ("== != < <= > >=", "Compare; values of different kinds are an error"),
    ("=~ !~", "Match a regular expression"),
    ("in  contains", "Look in a list or a text"),
    ("and or not", "Join conditions"),
    ("+ - * / // %", "Calculate; operators have spaces around them"),
    ("??", "The right side where the left one is null"),
    ("1..5", "A list of integers"),
    ("where status == running", "In a condition a word on the left is a field of the element"),
  ]

  private func writePrompt(to page: inout HelpPage) {
    page.row("$_", "The last result; a line that begins with `|` goes on from it")
    page.row("Tab", "Complete a word; again to see what there is")
    page.row("→, Ctrl-E", "Take the rest that is shown dimmed, from the history")
    page.row("↑ ↓, Ctrl-R", "Walk and search the history")
    page.row("Enter", "Run; a line that is not finished goes on with `…`")
    page.row("Ctrl-C", "Give up the line, or stop what runs; twice, without waiting for an answer")
    page.row("Ctrl-D", "Leave")
    page.row("Ctrl-Z", "Stop the program; `fg` takes it up again")
    for command in SessionCommand.allCases { page.row(command.usage, command.summary) }
    page.paragraph(
      "Keys are libedit's: Emacs keys, or vi keys with `bind -v` in ~/.editrc. Long results go"
        + " through $PAGER.")
  }
}

extension Builtin {
  /// The words of the command.
  fileprivate var words: [String] { rawValue.split(separator: " ").map(String.init) }
}

extension Success {
  /// The type of the records that it gives.
  var type: RecordType? {
    switch shape {
    case .record(let type), .list(let type, _): type
    case .receipt: .operationReceipt
    case .object, .any, .text, .stream, .nothing: nil
    }
  }
}
