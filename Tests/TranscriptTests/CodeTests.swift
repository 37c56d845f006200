import Testing
import WaggleCheck

extension Explanation: CustomTestStringConvertible {
  package var testDescription: String { code }
}

/// Every code of a diagnostic has a session in `Codes-*.session`: what is wrong and what is said of
/// it, and its right twin, of which nothing is said.
struct CodeTests {
  /// Sessions by the code that their titles begin with.
  private static let sessions: [String: Transcript.Session] = {
    let files = Transcript.all.filter { $0.testDescription.hasPrefix("Codes-") }
    let titled = files.flatMap(\.sessions).compactMap { session in
      session.head.first.map { (String($0.dropFirst(2).prefix { $0 != ":" }), session) }
    }
    return Dictionary(titled, uniquingKeysWith: { first, _ in first })
  }()

  /// All codes but one whose message comes behind 500 others.
  private static let codes = ExplanationTable.all.filter { $0.code != "too-many-errors" }

  @Test("a transcript shows what is wrong, and a twin of which nothing is said", arguments: codes)
  func isShown(_ entry: Explanation) throws {
    let steps = try #require(
      Self.sessions[entry.code], "write `# \(entry.code): …`, then `scripts/accept` records it"
    ).steps
    let wrong = try #require(steps.first { $0.command.hasPrefix("waggle check wrong.") })
    let right = try #require(steps.first { $0.command.hasPrefix("waggle check right.") })
    #expect(wrong.expected.contains { $0.contains("[\(entry.code)]: ") })
    #expect(right.expected == [])
  }
}
