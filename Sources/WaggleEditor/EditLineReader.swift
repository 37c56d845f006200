import CEditLine
import Glibc

/// Edits a line on a terminal with libedit: Emacs and vi keys, `~/.editrc`, history, search.
///
/// What libedit lacks is added at the one place where it waits for a key: resizing, Ctrl-C and
/// Ctrl-Z (all through a `WakePipe`), and the dimmed rest of the newest entry that begins like the
/// line. A bracketed paste goes into the line as it is, newlines included, and runs only when Enter
/// is pressed. It knows no language: Tab and hints ask the closures it is given.
///
/// libedit is not safe to share, so a reader stays on the thread that made it.
package final class EditLineReader: LineReader {
  /// What Tab offers: the line and the cursor, in bytes.
  package var complete: (String, Int) -> Completion = { _, _ in
    Completion(replacing: 0, candidates: [])
  }
  /// The rest of the line that a hint offers; nil for none.
  package var hint: (String) -> String? = { _ in nil }

  let editor: OpaquePointer
  let screen: TerminalScreen
  private let history: OpaquePointer
  private let source: UnsafeMutablePointer<FILE>
  private let sink: UnsafeMutablePointer<FILE>
  private let wake: WakePipe
  private var keys: KeyInput
  private var prompt: UnsafeMutablePointer<CChar>?
  private var promptWidth = 0
  private var ending: LineRead?
  var shownHint = ""

  /// Takes a terminal, nil where libedit refuses it; the descriptors stay the caller's.
  ///
  /// - Parameters:
  ///   - input: The terminal that keys come from.
  ///   - output: The terminal that prompt and line are drawn on.
  ///   - wake: What reaches the reader while it waits.
  package init?(input: Int32, output: Int32, wake: WakePipe) {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    guard let source = fdopen(dup(input), "r"), let sink = fdopen(dup(output), "w"),
      let editor = el_init("waggle", source, sink, sink), let history = history_init()
    else { return nil }
    (self.editor, self.history, self.wake) = (editor, history, wake)
    (self.source, self.sink) = (source, sink)
    screen = TerminalScreen(output: sink)
    keys = KeyInput(descriptor: input)
    cel_history_size(history, 10_000)
    configure()
  }

  deinit {
    el_end(editor)
    history_end(history)
    fclose(source)
    fclose(sink)
    free(prompt)
  }

  /// Reads a line; the terminal is in editing modes only meanwhile.
  package func read(prompt text: String) -> LineRead {
    free(prompt)
    prompt = strdup(text)
    promptWidth = screen.width(ofPrompt: text)
    ending = nil
    var count: Int32 = 0
    cel_prepare(editor, 1)
    screen.write(screen.knowsPaste ? "\u{1B}[?2004h" : "")
    let line = el_gets(editor, &count)
    screen.write(screen.knowsPaste ? "\u{1B}[?2004l" : "")
    guard let line, count > 0 else { return end() }
    var read = String(cString: line)
    if read.hasSuffix("\n") { read.removeLast() }
    return .line(read)
  }

  /// Adds an entry to the history that the arrow keys and Ctrl-R walk.
  package func remember(_ entry: String) { cel_history_add(history, entry) }

  private func end() -> LineRead {
    el_reset(editor)
    if ending == .interrupted { screen.write("^C\n") } else { screen.write("\n") }
    return ending ?? .end
  }

  private func configure() {
    cel_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    cel_set_prompt(editor, promptOfEditor, 1)
    cel_set_reader(editor, keyOfEditor)
    cel_use_history(editor, history)
    cel_set_keys(editor, "emacs")
    cel_take_signal_keys(editor)
    cel_add_command(editor, "waggle-complete", "Completes the word at the cursor", completeInEditor)
    cel_add_command(editor, "waggle-paste", "Takes a bracketed paste as it is", pasteInEditor)
    cel_add_command(editor, "waggle-forward", "Moves on, or takes the hint", forwardInEditor)
    cel_add_command(editor, "waggle-end", "Moves to the end, or takes the hint", endInEditor)
    for (key, command) in Self.bindings { cel_bind(editor, key, command) }
    el_source(editor, nil)
    if cel_has_vi_keys(editor) != 0 { bindForVi() }
  }

  /// Binds again what `bind -v` in `~/.editrc` undid.
  ///
  /// In vi mode a sequence that begins with Escape leaves insert mode, and its rest is a command.
  private func bindForVi() {
    for (key, command) in Self.bindings where !key.hasPrefix("\\e") {
      cel_bind(editor, key, command)
    }
    cel_bind_command(editor, "[200~", "waggle-paste")
  }

  private static let bindings = [
    ("^I", "waggle-complete"), ("^R", "em-inc-search-prev"), ("\\e[200~", "waggle-paste"),
    ("^E", "waggle-end"), ("\\e[F", "waggle-end"), ("\\eOF", "waggle-end"),
    ("^F", "waggle-forward"), ("\\e[C", "waggle-forward"), ("\\eOC", "waggle-forward"),
    ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[3~", "ed-delete-next-char"),
    ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
  ]
}

// MARK: - Waiting for a key

extension EditLineReader {
  /// The next key: 1 with one, 0 at the end, -1 where the line is given up.
  fileprivate func nextKey(_ key: UnsafeMutablePointer<wchar_t>) -> Int32 {
    drawHint()
    defer { eraseHint() }
    while true {
      if let scalar = keys.buffered() {
        if let event = Self.event(of: scalar) {
          if handle(event) { continue }
          return -1
        }
        key.pointee = wchar_t(scalar.value)
        return 1
      }
      switch keys.wait(orFor: wake.readEnd) {
      case .key: continue
      case .woken:
        for event in wake.take() where !handle(event) { return ending == .end ? 0 : -1 }
      case .end:
        ending = .end
        return 0
      }
    }
  }

  /// What a key means that no editor command gets: the terminal makes no signals of them meanwhile,
  /// for a paste may hold them.
  private static func event(of key: Unicode.Scalar) -> EditorEvent? {
    switch key {
    case "\u{03}": .interrupted
    case "\u{1A}": .suspended
    default: nil
    }
  }

  /// Acts on an event; false where it ends the line.
  private func handle(_ event: EditorEvent) -> Bool {
    switch event {
    case .resized:
      leaveLine()
      el_resize(editor)
      cel_redraw(editor)
    case .suspended: suspend()
    case .interrupted:
      ending = .interrupted
      return false
    case .ended:
      ending = .end
      return false
    }
    drawHint()
    return true
  }

  /// Clears what prompt and line take, the cursor then standing where the prompt began.
  private func leaveLine() {
    eraseHint()
    let before = promptWidth + screen.width(of: lineBeforeCursor)
    let rows = before / max(screen.columns, 1) + lineBeforeCursor.count { $0 == "\n" }
    screen.write("\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[J")
  }

  private func suspend() {
    leaveLine()
    screen.write(screen.knowsPaste ? "\u{1B}[?2004l" : "")
    cel_prepare(editor, 0)
    kill(getpid(), SIGSTOP)
    cel_prepare(editor, 1)
    screen.write(screen.knowsPaste ? "\u{1B}[?2004h" : "")
    cel_redraw(editor)
  }
}

// MARK: - What keys do

extension EditLineReader {
  /// The text before the cursor.
  var lineBeforeCursor: String {
    guard let line = el_line(editor)?.pointee else { return "" }
    let bytes = UnsafeBufferPointer(start: line.buffer, count: line.cursor - line.buffer)
    return String(decoding: bytes.lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether the cursor stands at the end of a line that has something in it.
  private var isAtEnd: Bool {
    guard let line = el_line(editor)?.pointee else { return false }
    return line.cursor == line.lastchar && line.cursor > line.buffer
  }

  /// Shows the rest of what the line may become, dimmed, where it fits the row.
  private func drawHint() {
    guard shownHint.isEmpty, screen.canDim, isAtEnd else { return }
    let line = lineBeforeCursor
    guard !line.contains("\n"), let rest = hint(line)?.prefix(while: { $0 != "\n" }) else { return }
    let column = (promptWidth + screen.width(of: line)) % max(screen.columns, 1)
    let width = screen.width(of: String(rest))
    guard width > 0, column + width < screen.columns else { return }
    shownHint = String(rest)
    screen.write("\u{1B}[2m\(rest)\u{1B}[22m\u{1B}[\(width)D")
  }

  private func eraseHint() {
    guard !shownHint.isEmpty else { return }
    shownHint = ""
    screen.write("\u{1B}[K")
  }

  /// Moves the cursor on, or takes the hint where there is nowhere to go.
  fileprivate func forward(by count: Int32) -> UInt8 {
    if isAtEnd, let rest = hint(lineBeforeCursor) {
      el_insertstr(editor, rest)
    } else {
      el_cursor(editor, count)
    }
    return UInt8(CC_REFRESH)
  }

  /// Takes a paste up to its end mark, without the control characters in it.
  fileprivate func paste() -> UInt8 {
    let text = keys.readPaste()
    guard !text.isEmpty else { return UInt8(CC_NORM) }
    if cel_has_vi_keys(editor) != 0 { el_push(editor, "a") }
    return el_insertstr(editor, text) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
  }

  fileprivate func completeWord() -> UInt8 {
    let line = lineBeforeCursor
    let offer = complete(line, line.utf8.count)
    guard !offer.candidates.isEmpty else { return UInt8(CC_REFRESH_BEEP) }
    let typed = String(decoding: line.utf8.suffix(offer.replacing), as: UTF8.self)
    let only = offer.candidates.count == 1 ? offer.candidates.first : nil
    let common = only.map { $0.text + $0.ending } ?? offer.commonStart
    // Several candidates may be spelled otherwise altogether, such as the ids of a name.
    let goesOn =
      common.utf8.count > typed.utf8.count
      && common.lowercased().hasPrefix(typed.lowercased())
    if goesOn || (only != nil && common != typed) {
      el_deletestr(editor, Int32(typed.unicodeScalars.count))
      el_insertstr(editor, common)
      return UInt8(CC_REFRESH)
    }
    guard offer.candidates.count > 1 else { return UInt8(CC_REFRESH) }
    screen.write("\n" + screen.columnsOf(offer.candidates))
    return UInt8(CC_REDISPLAY)
  }

  fileprivate var promptPointer: UnsafeMutablePointer<CChar>? { prompt }
}

// Callbacks that C calls: they find the reader by the pointer that libedit keeps for it.

private func reader(of editor: OpaquePointer?) -> EditLineReader? {
  guard let editor, let client = cel_client(editor) else { return nil }
  return Unmanaged<EditLineReader>.fromOpaque(client).takeUnretainedValue()
}

private func promptOfEditor(_ editor: OpaquePointer?) -> UnsafeMutablePointer<CChar>? {
  reader(of: editor)?.promptPointer
}

private func keyOfEditor(_ editor: OpaquePointer?, _ key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
  guard let key, let reader = reader(of: editor) else { return 0 }
  return reader.nextKey(key)
}

private func completeInEditor(_ editor: OpaquePointer?, _: Int32) -> UInt8 {
  reader(of: editor)?.completeWord() ?? UInt8(CC_ERROR)
}

private func pasteInEditor(_ editor: OpaquePointer?, _: Int32) -> UInt8 {
  reader(of: editor)?.paste() ?? UInt8(CC_ERROR)
}

private func forwardInEditor(_ editor: OpaquePointer?, _: Int32) -> UInt8 {
  reader(of: editor)?.forward(by: 1) ?? UInt8(CC_ERROR)
}

private func endInEditor(_ editor: OpaquePointer?, _: Int32) -> UInt8 {
  reader(of: editor)?.forward(by: .max / 2) ?? UInt8(CC_ERROR)
}
