import WaggleCatalogue
import WaggleCheck
import WaggleValues

/// The pages of single commands, forms and types.
extension HelpBook {
  func write(_ entry: StatementTable.Entry, to page: inout HelpPage) {
    write(entry.usage, entry.summary, entry.help, entry.example, to: &page)
  }

  func write(_ command: SessionCommand, to page: inout HelpPage) {
    write(command.usage, command.summary, command.help, command.example, to: &page)
  }

  func write(_ builtin: Builtin, to page: inout HelpPage) {
    let entry = BuiltinTable.entry(builtin)
    write(entry.usage, entry.summary, entry.help, entry.example, to: &page)
  }

  private func write(
    _ usage: String, _ summary: String, _ help: String, _ example: String, to page: inout HelpPage
  ) {
    page.heading(usage)
    page.paragraph(summary + ".")
    if !help.isEmpty { page.paragraph(help) }
    page.example(example)
  }

  /// A group: its commands with what they do.
  func writeGroup(_ group: String, to page: inout HelpPage) {
    for operation in catalogue.commands(of: group) {
      page.row(operation.signature, operation.summary)
    }
    page.paragraph("`help \(group) ACTION` says more.")
  }

  /// An operation: how it is typed, what it changes, what it takes, what it gives.
  func write(_ operation: Operation, to page: inout HelpPage) {
    page.heading(operation.signature)
    page.paragraph(operation.summary + "." + operation.effect.sentence)
    if let words = operation.shortWords { page.paragraph(words) }
    page.example(operation.example)
    if !operation.places.isEmpty {
      page.heading("Arguments")
      for parameter in operation.places { page.row(parameter.placeholder, parameter.words) }
      if !operation.pathParameters.isEmpty, !operation.success.isStream {
        page.row("", "A list of ids makes one call for each, eight at a time.")
      }
    }
    if !operation.optionRows.isEmpty {
      page.heading("Options")
      for (option, words) in operation.optionRows { page.row(option, words) }
    }
    for rule in operation.rules {
      if case .oneOf(let names) = rule {
        page.row(
          "",
          "One of " + names.map { "--" + Parameter.option(of: $0) }.joined(separator: ", ")
            + " is needed.")
      }
    }
    page.heading("Gives")
    page.paragraph(operation.success.words)
  }

  /// A type of record: its fields.
  func write(_ type: RecordType, to page: inout HelpPage) {
    page.heading("\(type.name): what the API tells of one")
    for field in type.fields {
      page.row(field.name, field.schema.words + (field.isOptional ? ", may be null" : ""))
    }
  }
}

extension Operation {
  /// How it is typed: `instances start ID`.
  var signature: String {
    let places = places.map { " " + $0.placeholder }.joined()
    return command + places + (optionRows.isEmpty ? "" : " [--OPTION VALUE …]")
  }

  /// What its short form is and does; nil without one.
  var shortWords: String? {
    shortForm.map { short in
      success.isStream
        ? "`\(short)` prints the reply in it as it grows, and gives what is there at its end."
        : "Short form: `\(short)`."
    }
  }

  /// What is given by place.
  var places: [Parameter] { pathParameters + positional.compactMap(parameter(named:)) }

  /// The options with what they take.
  var optionRows: [(String, String)] {
    let options = commandOptions.filter { !positional.contains($0.name) }
    var rows = (query.filter { $0.name == "page" } + options)
      .map { ("--" + $0.option, $0.words) }
    if success.isPaged {
      rows.append(("--limit", "This many records in all (int)"))
    }
    if !body.isEmpty { rows.append(("--body", "A record, which other options add to")) }
    if stream != nil, !success.isStream {
      rows.append(("--stream", "Print the answer as it grows (true or false)"))
    }
    return rows
  }
}

extension CallEffect {
  /// A sentence with a space before it; empty for a read.
  var sentence: String {
    switch self {
    case .read: ""
    case .change: " It changes something: `--read-only` refuses it."
    case .destroy: " It cannot be undone: `--read-only` refuses it, `limit destroy` counts it."
    }
  }
}

extension Parameter {
  /// What it is for and what it takes.
  var words: String {
    var notes = [takesDurations ? "duration or milliseconds" : form?.valid ?? schema.words]
    if isRequired, preset == nil { notes.insert("needed", at: 0) }
    if let length, schema.isText { notes.append("at most \(length.upperBound) characters") }
    if let count { notes.append("at most \(count.upperBound)") }
    if let range, range.lowerBound >= 0 {
      notes.append(
        range.upperBound >= Int(Int32.max)
          ? "from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)")
    }
    return "\(help) (\(notes.joined(separator: ", ")))"
  }
}

extension Success {
  /// What a call gives.
  fileprivate var words: String {
    switch shape {
    case .record(let type): "A record: \(type.name). `help \(type.name)` lists its fields."
    case .list(let type, _):
      "A list of records: \(type.name). `help \(type.name)` lists its fields."
    case .object: "A record."
    case .any: "Whatever the API answers."
    case .receipt: "A record with the `operationId` of the runtime operation that it began."
    case .text: "A text."
    case .stream: "A stream of events, which `for` walks."
    case .nothing: "Nothing."
    }
  }
}

extension Schema {
  /// What a person calls values of it.
  var words: String {
    switch self {
    case .any: "any value"
    case .null: "null"
    case .bool: "true or false"
    case .int: "int"
    case .float: "float"
    case .number: "number"
    case .text: "text"
    case .choice(let values, let isOpen):
      values.joined(separator: " | ") + (isOpen ? " | a new one in quotes" : "")
    case .duration: "duration"
    case .time: "time"
    case .secret: "secret"
    case .list(let element): "list of " + element.words
    case .typed(let type): type.name
    case .record: "record"
    case .stream(let item): "stream of " + item.words
    }
  }

  /// Whether its values are text of any kind.
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
