import Foundation
import Glibc

/// The program on a terminal of its own, driven as a person does: keys in, the screen's bytes out.
///
/// What is waited for is a text, with a deadline that only a failure meets.
final class Pseudoterminal {
  /// How long a text may take to come before the test fails.
  private static let patience: Int32 = 20_000

  /// `POSIX_SPAWN_SETSID`, which the C library shows to programs of its own only.
  private static let newSession: Int32 = 0x80

  private let master: Int32
  let process: pid_t
  private var isReaped = false
  /// What came, and the same without escape sequences.
  private var raw: [UInt8] = []
  private var bytes: [UInt8] = []
  private var taken = 0
  private var isClosed = false

  /// The program beside the tests that were built with it.
  private static let program: String = {
    var folder = URL(filePath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.path + "/waggle")
    {
      folder.deleteLastPathComponent()
    }
    return folder.path + "/waggle"
  }()

  /// What went wrong with the terminal itself, or did not come in time.
  struct Trouble: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts `waggle --sandbox --instances 3` at a prompt.
  init(
    _ arguments: [String] = ["--sandbox", "--instances", "3"], environment: [String: String] = [:],
    columns: UInt16 = 80, rows: UInt16 = 24
  ) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&ends.master, &ends.slave, &name, nil, &size) == 0 else {
      throw Trouble(description: "no pseudo-terminal")
    }
    master = ends.master
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    defer { close(ends.slave) }
    var variables = ["TERM": "xterm", "NO_COLOR": "1", "PATH": "/usr/bin:/bin", "PAGER": "cat"]
    variables.merge(environment) { $1 }
    process = try Self.spawn(
      arguments, variables,
      terminal: String(
        decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  deinit {
    if !isReaped {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
  }

  /// Starts it as the leader of a session, for which the first terminal it opens is its own.
  private static func spawn(
    _ arguments: [String], _ environment: [String: String], terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes,
      Int16(Self.newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map {
      strdup("\($0.key)=\($0.value)")
    }
    words.append(nil)
    variables.append(nil)
    defer { for text in words + variables { free(text) } }
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, &attributes, words, variables) == 0 else {
      throw Trouble(description: "\(program) does not start")
    }
    return process
  }

  /// Types keys.
  func type(_ keys: String) {
    _ = Array(keys.utf8).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  /// Whether it shows what is typed.
  var hasEcho: Bool {
    var state = termios()
    return tcgetattr(master, &state) == 0 && state.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Gives the terminal another width.
  func resize(columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Takes off the terminal, as a window that is closed does.
  func hangUp() { kill(process, SIGHUP) }

  /// Reads until a text comes; gives what came up to its end since the last time.
  @discardableResult func expect(_ text: String) throws -> String {
    let wanted = Array(text.utf8)
    // What ticks goes on writing for ever: the time for a text is not that for a byte.
    let deadline = ContinuousClock.now + .milliseconds(Int(Self.patience))
    while true {
      if let end = find(wanted) {
        defer { taken = end }
        return String(decoding: bytes[taken..<end], as: UTF8.self)
      }
      guard ContinuousClock.now < deadline, read() else {
        let seen = String(decoding: bytes[taken...], as: UTF8.self)
        throw Trouble(description: "`\(text)` did not come, but: \(seen.debugDescription)")
      }
    }
  }

  /// Waits for the end of the program; gives its exit status, or 128 and more for a signal.
  func finish() throws -> Int32 {
    while read() {}
    guard isClosed else { throw Trouble(description: "the program does not end") }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    isReaped = true
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Waits until the program is stopped; false where it does not.
  func waitForStop() -> Bool {
    for _ in 0..<Self.patience / 10 {
      var status: Int32 = 0
      if waitpid(process, &status, WUNTRACED | WNOHANG) == process { return status & 0xFF == 0x7F }
      poll(nil, 0, 10)
    }
    return false
  }

  /// The bytes without escape sequences and bells; one that is cut at the end is left out.
  private static func plain(_ raw: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    var isInEscape = false
    for (index, byte) in raw.enumerated() {
      if byte == 0x1B {
        isInEscape = true
      } else if isInEscape {
        let isStart = raw[index - 1] == 0x1B && byte == 0x5B
        if !isStart, (0x40...0x7E).contains(byte) { isInEscape = false }
      } else if byte != 0x07 {
        plain.append(byte)
      }
    }
    return plain
  }

  private func find(_ wanted: [UInt8]) -> Int? {
    let rest = bytes[taken...]
    guard rest.count >= wanted.count else { return nil }
    return rest.indices.first { rest[$0...].starts(with: wanted) }.map { $0 + wanted.count }
  }

  /// Reads what is there; false at the end, or when nothing came for too long.
  private func read() -> Bool {
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, Self.patience) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(master, &chunk, chunk.count)
    guard count > 0 else {
      isClosed = true
      return false
    }
    raw += chunk[..<count]
    bytes = Self.plain(raw)
    return true
  }
}
