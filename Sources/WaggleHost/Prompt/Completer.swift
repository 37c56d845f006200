import WaggleCatalogue
import WaggleCheck
import WaggleEditor
import WaggleSyntax
import WaggleText

/// What Tab offers: a function of the line, the cursor and what the session knows.
///
/// The line up to the cursor is closed, a mark is put in the place of the word, and the checker says
/// what it would take there (`Expected`): so completion knows the type of `$bees | where st⇥` as well
/// as checking does. Where the line cannot be read so far, the words that may follow the command are
/// offered. No call is made, and nothing is read but the folder that a file name begins with.
struct Completer {
  /// What there is to choose from.
  struct Knowledge {
    var catalogue: Catalogue
    var session: Session
    var seen: SeenRecords
    /// The names of the variables of the environment.
    var environment: () -> [String] = { [] }
    /// The names of the profiles.
    var profiles: () -> [String] = { [] }
    /// What is in a folder, folders with a `/` behind them.
    var files: (String) -> [String] = { _ in [] }
  }

  let knowledge: Knowledge
  /// A line longer than this is a paste, in which nobody asks for a word.
  private static let longestLine = 16 << 10
  /// More candidates than this are listed without their notes, many to a row.
  private static let mostNoted = 16

  /// What may stand at a cursor, which counts bytes.
  static func complete(_ line: String, _ cursor: Int, _ knowledge: Knowledge) -> Completion {
    let text = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
    guard text.utf8.count <= longestLine, let spot = CursorSpot(text) else { return .nothing }
    return Completer(knowledge: knowledge).completion(at: spot)
  }

  private func completion(at spot: CursorSpot) -> Completion {
    if let topic = ofSession(spot) { return topic }
    if let (before, name) = spot.afterPoint,
      let expected = expected(spot, mark: before + Expected.mark)
    {
      return choose(fields(expected), name)
    }
    if let expected = expected(spot, mark: spot.sign + Expected.mark) {
      if case .id(let parameter) = expected.place {
        let ids = ids(ofName: spot.word, parameter)
        if !ids.isEmpty {
          return Completion(replacing: spot.word.utf8.count, candidates: ids)
        }
      }
      return choose(candidates(for: expected, at: spot), spot.word)
    }
    return choose(following(spot), spot.word)
  }

  /// What the checker expects where the mark stands, closing the line in the ways that may help.
  private func expected(_ spot: CursorSpot, mark: String) -> Expected? {
    for ending in ["", " { }", " 1", " until ready"] {
      let text = spot.head + mark + ending + spot.closers + "\n"
      var sources = SourceMap()
      let source = Source(name: "prompt", text: text)
      let script = Parser.parse(source, id: sources.add(source), mode: .prompt).script
      let expected = Checker.expected(
        in: script, catalogue: knowledge.catalogue, session: knowledge.session)
      if let expected { return expected }
    }
    return nil
  }

  /// Keeps the candidates that the word begins, and says what they replace.
  func choose(_ candidates: [Completion.Candidate], _ word: String) -> Completion {
    var kept = candidates.filter { $0.text.hasPrefix(word) || $0.text.hasPrefix("'" + word) }
    if kept.isEmpty {
      kept = candidates.filter { Self.folded($0.text).hasPrefix(Self.folded(word)) }
    }
    if kept.count > Self.mostNoted {
      kept = kept.map { Completion.Candidate($0.text, ending: $0.ending) }
    }
    return Completion(replacing: word.utf8.count, candidates: kept)
  }

  /// A word without what options do not look at.
  private static func folded(_ word: String) -> String {
    word.lowercased().filter { $0 != "-" && $0 != "_" }
  }
}

extension Completion {
  /// No offer.
  static let nothing = Completion(replacing: 0, candidates: [])
}

extension CursorSpot {
  /// What the word begins with that is no part of a name.
  fileprivate var sign: String {
    switch kind {
    case .plain, .text: ""
    case .variable: word.hasPrefix("$") ? "$" : ""
    case .option: "--"
    }
  }
}
