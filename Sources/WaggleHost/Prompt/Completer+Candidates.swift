import WaggleCatalogue
import WaggleCheck
import WaggleEditor
import WaggleValues

/// What may stand at each kind of place.
extension Completer {
  /// The candidates for what the checker expects.
  func candidates(for expected: Expected, at spot: CursorSpot) -> [Completion.Candidate] {
    switch expected.place {
    case .command(let isPiped): return commands(isPiped: isPiped, isFirst: spot.head.isBlank)
    case .action(let group): return actions(of: group)
    case .format(let formats): return formats.map { .word($0) }
    case .variable(let names): return variables(names, at: spot)
    case .environment, .field, .condition: return fields(expected)
    case .option: return options(expected.options)
    case .id(let parameter):
      return ids(serving: parameter, spot) + (spot.word.isEmpty ? options(expected.options) : [])
    case .value(let schema):
      let values = self.values(of: schema, at: spot)
      return values.isEmpty && spot.word.isEmpty ? options(expected.options) : values
    }
  }

  /// The fields that a name behind a point, or a lone word of a condition, may be.
  func fields(_ expected: Expected) -> [Completion.Candidate] {
    switch expected.place {
    case .environment: knowledge.environment().sorted().map { Completion.Candidate($0) }
    case .field(let schema): schema.fieldCandidates
    case .condition(let schema, let isWaitedFor):
      (isWaitedFor ? Goal.allCases.map { .word($0.rawValue) } : []) + schema.fieldCandidates
    default: []
    }
  }

  // MARK: Commands

  private func commands(isPiped: Bool, isFirst: Bool) -> [Completion.Candidate] {
    let catalogue = knowledge.catalogue
    var words = BuiltinTable.words.filter { word in
      !isPiped || Builtin(rawValue: word).map { BuiltinTable.entry($0).takesInput } ?? true
    }
    words += knowledge.session.definedFunctions.map(\.name)
    if isPiped { words.append("wait") }
    words += catalogue.groups
    words += catalogue.shortForms.filter { word in
      !isPiped || catalogue.operation(shortForm: word).map { !$0.pathParameters.isEmpty } ?? true
    }
    if !isPiped { words += StatementTable.entries.filter(\.beginsLine).map(\.word) }
    if isFirst { words += SessionCommand.allCases.map(\.rawValue) }
    return Set(words).sorted().map { .word($0) }
  }

  private func actions(of group: String) -> [Completion.Candidate] {
    knowledge.catalogue.commands(of: group).map { .word($0.action, note: $0.summary) }
  }

  private func options(_ options: Expected.Options?) -> [Completion.Candidate] {
    guard let options else { return [] }
    let words = options.command.split(separator: " ").map(String.init)
    let operation =
      words.count == 2
      ? knowledge.catalogue.operation(group: words[0], action: words[1])
      : knowledge.catalogue.operation(shortForm: options.command)
    return options.names.map { name in
      .word("--" + name, note: operation?.parameter(named: name)?.help ?? Self.note(ofOption: name))
    }
  }

  private static func note(ofOption name: String) -> String {
    switch name {
    case "limit": "This many records in all"
    case "page": "That page only, counted from 0"
    case "body": "A record, which other options add to"
    default: ""
    }
  }

  // MARK: Values

  private func variables(_ names: [String], at spot: CursorSpot) -> [Completion.Candidate] {
    let sign = spot.word.hasPrefix("$") ? "$" : ""
    let last = knowledge.session.hadResult ? ["_"] : []
    return (last + ["env"] + names).sorted().map { Completion.Candidate(sign + $0) }
  }

  private func values(of schema: Schema, at spot: CursorSpot) -> [Completion.Candidate] {
    switch schema {
    case .choice(let values, _): return values.map { .word($0) }
    case .bool: return ["true", "false"].map { .word($0) }
    case .any, .text: return spot.looksLikePath ? files(spot.word) : names(at: spot)
    case .list(let element): return values(of: element, at: spot)
    default: return []
    }
  }

  private func ids(serving parameter: Parameter, _ spot: CursorSpot) -> [Completion.Candidate] {
    knowledge.seen.entries(ofTypes: ownTypes(for: parameter))
      .map { .word($0.id, note: "\($0.name)  \($0.state)") }
  }

  /// The types whose own id it takes: of a task that serves for an agent's the id is another.
  private func ownTypes(for parameter: Parameter) -> [String] {
    parameter.serves.filter { knowledge.catalogue.entry(named: $0.type)?.idField == $0.field }
      .map(\.type)
  }

  /// The ids of the records whose names begin with a word that begins no id.
  func ids(ofName word: String, _ parameter: Parameter) -> [Completion.Candidate] {
    let entries = knowledge.seen.entries(ofTypes: ownTypes(for: parameter))
    guard !word.isEmpty, !entries.contains(where: { $0.id.hasPrefix(word) }) else { return [] }
    return entries.filter { $0.name.hasPrefix(word) }.map { .word($0.id, note: $0.name) }
  }

  private func names(at spot: CursorSpot) -> [Completion.Candidate] {
    guard !spot.word.isEmpty || spot.kind == .text else { return [] }
    let entries = knowledge.seen.entries()
    let words = Set(entries.flatMap { [$0.name, $0.id] }.filter { !$0.isEmpty })
    return words.sorted().map { word in
      spot.kind == .text ? Completion.Candidate(word) : .value(word)
    }
  }

  /// The files whose path begins like a word.
  func files(_ word: String) -> [Completion.Candidate] {
    let end = word.lastIndex(of: "/").map { word.index(after: $0) } ?? word.startIndex
    let folder = String(word[..<end])
    let start = word[end...]
    return knowledge.files(folder)
      .filter { $0.hasPrefix(start) && (!$0.hasPrefix(".") || start.hasPrefix(".")) }
      .sorted()
      .map { name in
        let path = folder + name
        return name.hasSuffix("/") ? Completion.Candidate(path) : .value(path)
      }
  }
}

extension Completion.Candidate {
  /// A word that something follows.
  static func word(_ text: String, note: String = "") -> Completion.Candidate {
    Completion.Candidate(text, note: note, ending: " ")
  }

  /// A text, in quotes where it would not stand as one word.
  static func value(_ text: String) -> Completion.Candidate {
    let isWord = text.unicodeScalars.allSatisfy {
      !$0.properties.isWhitespace && !" '\"`$|;,\\()[]{}#".unicodeScalars.contains($0)
    }
    if isWord, !text.hasPrefix("-") { return .word(text) }
    return .word(
      "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''") + "'")
  }
}

extension CursorSpot {
  /// Whether the word begins as paths do.
  fileprivate var looksLikePath: Bool {
    ["/", "./", "../", "~/"].contains { word.hasPrefix($0) }
  }
}

extension StringProtocol {
  /// Whether there is nothing in it to be seen.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
