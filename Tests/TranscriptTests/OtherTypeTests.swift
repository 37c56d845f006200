import Testing
import WaggleCatalogue
import WaggleCheck
import WaggleSyntax
import WaggleText

/// What the checker says of the API it says of every type: each of its codes has a session in
/// `Types-Others.session` on another type than Instance, or knows no type at all.
struct OtherTypeTests {
  private static let sessions: [(code: String, session: Transcript.Session)] =
    Transcript.all.filter { $0.testDescription == "Types-Others.session" }.flatMap(\.sessions).map {
      (String(($0.head.first ?? "").dropFirst(2).prefix { $0 != ":" }), $0)
    }

  /// What is said of names, blocks, files, formats and literals, whatever type a value has.
  private static let typeless: Set<String> = [
    "bad-method", "break-outside", "environment-alone", "missing-format", "name-outside",
    "no-last-result", "out-of-defer", "out-of-parallel", "parameter-is-flag", "prompt-command",
    "read-before-set", "return-outside", "second-function", "second-key", "second-parameter",
    "unknown-format", "unknown-type", "unknown-variable", "unreachable", "unreadable-file",
    "unreadable-literal",
    "use-conflict", "use-cycle", "use-path", "use-statement",
  ]

  /// Whether the parser says it, which knows neither types nor commands.
  private static func isSyntax(_ entry: Explanation) -> Bool {
    var map = SourceMap()
    let source = Source(name: entry.isMarkdown ? "wrong.md" : "wrong", text: entry.wrong)
    let parsed = Parser.parse(source, id: map.add(source), mode: .file)
    return parsed.diagnostics.contains { $0.code == entry.code }
  }

  @Test("a code of the checker has a case on another type, or is known to be about none")
  func everyCodeIsAccountedFor() {
    let codes = ExplanationTable.all.filter { !Self.isSyntax($0) }.map(\.code)
    let shown = Set(Self.sessions.map(\.code))
    #expect(codes.count > 60)
    #expect(codes.filter { !shown.contains($0) && !Self.typeless.contains($0) } == [])
    #expect(Self.typeless.subtracting(codes) == [], "these are codes of the parser, or of nobody")
    #expect(Self.typeless.intersection(shown) == [], "these have a case, and so a type")
  }

  @Test("a case is about what it says, and its right twin is silent", arguments: sessions.indices)
  func isShown(_ index: Int) throws {
    let (code, session) = Self.sessions[index]
    let wrong = try #require(
      session.steps.first { $0.command.hasPrefix("waggle check wrong.") }, "\(code)")
    let right = try #require(
      session.steps.first { $0.command.hasPrefix("waggle check right.") }, "\(code)")
    #expect(wrong.expected.contains { $0.contains("[\(code)]: ") }, "\(code)")
    #expect(right.expected == [], "\(code)")
  }

  @Test("no case is about an instance", arguments: sessions.indices)
  func isAboutAnotherType(_ index: Int) {
    let (code, session) = Self.sessions[index]
    let script = session.steps.first?.input ?? []
    let words = Set(script.flatMap { $0.split { !$0.isLetter } }.map(String.init))
    let groups = Catalogue.beeOS.groups
    let commands = groups.map { group in
      [group] + Catalogue.beeOS.commands(of: group).compactMap(\.shortForm)
    }
    for (group, names) in zip(groups, commands) where group == "instances" {
      #expect(words.isDisjoint(with: names), "\(code): \(words)")
    }
    let others = zip(groups, commands).filter { $0.0 != "instances" }.flatMap(\.1)
    #expect(!words.isDisjoint(with: others), "\(code): \(words)")
  }
}
