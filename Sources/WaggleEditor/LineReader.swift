/// What reading a line gave.
package enum LineRead: Equatable, Sendable {
  /// A line, without its newline; a paste or a recalled entry may have several lines.
  case line(String)
  /// Ctrl-C: the line was given up.
  case interrupted
  /// Ctrl-D on an empty line, the end of the input, or a terminal that is gone.
  case end
}

/// The port through which the prompt reads: `EditLineReader` on a terminal, `PlainReader` elsewhere.
///
/// A reader knows no language: what completes, hints and colours is given to it as closures.
package protocol LineReader: AnyObject {
  /// Reads one line, showing a prompt where there is somebody to see it.
  func read(prompt: String) -> LineRead
  /// Puts an entry into the history that the keys walk, as one entry however many lines it has.
  func remember(_ entry: String)
}

/// What Tab offers at a place of the line.
package struct Completion: Equatable, Sendable {
  /// How many bytes before the cursor the candidates replace.
  package let replacing: Int
  /// The candidates in the order shown; a single one is put in at once.
  package let candidates: [Candidate]

  /// One thing that may stand there.
  package struct Candidate: Equatable, Sendable {
    /// What is put into the line.
    package let text: String
    /// What the list shows behind it, dimmed; may be empty.
    package let note: String
    /// What is put in behind it where it is the only one, such as a space.
    package let ending: String

    /// Makes a candidate.
    package init(_ text: String, note: String = "", ending: String = "") {
      self.text = text
      self.note = note
      self.ending = ending
    }
  }

  /// Makes an offer.
  package init(replacing: Int, candidates: [Candidate]) {
    self.replacing = replacing
    self.candidates = candidates
  }

  /// What all candidates begin with, in whole characters.
  package var commonStart: String {
    guard var common = candidates.first.map({ Substring($0.text) }) else { return "" }
    for candidate in candidates.dropFirst() {
      while !candidate.text.hasPrefix(common) { common = common.dropLast() }
    }
    return String(common)
  }
}
