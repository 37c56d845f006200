import CEditLine
import Glibc

/// What the editor must know of the terminal that it draws on: how wide it is and what it can do.
struct TerminalScreen {
  private let output: UnsafeMutablePointer<FILE>
  /// Whether it dims text and clears to the end of a row.
  let canDim: Bool
  /// Whether it marks pastes when asked.
  let knowsPaste: Bool

  init(output: UnsafeMutablePointer<FILE>) {
    self.output = output
    let kind = getenv("TERM").map { String(cString: $0) } ?? ""
    knowsPaste = !["", "dumb", "unknown"].contains(kind)
    canDim = knowsPaste && getenv("NO_COLOR") == nil
  }

  /// How many columns it has now; 80 where it does not say.
  var columns: Int {
    var size = winsize()
    guard ioctl(fileno(output), UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes at once.
  func write(_ text: String) {
    guard !text.isEmpty else { return }
    fputs(text, output)
    fflush(output)
  }

  /// How many columns a text takes, by the C library's table, which libedit draws by too.
  func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + max(0, Int(cel_width(wchar_t($1.value)))) }
  }

  /// The same of a prompt, whose escape sequences stand between U+0001.
  func width(ofPrompt prompt: String) -> Int {
    prompt.split(separator: "\u{01}", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 0 }
      .reduce(0) { $0 + width(of: String($1.element)) }
  }

  /// Candidates in as many columns as fit, or one a line with their notes; at most 200 of them.
  func columnsOf(_ candidates: [Completion.Candidate]) -> String {
    let shown = candidates.prefix(200)
    let more = candidates.count > 200 ? "… and \(candidates.count - 200) more\n" : ""
    let widest = shown.map { width(of: $0.text) }.max() ?? 0
    if shown.contains(where: { !$0.note.isEmpty }) {
      return shown.map { noted($0, widest: widest) }.joined() + more
    }
    let across = max(1, columns / (widest + 2))
    let rows = (shown.count + across - 1) / across
    let lines = (0..<rows).map { row in
      stride(from: row, to: shown.count, by: rows)
        .map { pad(shown[$0].text, to: widest + 2) }.joined().trimmedEnd + "\n"
    }
    return lines.joined() + more
  }

  private func noted(_ candidate: Completion.Candidate, widest: Int) -> String {
    let room = columns - widest - 3
    let note = room > 8 ? String(candidate.note.prefix(room)) : ""
    let dimmed = canDim && !note.isEmpty ? "\u{1B}[2m\(note)\u{1B}[22m" : note
    return (note.isEmpty ? candidate.text : pad(candidate.text, to: widest + 2) + dimmed) + "\n"
  }

  private func pad(_ text: String, to wanted: Int) -> String {
    text + String(repeating: " ", count: max(0, wanted - width(of: text)))
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
