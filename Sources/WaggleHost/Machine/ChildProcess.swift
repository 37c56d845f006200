import Glibc
import WaggleEval
import WaggleTime

/// A program under way: fed, listened to, and ended when it is no longer wanted.
///
/// Mostly it runs in a session of its own, so it has no terminal, and whatever it starts ends with it.
/// It has ended when the program has, even where something that it left behind holds its outputs open.
///
/// On posix_spawn and poll, not on a library: a strand is a thread that may wait, and its waiting has
/// to hear of cancellation, of both outputs, of the input and of the end at once.
struct ChildProcess {
  /// How it ended.
  enum Outcome {
    /// With a code, which is 128 and the signal's number for one that a signal ended.
    case ended(code: Int, signal: Int?)
    /// It was ended because the strand is to stop.
    case cancelled(Cancellation)
    /// It was ended because it wrote too much.
    case tooMuch(limit: Int)
  }

  /// What to do with bytes that came, and whether that was all; where not, they are kept.
  typealias Taker = (_ bytes: ArraySlice<UInt8>, _ isError: Bool) -> Bool

  /// What it wrote to its outputs and nobody took.
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []

  private let process: pid_t
  /// What is ended: its whole group, or itself where it is one of ours.
  private let target: pid_t
  private var input: ArraySlice<UInt8>
  /// Our ends of its three streams; -1 for one that is closed.
  private var pipes: [Int32]
  private var status: Int32?

  /// The most bytes of each output that are kept.
  private static let most = 64 << 20
  /// How long the outputs are listened to when the program has ended, and how long it has to end
  /// when it is asked to; in rounds of 20 milliseconds.
  private static let (lingering, grace) = (5, 100)

  /// Starts a program.
  init(
    _ file: String, _ execution: Execution, environment: [String], directory: String,
    _ session: Spawn.Session
  ) throws(ExecFault) {
    input = Array((execution.input ?? "").utf8)[...]
    let streams = try Spawn.Streams(execution.program)
    pipes = streams.ours
    do throws(ExecFault) {
      process = try Spawn(directory: directory, session: session).start(
        file, [execution.program] + execution.arguments, environment, streams.theirs)
    } catch {
      streams.closeAll()
      throw error
    }
    target = session == .own ? -process : process
    for descriptor in streams.theirs { close(descriptor) }
    if input.isEmpty { end(0) }
  }

  /// Waits for its end.
  mutating func run(on strand: Strand, _ take: Taker) -> Outcome {
    defer { for stream in pipes.indices { end(stream) } }
    var silent = 0
    while silent < Self.lingering {
      if let reason = strand.cancellation {
        kill(on: strand)
        return .cancelled(reason)
      }
      let isHeard = exchange(on: strand, take)
      if output.count > Self.most || errors.count > Self.most {
        kill(on: strand)
        return .tooMuch(limit: Self.most)
      }
      if hasEnded {
        silent = pipes[1] < 0 && pipes[2] < 0 ? Self.lingering : isHeard ? 0 : silent + 1
      }
    }
    return ended
  }

  private var ended: Outcome {
    let status = status ?? 0
    let signal = Int(status & 0x7F)
    return signal == 0
      ? .ended(code: Int(status >> 8 & 0xFF), signal: nil)
      : .ended(code: 128 + signal, signal: signal)
  }

  /// Whether the program itself has ended.
  private var hasEnded: Bool {
    mutating get {
      guard status == nil else { return true }
      var result: Int32 = 0
      guard waitpid(process, &result, WNOHANG) == process else { return false }
      status = result
      return true
    }
  }

  /// Asks it to end, with all that it started, and ends it where it does not.
  private mutating func kill(on strand: Strand) {
    var nothing: [pollfd] = []
    for round in 0... {
      if round == 0 { Glibc.kill(target, SIGTERM) }
      if round == Self.grace { Glibc.kill(target, SIGKILL) }
      if hasEnded { break }
      strand.attend(to: &nothing)
    }
    // What it leaves behind; a process that has been waited for is no longer there to be ended.
    if target < 0 { Glibc.kill(target, SIGKILL) }
  }
}

/// Its streams.
extension ChildProcess {
  /// Moves what can be moved, or waits a moment; says whether something came.
  private mutating func exchange(on strand: Strand, _ take: Taker) -> Bool {
    var wanted = pipes.enumerated().map { stream, pipe in
      pollfd(fd: pipe, events: Int16(stream == 0 ? POLLOUT : POLLIN), revents: 0)
    }
    strand.attend(to: &wanted)
    if wanted[0].fd >= 0, wanted[0].revents != 0 { feed() }
    var isHeard = false
    for stream in 1...2 where wanted[stream].fd >= 0 && wanted[stream].revents != 0 {
      isHeard = listen(stream, take) || isHeard
    }
    return isHeard
  }

  /// Reads what is there; says whether something was.
  private mutating func listen(_ stream: Int, _ take: Taker) -> Bool {
    let chunk = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
      count = max(0, read(pipes[stream], buffer.baseAddress, buffer.count))
    }
    guard !chunk.isEmpty else {
      end(stream)
      return false
    }
    if !take(chunk[...], stream == 2) {
      if stream == 1 { output += chunk } else { errors += chunk }
    }
    return true
  }

  /// Writes what the program takes of its input; one that takes no more is no mistake.
  private mutating func feed() {
    let count = input.withUnsafeBytes { bytes in
      Signals.withoutBrokenPipe { write(pipes[0], bytes.baseAddress, min(bytes.count, 4_096)) }
    }
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    input = input.dropFirst(max(0, count))
    if count < 0 || input.isEmpty { end(0) }
  }

  private mutating func end(_ stream: Int) {
    guard pipes[stream] >= 0 else { return }
    close(pipes[stream])
    pipes[stream] = -1
  }
}
