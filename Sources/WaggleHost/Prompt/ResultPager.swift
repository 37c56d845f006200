import Glibc

/// Shows a text that is longer than the screen with the program that `$PAGER` names.
///
/// Without the variable `less -RFX` is tried; `PAGER=` and `PAGER=cat` turn paging off.
struct ResultPager: Sendable {
  /// The command line for the shell; nil where nothing is paged.
  let command: String?

  /// Takes what the environment says.
  init(_ environment: (String) -> String?) {
    let wish = environment("PAGER")
    let isDumb = ["", "dumb"].contains(environment("TERM") ?? "")
    switch wish {
    case nil: command = isDumb || !Self.has("less", in: environment("PATH")) ? nil : "less -RFX"
    case ""?, "cat"?: command = nil
    case let wish?: command = isDumb ? nil : wish
    }
  }

  /// Whether a text takes more rows than a screen has, one being left for the prompt.
  static func isLong(_ text: String, columns: Int, rows: Int) -> Bool {
    var used = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      used += 1 + max(0, line.count - 1) / max(columns, 1)
      if used > rows { return true }
    }
    return false
  }

  /// Shows a text that is longer than the screen; gives what is still to be written: all or nothing.
  func paged(
    _ text: String, on screen: PromptScreen, _ terminal: Terminal, _ signals: PromptSignals
  ) -> String {
    let size = screen.size()
    guard command != nil, screen.isTerminal, screen.isEdited,
      Self.isLong(text, columns: size.columns, rows: size.rows - 1)
    else { return text }
    terminal.flush()
    return signals.duringChild { terminal.aside { show(text) } } ? "" : text
  }

  /// Hands a text to the pager and waits until it is left; false where there is none to be had.
  func show(_ text: String) -> Bool {
    guard let command else { return false }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard let child = Self.spawn(command, input: ends[0]) else {
      close(ends[0])
      close(ends[1])
      return false
    }
    close(ends[0])
    _ = DescriptorSink(descriptor: ends[1]).write(Array(text.utf8))
    close(ends[1])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let isNotFound = status == 127 << 8 || status == 126 << 8
    return !isNotFound
  }

  /// Starts the shell with the signals as they are for any program.
  private static func spawn(_ command: String, input: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var child: pid_t = 0
    let failure = withCStrings(["sh", "-c", command]) { arguments in
      withCStrings(Folder.environment) { environment in
        posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, environment)
      }
    }
    return failure == 0 ? child : nil
  }

  private static func has(_ program: String, in path: String?) -> Bool {
    (path ?? "").split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }
}

/// Lends texts to C as an array that a null ends.
private func withCStrings<R>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
) -> R {
  var pointers: [UnsafeMutablePointer<CChar>?] = []
  for text in texts { pointers.append(strdup(text)) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
