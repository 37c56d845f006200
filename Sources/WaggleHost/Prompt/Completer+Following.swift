import WaggleCatalogue
import WaggleCheck
import WaggleEditor
import WaggleRender
import WaggleSyntax
import WaggleValues

/// What is completed without the checker: the prompt's own commands, and the words that go on from
/// one that the parser has not enough of yet.
extension Completer {
  /// The arguments of the prompt's own commands; nil for any other line.
  func ofSession(_ spot: CursorSpot) -> Completion? {
    let words = spot.head.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let command = words.first.flatMap(SessionCommand.init), spot.head.last == " " else {
      return nil
    }
    switch command {
    case .help: return choose(topics(Array(words.dropFirst())), spot.word)
    case .save: return choose(files(spot.word), spot.word)
    case .forget:
      let session = knowledge.session
      let names = session.variableNames + session.definedFunctions.map(\.name)
      return choose(names.sorted().map { .word($0) }, spot.word)
    case .profile: return choose(knowledge.profiles().map { .word($0) }, spot.word)
    case .vars, .history, .status, .why: return .nothing
    }
  }

  /// What `help` has a page for, behind the words that are there already.
  private func topics(_ words: [String]) -> [Completion.Candidate] {
    guard let first = words.first else {
      return HelpBook(knowledge.catalogue).topics.map { .word($0) }
    }
    guard words.count == 1 else { return [] }
    return knowledge.catalogue.commands(of: first).map { .word($0.action, note: $0.summary) }
  }

  /// The words that may follow in the last stage of the line.
  func following(_ spot: CursorSpot) -> [Completion.Candidate] {
    let ends: Set<Character> = ["|", ";", "(", "{", "\n", "="]
    let stage = spot.head.split(omittingEmptySubsequences: false) { ends.contains($0) }.last ?? ""
    let words = stage.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first, spot.kind == .plain else { return [] }
    return Self.words(after: words, first).map { .word($0) }
  }

  private static func words(after words: [String], _ first: String) -> [String] {
    let operators = BinaryOperator.allCases.filter(\.comparesOrJoins).map(\.rawValue)
    switch first {
    case "wait":
      guard words.contains("until") else { return ["until"] }
      return ["timeout", "every", "any", "fail-if", "stuck-after"] + operators
    case "for": return words.contains("in") ? [] : ["in"]
    case "limit": return words.count == 1 ? CallLimit.allCases.map(\.rawValue) : []
    case "sort", "min", "max": return ["asc", "desc"] + operators
    case "where", "count", "map", "group", "sum", "if", "while", "assert": return operators
    default: return []
    }
  }
}

extension BinaryOperator {
  /// Whether it is a word, or compares: what one asks for by Tab.
  fileprivate var comparesOrJoins: Bool {
    switch self {
    case .plus, .minus, .times, .divide, .floorDivide, .remainder, .range, .orElse: false
    default: true
    }
  }
}

extension Schema {
  /// The fields of such a value.
  var fieldCandidates: [Completion.Candidate] {
    switch self {
    case .typed(let type): type.fields.map { .field($0.name, $0.schema) }
    case .record(let fields?): fields.map { .field($0.name, $0.schema) }
    default: []
    }
  }
}

extension Completion.Candidate {
  /// A field; of a record one may go on with a point.
  fileprivate static func field(_ name: String, _ schema: Schema) -> Completion.Candidate {
    switch schema {
    case .record, .typed, .list, .any: Completion.Candidate(name)
    default: .word(name)
    }
  }
}
