import Foundation
import Testing

/// A file of sessions as a person would see them on a screen; the main kind of test.
///
/// ```
/// # a script says hello
/// What stands between a title and the first prompt is for readers.
///
/// $ cat > hello.waggle <<END
/// print "hello"
/// fail "and goodbye"
/// END
/// $ waggle hello.waggle
/// hello
/// [err] error: and goodbye
/// [exit 1]
/// ```
///
/// **Sessions.** A line `# title` begins one. Each has a folder of its own, in which its relative
/// paths begin, and an empty environment: no `HOME`, no key. Nothing is left for the next one.
///
/// **Commands.** A line `$ command` is typed; lines that begin with `> ` continue it. The shell is a
/// small one: words with `'…'`, `"…"` and `\`, `NAME=value` before `waggle`, `a | b`, `> FILE`,
/// `< FILE`, and `<<WORD` with the lines up to one that is WORD. Beside `waggle` it knows `cat`,
/// `echo`, `printf` (with `\n \r \t \e \\ \xHH`), `mkdir` and `chmod`; `$PWD` in a value before
/// `waggle` is the session's folder. Each `waggle` is a fresh host with a
/// fresh sandbox; where `--sandbox` comes without `--clock`, the clock is virtual, so that nothing
/// takes time and nothing needs a wildcard. `TTY=80 waggle …` has a terminal of 80 columns;
/// `TYPED=1 waggle … <<END` has somebody who types these lines as answers.
///
/// **Output** is compared whole, line by line. A line of standard error stands behind `[err] `; a
/// status other than 0 is a last line `[exit N]`, an output that does not end its line is followed
/// by `[no newline]`. A control character is shown as its picture (`␛` for ESC). An output line that
/// could be taken for something else, or an empty one at the end, has a `\` before it. Empty lines
/// before a prompt or a title are for readers.
///
/// `scripts/accept` records the outputs anew.
struct Transcript: CustomTestStringConvertible, Sendable {
  /// A typed command and what it is to answer.
  struct Step {
    /// The lines as they stand in the file, from the prompt to the end of its input.
    let typed: [String]
    let command: String
    /// The lines up to the word of `<<WORD`; nil without one.
    let input: [String]?
    let expected: [String]
    /// Empty lines behind the output.
    let gap: [String]
    /// The line of the first line of output.
    let line: Int
  }

  /// A title, prose, and steps.
  struct Session {
    let head: [String]
    let steps: [Step]
  }

  let path: String
  let sessions: [Session]

  /// What a test run calls it.
  var testDescription: String { String(path.split(separator: "/").last ?? "") }

  /// Every transcript below the folder of this file.
  static let all: [Transcript] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().path
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".session") }.sorted().compactMap {
      Transcript(path: folder + "/" + $0)
    }
  }()

  init?(path: String) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    self.path = path
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    var sessions: [Session] = []
    var reader = Reader(lines: lines)
    while !reader.isAtEnd { sessions.append(reader.session()) }
    self.sessions = sessions
  }

  /// The file as it would be with other outputs, one list of lines for each step.
  func text(outputs: [[[String]]]) -> String {
    var lines: [String] = []
    for (session, answers) in zip(sessions, outputs) {
      lines += session.head
      for (step, answer) in zip(session.steps, answers) {
        lines += step.typed + answer + step.gap
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads the lines of a file.
  private struct Reader {
    let lines: [String]
    var next = 0

    var isAtEnd: Bool { next >= lines.count }

    private func isPrompt(_ line: String) -> Bool { line.hasPrefix("$ ") }
    private func isTitle(_ line: String) -> Bool { line.hasPrefix("# ") }

    mutating func session() -> Session {
      var head = [lines[next]]
      next += 1
      while !isAtEnd, !isPrompt(lines[next]), !isTitle(lines[next]) { head.append(take()) }
      var steps: [Step] = []
      while !isAtEnd, isPrompt(lines[next]) { steps.append(step()) }
      return Session(head: head, steps: steps)
    }

    private mutating func take() -> String {
      defer { next += 1 }
      return lines[next]
    }

    private mutating func step() -> Step {
      let begin = next
      var command = String(take().dropFirst(2))
      while !isAtEnd, lines[next].hasPrefix("> ") { command += "\n" + take().dropFirst(2) }
      var input: [String]?
      if let range = command.range(of: "<<") {
        let word = command[range.upperBound...].filter { $0 != "'" }
          .prefix { !$0.isWhitespace && $0 != "|" }
        var body: [String] = []
        while !isAtEnd, lines[next] != word { body.append(take()) }
        if !isAtEnd { next += 1 }
        input = body
      }
      let typed = Array(lines[begin..<next])
      let line = next + 1
      var output: [String] = []
      while !isAtEnd, !isPrompt(lines[next]), !isTitle(lines[next]) { output.append(take()) }
      var gap: [String] = []
      while output.last == "" { gap.append(output.removeLast()) }
      return Step(
        typed: typed, command: command, input: input, expected: output, gap: gap, line: line)
    }
  }
}
