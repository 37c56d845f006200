import CHost
import Glibc
import WaggleEval

/// Starts a process with streams of ours.
struct Spawn {
  /// Whose terminal a process has.
  enum Session {
    /// None: it has a session of its own, and whatever it starts can be ended with it.
    case own
    /// Ours, so that it may ask somebody for something.
    case shared
  }

  /// Where it runs; empty for this process's own folder.
  let directory: String
  let session: Session

  /// Three pipes, of which each side has an end.
  struct Streams {
    /// Where to write its input, and where to read its output and its errors.
    private(set) var ours: [Int32] = []
    /// What it has as 0, 1 and 2.
    private(set) var theirs: [Int32] = []

    /// Makes the pipes; no other process inherits them.
    init(_ program: String) throws(ExecFault) {
      for stream in 0...2 {
        var ends: [Int32] = [-1, -1]
        guard host_pipe(&ends) == 0 else {
          let failure = errno
          closeAll()
          throw .notStarted(program, failure)
        }
        ours.append(stream == 0 ? ends[1] : ends[0])
        theirs.append(stream == 0 ? ends[0] : ends[1])
        _ = fcntl(ours[stream], F_SETFL, O_NONBLOCK)
      }
    }

    func closeAll() { for descriptor in ours + theirs { close(descriptor) } }
  }

  /// Starts a file with arguments, of which the first is its name, and an environment.
  func start(
    _ file: String, _ arguments: [String], _ environment: [String], _ streams: [Int32]
  ) throws(ExecFault) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    if !directory.isEmpty { host_begin_in(&actions, directory) }
    var attributes = posix_spawnattr_t()
    setUp(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var process: pid_t = 0
    let failure = Self.withPointers(to: arguments) { arguments in
      Self.withPointers(to: environment) { environment in
        posix_spawn(&process, file, &actions, &attributes, arguments, environment)
      }
    }
    switch failure {
    case 0: return process
    case ENOEXEC, EACCES: throw .notExecutable(arguments.first ?? file)
    default: throw .notStarted(arguments.first ?? file, failure)
    }
  }

  /// Its session, every signal as usual and none held back.
  private func setUp(_ attributes: inout posix_spawnattr_t) {
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = (session == .own ? 0x80 : 0) | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  private static func withPointers<R>(
    to texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
  ) -> R {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
