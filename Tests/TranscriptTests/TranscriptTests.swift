import Foundation
import Testing

/// Runs every transcript and compares what is seen with what was recorded.
struct TranscriptTests {
  private static let isAccepting = ProcessInfo.processInfo.environment["WAGGLE_ACCEPT"] != nil

  @Test("there are transcripts")
  func thereAreTranscripts() { #expect(!Transcript.all.isEmpty) }

  @Test("what is seen is what was recorded", arguments: Transcript.all)
  func runs(_ transcript: Transcript) throws {
    var outputs: [[[String]]] = []
    for session in transcript.sessions {
      let shell = try SessionShell()
      var answers: [[String]] = []
      for step in session.steps {
        let actual = try shell.run(step)
        answers.append(actual)
        if !Self.isAccepting, actual != step.expected { report(actual, step, session, transcript) }
      }
      outputs.append(answers)
    }
    if Self.isAccepting {
      try transcript.text(outputs: outputs).write(
        toFile: transcript.path, atomically: true, encoding: .utf8)
    }
  }

  /// Points at the first line that differs, and shows all of them.
  private func report(
    _ actual: [String], _ step: Transcript.Step, _ session: Transcript.Session,
    _ transcript: Transcript
  ) {
    let same = zip(actual, step.expected).prefix { $0 == $1 }.count
    let location = SourceLocation(
      fileID: "TranscriptTests/\(transcript.testDescription)", filePath: transcript.path,
      line: step.line + same, column: 1)
    let title = session.head.first?.dropFirst(2) ?? ""
    Issue.record(
      """
      \(title): $ \(step.command)
      \(difference(from: step.expected, to: actual).joined(separator: "\n"))
      """, sourceLocation: location)
  }

  /// The lines, those that were expected and did not come after `-`, those that came after `+`.
  private func difference(from expected: [String], to actual: [String]) -> [String] {
    let difference = actual.difference(from: expected)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var (old, new) = (0, 0)
    while old < expected.count || new < actual.count {
      if removed.contains(old) {
        lines.append("- " + expected[old])
        old += 1
      } else if inserted.contains(new) {
        lines.append("+ " + actual[new])
        new += 1
      } else {
        lines.append("  " + actual[new])
        old += 1
        new += 1
      }
    }
    return lines
  }
}
