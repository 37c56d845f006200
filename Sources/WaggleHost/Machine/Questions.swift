import Glibc
import WaggleEval
import WaggleTime

/// Asks whoever runs the script, or takes the answer that the command line gave.
struct Questions: Sendable {
  /// Whether `--yes` was given.
  let isConfirmed: Bool
  /// What `--answer` gave, by name.
  let answers: [String: String]
  let terminal: Terminal
  /// Reads a line that somebody types; nil where nobody is there.
  let keyboard: Keyboard?

  /// The answer to a question, without its line end.
  func ask(_ name: String, _ question: String, on strand: Strand) throws(Fault) -> String {
    if let answer = answers[name] { return answer }
    guard let keyboard else { throw Fault(.nobodyToAsk(name)) }
    return try line(after: question + " ", keyboard, on: strand)
  }

  /// Whether the answer is yes; an answer that is neither yes nor no is asked for again.
  func confirm(_ question: String, on strand: Strand) throws(Fault) -> Bool {
    if isConfirmed { return true }
    guard let keyboard else { throw Fault(.nobodyToConfirm) }
    while true {
      switch try line(after: question + " [y/N] ", keyboard, on: strand).lowercased() {
      case "y", "yes": return true
      case "", "n", "no": return false
      default: continue
      }
    }
  }

  /// The line that somebody types behind a question; throws where nobody is there.
  func line(after question: String, on strand: Strand) throws(Fault) -> String {
    guard let keyboard else { throw Fault(.nobodyToConfirm) }
    return try line(after: question, keyboard, on: strand)
  }

  private func line(
    after question: String, _ keyboard: Keyboard, on strand: Strand
  ) throws(Fault) -> String {
    let answer = terminal.asking(question, isStopped: { strand.cancellation != nil }) {
      keyboard.line { strand.cancellation != nil }
    }
    guard let answer else { throw Fault(.cancelled(strand.cancellation ?? .interrupted)) }
    if case .line = answer {} else { terminal.complain("\n") }
    switch answer {
    case .line(let line): return line
    case .end: throw Fault(.noAnswer)
    case .stopped: throw Fault(.cancelled(strand.cancellation ?? .interrupted))
    }
  }
}

/// Where somebody types the answers to questions.
package struct Keyboard: Sendable {
  /// What came of waiting for a line.
  package enum Answer: Sendable {
    /// A line, without its end.
    case line(String)
    /// There will be none.
    case end
    /// The run is to stop.
    case stopped
  }

  /// Waits for a line; asks now and then whether it is to stop.
  package let line: @Sendable (_ isStopped: () -> Bool) -> Answer
  /// The same for a line that nobody is to see.
  package let hiddenLine: @Sendable (_ isStopped: () -> Bool) -> Answer

  /// Makes one of ways to wait for a line, and for one that is not shown; the same where no other is
  /// given.
  package init(
    line: @escaping @Sendable (_ isStopped: () -> Bool) -> Answer,
    hiddenLine: (@Sendable (_ isStopped: () -> Bool) -> Answer)? = nil
  ) {
    self.line = line
    self.hiddenLine = hiddenLine ?? line
  }
}
